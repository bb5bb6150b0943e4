"""Permits of objects: the register of licensed establishments (REG-02, REG-03)."""

from uuid import UUID

from app.core.errors import Fout, InvalidInput
from app.core.http.paging import Paging
from app.core.http.versions import check_version
from app.core.identifiers import new_id
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.normen import norm_value
from app.objecten.errors import NummerInUse, VergunningNotFound
from app.objecten.repository import vergunningen as repository
from app.objecten.rules.teksten import VERGUNNING_BIJ_WONING, may_have_permit
from app.objecten.rules.termijnen import VERLENGING_DAGEN
from app.objecten.schemas.filters import Vergunningfilter
from app.objecten.schemas.vergunningen import VergunningCreate, VergunningPatch, VergunningRead
from app.objecten.service.objecten import object_row
from app.objecten.service.opslaan import find_stored
from app.objecten.service.teksten import refuse_texts, refuse_traces
from app.objecten.service.zoekindex import index_words
from app.objecten.tables import Vergunning


def list_vergunningen(uow: UnitOfWork, filters: Vergunningfilter, page: Paging) -> list[VergunningRead]:
    """One permit more than a page, in the order of municipality, kind and number."""
    found = repository.list_permits(uow.session, uow.caller, filters, page)
    return [VergunningRead.model_validate(row) for row in found]


def get_vergunning(uow: UnitOfWork, vergunning_id: UUID) -> VergunningRead:
    """One permit.

    Raises:
        VergunningNotFound: unknown or not visible.
    """
    return VergunningRead.model_validate(permit_row(uow, vergunning_id))


def add_vergunning(uow: UnitOfWork, data: VergunningCreate) -> VergunningRead:
    """Stores a permit of an object; the same id with the same content answers what is stored.

    Raises:
        ObjectNotFound: unknown or not visible.
        IdInGebruik: the id belongs to something else.
        NummerInUse: the number belongs to another permit of this kind.
        InvalidInput: a dwelling has no permit for sex work (REG-05), or a text may not be stored.
    """
    place, _ = object_row(uow, data.object_id)
    if not may_have_permit(place.type, data.soort):
        raise InvalidInput(
            "De vergunning past niet bij dit object; zie 'fouten'.", [Fout("soort", VERGUNNING_BIJ_WONING)]
        )
    texts = {"bron": data.bron, "leidinggevendenbijlage": data.leidinggevendenbijlage}
    refuse_texts(place.type, texts, frozenset({data.nummer}))
    refuse_traces(place.type, {"nummer": data.nummer})
    made = Vergunning(id=data.id or new_id(), gemeentecode=place.gemeentecode, **data.model_dump(exclude={"id"}))
    stored = find_stored(uow, made)
    if stored is None:
        if repository.permit_with_number(uow.session, place.gemeentecode, data.soort, data.nummer) is not None:
            raise NummerInUse("een andere vergunning van deze soort")
        uow.session.add(made)
        uow.session.flush()
        index_words(uow.session, [place.id])
        uow.audit("vergunning", made.id, made.gemeentecode)
        stored = made
    return VergunningRead.model_validate(stored)


def change_vergunning(
    uow: UnitOfWork, vergunning_id: UUID, if_match: str | None, data: VergunningPatch
) -> VergunningRead:
    """Changes a permit of the version that the caller saw.

    Raises:
        VergunningNotFound: unknown or not visible.
        PreconditionFailed: somebody else changed it.
        InvalidInput: it would end before it began, or a text may not be stored.
    """
    row = permit_row(uow, vergunning_id, lock=True)
    check_version(if_match, row.versie)
    place, _ = object_row(uow, row.object_id)
    refuse_texts(place.type, {"leidinggevendenbijlage": data.leidinggevendenbijlage}, frozenset({row.nummer}))
    for name in data.model_fields_set:
        setattr(row, name, getattr(data, name))
    if row.geldig_tot is not None and row.geldig_tot < row.geldig_vanaf:
        raise InvalidInput(
            "De periode klopt niet; zie 'fouten'.", [Fout("geldigTot", "ligt voor het begin van de vergunning")]
        )
    row.versie += 1
    uow.session.flush()
    uow.audit("vergunning", row.id, row.gemeentecode)
    return VergunningRead.model_validate(row)


def permit_row(uow: UnitOfWork, vergunning_id: UUID, *, lock: bool = False) -> Vergunning:
    """A permit, for use within this feature.

    Raises:
        VergunningNotFound: unknown or not visible.
    """
    found = repository.permit_by_id(uow.session, uow.caller, vergunning_id, lock=lock)
    if found is None:
        raise VergunningNotFound
    return found


def grace_days(uow: UnitOfWork, gemeentecode: str) -> int:
    """Days after the end of a permit within which its renewal may still be published (B13); none without the norm."""
    return int(norm_value(uow, gemeentecode, VERLENGING_DAGEN, uow.today) or 0)
