"""Versions of the business plan of an establishment; a control notes which one it checked (REG-13)."""

from uuid import UUID

from app.core.http.paging import Paging
from app.core.identifiers import new_id
from app.core.unit_of_work import UnitOfWork
from app.objecten.errors import NummerInUse
from app.objecten.repository import vergunningen as repository
from app.objecten.schemas.vergunningen import BedrijfsplanCreate, BedrijfsplanRead
from app.objecten.service.objecten import object_row
from app.objecten.service.opslaan import find_stored
from app.objecten.service.teksten import refuse_texts
from app.objecten.tables import Bedrijfsplan


def list_bedrijfsplannen(uow: UnitOfWork, object_id: UUID, page: Paging) -> list[BedrijfsplanRead]:
    """One version more than a page, oldest approval first.

    Raises:
        ObjectNotFound: unknown or not visible.
    """
    object_row(uow, object_id)
    found = repository.plans_of(uow.session, uow.caller, object_id, page)
    return [BedrijfsplanRead.model_validate(row) for row in found]


def add_bedrijfsplan(uow: UnitOfWork, object_id: UUID, data: BedrijfsplanCreate) -> BedrijfsplanRead:
    """Stores an approved version; versions are never changed.

    Raises:
        ObjectNotFound: unknown or not visible.
        IdInGebruik: the id belongs to something else.
        NummerInUse: the object has a version with this name.
        InvalidInput: the name holds what may not be stored.
    """
    place, _ = object_row(uow, object_id)
    refuse_texts(place.type, {"versienaam": data.versienaam})
    made = Bedrijfsplan(
        id=data.id or new_id(),
        gemeentecode=place.gemeentecode,
        object_id=object_id,
        versienaam=data.versienaam,
        goedgekeurd_op=data.goedgekeurd_op,
        onderdelen=sorted({part.value for part in data.onderdelen}),
    )
    stored = find_stored(uow, made)
    if stored is None:
        if repository.plan_with_name(uow.session, object_id, data.versienaam) is not None:
            raise NummerInUse("een andere versie van het bedrijfsplan van dit object")
        uow.session.add(made)
        uow.session.flush()
        uow.audit("bedrijfsplan", made.id, made.gemeentecode)
        stored = made
    return BedrijfsplanRead.model_validate(stored)
