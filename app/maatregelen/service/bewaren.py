"""What a measure rests on is kept as long as the measure itself; what leads from it to a signal goes with that (meldroute section 12)."""

from collections.abc import Collection
from uuid import UUID

from app.core.unit_of_work import UnitOfWork
from app.maatregelen.repository import maatregelen as repository
from app.maatregelen.repository import signaalmaatregelen
from app.signalen.service.bewaren import without_content


def measures_rest_on(uow: UnitOfWork, bevinding_ids: Collection[UUID]) -> set[UUID]:
    """Those of the findings on which a measure rests."""
    return repository.resting_on(uow.session, bevinding_ids) if bevinding_ids else set()


def forget_links(uow: UnitOfWork) -> int:
    """Takes measures from signals whose content is gone: the link would still lead to the place. Answers from how many signals."""
    gone = without_content(uow, signaalmaatregelen.linked_signals(uow.session))
    if gone:
        signaalmaatregelen.unlink(uow.session, gone)
    return len(gone)
