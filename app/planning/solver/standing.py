"""What a round may change of a visit that stands in the plan already: nothing, its minute, or its shift within its week.

The same rules for the service and for whoever measures it. Inside a week a visit stays within its legal dates, its drawn window and the days
to other visits of its object, so that moving it to save travel tells nobody more about its day than the window did.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.planning.solver.problem import Lock, Opening, Visit
from app.planning.status import StaandeBezoeken


@dataclass(frozen=True, slots=True)
class Place:
    """Where a visit stands: the key of its shift, the date of that shift and the minute at which the visit starts."""

    slot_key: str
    day: date
    start: int


@dataclass(frozen=True, slots=True)
class Stood:
    """A visit that stands, as a round takes it up.

    Attributes:
        visit: The visit with the dates and hours that are left to it.
        lock: Its shift.
        free: It starts from that shift and may leave it; else it is locked to it.
    """

    visit: Visit
    lock: Lock
    free: bool


def stand(visit: Visit, place: Place, choice: StaandeBezoeken, first: date, others: Iterable[date] = ()) -> Stood:
    """A visit that stands, by the choice of the round.

    Args:
        visit: The visit; its dates are the legal ones within the window that was drawn for it.
        place: Where it stands.
        choice: What the round may change.
        first: First day of the round: nothing goes back before it.
        others: Dates of other visits of the object that do not stand in this round.
    """
    visit = replace(visit, required=True, draw_window=False, by_lot=False, due=None)
    lock = Lock(visit.key, place.slot_key)
    if choice is StaandeBezoeken.TIJD:
        hours = (Opening(place.day.weekday(), place.start, place.start + visit.duration),)
        return Stood(replace(visit, earliest=place.day, latest=place.day, openings=hours), lock, free=False)
    if choice is StaandeBezoeken.DIENST:
        return Stood(replace(visit, earliest=place.day, latest=place.day), lock, free=False)
    monday = place.day - timedelta(days=place.day.weekday())
    gap = timedelta(days=1 if visit.spacing_exempt else max(1, visit.min_days_between))
    dates = list(others)
    low = max([first, monday, visit.earliest, *(day + gap for day in dates if day < place.day)])
    high = min([monday + timedelta(days=6), visit.latest, *(day - gap for day in dates if day > place.day)])
    # Where it stands can break a rule by now, such as the days to a visit that went elsewhere: it goes to a day of its week that breaks none.
    if low > high:
        low = high = place.day  # there is no such day: it may stay, and go nowhere
    return Stood(replace(visit, earliest=low, latest=high), lock, free=True)
