"""Terms of the stock: Bibob tests, risk addresses, permits and their renewals (CAD-02, CAD-06, REG-01, B13).

A term ends at the end of its day: due on the day itself, late from the day after.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from app.core.clock import add_years
from app.objecten.status import Vergunningsoort

T = TypeVar("T")

BIBOB_JAREN = "BIBOB_TOETS_JAREN"
RISICOADRES_DAGEN = "RISICOADRES_DAGEN"
HERZIENING_DAGEN = "RISICOADRES_HERZIEN_DAGEN"
VERLENGING_DAGEN = "VERGUNNING_VERLENGING_DAGEN"

BIBOB_SOORTEN = frozenset({Vergunningsoort.SEKSINRICHTING, Vergunningsoort.VERHUUR, Vergunningsoort.LOGIES})
"""Permits that are tested again and again: sex establishments (CAD-02) and housing (INS-08)."""


def bibob_due(last_test: date | None, granted_on: date, years: int) -> date:
    """The day before which a permit must be tested: `years` after the last test, at once when there was none (CAD-02).

    A test on 29 February is due on 28 February in a common year. "At once" is the day on which the permit began.
    """
    return granted_on if last_test is None else add_years(last_test, years)


def is_late(due: date, today: date) -> bool:
    """Whether a term has passed: on its last day it has not."""
    return today > due


def control_due(in_view_on: date, days: int) -> date:
    """The day before which a risk address must be controlled (CAD-06)."""
    return in_view_on + timedelta(days=days)


def is_expired(expires_on: date | None, today: date) -> bool:
    """Whether a risk address is out of view; its last day still counts (REG-01)."""
    return expires_on is not None and today > expires_on


@dataclass(frozen=True)
class Periode:
    """From and until when something holds, both days included; `tot` None is without end."""

    vanaf: date
    tot: date | None

    def holds_on(self, day: date, grace_days: int = 0) -> bool:
        """Whether `day` lies in the period, or at most `grace_days` after it."""
        return self.vanaf <= day and (self.tot is None or day <= self.tot + timedelta(days=grace_days))


def is_renewal(old: Periode, new: Periode, grace_days: int) -> bool:
    """Whether `new` goes on where `old` ends: renewals are published up to weeks after the end (B13)."""
    if new.vanaf <= old.vanaf:
        return False
    return old.tot is None or new.vanaf <= old.tot + timedelta(days=grace_days + 1)


def merge_period(stored: Periode, incoming: Periode, grace_days: int) -> Periode:
    """What a permit with one number covers after its source said `incoming`.

    A renewal keeps the first day, since it is one permit; anything else is what the source says now.
    """
    if is_renewal(stored, incoming, grace_days):
        return Periode(stored.vanaf, incoming.tot)
    return incoming


def renewal_chains(items: Iterable[T], period_of: Callable[[T], Periode], grace_days: int) -> list[list[T]]:
    """Groups permits of one kind and place that go on within the grace window: a chain counts as one permit (B13)."""
    chains: list[list[T]] = []
    covered: Periode | None = None
    for item in sorted(items, key=lambda item: _order(period_of(item))):
        period = period_of(item)
        if covered is not None and (period.vanaf == covered.vanaf or is_renewal(covered, period, grace_days)):
            chains[-1].append(item)
            covered = Periode(covered.vanaf, _later(covered.tot, period.tot))
        else:
            chains.append([item])
            covered = period
    return chains


def span_of(periods: Iterable[Periode]) -> Periode:
    """From the first day to the last day of a chain."""
    listed = sorted(periods, key=_order)
    last = listed[0].tot
    for period in listed[1:]:
        last = _later(last, period.tot)
    return Periode(listed[0].vanaf, last)


def _order(period: Periode) -> tuple[date, date]:
    return period.vanaf, period.tot or date.max


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)
