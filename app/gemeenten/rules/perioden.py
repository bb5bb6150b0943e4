"""Periods of dated data: a new value ends the one before it, two values never hold on one day (design section 3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

BEGIN = date(1900, 1, 1)
"""Start of a value of which nobody knows since when it holds."""


@dataclass(frozen=True)
class Periode:
    """From the first to the last day; `tot` None is until further notice."""

    vanaf: date
    tot: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether `day` lies in the period."""
        return self.vanaf <= day and (self.tot is None or day <= self.tot)


@dataclass(frozen=True)
class Plaatsing:
    """Where a new period lands among those that stand; positions in the given sequence, or None.

    Attributes:
        same_start: the one that starts on the same day.
        ends: the one before it that must end the day before the new one starts.
        blocked_by: a later one in which the new period would run.
    """

    same_start: int | None = None
    ends: int | None = None
    blocked_by: int | None = None


def place(standing: Sequence[Periode], new: Periode) -> Plaatsing:
    """Finds what a new period meets. The standing ones do not overlap each other."""
    same_start = ends = blocked_by = None
    for position, period in enumerate(standing):
        if period.vanaf == new.vanaf:
            same_start = position
        elif period.vanaf < new.vanaf:
            if period.holds_on(new.vanaf):
                ends = position
        elif new.holds_on(period.vanaf):
            blocked_by = position
    return Plaatsing(same_start, ends, blocked_by)
