"""The norm layer: every required visit on a shift, few misses first, then close to the drawn date.

A greedy plan with real routes comes first; it is the hint for the constraint model and the plan to beat.
The model sees travel as an allowance per visit, so its answer is laid out on real routes and repaired
where it does not fit.
"""

from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations

from ortools.sat.python import cp_model

from app.planning.solver.control import Control
from app.planning.solver.draft import Draft
from app.planning.solver.drawing import Drawn
from app.planning.solver.index import Index, gap
from app.planning.solver.problem import Slot, Visit

_MISS = 1000
_MAX_COST = 60
_PER_VISIT = 40
_FULL_MODEL = 20_000


class NormLayer:
    """Places required visits on top of a base draft with the acties and locks."""

    def __init__(self, base: Draft, drawn: Mapping[str, Drawn], control: Control) -> None:
        self.base = base
        self.index: Index = base.index
        self.drawn = drawn
        self.control = control
        self.todo = [
            v
            for v in self.index.visits.values()
            if v.required and base.slot_of(v.key) is None and v.key not in self.index.locks
        ]
        self.options = {v.key: self._options(v) for v in self.todo}

    def _options(self, visit: Visit) -> list[Slot]:
        """Legal shifts, the best first, without those that an actie or a lock rules out."""
        free = [
            slot
            for slot in self.index.candidates(visit)
            if slot.key not in self.base.reserved and self.base.spacing_allows(visit, slot.date)
        ]
        return sorted(free, key=lambda s: (self.cost(visit, s), s.date, s.key))

    def cost(self, visit: Visit, slot: Slot) -> int:
        """Days from the drawn date, doubled outside the window; without a draw the days of waiting."""
        drawn = self.drawn.get(visit.key)
        if drawn is None:
            return min(_MAX_COST, (slot.date - max(visit.earliest, self.index.problem.start)).days)
        away = abs((slot.date - drawn.target).days)
        inside = drawn.window.first <= slot.date <= drawn.window.last
        return min(_MAX_COST, away if inside else 2 * away)

    def inside(self, visit: Visit) -> list[Slot]:
        """The shifts that the model may use at first: inside the drawn window, a limited number."""
        drawn, slots = self.drawn.get(visit.key), self.options[visit.key]
        if drawn is not None:
            within = [s for s in slots if drawn.window.first <= s.date <= drawn.window.last]
            slots = within or slots
        return slots[:_PER_VISIT]

    def solve(self) -> Draft:
        """The best draft found."""
        best = self.greedy()
        if not self.todo or self.control.aborted:
            return best
        best = self._better(best, self.improve(best, {v.key: self.inside(v) for v in self.todo}))
        missed = {v.key for v in self.missed(best)}
        if missed and not self.control.aborted:
            small = sum(len(slots) for slots in self.options.values()) <= _FULL_MODEL
            wide = {v.key: self.options[v.key] if small or v.key in missed else self.inside(v) for v in self.todo}
            best = self._better(best, self.improve(best, wide))
        return best

    def missed(self, draft: Draft) -> list[Visit]:
        """Required visits that a draft does not hold."""
        return [v for v in self.todo if draft.slot_of(v.key) is None]

    def _better(self, one: Draft, other: Draft) -> Draft:
        return min(one, other, key=self._badness)

    def _badness(self, draft: Draft) -> tuple[int, int]:
        slots = [(v, draft.slot_of(v.key)) for v in self.todo]
        return sum(s is None for _, s in slots), sum(self.cost(v, s) for v, s in slots if s is not None)

    def greedy(self) -> Draft:
        """Visits with the fewest shifts first, each on its best one; then exchanges for what is left."""
        draft = self.base.copy()
        order = sorted(self.todo, key=lambda v: (len(self.inside(v)), v.latest, v.key))
        left = [v for v in order if not self._place(draft, v)]
        self._repair(draft, left)
        return draft

    def _place(self, draft: Draft, visit: Visit) -> bool:
        return any(draft.place(visit, slot) for slot in self.options[visit.key])

    def _repair(self, draft: Draft, left: list[Visit]) -> None:
        """Place what is left over, if need be by moving one other required visit to another shift."""
        attempts = 20 * self.control.stop.iterations
        todo = {v.key for v in self.todo}
        for visit in left:
            if self.control.aborted or self._place(draft, visit):
                continue
            for slot in self.options[visit.key]:
                others = [v for v in draft.route(slot) if v.key in todo]
                attempts -= len(others)
                if attempts < 0 or any(self._exchange(draft, visit, slot, other) for other in others):
                    break

    def _exchange(self, draft: Draft, visit: Visit, slot: Slot, other: Visit) -> bool:
        before = draft.route(slot)
        draft.remove(other)
        if draft.place(visit, slot):
            if self._place(draft, other):
                return True
            draft.remove(visit)
        draft.put(other, slot, before)
        return False

    def improve(self, hint: Draft, choices: Mapping[str, list[Slot]]) -> Draft:
        """One run of the constraint model, laid out on real routes; the hint when nothing was found."""
        self.control.report(0.3, "Normbezoeken over diensten verdelen")
        model = cp_model.CpModel()
        on = {(v.key, s.key): model.new_bool_var(f"{v.key}@{s.key}") for v in self.todo for s in choices[v.key]}
        objective = []
        for visit in self.todo:
            slots = choices[visit.key]
            missed = model.new_bool_var(f"-{visit.key}")
            model.add_exactly_one([missed, *(on[visit.key, s.key] for s in slots)])
            objective.append(_MISS * missed)
            objective.extend(self.cost(visit, s) * on[visit.key, s.key] for s in slots)
            now = hint.slot_of(visit.key)
            model.add_hint(missed, now is None or (visit.key, now.key) not in on)
            for slot in slots:
                model.add_hint(on[visit.key, slot.key], now is not None and now.key == slot.key)
        self._capacity(model, on, choices)
        self._spacing(model, on, choices)
        model.minimize(sum(objective))
        solver = self.control.run(model)
        if solver is None:
            return hint
        draft, per_slot = self.base.copy(), defaultdict(list)
        for visit in self.todo:
            for slot in choices[visit.key]:
                if solver.boolean_value(on[visit.key, slot.key]):
                    per_slot[slot.key].append(visit)
        assigned = {v.key for visits in per_slot.values() for v in visits}
        left = [v for v in self.todo if v.key not in assigned]
        for key, slot in self.index.slots.items():
            if key in per_slot:
                left += draft.place_together(per_slot[key], slot, self.control.stop.iterations)
        self._repair(draft, sorted(left, key=lambda v: (len(self.options[v.key]), v.latest, v.key)))
        return draft

    def _capacity(
        self,
        model: cp_model.CpModel,
        on: Mapping[tuple[str, str], cp_model.IntVar],
        choices: Mapping[str, list[Slot]],
    ) -> None:
        """Work fits the shift, also the part that cannot start before, or must end by, any moment in it."""
        allowance = self.index.problem.settings.travel_allowance
        per_slot: dict[str, list[Visit]] = defaultdict(list)
        for visit in self.todo:
            for slot in choices[visit.key]:
                per_slot[slot.key].append(visit)
        for key, visits in per_slot.items():
            slot, fixed = self.index.slots[key], self.base.route(self.index.slots[key])
            hours = {v.key: self.index.windows(v, slot) for v in [*visits, *fixed]}

            def limit(chosen: list[Visit], held: list[Visit], room: int, slot_key: str = key) -> None:
                load = [(v.duration + allowance) * on[v.key, slot_key] for v in chosen]
                # The first stop may need no travel at all: one allowance is not counted.
                room += allowance - sum(v.duration + allowance for v in held)
                model.add(sum(load) <= max(0, room))

            limit(visits, list(fixed), slot.capacity)
            for moment in sorted({hours[v.key][0][0] for v in visits}):
                late = [v for v in visits if hours[v.key][0][0] >= moment]
                held = [v for v in fixed if hours[v.key][0][0] >= moment]
                limit(late, held, slot.end - moment)
            for moment in sorted({hours[v.key][-1][1] for v in visits}):
                early = [v for v in visits if hours[v.key][-1][1] <= moment]
                held = [v for v in fixed if hours[v.key][-1][1] <= moment]
                limit(early, held, moment - slot.start)

    def _spacing(
        self,
        model: cp_model.CpModel,
        on: Mapping[tuple[str, str], cp_model.IntVar],
        choices: Mapping[str, list[Slot]],
    ) -> None:
        """Two visits of one object keep their distance in days."""
        per_object: dict[str, list[Visit]] = defaultdict(list)
        for visit in self.todo:
            per_object[visit.object_key].append(visit)
        for visits in per_object.values():
            for one, other in combinations(visits, 2):
                days = gap(one, other)
                for day in sorted({s.date for s in choices[one.key]}):
                    near = [on[other.key, s.key] for s in choices[other.key] if abs((s.date - day).days) < days]
                    if near:
                        here = [on[one.key, s.key] for s in choices[one.key] if s.date == day]
                        model.add_at_most_one([*here, *near])
