"""Figures of signals for the monitor: counts only, whoever asks (MON-01, MON-02, MON-05)."""

from collections.abc import Collection
from datetime import datetime

from app.core.clock import AMSTERDAM
from app.core.unit_of_work import UnitOfWork
from app.signalen.repository import signalen as repository
from app.signalen.rules.telling import Signaaltelling, count


def count_new(uow: UnitOfWork, jaar: int, gemeenten: Collection[str]) -> Signaaltelling:
    """The new signals of the AFs of these municipalities that were sent in a calendar year (Dutch time), in one query.

    The caller answers for who may see the figures of these municipalities.
    """
    return count(repository.sent_between(uow.session, uow.caller, gemeenten, _start(jaar), _start(jaar + 1)), gemeenten)


def count_long_running(uow: UnitOfWork, jaar: int, gemeenten: Collection[str]) -> int:
    """Signals of earlier years that are still open; they stand apart from the new ones (MON-05)."""
    earlier = repository.sent_between(uow.session, uow.caller, gemeenten, _start(2000), _start(jaar))
    return sum(signaal.is_open for signaal in earlier)


def _start(jaar: int) -> datetime:
    return datetime(jaar, 1, 1, tzinfo=AMSTERDAM)
