"""A problem in fixed order with fast look-ups: which shift suits which visit, and when the door is open."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from app.planning.solver.problem import IntegralActies, Opening, Problem, Slot, Visit

_DAY = 1440
_Between = dict[tuple[int, int], tuple[Slot, ...]]


class ProblemError(ValueError):
    """The problem contradicts itself; a fault of the caller, not of the city."""


class Index:
    """Look-ups over one problem. The order of the input does not matter: everything is sorted by key."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.slots = {s.key: s for s in sorted(problem.slots, key=lambda s: (s.date, s.key))}
        self.visits = {v.key: v for v in sorted(problem.visits, key=lambda v: v.key)}
        self.locks = {lock.visit_key: lock.slot_key for lock in sorted(problem.locks, key=lambda k: k.visit_key)}
        self._check()
        self._by_date: dict[date, list[Slot]] = defaultdict(list)
        for slot in self.slots.values():
            if problem.start <= slot.date <= problem.end:
                self._by_date[slot.date].append(slot)
        self.dates = tuple(self._by_date)
        self.by_object: dict[str, list[Visit]] = defaultdict(list)
        for visit in self.visits.values():
            self.by_object[visit.object_key].append(visit)
        # Openings are shared by many visits: a small number stands for each distinct set of them.
        self._opening_ids: dict[tuple[Opening, ...] | None, int] = {}
        self._opening_of: dict[str, int] = {}
        self._open: dict[tuple[object, ...], tuple[tuple[int, int], ...]] = {}
        self._candidates: dict[str, tuple[Slot, ...]] = {}
        self._of_kind: dict[tuple[object, ...], tuple[tuple[Slot, ...], list[date], _Between]] = {}

    def _check(self) -> None:
        problem = self.problem
        if len(self.slots) != len(problem.slots) or len(self.visits) != len(problem.visits):
            raise ProblemError("keys of slots and visits must be unique")
        if len(self.locks) != len(problem.locks):
            raise ProblemError("a visit can be locked to one slot only")
        for visit_key, slot_key in self.locks.items():
            if visit_key not in self.visits or slot_key not in self.slots:
                raise ProblemError(f"lock of {visit_key} on {slot_key} names something unknown")
        if any(v.duration <= 0 for v in problem.visits) or any(s.end < s.start for s in problem.slots):
            raise ProblemError("durations must be positive and slots must not end before they start")
        if not 0 <= problem.settings.random_share <= 1:
            raise ProblemError("the random share lies between 0 and 1")
        if problem.integral is not None:
            self._check_acties(problem.integral)

    def _check_acties(self, acties: IntegralActies) -> None:
        if acties.min_partners < 1:
            raise ProblemError("an integral actie has a partner (CAD-05)")
        known = {c.object_key for c in acties.candidates}
        if len(known) != len(acties.candidates):
            raise ProblemError("an object can be an actie candidate only once")
        unknown = {c.visit_key for c in acties.candidates if c.visit_key} - self.visits.keys()
        unknown |= {key for a in acties.locked for key in a.slot_keys} - self.slots.keys()
        unknown |= {key for a in acties.locked for key in a.object_keys} - known
        unknown |= {key for a in acties.locked for key in a.partner_keys} - {p.key for p in acties.partners}
        if unknown:
            raise ProblemError(f"integral acties name something unknown: {sorted(unknown)}")

    def slots_on(self, day: date) -> list[Slot]:
        """Shifts on a date of the horizon."""
        return self._by_date.get(day, [])

    def door(self, visit: Visit) -> int:
        """A number for the opening hours of the visit, the same for the same hours."""
        number = self._opening_of.get(visit.key)
        if number is None:
            number = self._opening_ids.setdefault(visit.openings, len(self._opening_ids))
            self._opening_of[visit.key] = number
        return number

    def windows(self, visit: Visit, slot: Slot) -> tuple[tuple[int, int], ...]:
        """Minutes within the shift during which the visit can take place, each long enough for it."""
        ident = (self.door(visit), slot.date.weekday(), slot.start, slot.end, slot.change, visit.duration)
        cached = self._open.get(ident)
        if cached is None:
            cached = self._open[ident] = _opening_in_shift(visit, slot)
        return cached

    def suits(self, visit: Visit, slot: Slot) -> bool:
        """Whether the visit could be on the shift if that were empty, travel apart."""
        return visit.earliest <= slot.date <= visit.latest and self._could(visit, slot)

    def _could(self, visit: Visit, slot: Slot) -> bool:
        """As `suits`, whatever the date."""
        return competent(visit, slot) and visit.duration <= slot.capacity and bool(self.windows(visit, slot))

    def candidates(self, visit: Visit) -> tuple[Slot, ...]:
        """All shifts of the horizon that suit, by date and key."""
        found = self._candidates.get(visit.key)
        if found is not None:
            return found
        # Visits of one kind differ in their dates only, and those with the same dates share what is found.
        kind = (visit.duration, visit.competences, visit.openings)
        known = self._of_kind.get(kind)
        if known is None:
            slots = tuple(s for day in self.dates for s in self._by_date[day] if self._could(visit, s))
            known = self._of_kind[kind] = (slots, [s.date for s in slots], {})
        slots, dates, between = known
        first, after = bisect_left(dates, visit.earliest), bisect_right(dates, visit.latest)
        found = self._candidates[visit.key] = between.setdefault((first, after), slots[first:after])
        return found

    def days_of(self, visits: Iterable[Visit], closed: frozenset[str] = frozenset()) -> list[date]:
        """Days with a shift that suits one of the visits and is not closed to it; fast where many visits have the same dates."""
        shared = {id(slots): slots for slots in map(self.candidates, visits)}
        return sorted({slot.date for slots in shared.values() for slot in slots if slot.key not in closed})

    def series(self) -> list[list[Visit]]:
        """Required visits whose window is drawn, per object and norm, in order of their dates."""
        groups: dict[tuple[str, str], list[Visit]] = defaultdict(list)
        for visit in self.visits.values():
            if visit.required and visit.draw_window and visit.key not in self.locks:
                groups[visit.object_key, visit.norm_key].append(visit)
        return [sorted(g, key=lambda v: (v.earliest, v.latest, v.key)) for _, g in sorted(groups.items())]


def competent(visit: Visit, slot: Slot) -> bool:
    """Whether the team of the shift may do the visit (REG-17)."""
    return visit.competences <= slot.competences


def gap(one: Visit, other: Visit) -> int:
    """Least number of days between two visits of the same object; never the same day."""
    if one.spacing_exempt or other.spacing_exempt:
        return 1
    return max(1, one.min_days_between, other.min_days_between)


def _opening_in_shift(visit: Visit, slot: Slot) -> tuple[tuple[int, int], ...]:
    if visit.openings is None:
        return _long_enough(visit, slot, [(slot.start, slot.end)])
    found = []
    for opening in visit.openings:
        # What opened the evening before, or opens the next morning, can fall into a shift that passes
        # midnight.
        for shift in (-1, 0, 1):
            if opening.weekday == (slot.date.weekday() + shift) % 7:
                low = max(slot.start, slot.real(opening.opens + shift * _DAY))
                high = min(slot.end, slot.real(opening.closes + shift * _DAY))
                if low < high:
                    found.append((low, high))
    merged: list[tuple[int, int]] = []
    for low, high in sorted(found):
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return _long_enough(visit, slot, merged)


def _long_enough(visit: Visit, slot: Slot, spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The spans that hold the visit; none starts in the hour that the clock shows twice, as its time would mean two moments."""
    change = slot.change
    if change is not None and change.minutes < 0:
        again = change.at - change.minutes
        spans = [
            part
            for low, high in spans
            for part in ((low, min(high, change.at - 1 + visit.duration)), (max(low, again), high))
        ]
    return tuple((low, high) for low, high in spans if high - low >= visit.duration)
