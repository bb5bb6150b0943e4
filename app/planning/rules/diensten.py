"""Shifts and partner dates: what overlaps. A shift may pass midnight, so minutes run on over days."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.core.clock import real_minute

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
        """Real minutes since a fixed moment, whatever the clock does that night."""
        return real_minute(self.datum, self.van)

    @property
    def einde(self) -> int:
        """As `begin`."""
        return real_minute(self.datum, self.tot)


def find_overlaps(stored: Sequence[Tijdvak], new: Sequence[Tijdvak]) -> dict[int, Tijdvak]:
    """New spans that cannot be added, with one that they overlap; without these the others fit together.

    Args:
        stored: What stands already; these do not overlap one another.
        new: What is to be added, by position. Of two that overlap the later one is at fault.
    """
    standing: dict[UUID, list[Tijdvak]] = defaultdict(list)
    for span in sorted(stored, key=_order):
        standing[span.wie].append(span)
    found: dict[int, Tijdvak] = {}
    kept: dict[UUID, Tijdvak] = {}
    for position, span in sorted(enumerate(new), key=lambda item: (_order(item[1]), item[0])):
        met = _met(standing[span.wie], span)
        last = kept.get(span.wie)
        if met is None and last is not None and span.begin < last.einde:
            met = last
        if met is None:
            kept[span.wie] = span
        else:
            found[position] = met
    return found


def _order(span: Tijdvak) -> tuple[int, int]:
    return span.begin, span.einde


def _met(standing: Sequence[Tijdvak], span: Tijdvak) -> Tijdvak | None:
    """The first standing span that overlaps; they are in order and apart, so their ends are in order too."""
    at = bisect_right(standing, span.begin, key=lambda other: other.einde)
    return standing[at] if at < len(standing) and standing[at].begin < span.einde else None
