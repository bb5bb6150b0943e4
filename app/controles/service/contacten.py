"""Talks with operators (PLN-20) and rounds through the window streets (CAD-16): records of their own, which no norm counts."""

from collections.abc import Sequence
from uuid import UUID

from app.controles.errors import AndereInhoud
from app.controles.repository import contacten as repository
from app.controles.schemas.contacten import ExploitantgesprekCreate, RondeCreate
from app.controles.tables import Exploitantgesprek, Ronde
from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork
from app.objecten.service.objecten import get_object


def add_talk(uow: UnitOfWork, data: ExploitantgesprekCreate) -> tuple[Exploitantgesprek, bool]:
    """Stores a talk; the same id with the same content answers the stored one.

    Raises:
        ObjectNotFound: unknown or not visible.
        AndereInhoud: the id stands for something else.
    """
    plek = get_object(uow, data.object_id)
    row = Exploitantgesprek(
        **data.model_dump(),
        gemeentecode=plek.gemeentecode,
        team_id=min(uow.caller.teams, default=None),
        account_id=uow.caller.account_id,
    )
    stored = repository.stored(uow.session, Exploitantgesprek, data.id)
    if stored is not None:
        if stored.model_dump() != row.model_dump():
            raise AndereInhoud
        return stored, False
    _add(uow, row, "exploitantgesprek")
    return row, True


def list_talks(uow: UnitOfWork, paging: Paging, object_id: UUID | None) -> Sequence[Exploitantgesprek]:
    """Talks that the caller may see, newest first; one more than a page."""
    return repository.talks_page(uow.session, uow.caller, paging, object_id)


def add_round(uow: UnitOfWork, data: RondeCreate) -> tuple[Ronde, bool]:
    """Stores a round of the caller's team; the same id with the same content answers the stored one.

    Raises:
        AndereInhoud: the id stands for something else.
    """
    row = Ronde(
        **data.model_dump(),
        gemeentecode=uow.caller.gemeentecode,
        team_id=min(uow.caller.teams, default=None),
        account_id=uow.caller.account_id,
    )
    stored = repository.stored(uow.session, Ronde, data.id)
    if stored is not None:
        if stored.model_dump() != row.model_dump():
            raise AndereInhoud
        return stored, False
    _add(uow, row, "ronde")
    return row, True


def list_rounds(uow: UnitOfWork, paging: Paging) -> Sequence[Ronde]:
    """Rounds that the caller may see, newest first; one more than a page."""
    return repository.rounds_page(uow.session, uow.caller, paging)


def _add(uow: UnitOfWork, row: Exploitantgesprek | Ronde, soort: str) -> None:
    uow.session.add(row)
    uow.session.flush()
    uow.audit(soort, row.id, row.gemeentecode)
