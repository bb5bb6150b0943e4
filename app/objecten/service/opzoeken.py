"""What belongs to many objects or addresses at once, one query each; for day packages and lists of higher features."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from app.core.unit_of_work import UnitOfWork
from app.objecten.repository import opzoeken as repository
from app.objecten.schemas.objecten import AdresRead
from app.objecten.schemas.vergunningen import VergunningRead
from app.objecten.service.adressen import show_addresses
from app.objecten.status import Objecttype
from geo.crs import Crs


def addresses_by_ids(uow: UnitOfWork, ids: Iterable[UUID]) -> dict[UUID, AdresRead]:
    """The addresses with these ids that the caller may see."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    rows = repository.addresses_by_ids(uow.session, uow.caller, wanted)
    return {adres.id: adres for adres in show_addresses(rows, Crs.CRS84)}


def permits_of(uow: UnitOfWork, object_ids: Iterable[UUID], day: date) -> dict[UUID, list[VergunningRead]]:
    """Per object the granted permits that hold on a day."""
    wanted = sorted(set(object_ids))
    found: dict[UUID, list[VergunningRead]] = {}
    for row in repository.permits_on(uow.session, uow.caller, wanted, day) if wanted else ():
        found.setdefault(row.object_id, []).append(VergunningRead.model_validate(row))
    return found


def bedrijfsplannen_of(uow: UnitOfWork, object_ids: Iterable[UUID], day: date) -> dict[UUID, str]:
    """Per object the name of the business plan that was approved last on a day (REG-13)."""
    wanted = sorted(set(object_ids))
    rows = repository.plans_on(uow.session, uow.caller, wanted, day) if wanted else ()
    return {row.object_id: row.versienaam for row in rows}


def objects_in_view(uow: UnitOfWork, object_ids: Iterable[UUID]) -> set[UUID]:
    """Those of the objects that wait for a control as a risk address."""
    wanted = sorted(set(object_ids))
    return set(repository.objects_in_view(uow.session, uow.caller, wanted)) if wanted else set()


def kinds_at(uow: UnitOfWork, adres_id: UUID) -> set[Objecttype]:
    """The types of object at an address, whoever asks; to decide what may not be recorded there."""
    return repository.kinds_at(uow.session, adres_id)
