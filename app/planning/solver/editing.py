"""A proposal on the table: where a visit can stand by hand, what that costs, and every rule that it would break.

Pure, without a solver library, so that the API process can ask it. Visits that stand keep their own time; only when a visit
fits in no other way the shift is laid out again, and then what a planner fixed and what has its control still keep theirs.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from app.planning.solver.draft import Draft
from app.planning.solver.exactroute import find_order
from app.planning.solver.index import Index, competent, gap
from app.planning.solver.problem import Slot, Visit
from app.planning.solver.route import Openings, Timed, insert, lay_times, travel_minutes


class Regel(StrEnum):
    """A hard rule of the plan."""

    VERLEDEN = "verleden"
    DATUM = "datum"
    TUSSENTIJD = "tussentijd"
    BEVOEGDHEID = "bevoegdheid"
    OPENINGSTIJD = "openingstijd"
    DIENST = "dienst"
    ACTIE = "integrale actie"
    OVERLAP = "overlap"
    REISTIJD = "reistijd"
    CAPACITEIT = "capaciteit"


_FIELD = {
    Regel.BEVOEGDHEID: "teamId",
    Regel.OPENINGSTIJD: "aanvang",
    Regel.DIENST: "aanvang",
    Regel.OVERLAP: "aanvang",
    Regel.REISTIJD: "aanvang",
}


@dataclass(frozen=True, slots=True)
class Breuk:
    """A hard rule that a visit would break, with a Dutch sentence."""

    regel: Regel
    tekst: str

    @property
    def veld(self) -> str:
        """The field of the question that is at fault."""
        return _FIELD.get(self.regel, "datum")


@dataclass(frozen=True, slots=True)
class Standing:
    """A visit of the plan at its place.

    Attributes:
        visit: The visit; its key is unique on the board.
        date: Its date.
        slot_key: Its shift; None when that is not there any more.
        start: Minute at which it starts.
        fixed: Its time never gives way: a planner fixed it, or it has its control already.
    """

    visit: Visit
    date: date
    slot_key: str | None
    start: int
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Placement:
    """A place for a visit.

    Attributes:
        slot: The shift.
        times: The timetable of the whole shift with the visit in it.
        start: Minute at which the visit starts.
        travel: Minutes of travel that it adds to the shift.
        shifted: Number of other visits on the shift that get another time.
        alone: No other visit of the shift lies in its area.
    """

    slot: Slot
    times: tuple[Timed, ...]
    start: int
    travel: int
    shifted: int
    alone: bool


class Board:
    """A proposal with its shifts.

    Attributes:
        index: Look-ups over the shifts.
        reserved: Keys of the shifts that an integral actie takes.
        starts: Start of each visit on the board, per key.
    """

    def __init__(
        self,
        index: Index,
        standing: Iterable[Standing],
        reserved: Collection[str],
        known: Mapping[str, Sequence[date]],
        today: date,
    ) -> None:
        self.index = index
        self.reserved = set(reserved)
        self.starts: dict[str, int] = {}
        self._draft = Draft(index)
        self._known = known
        self._today = today
        self._fixed: set[str] = set()
        self._dates: dict[str, dict[str, tuple[date, Visit]]] = defaultdict(dict)
        for stop in sorted(standing, key=lambda s: (s.date, s.start, s.visit.key)):
            self.put(stop)

    def put(self, stop: Standing) -> None:
        """Puts a visit on the board as it stands, without a question."""
        visit = stop.visit
        self.starts[visit.key] = stop.start
        self._dates[visit.object_key][visit.key] = (stop.date, visit)
        if stop.fixed:
            self._fixed.add(visit.key)
        if stop.slot_key is not None:
            slot = self.index.slots[stop.slot_key]
            route = sorted((*self._draft.route(slot), visit), key=lambda v: (self.starts[v.key], v.key))
            self._draft.put(visit, slot, tuple(route))

    def lift(self, visit: Visit) -> tuple[Slot | None, int]:
        """Takes a visit off the board; answers its shift and the minutes of travel that this saves."""
        slot = self._draft.slot_of(visit.key)
        before = 0 if slot is None else self.travel_on(slot)
        if slot is not None:
            self._draft.remove(visit)
        self.starts.pop(visit.key, None)
        self._dates[visit.object_key].pop(visit.key, None)
        self._fixed.discard(visit.key)
        return slot, 0 if slot is None else before - self.travel_on(slot)

    def route(self, slot: Slot) -> tuple[Visit, ...]:
        """The visits on a shift in order."""
        return self._draft.route(slot)

    def travel_on(self, slot: Slot) -> int:
        """Minutes of travel on a shift."""
        return travel_minutes(slot, self.route(slot), self.index.problem.travel)

    def times(self, slot: Slot) -> tuple[Timed, ...] | None:
        """The timetable of a shift as it stands; None when its visits do not fit together any more."""
        return lay_times(slot, self.route(slot), self._held, self.index.problem.travel)

    def place(self, visit: Visit, slot: Slot, start: int | None = None) -> Placement | list[Breuk]:
        """Where the visit would stand on a shift, or every rule that it would break there.

        Args:
            visit: The visit; not on the board itself.
            slot: The shift.
            start: Minute at which it must start; None for the place that adds least travel.
        """
        broken = self.broken(visit, slot, start)
        if slot.key in self.reserved:
            broken.append(Breuk(Regel.ACTIE, "die dienst is voor een integrale actie"))
        times = None if broken else self._lay(visit, slot, start)
        if times is None:
            return broken or self._why_full(visit, slot, start)
        return self._placement(visit, slot, times)

    def accept(self, visit: Visit, placement: Placement, *, fixed: bool = True) -> None:
        """Puts a visit where `place` said; the others on the shift get the times that go with it."""
        own = next(t for t in placement.times if t.visit.key == visit.key)
        for timed in placement.times:
            self.starts[timed.visit.key] = timed.start
        self.put(Standing(visit, placement.slot.date, placement.slot.key, own.start, fixed))

    def broken(self, visit: Visit, slot: Slot, start: int | None = None, *, with_shift: bool = True) -> list[Breuk]:
        """Rules about the visit itself that a shift breaks: date, distance, designation, opening hours, length.

        Args:
            visit: The visit.
            slot: The shift.
            start: Minute at which it must start, if that was chosen.
            with_shift: Whether the shift is a real one, so that its own hours count.
        """
        problem, found = self.index.problem, []
        first, last = max(visit.earliest, problem.start), min(visit.latest, problem.end)
        if slot.date < self._today:
            found.append(Breuk(Regel.VERLEDEN, "ligt in het verleden"))
        if first > last:
            found.append(Breuk(Regel.DATUM, "mag op geen enkele dag van deze periode"))
        elif not first <= slot.date <= last:
            found.append(Breuk(Regel.DATUM, f"mag alleen van {first:%d-%m-%Y} tot en met {last:%d-%m-%Y}"))
        close = self.too_close(visit, slot.date)
        if close is not None:
            found.append(Breuk(Regel.TUSSENTIJD, close))
        if not competent(visit, slot):
            found.append(Breuk(Regel.BEVOEGDHEID, "is op die datum niet aangewezen voor dit soort object"))
        if with_shift and start is not None and not slot.start <= slot.real(start) <= slot.end - visit.duration:
            found.append(Breuk(Regel.DIENST, "valt niet binnen een dienst van dit team op die datum"))
        elif not self._is_open(visit, slot, start):
            found.append(Breuk(Regel.OPENINGSTIJD, "valt buiten de openingstijden van het object"))
        if visit.duration > slot.capacity:
            found.append(Breuk(Regel.CAPACITEIT, "past niet meer in die dienst; de dienst is vol"))
        return found

    def too_close(self, visit: Visit, day: date) -> str | None:
        """Why a day lies too close to another visit of the object, planned or done; None when it does not."""
        least = 1 if visit.spacing_exempt else max(1, visit.min_days_between)
        near = [(abs((known - day).days), least, known) for known in self._known.get(visit.object_key, ())]
        near += [(abs((on - day).days), gap(visit, other), on) for on, other in self._dates[visit.object_key].values()]
        met = min(((on, needed) for away, needed, on in near if away < needed), default=None)
        return None if met is None else f"ligt minder dan {met[1]} dagen van een ander bezoek, op {met[0]:%d-%m-%Y}"

    def lay_evening(self, visits: Sequence[Visit], slots: Sequence[Slot]) -> dict[str, tuple[Timed, ...]] | list[Visit]:
        """Timetables of the shifts of an actie with all these visits in them, or the visits that do not fit.

        Every visit goes on the first shift that takes it, the tightest door first; then the routes are made shorter. What does not fit on one shift
        like that is tried in every order.
        """
        draft = Draft(self.index)
        width = {v.key: sum(w[1] - w[0] for s in slots for w in self.index.windows(v, s)) - v.duration for v in visits}
        left = [v for v in sorted(visits, key=lambda v: (width[v.key], v.key)) if not _first_fit(draft, v, slots)]
        if left and len(slots) == 1:
            order = find_order(slots[0], visits, self.index.windows, self.index.problem.travel)
            times = None if order is None else lay_times(slots[0], order, self.index.windows, self.index.problem.travel)
            return left if times is None else {slots[0].key: times}
        if left:
            return left
        for slot in slots:
            draft.shorten(slot, len(visits) ** 2)
        return {slot.key: draft.timetable(slot) for slot in slots}

    def _held(self, visit: Visit, slot: Slot) -> tuple[tuple[int, int], ...]:
        start = self.starts.get(visit.key)
        return self.index.windows(visit, slot) if start is None else (slot.span(start, visit.duration),)

    def _loose(self, visit: Visit, slot: Slot) -> tuple[tuple[int, int], ...]:
        return self._held(visit, slot) if visit.key in self._fixed else self.index.windows(visit, slot)

    def _is_open(self, visit: Visit, slot: Slot, start: int | None) -> bool:
        windows = self.index.windows(visit, slot)
        if start is None:
            return bool(windows)
        begin, end = slot.span(start, visit.duration)
        return any(low <= begin and end <= high for low, high in windows)

    def _lay(self, visit: Visit, slot: Slot, start: int | None) -> tuple[Timed, ...] | None:
        travel, order = self.index.problem.travel, self.route(slot)
        if start is not None:
            tried = sorted((*order, visit), key=lambda v: (self.starts.get(v.key, start), v.key))
            return lay_times(slot, tried, self._at(visit, start), travel)
        for hours in (self._held, self._loose):
            route = insert(slot, order, visit, hours, travel)
            if route is not None:
                return lay_times(slot, route, hours, travel)
        return None

    def _at(self, visit: Visit, start: int) -> Openings:
        """Hours in which this visit starts at that minute, and all others keep their time."""

        def hours(other: Visit, slot: Slot) -> tuple[tuple[int, int], ...]:
            return (slot.span(start, visit.duration),) if other.key == visit.key else self._held(other, slot)

        return hours

    def _placement(self, visit: Visit, slot: Slot, times: tuple[Timed, ...]) -> Placement:
        after = travel_minutes(slot, [t.visit for t in times], self.index.problem.travel)
        others = [t for t in times if t.visit.key != visit.key]
        return Placement(
            slot=slot,
            times=times,
            start=next(t.start for t in times if t.visit.key == visit.key),
            travel=after - self.travel_on(slot),
            shifted=sum(t.start != self.starts[t.visit.key] for t in others),
            alone=bool(visit.area) and bool(others) and all(t.visit.area != visit.area for t in others),
        )

    def _why_full(self, visit: Visit, slot: Slot, start: int | None) -> list[Breuk]:
        order, travel = self.route(slot), self.index.problem.travel
        full = Breuk(Regel.CAPACITEIT, "past niet meer in die dienst; de dienst is vol")
        if start is None:
            return [full]
        broken = []
        spans = {v.key: slot.span(self.starts.get(v.key, start), v.duration) for v in (*order, visit)}
        begin, end = spans[visit.key]
        if any(begin < spans[v.key][1] and spans[v.key][0] < end for v in order):
            broken.append(Breuk(Regel.OVERLAP, "overlapt met een ander bezoek van dit team"))
        tried = sorted((*order, visit), key=lambda v: (self.starts.get(v.key, start), v.key))
        work = sum(v.duration for v in tried) + travel_minutes(slot, tried, travel)
        if work > slot.capacity:
            broken.append(full)
        if broken:
            return broken
        late = [b for a, b in pairwise(tried) if spans[a.key][1] + travel(a.point, b.point) > spans[b.key][0]]
        text = "laat te weinig tijd om te reizen tussen de bezoeken" if late else full.tekst
        return [Breuk(Regel.REISTIJD if late else Regel.CAPACITEIT, text)]


def _first_fit(draft: Draft, visit: Visit, slots: Sequence[Slot]) -> bool:
    return any(draft.force_fit(visit, slot) for slot in slots)
