"""The place of a signal: the one spot where signals ask the stock for objects."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.indeling import assign_area
from app.objecten.schemas.velden import PuntRead
from app.objecten.service.objecten import objects_by_ids
from app.objecten.service.op_adres import stock_at
from app.objecten.service.punten import read_punt, show_points
from app.objecten.status import Objecttype
from app.signalen.errors import SignaalplekNotFound
from app.signalen.schemas.intake import SignaalAdres
from app.signalen.schemas.signalen import SignaalCreate, SignaalObject
from app.signalen.tables import Signaal
from geo.crs import Crs, Punt

PLEK = "plek"
STRENG = frozenset({Objecttype.SEKS, Objecttype.MASS, Objecttype.WON})
"""Types at which a text with a hit is refused (design section 7)."""


@dataclass(frozen=True)
class Plaats:
    """Where a submitted signal belongs.

    Attributes:
        gemeentecode: municipality whose AF receives it.
        herkomst: municipality of origin; None counts as unknown (DAT-04).
        streng: a text with a hit of the filter is refused.
        eigen_nummers: numbers that the object itself is known by.
        plek: address or point when it is no object of the stock.
    """

    gemeentecode: str
    herkomst: str | None
    object_id: UUID | None
    streng: bool
    eigen_nummers: frozenset[str] = frozenset()
    plek: dict[str, Any] | None = None


def place_of(uow: UnitOfWork, data: SignaalCreate) -> Plaats:
    """The place of a signal that is submitted by hand; the AF is that of the object's municipality (ROL-23).

    Raises:
        SignaalplekNotFound: the caller has no designation for that object or does not work in that municipality.
        InvalidInput: a point that is not in the Netherlands.
    """
    own = uow.caller.gemeentecode
    if data.anoniem_besproken:
        return Plaats(own, None, None, streng=True)
    if data.object_id is not None:
        return _at_object(uow, data.object_id, data.gemeentecode)
    if data.gemeentecode is not None and data.gemeentecode not in {own, *uow.caller.gemeenten}:
        raise SignaalplekNotFound("Deze gemeente bestaat niet in deze dienst, of u werkt er niet.")
    if data.adres is not None:
        return _at_address(uow, data.adres, data.gemeentecode)
    if data.punt is not None:
        return _at_point(uow, read_punt(data.punt, Crs.CRS84, "body.punt"), data.gemeentecode)
    code = data.gemeentecode or own
    return Plaats(code, code, None, streng=True)


def place_faults(data: SignaalCreate) -> list[tuple[str, str]]:
    """What is wrong with the fields that say where it is, in Dutch."""
    places = {"objectId": data.object_id, "adres": data.adres, "punt": data.punt}
    given = [name for name, value in places.items() if value is not None]
    if data.anoniem_besproken:
        named = [*given, *(["gemeentecode"] if data.gemeentecode is not None else [])]
        return [(name, "hoort niet bij een signaal dat anoniem is besproken; laat het weg") for name in named]
    if len(given) > 1:
        return [(name, "kies een object, een adres of een punt; een daarvan") for name in given]
    if not given and data.gemeentecode is None:
        return [("objectId", "ontbreekt; kies een plek of gemeente, of geef aan dat het anoniem is besproken")]
    return []


def address_of(uow: UnitOfWork, signaal: Signaal) -> str | None:
    """The address of a signal in one line; None when only a point or municipality is known."""
    if signaal.object_id is not None:
        place = places_by_ids(uow, [signaal.object_id]).get(signaal.object_id)
        return None if place is None else place.adres
    return where(uow, signaal)[0]


def where(uow: UnitOfWork, signaal: Signaal) -> tuple[str | None, PuntRead | None]:
    """Address and point of a signal whose place is no object of the stock."""
    if signaal.plek is None:
        return None, None
    stored: dict[str, Any] = json.loads(uow.unseal(signaal.id, PLEK, signaal.plek))
    punt = stored.get("punt")
    return stored.get("adres"), None if punt is None else show_points([(punt[0], punt[1])], Crs.CRS84)[0]


def seal_place(uow: UnitOfWork, signaal: Signaal, plaats: Plaats) -> None:
    """Keeps an address or point that is no object of the stock, unreadable without the key of the signal."""
    if plaats.plek is not None:
        signaal.plek = uow.seal(signaal.id, PLEK, json.dumps(plaats.plek, ensure_ascii=False))


def _at_object(uow: UnitOfWork, object_id: UUID, gemeentecode: str | None) -> Plaats:
    found = objects_by_ids(uow, [object_id]).get(object_id)
    if found is None or gemeentecode not in {None, found.gemeentecode}:
        raise SignaalplekNotFound("Dit object bestaat niet in die gemeente, of u werkt daar niet.")
    numbers = frozenset(number for number in (found.nummer, found.kvk_nummer) if number)
    return Plaats(found.gemeentecode, found.gemeentecode, found.id, found.type in STRENG, numbers)


def _at_address(uow: UnitOfWork, adres: SignaalAdres, gemeentecode: str | None) -> Plaats:
    """The object at the address when that is clear; the answer is the same for every address, so that it tells nothing of the stock."""
    found = stock_at(uow, adres.postcode, adres.huisnummer, adres.huisletter, adres.toevoeging)
    if found is None or gemeentecode not in {None, found.gemeentecode}:
        code = gemeentecode or uow.caller.gemeentecode
        return Plaats(code, code, None, streng=True, plek={"adres": adres.regel})
    if found.object_id is None:
        return Plaats(found.gemeentecode, found.gemeentecode, None, streng=True, plek={"adres": found.regel})
    place = _at_object(uow, found.object_id, None)
    return replace(place, streng=True, eigen_nummers=frozenset())


def _at_point(uow: UnitOfWork, punt: Punt, gemeentecode: str | None) -> Plaats:
    """The municipality in which a point lies, of those where the caller works; his own where the boundaries do not tell."""
    own = uow.caller.gemeentecode
    code = gemeentecode
    for one in () if code else (own, *sorted(uow.caller.gemeenten - {own})):
        area = assign_area(uow, one, punt.x, punt.y)
        if area.jaar is not None and not area.buiten_gemeente:
            code = one
            break
    code = code or own
    return Plaats(code, code, None, streng=True, plek={"punt": [punt.x, punt.y]})


def places_by_ids(uow: UnitOfWork, ids: Iterable[UUID | None]) -> dict[UUID, SignaalObject]:
    """The objects of signals, in one query."""
    found = objects_by_ids(uow, {object_id for object_id in ids if object_id is not None})
    return {
        row.id: SignaalObject(
            id=row.id,
            type=row.type,
            naam=row.naam,
            adres=f"{row.adres.straat} {row.adres.huisnummer}{row.adres.huisletter}"
            f"{f'-{row.adres.toevoeging}' if row.adres.toevoeging else ''}, {row.adres.postcode} {row.adres.woonplaats}",
        )
        for row in found.values()
    }


def is_dwelling(uow: UnitOfWork, object_id: UUID | None) -> bool:
    """Whether the place of a signal is a dwelling. A place that the caller cannot read counts as one: the careful side."""
    if object_id is None:
        return False
    found = objects_by_ids(uow, [object_id]).get(object_id)
    return found is None or found.type is Objecttype.WON
