"""The place of a signal: the one spot where signals ask the stock for objects."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from app.core.unit_of_work import UnitOfWork
from app.objecten.service.objecten import objects_by_ids
from app.objecten.status import Objecttype
from app.signalen.errors import GeenSignaal, SignaalplekNotFound
from app.signalen.schemas.signalen import SignaalCreate, SignaalObject

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
    """

    gemeentecode: str
    herkomst: str | None
    object_id: UUID | None
    streng: bool
    eigen_nummers: frozenset[str] = frozenset()


def place_of(uow: UnitOfWork, data: SignaalCreate) -> Plaats:
    """The place of a signal that is submitted by hand; the AF is that of the object's municipality (ROL-23).

    Raises:
        SignaalplekNotFound: the caller has no designation for that object or does not work in that municipality.
        GeenSignaal: no object, no municipality and not 'anoniem besproken'; or too many of these.
    """
    own = uow.caller.gemeentecode
    if data.anoniem_besproken:
        if data.object_id is not None or data.gemeentecode is not None:
            raise GeenSignaal("Een signaal dat anoniem is besproken heeft geen object en geen gemeente; laat die weg.")
        return Plaats(own, None, None, streng=True)
    if data.object_id is not None:
        found = objects_by_ids(uow, [data.object_id]).get(data.object_id)
        if found is None or data.gemeentecode not in {None, found.gemeentecode}:
            raise SignaalplekNotFound("Dit object bestaat niet in die gemeente, of u werkt daar niet.")
        numbers = frozenset(number for number in (found.nummer, found.kvk_nummer) if number)
        return Plaats(found.gemeentecode, found.gemeentecode, found.id, found.type in STRENG, numbers)
    if data.gemeentecode is None:
        raise GeenSignaal("Kies een object of gemeente, of geef aan dat het anoniem is besproken.")
    if data.gemeentecode not in {own, *uow.caller.gemeenten}:
        raise SignaalplekNotFound("Deze gemeente bestaat niet in deze dienst, of u werkt er niet.")
    return Plaats(data.gemeentecode, data.gemeentecode, None, streng=True)


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
