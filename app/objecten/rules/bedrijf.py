"""A business as the register of KVK tells it, held against an object of ours. Nothing here is about a person."""

import unicodedata
from dataclasses import dataclass
from datetime import date

from app.objecten.rules.bronadres import Adresvraag, fold_street


@dataclass(frozen=True)
class Bedrijfsadres:
    """The visiting address of a business."""

    straat: str
    huisnummer: int | None
    huisletter: str
    toevoeging: str
    postcode: str
    woonplaats: str


@dataclass(frozen=True)
class Sbi:
    """An activity by the Standaard Bedrijfsindeling."""

    code: str
    omschrijving: str


@dataclass(frozen=True)
class Bedrijf:
    """What a comparison needs. `adres` is None when it is shielded or unknown; then nothing is said of it."""

    namen: tuple[str, ...]
    adres: Bedrijfsadres | None
    afgeschermd: bool
    eenmanszaak: bool
    opgeheven: bool
    opgeheven_op: date | None
    sbi: Sbi | None


def has_name(bedrijf: Bedrijf, naam: str) -> bool:
    """Whether this is one of the names of the business, capitals and accents aside."""
    return _folded(naam) in {_folded(one) for one in bedrijf.namen}


def is_at(adres: Bedrijfsadres, ours: Adresvraag) -> bool:
    """Whether the business is at our address: postcode, number, letter and addition, however these last two are split."""
    return (
        adres.postcode == ours.postcode
        and adres.huisnummer == ours.huisnummer
        and _plain(adres.huisletter + adres.toevoeging) == _plain(ours.huisletter + ours.toevoeging)
        and fold_street(adres.straat) == fold_street(ours.straat)
    )


def shown_address(adres: Bedrijfsadres) -> str:
    """The address in one line."""
    number = f"{adres.huisnummer or ''}{adres.huisletter}{f'-{adres.toevoeging}' if adres.toevoeging else ''}"
    return " ".join(f"{adres.straat} {number}, {adres.postcode} {adres.woonplaats}".split())


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(char for char in plain if not unicodedata.combining(char)).split())


def _plain(text: str) -> str:
    return "".join(char for char in text.upper() if char.isalnum())
