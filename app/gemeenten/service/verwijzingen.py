"""How reports name a team and an inspector (RPT-01)."""

from collections.abc import Iterable
from uuid import UUID

from app.core.unit_of_work import UnitOfWork
from app.gemeenten.repository import verwijzingen as repository
from app.gemeenten.rules.dienstnummer import inspector_number


def team_names(uow: UnitOfWork, ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """The names of teams, in one query."""
    wanted = {team_id for team_id in ids if team_id is not None}
    return dict(repository.team_names(uow.session, wanted)) if wanted else {}


def inspector_numbers(uow: UnitOfWork, account_ids: Iterable[UUID]) -> list[str]:
    """The numbers of inspectors, sorted; never a name (RPT-01)."""
    wanted = set(account_ids)
    rows = repository.functions(uow.session, wanted) if wanted else ()
    return sorted(inspector_number(functie, account_id) for account_id, functie in rows)
