"""Shifts and partner dates: what overlaps. A shift may pass midnight, so minutes run on over days."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

DAG = 24 * 60


@dataclass(frozen=True, slots=True)
class Tijdvak:
    """When a team or partner is there.

    Attributes:
        wie: The team or partner.
        datum: Business date on which it starts.
        van: Minute of that day.
        tot: Minute of that day; above 1440 past midnight.
    """

    wie: UUID
    datum: date
    van: int
    tot: int

    @property
    def begin(self) -> int:
        """Minutes since the first day of the calendar."""
        return self.datum.toordinal() * DAG + self.van

    @property
    def einde(self) -> int:
        """As `begin`."""
        return self.datum.toordinal() * DAG + self.tot


def find_overlaps(stored: Sequence[Tijdvak], new: Sequence[Tijdvak]) -> dict[int, Tijdvak]:
    """New spans that overlap another of the same team or partner, with the first one they meet.

    Args:
        stored: What stands already; these do not overlap one another.
        new: What is to be added, by position.
    """
    spans: dict[UUID, list[tuple[int, int, int, Tijdvak]]] = defaultdict(list)
    for position, span in enumerate([*stored, *new], -len(stored)):
        spans[span.wie].append((span.begin, span.einde, position, span))
    found: dict[int, Tijdvak] = {}
    for own in spans.values():
        own.sort(key=lambda item: item[:3])
        last: tuple[int, int, Tijdvak] | None = None
        for begin, end, position, span in own:
            if last is not None and begin < last[0]:
                # A stored span is never at fault: then it is the new one before it.
                at_fault, met = (position, last[2]) if position >= 0 else (last[1], span)
                found.setdefault(at_fault, met)
            if last is None or end > last[0]:
                last = (end, position, span)
    return found
