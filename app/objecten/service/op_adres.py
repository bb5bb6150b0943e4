"""What stands at an address, for a feature whose caller cannot search the stock himself."""

from dataclasses import dataclass
from uuid import UUID

from app.core.unit_of_work import UnitOfWork
from app.objecten.repository import adressen as repository
from app.objecten.rules.adressen import address_name


@dataclass(frozen=True)
class OpAdres:
    """A stored address.

    Attributes:
        regel: street, number, postcode and town in one line.
        object_id: the one object at it; None when there is none, or when there are more.
    """

    gemeentecode: str
    regel: str
    object_id: UUID | None


def stock_at(uow: UnitOfWork, postcode: str, huisnummer: int, huisletter: str, toevoeging: str) -> OpAdres | None:
    """The stored address with this key in one of the caller's municipalities, and its object when that is clear."""
    rows = repository.addresses_and_objects(uow.session, uow.caller, (postcode, huisnummer, huisletter, toevoeging))
    if not rows:
        return None
    adres = rows[0][0]
    objects = {object_id for found, object_id in rows if found.id == adres.id and object_id is not None}
    name = address_name(adres.straat, adres.huisnummer, adres.huisletter, adres.toevoeging)
    return OpAdres(
        adres.gemeentecode,
        f"{name}, {adres.postcode} {adres.woonplaats}",
        objects.pop() if len(objects) == 1 else None,
    )
