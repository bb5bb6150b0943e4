"""Leave of teams and function accounts, without a reason (capacity)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from app.core.errors import Fout
from app.core.http.paging import Paging
from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.teams import team_members
from app.planning.errors import IdInUse, InvalidBeschikbaarheden, VerlofNotFound
from app.planning.repository import verlof as repository
from app.planning.schemas.verlof import VerlofCreate
from app.planning.service.beschikbaarheden import team_names
from app.planning.tables import Verlofperiode


def list_leave(uow: UnitOfWork, paging: Paging, van: date | None, tot: date | None) -> Sequence[Verlofperiode]:
    """Leave in the caller's municipalities by first day: one page and one row more."""
    return repository.page(uow.session, uow.caller, paging, van, tot)


def add_leave(uow: UnitOfWork, data: VerlofCreate) -> tuple[Verlofperiode, bool]:
    """Stores leave of a team of the caller's municipality, or of a member of one.

    Returns:
        The period, and whether it is new.

    Raises:
        InvalidBeschikbaarheden: no such team, or no member of a team.
        IdInUse: the id stands for something else.
    """
    gemeentecode = uow.caller.gemeentecode
    row = Verlofperiode(gemeentecode=gemeentecode, **data.model_dump())
    stored = repository.stored(uow.session, row.id)
    if stored is not None:
        if stored.model_dump(exclude={"versie"}) != row.model_dump(exclude={"versie"}):
            raise IdInUse
        return stored, False
    teams = team_names(uow, gemeentecode)
    if data.team_id is not None and data.team_id not in teams:
        raise InvalidBeschikbaarheden([Fout("body.teamId", "is geen team van uw gemeente")])
    if data.account_id is not None and not any(
        data.account_id in members for members in team_members(uow, list(teams)).values()
    ):
        raise InvalidBeschikbaarheden([Fout("body.accountId", "is geen lid van een team van uw gemeente")])
    uow.session.add(row)
    uow.session.flush()
    uow.audit("verlof", row.id, gemeentecode)
    return row, True


def remove_leave(uow: UnitOfWork, row_id: UUID, if_match: str | None) -> None:
    """Takes leave back.

    Raises:
        VerlofNotFound: unknown or not visible.
        PreconditionFailed: somebody else changed it.
    """
    row = repository.find(uow.session, uow.caller, row_id, lock=True)
    if row is None:
        raise VerlofNotFound
    check_version(if_match, row.versie)
    uow.session.delete(row)
    uow.session.flush()
    uow.audit("verlof", row_id, row.gemeentecode)
