"""How urgent an optional visit is in a week, and how much of the capacity a week should use.

Nothing here is a term of its own: the published terms say which object goes before which (`terms`), and the dates say when it is due.
Capacity is spread so that each week does its fair part of what is coming: few shifts, and nobody left out.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.planning.solver.index import Index
from app.planning.solver.problem import Visit
from app.planning.solver.terms import priority

BASE, DUE = 15, 45
"""Minutes of travel that a visit is worth as soon as it may be done, and what is added by the day on which it is due."""
URGENT, DRAWN = 400, 4000
"""The same for a visit that can hardly wait any longer, and for one that the lot put into this week."""
_SOON = timedelta(days=7)
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Wish:
    """An optional visit as one week looks at it.

    Attributes:
        visit: The visit.
        worth: Minutes of travel that it is worth.
        urgent: It may open a shift of its own.
    """

    visit: Visit
    worth: int
    urgent: bool


def deadline(visit: Visit) -> date:
    """The day on which the visit is due, else the last legal one."""
    return visit.latest if visit.due is None else min(visit.latest, max(visit.due, visit.earliest))


def wish(index: Index, visit: Visit, last: date, drawn_from: date | None) -> Wish | None:
    """What a visit is worth in the week that ends on `last`; None when it waits for the date that the lot gave it."""
    points = priority(visit.terms) // max(1, index.problem.settings.travel_weight)
    if drawn_from is not None:
        return Wish(visit, DRAWN, urgent=True) if drawn_from <= last else None
    due = deadline(visit)
    dates = [slot.date for slot in index.candidates(visit)]
    waits = bisect_right(dates, last) < bisect_right(dates, due)
    if due <= last + _SOON or (not waits and due <= index.problem.end):
        return Wish(visit, URGENT + points, urgent=True)
    gone = (last - visit.earliest).days / max(1, (due - visit.earliest).days)
    share = min(1.0, max(0.0, gone))
    return Wish(visit, BASE + round(DUE * share * share) + points, urgent=False)


def share_of_week(wishes: Sequence[Wish], first: date, allowance: int) -> int:
    """Minutes of optional work that this week should do, when each visit is spread over the weeks until it is due."""
    return round(
        sum(
            (w.visit.duration + allowance) * (1.0 if w.urgent else _WEEK / max(_WEEK, (deadline(w.visit) - first).days))
            for w in wishes
        )
    )


def tension(waiting: Mapping[date, int], capacity: Mapping[date, int]) -> float:
    """The largest share of the capacity up to some date that is needed for what must be done by then.

    Args:
        waiting: Minutes of work by the date on which it is due.
        capacity: Free minutes per date, from the first day of this week on.
    """
    most, work, room = 0.0, 0, 0
    for day in sorted({*waiting, *capacity}):
        room += capacity.get(day, 0)
        work += waiting.get(day, 0)
        if work:
            most = max(most, work / room if room else 9.0)
    return most
