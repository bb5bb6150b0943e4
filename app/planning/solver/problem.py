"""What has to be planned: shifts, visits, acties, what is already fixed, and how long the planner may take.

Everything is frozen, hashable and picklable, so that a problem can go to another process. Minutes are whole
minutes since local midnight of the business date; a shift or an opening that passes midnight ends above 1440. In a shift
during which the clock goes forward or back they count on as real minutes from its start (`Slot.real`).
Points are RD coordinates in metres (EPSG:28992).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from app.planning.solver.terms import Term


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """A place in RD coordinates, metres."""

    x: float
    y: float


class TravelTime(Protocol):
    """Whole minutes from one point to another, rounded up; may differ by direction; 0 for the same point."""

    def __call__(self, origin: Point, destination: Point, /) -> int:
        """Minutes from origin to destination."""
        ...


@dataclass(frozen=True, slots=True)
class StraightLine:
    """Travel time from the straight line; stands in where no network times are known.

    Attributes:
        km_per_hour: Speed; the default is that of an e-bike in a city.
        detour: Length of the way over that of the straight line.
        overhead: Minutes for parking and walking, once per trip.
    """

    km_per_hour: float = 15.0
    detour: float = 1.3
    overhead: int = 2

    def __call__(self, origin: Point, destination: Point, /) -> int:
        """Minutes from origin to destination."""
        if origin == destination:
            return 0
        metres = math.hypot(origin.x - destination.x, origin.y - destination.y) * self.detour
        return math.ceil(metres * 60 / (self.km_per_hour * 1000)) + self.overhead


@dataclass(frozen=True, slots=True, order=True)
class Opening:
    """A weekly opening.

    Attributes:
        weekday: Day on which it opens, Monday is 0.
        opens: Minute of opening.
        closes: Minute of closing, above 1440 when that is after midnight.
    """

    weekday: int
    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class ClockChange:
    """The clock goes forward or back during a shift.

    Attributes:
        at: Minute at which it does so.
        minutes: How far it goes forward; negative when it goes back.
    """

    at: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Slot:
    """One shift of one team on one date.

    Attributes:
        key: Unique key.
        date: Business date on which the shift starts.
        team: Key of the team.
        start: First minute.
        end: Last minute, in real minutes; nothing, travel back included, goes past it.
        competences: What this team may do on this date, designations included (REG-17).
        capacity: Minutes for visits and travel together; less than the length when there are breaks or a
            briefing.
        base: Where the shift starts and ends; None when travel to the first and from the last stop is free.
        change: The clock goes forward or back in it.
    """

    key: str
    date: date
    team: str
    start: int
    end: int
    competences: frozenset[str]
    capacity: int
    base: Point | None = None
    change: ClockChange | None = None

    def real(self, minute: int) -> int:
        """A minute of the clock as the planner counts it: real minutes on from the start of the shift."""
        if self.change is None or minute < self.change.at + max(0, self.change.minutes):
            return minute
        return minute - self.change.minutes

    def on_clock(self, minute: int) -> int:
        """What the clock shows at a real minute."""
        return minute if self.change is None or minute < self.change.at else minute + self.change.minutes

    def later(self, minute: int, minutes: int) -> int:
        """What the clock shows so many real minutes after it shows a minute."""
        return self.on_clock(self.real(minute) + minutes)

    def span(self, start: int, duration: int) -> tuple[int, int]:
        """The real minutes of a visit that starts at a minute of the clock."""
        low = self.real(start)
        return low, low + duration


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit that must or may be planned.

    Six controls a year of one establishment are six visits with the same `object_key` and `norm_key`.

    Attributes:
        key: Unique key.
        object_key: The object; spacing is kept between visits of one object.
        point: Where it is.
        area: Code of the area.
        duration: Minutes on the spot.
        competences: What the team must be able to do, all of it.
        earliest: First legal date (rolling year, season, term, a date before which nothing is planned).
        latest: Last legal date.
        norm_key: The norm or term that asks for the visit.
        norm_clause: That norm in Dutch, shown as the reason.
        required: A norm visit, which goes before everything optional.
        openings: Weekly openings; None when it can be visited at any time, empty when never.
        min_days_between: Least number of days to any other visit of the object (the larger of the two
            counts).
        spacing_exempt: May stand close to other visits, as a re-check does; never on the same day.
        draw_window: The date must not be predictable: a window inside the legal dates is drawn at random.
        terms: Terms of the priority; a random draw is added by the planner only.
        due: Day on which an optional visit is due, when that is not the last legal date; it may lie outside the
            horizon.
        by_lot: An optional visit that the lot asks for: it goes before other optional ones on the day that is drawn for it.
        waiting: Weeks that a required visit is late already; a miss counts so much more, so that nobody waits for ever.
    """

    key: str
    object_key: str
    point: Point
    area: str
    duration: int
    competences: frozenset[str]
    earliest: date
    latest: date
    norm_key: str
    norm_clause: str
    required: bool
    openings: tuple[Opening, ...] | None = None
    min_days_between: int = 1
    spacing_exempt: bool = False
    draw_window: bool = False
    terms: tuple[Term, ...] = ()
    due: date | None = None
    by_lot: bool = False
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Partner:
    """A service that can join integral acties.

    Attributes:
        key: Unique key.
        name: Name for the reasons.
        dates: Dates on which it can join.
        max_acties: Most acties in the horizon; None when there is no limit.
        required: No actie without this partner.
    """

    key: str
    name: str
    dates: frozenset[date]
    max_acties: int | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class ActieObject:
    """An object that an integral actie can visit.

    Attributes:
        object_key: The object; it is in one actie of the horizon at most.
        point: Where it is.
        area: Code of the area; an actie stays in one area.
        duration: Minutes on the spot.
        openings: As for a visit; not used when there is a `visit_key`.
        terms: Terms of the priority.
        visit_key: The visit that is done at the same time, if any; its dates, openings and competences then
            hold.
        min_days_between: As for a visit.
    """

    object_key: str
    point: Point
    area: str
    duration: int
    openings: tuple[Opening, ...] | None = None
    terms: tuple[Term, ...] = ()
    visit_key: str | None = None
    min_days_between: int = 1


@dataclass(frozen=True, slots=True)
class LockedActie:
    """An actie that is agreed already: date, shifts, objects and partners stay as they are."""

    date: date
    area: str
    slot_keys: tuple[str, ...]
    object_keys: tuple[str, ...]
    partner_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IntegralActies:
    """The integral acties that the horizon must hold (CAD-04, CAD-05).

    Attributes:
        count: Least number in the horizon, the locked ones included.
        min_days_between: Days between two acties.
        partners: Services that can join; each actie has `min_partners` of them at least, and all required
            ones.
        candidates: Objects to choose from.
        norm_key: The norm that asks for them.
        norm_clause: That norm in Dutch.
        min_partners: Least number of partners; never below 1 (CAD-05).
        min_objects: Least number of objects per actie.
        max_objects: Most objects per actie.
        team_shifts: Shifts that one actie takes.
        competences: What each of these shifts must be able to do.
        earliest_start: Only shifts that start at or after this minute.
        previous: Dates of acties that were held before; spacing counts from them.
        locked: Acties that are agreed already.
        per_year: Number per calendar year, together `count`; a year that cannot hold its number leaves it open and never
            passes it on to the next. Empty: any dates in the horizon will do.
        per_quarter: Least number in each whole calendar quarter of the horizon; 0 when there is no such rule.
    """

    count: int
    min_days_between: int
    partners: tuple[Partner, ...]
    candidates: tuple[ActieObject, ...]
    norm_key: str
    norm_clause: str
    min_partners: int = 1
    min_objects: int = 1
    max_objects: int = 8
    team_shifts: int = 1
    competences: frozenset[str] = frozenset()
    earliest_start: int = 0
    previous: tuple[date, ...] = ()
    locked: tuple[LockedActie, ...] = ()
    per_year: tuple[tuple[int, int], ...] = ()
    per_quarter: int = 0

    def shares(self, start: date, end: date) -> list[tuple[date, date, int]]:
        """The parts of a horizon that each hold a number of their own: first day, last day, number."""
        if not self.per_year:
            return [(start, end, self.count)]
        return [(max(start, date(year, 1, 1)), min(end, date(year, 12, 31)), number) for year, number in self.per_year]


@dataclass(frozen=True, slots=True)
class Lock:
    """A visit that a planner has put on a shift; it stays there."""

    visit_key: str
    slot_key: str


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of a municipality for the planner.

    Attributes:
        window_days: Width of a drawn window.
        random_share: Share of the capacity that is left after the norms, drawn at random over the stock (0 to
            1).
        random_points: Points of the term for a random draw; more than any sum of other terms.
        travel_allowance: Minutes of travel per visit, used while shifts are filled and before routes are
            known.
        travel_weight: Points that one minute of extra travel takes off when a stop is chosen for a route.
        early_minutes: Minutes of travel that a shift may lose to have what goes first early in it.
        soon_days: Days before the day on which a visit is due from which it goes before all that can wait.
        visit_worth: Minutes of travel that a visit is worth as soon as it may be done.
        due_worth: Minutes of travel that it is worth more by the day on which it is due.
        gap_steps: Days from which on a gap between two visits of a series counts once more in the draw.
    """

    window_days: int = 21
    random_share: float = 0.1
    random_points: int = 1000
    travel_allowance: int = 8
    travel_weight: int = 5
    early_minutes: int = 2
    soon_days: int = 14
    visit_worth: int = 15
    due_worth: int = 45
    gap_steps: tuple[int, ...] = (14, 28)


@dataclass(frozen=True, slots=True)
class Problem:
    """All that the planner gets to see.

    Attributes:
        start: First date of the horizon.
        end: Last date of the horizon.
        slots: Shifts.
        visits: Visits to place.
        integral: Integral acties, if any are asked for.
        locks: What is fixed already.
        settings: Settings of the municipality.
        travel: Travel times; must be deterministic.
        before: Where required visits stand in a plan that holds. They are planned there first, are never left out for another, and
            go elsewhere within their dates only where that makes room or saves travel.
    """

    start: date
    end: date
    slots: tuple[Slot, ...]
    visits: tuple[Visit, ...]
    integral: IntegralActies | None = None
    locks: tuple[Lock, ...] = ()
    settings: Settings = Settings()
    travel: TravelTime = StraightLine()
    before: tuple[Lock, ...] = ()


def _never() -> bool:
    return False


def _silent(_share: float, _what: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Stop:
    """When the planner stops.

    Normal runs use up the first two only, so they give the same result every time.

    Attributes:
        deterministic_time: Budget of one call of the constraint solver in its own deterministic seconds.
        iterations: Most improvement steps per route.
        week_iterations: Improvement steps per visit of a week when its routes are laid together.
        wall_seconds: Aborts when the clock says so; the result then says that it was aborted.
        should_stop: Asked often, also from another thread; True aborts.
        progress: Told the share done (0 to 1) and what is going on, in Dutch.
    """

    deterministic_time: float = 5.0
    iterations: int = 200
    week_iterations: int = 80
    wall_seconds: float | None = None
    should_stop: Callable[[], bool] = field(default=_never)
    progress: Callable[[float, str], None] = field(default=_silent)
