"""How reports name an inspector (RPT-01)."""

from collections.abc import Iterable
from uuid import UUID

from app.core.unit_of_work import UnitOfWork
from app.gemeenten.repository import verwijzingen as repository
from app.gemeenten.rules.dienstnummer import inspector_number


def inspector_numbers(uow: UnitOfWork, account_ids: Iterable[UUID]) -> list[str]:
    """The numbers of inspectors, sorted; never a name (RPT-01)."""
    wanted = set(account_ids)
    rows = repository.functions(uow.session, wanted) if wanted else ()
    return sorted(inspector_number(functie, account_id) for account_id, functie in rows)
