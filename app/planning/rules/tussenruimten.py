"""Where visits belong that are asked beside others that stand already: in the largest gaps between the dates that are known.

Put after all that stands, as if that had been done first, they would leave an establishment without a visit for months and crowd the
end of the year.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Plek:
    """A place for one visit.

    Attributes:
        dag: The day that splits its gap evenly; before the first day that is left when it should have been done by now.
        eerste: First day that keeps the distance to what stands before it and leaves room for the others in the gap.
        laatste: Last day, likewise.
    """

    dag: date
    eerste: date
    laatste: date


@dataclass(slots=True)
class _Gap:
    left: date
    right: date
    first: date
    last: date
    held: int = 0

    def room(self, least: int) -> int:
        return max(0, (self.last - self.first).days // least + 1)

    def interval(self) -> float:
        """Days between two visits with one more in it."""
        return (self.right - self.left).days / (self.held + 1)

    def places(self, least: int) -> list[Plek]:
        length = (self.right - self.left).days
        return [
            Plek(
                self.left + timedelta(days=length * number // (self.held + 1)),
                self.first + timedelta(days=least * (number - 1)),
                self.last - timedelta(days=least * (self.held - number)),
            )
            for number in range(1, self.held + 1)
        ]


def fill_gaps(
    aantal: int, bekend: Sequence[date], start: date, over: tuple[date, date], ritme_dagen: int, minstens: int
) -> list[Plek] | None:
    """Places for visits in the largest gaps between known dates, by day; None when what is left cannot hold them all.

    Args:
        aantal: How many.
        bekend: Dates that are done or stand, in any year.
        start: From when is counted; what came before is not known.
        over: First and last day that are left of the year.
        ritme_dagen: Days between two visits at an even rhythm. What lies further back than that counts as if it were that long ago, and
            the first visit after the year, where none stands, comes half of it after its end.
        minstens: Days between two visits.
    """
    begin, closing = over
    least, rhythm = timedelta(days=max(1, minstens)), timedelta(days=ritme_dagen)
    before = max((dag for dag in bekend if dag < begin), default=start)
    after = min((dag for dag in bekend if dag > closing), default=date.max)
    stones = [
        max(before, begin - rhythm),
        *sorted(dag for dag in set(bekend) if begin <= dag <= closing),
        min(after, closing + rhythm // 2),
    ]
    gaps = [_Gap(a, b, max(begin, a + least), min(closing, b - least)) for a, b in pairwise(stones)]
    for _ in range(aantal):
        free = [gap for gap in gaps if gap.held < gap.room(least.days)]
        if not free:
            return None
        max(free, key=_Gap.interval).held += 1
    return [plek for gap in gaps for plek in gap.places(least.days)]
