"""The norm layer: every required visit on a shift; first the fewest misses (a late one counts for more), then few areas per shift, then few changes.

A greedy plan with real routes comes first; it is the hint for the constraint model and the plan to beat. A plan without a
miss proves itself. The model sees travel as an allowance per visit, so its answer is laid out on real routes and repaired
where it does not fit; what a solver says about the model is a proof about the model only (see `bounding` for the city).
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

from ortools.sat.python import cp_model

from app.planning.solver.bounding import least_misses
from app.planning.solver.control import Control
from app.planning.solver.draft import Draft
from app.planning.solver.drawing import Drawn
from app.planning.solver.flow import spread
from app.planning.solver.gathering import Gathering, Wishes
from app.planning.solver.index import Index
from app.planning.solver.normmodel import NormModel
from app.planning.solver.problem import Slot, Visit
from app.planning.solver.series import fitting_days, holdable, is_regular
from app.planning.solver.urgency import FULL, deadline, last_with_second_try, strain

_AREA = 20
"""What one more area in a shift weighs, in days from a drawn date."""
_MAX_COST = 60
_HASTE = 4
"""What a day of waiting of a visit with a term weighs where capacity is scarce: five days are then worth one more area in a shift."""
_NO_SECOND_TRY = 30
"""What a place on the last days of a term costs: more than one more area in a shift, so it is taken when there is no other."""
_STANDS = 1_000
"""Added to the weight of a miss of what stands already: more than all that another visit can have waited."""
_EXCHANGES = 4
_PLAIN = 0.8
"""Share of the visits that must be proved to fit nowhere before no search is made for the rest."""
_LARGEST = 20_000
_LARGEST_FLOW = 400_000
"""Most pairs of visit and shift in the constraint model and in the flow; larger ones cost more time than they bring."""


def weight(visit: Visit) -> int:
    """What a miss of a visit counts for: one, and one more for each week that it is late already, so that nobody waits for ever (CAD-06)."""
    return 1 + visit.waiting


class NormLayer:
    """Places required visits on top of a base draft with the acties and locks.

    Attributes:
        todo: Required visits to place.
        wishes: What a place costs; changes from a plan that stood before come last.
        proved: Whether no plan of the model has fewer misses than the one found.
    """

    def __init__(
        self, base: Draft, drawn: Mapping[str, Drawn], control: Control, before: Mapping[str, str] | None = None
    ) -> None:
        self.base = base
        self.index: Index = base.index
        self.drawn = drawn
        self.control = control
        self.stood = {key: self.index.slots[slot] for key, slot in (before or {}).items() if slot in self.index.slots}
        self.wishes = Wishes(_AREA, self.cost, before or {})
        self.proved = False
        self.todo = [
            v
            for v in self.index.visits.values()
            if v.required and base.slot_of(v.key) is None and v.key not in self.index.locks
        ]
        # More visits than an object can hold only slow things down: those that cannot all be there are tried last.
        standing = [v for v in self.todo if v.key in self.stood]
        fresh = self._no_more_than_places(holdable(self.index, [v for v in self.todo if v.key not in self.stood]))
        self.hopeful = sorted([*standing, *fresh], key=lambda v: v.key)
        self.haste = _HASTE if self._is_scarce() else 1
        undrawn = [v for v in self.hopeful if v.key not in drawn]
        self._first_try = {v.key: last_with_second_try(self.index, v, base.reserved) for v in undrawn}
        self.options = {v.key: self._options(v) for v in self.hopeful}
        self._inside = {v.key: self._narrow(v) for v in self.hopeful}

    def _is_scarce(self) -> bool:
        """Whether what is due by its day takes all shifts: a visit that waits then takes the room of those that come after it."""
        problem, base = self.index.problem, self.base
        allowance = problem.settings.travel_allowance
        capacity: dict[date, int] = defaultdict(int)
        for slot in self.index.slots.values():
            if slot.key not in base.reserved and problem.start <= slot.date <= problem.end:
                load = sum(v.duration + allowance for v in base.route(slot))
                capacity[slot.date] += max(0, slot.capacity - load)
        work: dict[date, int] = defaultdict(int)
        for visit in self.index.visits.values():
            if base.slot_of(visit.key) is None and visit.latest >= problem.start:
                work[max(problem.start, deadline(visit, problem.end))] += visit.duration + allowance
        return strain(work, capacity, problem.start, problem.end) >= FULL

    def _no_more_than_places(self, visits: list[Visit]) -> list[Visit]:
        """As many visits as all shifts together could hold, of each object the first ones first."""
        shortest = min((v.duration for v in visits), default=1)
        places = sum(s.capacity // shortest for s in self.index.slots.values() if s.key not in self.base.reserved)
        if len(visits) <= places:
            return visits
        rank: dict[str, int] = {}
        seen: Counter[str] = Counter()
        for visit in sorted(visits, key=lambda v: (v.latest, v.key)):
            rank[visit.key] = seen[visit.object_key]
            seen[visit.object_key] += 1
        first = sorted(visits, key=lambda v: (-v.waiting, rank[v.key], v.latest, v.key))[:places]
        return sorted(first, key=lambda v: v.key)

    def _options(self, visit: Visit) -> list[Slot]:
        """Legal shifts, the best first, without those that an actie or a lock rules out."""
        free = [slot for slot in self.index.candidates(visit) if slot.key not in self.base.reserved]
        if self.base.per_object.get(visit.object_key):
            free = [slot for slot in free if self.base.spacing_allows(visit, slot.date)]
        return sorted(free, key=lambda slot: self.cost(visit, slot))  # of equal cost the first, by date and key

    def cost(self, visit: Visit, slot: Slot) -> int:
        """Days from the drawn date, doubled outside the window; from where it stands; else the days of waiting."""
        stood, drawn = self.stood.get(visit.key), self.drawn.get(visit.key)
        if stood is not None:
            return min(_MAX_COST, abs((slot.date - stood.date).days))
        if drawn is None:
            days = (slot.date - max(visit.earliest, self.index.problem.start)).days
            # A term that ends within the horizon leaves little time for a second try at a closed door (PLN-15).
            soon = self.haste > 1 and visit.latest < self.index.problem.end
            no_second = _NO_SECOND_TRY if slot.date > self._first_try[visit.key] else 0
            return min(_MAX_COST, days * self.haste * (1 + soon)) + no_second
        away = abs((slot.date - drawn.target).days)
        inside = drawn.window.first <= slot.date <= drawn.window.last
        return min(_MAX_COST, away if inside else 2 * away)

    def inside(self, visit: Visit) -> list[Slot]:
        """The shifts inside the drawn window; all when there is no draw or nothing in it."""
        return self._inside[visit.key]

    def _narrow(self, visit: Visit) -> list[Slot]:
        drawn, slots = self.drawn.get(visit.key), self.options[visit.key]
        if drawn is not None:
            within = [s for s in slots if drawn.window.first <= s.date <= drawn.window.last]
            slots = within or slots
        return slots

    def solve(self) -> Draft:
        """The best draft found."""
        best = self.without_misses()
        if not self.todo or self.control.aborted:
            return best
        self.proved = self.proved or len(self.missed(best)) <= self.bound
        if self.plainly_short:
            return best
        best = self.gather(best)
        # Fewer areas is less travel, which makes room.
        return best if self.proved or self.control.aborted else self.mended(best)

    def without_misses(self) -> Draft:
        """A plan with as few misses as were found: the greedy one, else mended, else by flow or by the constraint model."""
        best = self.greedy()
        search = () if self.plainly_short else (self.mended, self.by_flow, self.fewest_misses)
        for step in (self.packed, *search):
            if len(self.missed(best)) > self.bound and not self.control.aborted:
                best = min(best, step(best), key=self._badness)
        return best

    @property
    def plainly_short(self) -> bool:
        """Whether most of what is asked provably fits nowhere: then a search for a few more changes nothing about what is short."""
        return self.bound > _PLAIN * len(self.todo)

    @cached_property
    def bound(self) -> int:
        """Misses that no plan can avoid, whatever else is on the shifts."""
        return least_misses(self.index, self.todo)

    def packed(self, draft: Draft) -> Draft:
        """The plan with the visits of an object that misses some packed as early as can be, where that misses fewer."""
        for key in sorted({v.object_key for v in self.missed(draft)}):
            series = [v for v in self.hopeful if v.object_key == key and not v.spacing_exempt]
            if len(series) < 2 or not is_regular(series):
                continue
            packed = draft.copy()
            for visit in series:
                if packed.slot_of(visit.key) is not None:
                    packed.remove(visit)
            for visit, day in fitting_days(self.index, series, frozenset(self.base.reserved)):
                self._try(packed, visit, [s for s in self.options[visit.key] if s.date == day])
            draft = max(draft, packed, key=lambda d: len(d.where))
        return draft

    def mended(self, draft: Draft) -> Draft:
        """The plan with what it misses put in by exchanges."""
        mended = draft.copy()
        left = [v for v in self.hopeful if mended.slot_of(v.key) is None]
        self._repair(mended, sorted(left, key=lambda v: -self._weight(v)))
        return mended

    def by_flow(self, _hint: Draft) -> Draft:
        """Every visit on a legal shift at once, near its drawn date, as far as the shifts hold them."""
        if sum(map(len, self.options.values())) > _LARGEST_FLOW:
            return self.base
        return self._lay_out(self.base, spread(self.base, self.hopeful, self.options, self.cost))

    def missed(self, draft: Draft) -> list[Visit]:
        """Required visits that a draft does not hold."""
        return [v for v in self.todo if draft.slot_of(v.key) is None]

    def _badness(self, draft: Draft) -> tuple[int, int, int]:
        """Misses with what they have waited, then areas opened and days from the drawn dates, then changes from the plan before."""
        return (sum(map(self._weight, self.missed(draft))), *self.wishes.of(draft, self.todo))

    def _weight(self, visit: Visit) -> int:
        """As `weight`; what stands goes before all that does not."""
        return weight(visit) + (_STANDS if visit.key in self.stood else 0)

    def greedy(self, needed: frozenset[str] = frozenset()) -> Draft:
        """What is late already first, the longest before the others; then visits with the fewest shifts, each on its best one.

        Args:
            needed: Keys of visits without which the plan is of no use: it ends at the first of them that fits nowhere.
        """
        draft = self._as_it_stood()
        for visit in sorted(self.hopeful, key=lambda v: (-self._weight(v), len(self.inside(v)), v.latest, v.key)):
            if self.control.aborted:
                break
            if draft.slot_of(visit.key) is None and not self._place(draft, visit) and visit.key in needed:
                break
        return draft

    def _as_it_stood(self) -> Draft:
        """The base with every visit that stands in its own place, as far as that still holds."""
        draft = self.base.copy()
        per_slot: dict[str, list[Visit]] = defaultdict(list)
        for visit in self.hopeful:
            if visit.key in self.stood and self.stood[visit.key].key not in draft.reserved:
                per_slot[self.stood[visit.key].key].append(visit)
        for key, visits in per_slot.items():
            draft.place_together(visits, self.index.slots[key], self.control.stop.iterations)
        return draft

    def _place(self, draft: Draft, visit: Visit) -> bool:
        """On the cheapest shift of its window, one that goes to its area already before others; else anywhere legal."""

        def price(slot: Slot) -> int:
            return self.cost(visit, slot) + (0 if any(v.area == visit.area for v in draft.route(slot)) else _AREA)

        days = max(1, visit.min_days_between)
        near = draft.per_object.get(visit.object_key, ()) if not visit.spacing_exempt else ()
        taken = {draft.where[v.key].date.toordinal() for v in near if not v.spacing_exempt}
        blocked = {day + n for day in taken for n in range(1 - days, days)}

        def open_to(slots: Sequence[Slot]) -> list[Slot]:
            return [s for s in slots if visit.duration <= draft.room(s) and s.date.toordinal() not in blocked]

        inside = sorted(open_to(self.inside(visit)), key=lambda s: (price(s), s.date, s.key))
        return self._try(draft, visit, inside) or self._try(draft, visit, open_to(self.options[visit.key]))

    def _try(self, draft: Draft, visit: Visit, slots: Sequence[Slot]) -> bool:
        """On the first of some shifts that takes it."""
        return any(visit.duration <= draft.room(s) and draft.place(visit, s) for s in slots)

    def _repair(self, draft: Draft, left: list[Visit]) -> None:
        """Place what is left over, if need be by moving one other required visit to another shift of its window."""
        attempts = _EXCHANGES * self.control.stop.iterations
        todo = {v.key for v in self.hopeful}
        for visit in left:
            if self.control.aborted or self._place(draft, visit) or attempts < 0:
                continue
            for slot in self.options[visit.key]:
                others = [v for v in draft.route(slot) if v.key in todo and v.object_key != visit.object_key]
                if not draft.spacing_allows(visit, slot.date):
                    continue
                attempts -= len(others)
                if attempts < 0 or any(self._exchange(draft, visit, slot, other) for other in others):
                    break

    def _exchange(self, draft: Draft, visit: Visit, slot: Slot, other: Visit) -> bool:
        before = draft.route(slot)
        draft.remove(other)
        if draft.place(visit, slot):
            if self._try(draft, other, self.inside(other)):
                return True
            draft.remove(visit)
        draft.put(other, slot, before)
        return False

    def fewest_misses(self, hint: Draft) -> Draft:
        """The plan with the fewest misses among all legal shifts, where the model is small enough to be of use."""
        if sum(map(len, self.options.values())) > _LARGEST:
            return hint
        self.control.report(0.3, "Normbezoeken over diensten verdelen")
        built = self._model(self.hopeful, self.options, self.base, may_miss=True)
        built.hint(hint.slot_of)
        weights = {v.key: self._weight(v) for v in self.hopeful}
        built.model.minimize(
            cp_model.LinearExpr.weighted_sum([*built.missed.values()], [weights[k] for k in built.missed])
        )
        solver = self.control.run(built.model)
        if solver is None:
            return hint
        draft = self._lay_out(self.base, built.chosen(solver))
        bound = round(solver.best_objective_bound) + sum(self._weight(v) for v in self.todo if v.key not in weights)
        self.proved = sum(map(self._weight, self.missed(draft))) <= bound
        return draft

    def gather(self, draft: Draft) -> Draft:
        """The same visits in fewer areas per shift, inside their windows; then with few changes from a plan before."""
        self.control.report(0.4, "Bezoeken per gebied bij elkaar zetten")
        better = draft.copy()
        Gathering(better, self._inside, self.wishes, self.control).run()
        return min(draft, better, key=self._badness)

    def _model(
        self, visits: Sequence[Visit], choices: Mapping[str, list[Slot]], around: Draft, *, may_miss: bool
    ) -> NormModel:
        allowance = self.index.problem.settings.travel_allowance
        built = NormModel(self.index, visits, choices, around.route, allowance, may_miss=may_miss)
        built.limit_shifts()
        return built

    def _lay_out(self, around: Draft, per_slot: Mapping[str, list[Visit]]) -> Draft:
        """A solution on real routes, repaired where they turn out too long."""
        draft = around.copy()
        for key, slot in self.index.slots.items():
            if key in per_slot:
                draft.place_together(per_slot[key], slot, self.control.stop.iterations)
        self._repair(draft, [v for v in self.hopeful if draft.slot_of(v.key) is None])
        return draft
