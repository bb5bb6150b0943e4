"""How urgent an optional visit is in a week, and how much of the capacity a week should use.

Nothing here is a term of its own: the published terms say which object goes before which (`terms`), and the dates say when it is due.
Capacity is spread so that each week does its fair part of what is coming: few shifts, and nobody left out.
"""

from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.planning.solver.index import Index
from app.planning.solver.problem import Settings, Visit
from app.planning.solver.terms import priority

URGENT, DRAWN = 2_500, 4_000
"""In minutes of travel, for a visit that can hardly wait any longer and for one that the lot put into this week. Constants, for they only say
what goes before what: above any sum of terms and travel, and above what a shift of its own costs (`weeks`)."""
FULL = 0.9
"""From this strain on every shift is used: what is left is lost to travel that the strain does not know."""
NORM = 120
"""On a day list: added for what a norm or term asks for soon; a constant for the same reason."""
SECOND_TRY = timedelta(days=3)
"""Last days of a term that are kept at least for a second try when the door was closed (PLN-15): a constant of the method."""
_TOGETHER = timedelta(days=28)
"""Weeks over which work and capacity are levelled; a constant of the method, four of the weeks that it fills one by one."""


@dataclass(frozen=True, slots=True)
class Wish:
    """An optional visit as one week looks at it.

    Attributes:
        visit: The visit.
        worth: Minutes of travel that it is worth.
        urgent: It may open a shift of its own.
    """

    visit: Visit
    worth: float
    urgent: bool


def deadline(visit: Visit, end: date) -> date:
    """The day on which the visit is due, else the last legal one; past the end of the horizon when it can wait until then."""
    if visit.due is None:
        return visit.latest
    return max(visit.due, visit.earliest) if visit.due > end else max(visit.earliest, min(visit.due, visit.latest))


def last_with_second_try(index: Index, visit: Visit, reserved: Collection[str]) -> date:
    """The last day on which a visit should be planned first, so that a closed door leaves days of its term with a shift in them (PLN-15).

    Its first day when the term is too short for that, or has one day with a shift. A term that ends with the horizon may be
    cut off by it: what comes after is not known, and only the days are kept.

    Args:
        index: The problem.
        visit: A visit with a term.
        reserved: Keys of shifts that acties took.
    """
    last = visit.latest - SECOND_TRY
    if visit.latest < index.problem.end:
        days = index.days_of([visit], frozenset(reserved))
        last = min([last, *days[-2:-1]])
    return max(visit.earliest, last)


def wish(index: Index, visit: Visit, last: date, drawn_from: date | None) -> Wish | None:
    """What a visit is worth in the week that ends on `last`; None when it waits for the date that the lot gave it."""
    settings = index.problem.settings
    points = priority(visit.terms) / max(1, settings.travel_weight)
    if drawn_from is not None:
        return Wish(visit, DRAWN, urgent=True) if drawn_from <= last else None
    due = deadline(visit, index.problem.end)
    dates = [slot.date for slot in index.candidates(visit)]
    waits = bisect_right(dates, last) < bisect_right(dates, due)
    if due <= last + timedelta(days=settings.soon_days) or (not waits and due <= index.problem.end):
        return Wish(visit, URGENT + points, urgent=True)
    gone = (last - visit.earliest).days / max(1, (due - visit.earliest).days)
    share = min(1.0, max(0.0, gone))
    return Wish(visit, settings.visit_worth + settings.due_worth * share * share + points, urgent=False)


def worth_on(visit: Visit, day: date, settings: Settings) -> float:
    """What a visit is worth on a day list, in minutes of travel: more as the day on which it is due comes near, and by its terms.

    What a norm or term asks for soon goes before all that is optional.
    """
    due = deadline(visit, visit.latest)
    share = min(1.0, max(0.0, (day - visit.earliest).days / max(1, (due - visit.earliest).days)))
    soon = due <= day + timedelta(days=settings.soon_days)
    pressing = settings.due_worth * (2 if soon else share * share)
    norm = NORM if soon and visit.required else 0
    return settings.visit_worth + pressing + norm + priority(visit.terms) / max(1, settings.travel_weight)


def strain(waiting: Mapping[date, int], capacity: Mapping[date, int], first: date, last: date) -> float:
    """The share of the capacity that must be used from now on so that everything is done by the day on which it is due.

    What lies beyond the known shifts is measured against the mean of those that are known. The coming weeks are taken together: what
    cannot wait opens a shift by itself.

    Args:
        waiting: Minutes of work by the date on which it is due; the past counts as today.
        capacity: Free minutes per date, from `first` on.
        first: First day.
        last: Last day of the horizon.
    """
    days = (last - first).days + 1
    mean = sum(capacity.values()) / days
    most, work, room = 0.0, 0, 0.0
    seen = first - timedelta(days=1)
    for day in sorted({*waiting, *capacity}):
        work += waiting.get(day, 0)
        room += capacity.get(day, 0) if day <= last else mean * (day - max(seen, last)).days
        seen = day
        if work and (day >= first + _TOGETHER or day >= last):
            ahead = mean * max(0, (first + _TOGETHER - day).days)
            most = max(most, work / (room + ahead) if room + ahead else 9.0)
    return most
