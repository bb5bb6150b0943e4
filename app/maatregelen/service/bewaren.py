"""What a measure rests on is kept as long as the measure itself (meldroute section 12)."""

from collections.abc import Collection
from uuid import UUID

from app.core.unit_of_work import UnitOfWork
from app.maatregelen import repository


def measures_rest_on(uow: UnitOfWork, bevinding_ids: Collection[UUID]) -> set[UUID]:
    """Those of the findings on which a measure rests."""
    return repository.resting_on(uow.session, bevinding_ids) if bevinding_ids else set()
