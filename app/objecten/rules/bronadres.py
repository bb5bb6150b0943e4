"""Addresses as an outside source tells them, and whether one of them is the address that was asked for.

Every part must be the same; the neighbour is never taken. A person chooses where the source writes it otherwise (ADR 0014).
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from app.objecten.rules.adressen import clean_part
from geo.crs import Punt

MEER_DAN_EEN = "De bron kent dit adres meer dan eens. Kies het juiste."
ANDERE_STRAAT = "Bij deze postcode en dit huisnummer hoort een andere straat. Controleer het adres of kies het juiste."
ANDERS_GESCHREVEN = "De bron schrijft de letter of toevoeging anders. Kies het juiste adres."
ZONDER_LETTER = "Op dit huisnummer zijn alleen adressen met een letter of toevoeging. Kies het juiste."
ONBEKEND = "De bron kent dit adres niet. Controleer het, of zet het punt met de hand."
ALLEEN_BUREN = "De bron kent dit huisnummer, maar niet met deze letter of toevoeging. Controleer het adres, of zet het punt met de hand."


@dataclass(frozen=True)
class Adresvraag:
    """The address that is looked for."""

    straat: str
    huisnummer: int
    huisletter: str
    toevoeging: str
    postcode: str


@dataclass(frozen=True)
class Baggegevens:
    """What the BAG tells of the place behind an address (B4, B5)."""

    status: str | None = None
    gebruiksdoelen: tuple[str, ...] = ()
    oppervlakte: int | None = None
    pand_id: str | None = None
    in_onderzoek: bool = False
    nevenadres: bool = False


@dataclass(frozen=True)
class Bronadres:
    """An address of a source, with its point in RD."""

    straat: str
    huisnummer: int
    huisletter: str
    toevoeging: str
    postcode: str
    woonplaats: str
    punt: Punt | None
    bag_id: str | None = None
    adresseerbaar_object_id: str | None = None
    gemeentecode: str | None = None
    straat_kort: str | None = None
    bag: Baggegevens | None = None


@dataclass(frozen=True)
class Vergelijking:
    """The one address that is the same in every part; or what a person may choose from, and why."""

    treffer: Bronadres | None
    keuzes: tuple[Bronadres, ...] = ()
    melding: str | None = None


def compare(asked: Adresvraag, candidates: Iterable[Bronadres]) -> Vergelijking:
    """Which of the candidates is the address that was asked for."""
    near = _distinct(one for one in candidates if one.huisnummer == asked.huisnummer and one.postcode == asked.postcode)
    own = _suffix(asked.huisletter, asked.toevoeging)
    same_suffix = [one for one in near if _suffix(one.huisletter, one.toevoeging) == own]
    exact = [one for one in same_suffix if same_street(asked.straat, one)]
    if len(exact) == 1:
        return Vergelijking(exact[0])
    if exact:
        return Vergelijking(None, tuple(exact), MEER_DAN_EEN)
    if same_suffix:
        return Vergelijking(None, tuple(same_suffix), ANDERE_STRAAT)
    joined = [one for one in near if _joined(one.huisletter, one.toevoeging) == _joined(*own)]
    if joined:
        return Vergelijking(None, tuple(joined), ANDERS_GESCHREVEN)
    if near and not any(own):
        return Vergelijking(None, tuple(near), ZONDER_LETTER)
    return Vergelijking(None, (), ALLEEN_BUREN if near else ONBEKEND)


def same_street(straat: str, candidate: Bronadres) -> bool:
    """Whether this is the candidate's street: capitals, accents, dots and the short name of NEN 5825 make no difference."""
    known = {fold_street(candidate.straat), fold_street(candidate.straat_kort or "")}
    return bool(fold_street(straat)) and fold_street(straat) in known


def fold_street(text: str) -> str:
    """Letters and digits of a street name, without capitals and accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in plain if char.isalnum())


def _suffix(letter: str, toevoeging: str) -> tuple[str, str]:
    return clean_part(letter), clean_part(toevoeging)


def _joined(letter: str, toevoeging: str) -> str:
    return "".join(char for char in (letter + toevoeging).upper() if char.isalnum())


def _distinct(candidates: Iterable[Bronadres]) -> list[Bronadres]:
    """Without the same address twice; a source may tell it once for each name of the street."""
    seen: dict[object, Bronadres] = {}
    for one in candidates:
        seen.setdefault(one.bag_id or one, one)
    return list(seen.values())
