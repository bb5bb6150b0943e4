"""Finds an address: our own first, then, when asked, those of the whole country. A source that is away costs no own result."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.core.jobs import UnitFactory
from app.objecten.adapters.uitgaand import Bronfout
from app.objecten.repository import geocoderen as repository
from app.objecten.rules.adressen import parse_huisnummer, split_address_line
from app.objecten.rules.bronadres import Bronadres
from app.objecten.rules.nummers import parse_postcode
from app.objecten.schemas.adressen import AdresVondstRead, AdresZoekantwoord, AdresZoekvraag, BronRead
from app.objecten.service import bronnen as bron
from app.objecten.service.adresstand import show_source_addresses
from app.objecten.service.bronnen import LOCATIESERVER, Bronnen
from app.objecten.service.geocoderen import EIGEN
from app.objecten.service.punten import show_points
from app.objecten.tables import Adres
from geo.crs import Crs

LIMIT = 20
GEEN_ADRES = "Voor zoeken in heel Nederland is een huisnummer nodig, met een straat of een postcode."
_POSTCODE = re.compile(r"(?P<postcode>\d{4} ?[A-Za-z]{2})(?:[ ,]+(?P<nummer>\d.*))?", re.ASCII)


@dataclass(frozen=True)
class _Vraag:
    postcode: str | None = None
    straat: str | None = None
    huisnummer: int | None = None

    @property
    def is_address(self) -> bool:
        """Whether it names one place; only then it may be told to a source."""
        return self.huisnummer is not None and (self.postcode is not None or self.straat is not None)


def search_addresses(units: UnitFactory, sources: Bronnen, data: AdresZoekvraag, crs: Crs) -> AdresZoekantwoord:
    """Own addresses, then those of the Locatieserver that are not ours yet; at most 20 of each."""
    asked = _read(data)
    with units("adressen_zoeken", write=False) as uow:
        own = repository.find_addresses(
            uow.session,
            uow.caller,
            data.gemeentecode,
            postcode=asked.postcode,
            straat=asked.straat,
            huisnummer=asked.huisnummer,
            limit=LIMIT,
        )
    own = [row for row in own if _fits(data, row.huisletter, row.toevoeging)]
    told = [bron.asked(EIGEN)]
    others: list[Bronadres] = []
    if data.ook_landelijk:
        others, outcome = _ask(sources, data, asked)
        told.append(outcome)
    keys = {_key(row) for row in own}
    new = [one for one in others if _key(one) not in keys and _fits(data, one.huisletter, one.toevoeging)][:LIMIT]
    return AdresZoekantwoord(resultaten=[*_show_own(own, crs), *_show_others(new, crs)], bronnen=told)


def _ask(sources: Bronnen, data: AdresZoekvraag, asked: _Vraag) -> tuple[list[Bronadres], BronRead]:
    if sources.locatieserver is None:
        return [], bron.switched_off(LOCATIESERVER)
    if not asked.is_address:
        return [], bron.not_asked(LOCATIESERVER, GEEN_ADRES)
    try:
        if asked.postcode is not None and asked.huisnummer is not None:
            found = sources.locatieserver.addresses_at(asked.postcode, asked.huisnummer)
        else:
            found = sources.locatieserver.search(data.tekst or "", LIMIT)
    except Bronfout as fault:
        return [], bron.failed(LOCATIESERVER, fault)
    return found, bron.asked(LOCATIESERVER)


def _read(data: AdresZoekvraag) -> _Vraag:
    if data.tekst is None:
        return _Vraag(postcode=data.postcode, huisnummer=data.huisnummer)
    words = " ".join(data.tekst.split())
    found = _POSTCODE.fullmatch(words)
    try:
        if found is not None:
            number = found["nummer"]
            at = None if number is None else parse_huisnummer(number).nummer
            return _Vraag(postcode=parse_postcode(found["postcode"]), huisnummer=at)
        straat, huisnummer = split_address_line(words)
        return _Vraag(straat=straat, huisnummer=huisnummer.nummer)
    except ValueError:
        return _Vraag(straat=words)


def _fits(data: AdresZoekvraag, letter: str, toevoeging: str) -> bool:
    """A letter or addition that was filled in narrows; an empty one does not."""
    return data.huisletter in {"", letter} and data.toevoeging in {"", toevoeging}


def _key(one: Adres | Bronadres) -> tuple[str, int, str, str]:
    return one.postcode, one.huisnummer, one.huisletter, one.toevoeging


def _show_own(rows: Sequence[Adres], crs: Crs) -> list[AdresVondstRead]:
    points = show_points(((row.x, row.y) for row in rows), crs)
    return [
        AdresVondstRead(**row.model_dump(exclude={"id", "bron"}), id=str(row.id), punt=punt, bron=EIGEN)
        for row, punt in zip(rows, points, strict=True)
    ]


def _show_others(found: Sequence[Bronadres], crs: Crs) -> list[AdresVondstRead]:
    shown = show_source_addresses(found, LOCATIESERVER, crs)
    return [
        AdresVondstRead(**read.model_dump(), id=None, gemeentecode=one.gemeentecode)
        for one, read in zip(found, shown, strict=True)
    ]
