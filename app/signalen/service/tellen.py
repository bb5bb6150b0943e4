"""Figures of signals for the monitor: counts only, whoever asks (MON-01, MON-02, MON-05)."""

from collections.abc import Collection
from datetime import datetime

from app.core.clock import AMSTERDAM
from app.core.unit_of_work import UnitOfWork
from app.signalen.repository import signalen as repository
from app.signalen.rules.telling import Signaaltelling, TelbaarSignaal, count


def count_new(uow: UnitOfWork, jaar: int, gemeenten: Collection[str]) -> Signaaltelling:
    """The new signals of the AFs of these municipalities that were sent in a calendar year (Dutch time), in one query.

    The caller answers for who may see the figures of these municipalities.
    """
    return count(repository.sent_between(uow.session, gemeenten, _start(jaar), _start(jaar + 1)), gemeenten)


def count_long_running(uow: UnitOfWork, jaar: int, gemeenten: Collection[str]) -> int:
    """Signals of earlier years that are still open; they stand apart from the new ones (MON-05)."""
    earlier = repository.sent_between(uow.session, gemeenten, _start(2000), _start(jaar))
    return sum(signaal.is_open for signaal in earlier)


def count_per_year(uow: UnitOfWork, van: int, tot: int, gemeenten: Collection[str]) -> dict[int, Signaaltelling]:
    """The new signals of each calendar year from `van` up to and including `tot` (MON-04), in one query; a year without any is zero."""
    years: dict[int, list[TelbaarSignaal]] = {jaar: [] for jaar in range(van, tot + 1)}
    for signaal in repository.sent_between(uow.session, gemeenten, _start(van), _start(tot + 1)):
        years[signaal.verzonden_op.astimezone(AMSTERDAM).year].append(signaal)
    return {jaar: count(signalen, gemeenten) for jaar, signalen in years.items()}


def _start(jaar: int) -> datetime:
    return datetime(jaar, 1, 1, tzinfo=AMSTERDAM)
