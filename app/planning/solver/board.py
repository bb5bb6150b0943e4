"""The released plan as replanning works on it: what stands where, what may move, and what the present state costs."""

from collections.abc import Iterable
from dataclasses import replace

from app.planning.solver.draft import Draft
from app.planning.solver.exactroute import find_order
from app.planning.solver.index import Index, competent
from app.planning.solver.problem import Opening, Slot, Visit
from app.planning.solver.replanning import Cost, Entry, ReplanProblem
from app.planning.solver.route import lay_times

_ITERATIONS = 30


class Board:
    """A window of the plan.

    Attributes:
        problem: The question.
        entries: Visits by key; one that fits its shift only at its own time is held to that time.
        index: Look-ups over them.
        draft: Where the visits are now.
        home: The shift on which each visit stands and may stay.
        standing: Those visits per shift, in the order in which they stand.
        open: Shifts on which visits may come and go, by key.
        pending: Visits without a place that need one, the most urgent first.
        forced: Keys of visits of the plan that cannot stay where they are.
    """

    def __init__(self, problem: ReplanProblem) -> None:
        self.problem = problem
        entries = {e.visit.key: e for e in sorted(problem.entries, key=lambda e: e.visit.key)}
        raw = Index(problem.as_problem(tuple(e.visit for e in entries.values())))
        held, shut = _hold(problem, entries, raw)
        self.entries: dict[str, Entry] = entries | held
        self.index = Index(problem.as_problem(tuple(e.visit for e in self.entries.values())))
        self.open = {key: slot for key, slot in self.index.slots.items() if key not in problem.closed | shut}
        self.draft = Draft(self.index)
        self.home: dict[str, Slot] = {}
        self.standing: dict[str, list[Visit]] = {key: [] for key in self.index.slots}
        self.forced: set[str] = set()
        self._options: dict[str, list[Slot]] = {}
        waiting = []
        for entry in sorted(self.entries.values(), key=lambda e: (e.start or 0, e.visit.key)):
            slot = self.index.slots.get(entry.slot_key) if entry.slot_key is not None else None
            if slot is not None and may_stay(entry, slot):
                self.home[entry.visit.key] = slot
                self.standing[slot.key].append(entry.visit)
                self.draft.put(entry.visit, slot, (*self.draft.route(slot), entry.visit))
                continue
            if entry.slot_key is not None and not entry.fixed:
                self.forced.add(entry.visit.key)
            if not entry.ended and not entry.fixed:
                waiting.append(entry)
        self.pending = [e.visit for e in sorted(waiting, key=self._rank)]

    def _rank(self, entry: Entry) -> tuple[bool, bool, int, str]:
        visit = entry.visit
        return entry.urgent_by is None, not visit.required, len(self.index.candidates(visit)), visit.key

    def before(self, slot_key: str) -> set[str]:
        """Keys of the visits that stood on a shift, those that had to go included."""
        return {key for key, entry in self.entries.items() if entry.slot_key == slot_key}

    def movable(self, visit: Visit) -> bool:
        """Whether a visit may be put on another shift."""
        entry, slot = self.entries[visit.key], self.draft.slot_of(visit.key)
        return not entry.fixed and not entry.ended and (slot is None or slot.key in self.open)

    def options(self, visit: Visit) -> list[Slot]:
        """Open shifts that suit a visit, the best first: in time, and near the day on which it stood."""
        found = self._options.get(visit.key)
        if found is None:
            suiting = [slot for slot in self.index.candidates(visit) if slot.key in self.open]
            found = sorted(suiting, key=lambda slot: (*self.tie(visit, slot), slot.key))
            self._options[visit.key] = found
        return found

    def tie(self, visit: Visit, slot: Slot) -> tuple[bool, int]:
        """What decides between shifts that cost the same: an urgent visit early, another near its old day."""
        entry = self.entries[visit.key]
        if entry.urgent_by is not None:
            return slot.date > entry.urgent_by, (slot.date - self.problem.start).days
        return False, abs((slot.date - (entry.day or max(visit.earliest, self.problem.start))).days)

    def is_late(self, visit: Visit, slot: Slot | None) -> bool:
        """Whether an urgent visit would not be in time."""
        by = self.entries[visit.key].urgent_by
        return by is not None and (slot is None or slot.date > by)

    def try_place(self, visit: Visit, slot: Slot, *, reorder: bool = False) -> bool:
        """Puts a visit on a shift, in the order that stands there or, when asked, in another one."""
        route = self.draft.fit(visit, slot)
        if route is None and reorder and self.draft.spacing_allows(visit, slot.date):
            stops = [*self.draft.route(slot), visit]
            if sum(v.duration for v in stops) <= slot.capacity:
                route = find_order(slot, stops, self.index.windows, self.problem.travel, _ITERATIONS, exact=False)
        if route is None:
            return False
        self.draft.put(visit, slot, route)
        return True

    def order(self, slot: Slot, visits: Iterable[Visit]) -> tuple[Visit, ...] | None:
        """A route through these stops, or None."""
        return find_order(slot, list(visits), self.index.windows, self.problem.travel, _ITERATIONS)

    def cost(self, draft: Draft) -> Cost:
        """What a state costs."""
        urgent = missed = changes = 0
        for key, entry in self.entries.items():
            slot = draft.slot_of(key)
            if entry.fixed:
                continue
            if not entry.ended:
                urgent += self.is_late(entry.visit, slot)
                missed += entry.visit.required and slot is None
            changes += self.weight(entry, slot)
        return Cost(urgent, missed, changes)

    def weight(self, entry: Entry, slot: Slot | None) -> int:
        """Changes that a visit counts for when it comes on this shift, or on none.

        A new optional visit without a place counts for one: nothing else is moved for it, nothing goes before it for free.
        """
        if entry.fixed or (slot is not None and slot.key == entry.slot_key):
            return 0
        if entry.slot_key is None:
            return int(slot is None and not entry.visit.required and entry.urgent_by is None)
        return 1 if slot is not None or entry.ended or entry.visit.required else self.problem.loss

    def floor(self) -> Cost:
        """What no plan can cost less than: what has no shift at all, and what cannot stay."""
        urgent = missed = changes = 0
        for key in self.forced:
            if self.entries[key].ended:
                changes += 1
        for visit in self.pending:
            entry, options = self.entries[visit.key], self.options(visit)
            urgent += entry.urgent_by is not None and all(self.is_late(visit, slot) for slot in options)
            missed += visit.required and not options
            changes += min((self.weight(entry, slot) for slot in [None, *options]), default=0)
        return Cost(urgent, missed, changes)


def may_stay(entry: Entry, slot: Slot) -> bool:
    """Whether a visit may stay on the shift on which it stands: nothing asks it to go, and dates and powers still fit."""
    visit = entry.visit
    legal = visit.earliest <= slot.date <= visit.latest and competent(visit, slot)
    return entry.fixed or (not entry.ended and legal)


def _hold(problem: ReplanProblem, entries: dict[str, Entry], index: Index) -> tuple[dict[str, Entry], frozenset[str]]:
    """Visits that only fit at the time at which they stand, held to it; and shifts that fit in no way, shut.

    A plan made by hand may break what the planner keeps: it is no reason to move what nobody asked to move.
    """
    held: dict[str, Entry] = {}
    shut = set()
    for slot in index.slots.values():
        if slot.key in problem.closed:
            continue
        stops = sorted(
            (e for e in entries.values() if e.slot_key == slot.key and may_stay(e, slot)),
            key=lambda e: (e.start or 0, e.visit.key),
        )
        if lay_times(slot, [e.visit for e in stops], index.windows, problem.travel) is not None:
            continue
        pinned = [_pin(e, slot) for e in stops]
        # Look-ups remember openings by key, so pinned visits need their own.
        own = Index(problem.as_problem(tuple(e.visit for e in pinned)))
        if lay_times(slot, [e.visit for e in pinned], own.windows, problem.travel) is None:
            shut.add(slot.key)
        else:
            held |= {e.visit.key: e for e in pinned}
    return held, frozenset(shut)


def _pin(entry: Entry, slot: Slot) -> Entry:
    if entry.start is None:
        return entry
    opening = Opening(slot.date.weekday(), entry.start, entry.start + entry.visit.duration)
    return replace(entry, visit=replace(entry.visit, openings=(opening,)), fixed=True)
