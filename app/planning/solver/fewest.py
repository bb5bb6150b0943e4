"""The fewest changes, by the constraint solver: a model that allows too much rather than too little, cut by real routes.

The model sees travel from below (to every stop at least from its nearest neighbour), so that its bound is a bound on every plan.
A set of visits for which no order fits a shift becomes a cut, on every shift of that shape; then it is solved again.
"""

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from ortools.sat.python import cp_model

from app.planning.solver.board import Board
from app.planning.solver.control import Control
from app.planning.solver.draft import Draft
from app.planning.solver.exactroute import MOST
from app.planning.solver.index import gap
from app.planning.solver.problem import Slot, Visit
from app.planning.solver.replanning import Cost
from app.planning.solver.route import insert, lay_times

_ROUNDS = 60
_FAR = 9
_NORM = 10
Shape = tuple[int, int, int, int, object]


@dataclass(frozen=True, slots=True)
class Weights:
    """One number for a cost: whatever comes first in it outweighs all that comes after, ties included."""

    unit: int
    missed: int
    urgent: int

    def of(self, cost: Cost) -> int:
        """The number of a cost, without ties."""
        return cost.changes + self.missed * cost.missed + self.urgent * cost.urgent


class Fewest:
    """Proves a draft the cheapest, or finds a cheaper one."""

    def __init__(self, board: Board, hint: Draft, control: Control) -> None:
        self.board = board
        self.best = hint
        self.control = control
        self.proven = False
        self.movable = [e.visit for e in board.entries.values() if board.movable(e.visit)]
        self.choices = {v.key: self._choices(v) for v in self.movable}
        most = 1 + sum(max(1, board.problem.loss) for _ in board.entries)
        required = 1 + sum(v.required for v in self.movable)
        self.weights = Weights(1 + (_FAR + _NORM) * len(self.movable), most, most * required)
        self._routes: dict[tuple[Shape, frozenset[str]], tuple[Visit, ...] | None] = {}
        self._exact = True
        self._model = cp_model.CpModel()
        self._on: dict[tuple[str, str], cp_model.IntVar] = {}
        self._per_slot: dict[str, list[Visit]] = defaultdict(list)

    def _choices(self, visit: Visit) -> list[Slot]:
        board, home = self.board, self.board.home.get(visit.key)
        others = [slot for slot in board.options(visit) if home is None or slot.key != home.key]
        free = [slot for slot in others if self._clear(visit, slot.date)]
        return ([home] if home is not None and home.key in board.open else []) + free

    def _clear(self, visit: Visit, day: date) -> bool:
        """Whether a date keeps its distance to visits that never move."""
        board = self.board
        return all(
            abs((slot.date - day).days) >= gap(visit, other)
            for other in board.index.by_object[visit.object_key]
            if other.key != visit.key
            and (slot := board.home.get(other.key)) is not None
            and (board.entries[other.key].fixed or slot.key not in board.open)
        )

    def solve(self) -> Draft:
        """The cheapest draft that was found; `proven` says whether there is none cheaper."""
        if not self.movable:
            self.proven = True
            return self.best
        self._build()
        for _ in range(_ROUNDS):
            if self.control.aborted:
                break
            solver = self.control.run(self._model)
            if solver is None:
                break
            bound = math.ceil(solver.best_objective_bound - 1e-6) // self.weights.unit
            if self._number(self.best) <= bound:
                self.proven = self._exact
                break
            found = self._lay_out(solver)
            if found is not None:
                if self._number(found) < self._number(self.best):
                    self.best = found
                self.proven = self._exact and self._number(self.best) <= bound
                break
        return self.best

    def _number(self, draft: Draft) -> int:
        return self.weights.of(self.board.cost(draft))

    def _build(self) -> None:
        model, board, unit = self._model, self.board, self.weights.unit
        objective: list[cp_model.LinearExprT] = []
        for visit in self.movable:
            entry, slots = board.entries[visit.key], self.choices[visit.key]
            now = self.best.slot_of(visit.key)
            absent = model.new_bool_var(f"-{visit.key}")
            for slot in slots:
                here = self._on[visit.key, slot.key] = model.new_bool_var(f"{visit.key}@{slot.key}")
                self._per_slot[slot.key].append(visit)
                price = board.weight(entry, slot) + self.weights.urgent * board.is_late(visit, slot)
                objective.append((unit * price + self._tie(visit, slot)) * here)
                model.add_hint(here, now is not None and now.key == slot.key)
            model.add_exactly_one([absent, *(self._on[visit.key, slot.key] for slot in slots)])
            model.add_hint(absent, now is None)
            price = board.weight(entry, None)
            price += self.weights.urgent * board.is_late(visit, None) + self.weights.missed * visit.required
            objective.append(unit * price * absent)
        self._capacity()
        self._spacing()
        ended = sum(board.weight(e, None) for e in board.entries.values() if e.ended)
        model.minimize(sum(objective) + unit * ended)

    def _tie(self, visit: Visit, slot: Slot) -> int:
        """Less than one change: a visit that moves stays near its day, and one that no norm asks for moves first."""
        entry = self.board.entries[visit.key]
        if slot.key == entry.slot_key:
            return 0
        _, days = self.board.tie(visit, slot)
        return min(_FAR, days) + (_NORM if visit.required and entry.slot_key is not None else 0)

    def _capacity(self) -> None:
        """Work fits the shift, also the part that cannot start before, or must end by, any moment in it."""
        board = self.board
        nearest = self._nearest()
        for key, visits in self._per_slot.items():
            slot = board.open[key]
            stay = [v for v in board.draft.route(slot) if board.entries[v.key].fixed]
            hours = {v.key: board.index.windows(v, slot) for v in [*visits, *stay]}
            visits_here = [v for v in visits if hours[v.key]]
            slack = max((nearest[v.key] for v in [*visits_here, *stay]), default=0)

            def limit(chosen: list[Visit], held: list[Visit], room: int, slot_key: str = key, slack: int = slack) -> None:
                load = [(v.duration + nearest[v.key]) * self._on[v.key, slot_key] for v in chosen]
                # The way to the first stop may be free, or lie before the moment.
                room += slack - sum(v.duration + nearest[v.key] for v in held)
                self._model.add(sum(load) <= max(0, room))

            limit(visits_here, stay, slot.capacity)
            for moment in sorted({hours[v.key][0][0] for v in visits_here}):
                late = [v for v in visits_here if hours[v.key][0][0] >= moment]
                limit(late, [v for v in stay if hours[v.key] and hours[v.key][0][0] >= moment], slot.end - moment)
            for moment in sorted({hours[v.key][-1][1] for v in visits_here}):
                early = [v for v in visits_here if hours[v.key][-1][1] <= moment]
                limit(early, [v for v in stay if hours[v.key] and hours[v.key][-1][1] <= moment], moment - slot.start)

    def _nearest(self) -> dict[str, int]:
        """Minutes to each visit from the place that is nearest to it: no route needs less."""
        board, travel = self.board, self.board.problem.travel
        visits = [e.visit for e in board.entries.values()]
        count: dict[object, int] = defaultdict(int)
        for visit in visits:
            count[visit.point] += 1
        points = {*count, *(slot.base for slot in board.open.values() if slot.base is not None)}
        to = {
            point: 0 if number > 1 else min((travel(other, point) for other in points if other != point), default=0)
            for point, number in count.items()
        }
        return {visit.key: to[visit.point] for visit in visits}

    def _spacing(self) -> None:
        """Two visits of one object keep their distance in days."""
        per_object: dict[str, list[Visit]] = defaultdict(list)
        for visit in self.movable:
            per_object[visit.object_key].append(visit)
        for visits in per_object.values():
            for number, one in enumerate(visits):
                for other in visits[number + 1 :]:
                    self._apart(one, other)

    def _apart(self, one: Visit, other: Visit) -> None:
        home = self.board.home.get(one.key), self.board.home.get(other.key)
        for day in sorted({s.date for s in self.choices[one.key]}):
            near = [s for s in self.choices[other.key] if abs((s.date - day).days) < gap(one, other)]
            here = [s for s in self.choices[one.key] if s.date == day]
            for mine in here:
                # What stands too close already may stay as it is: nobody asked to move it.
                clash = [s for s in near if (mine, s) != home]
                if clash:
                    on = [self._on[other.key, s.key] for s in clash]
                    self._model.add_at_most_one([self._on[one.key, mine.key], *on])

    def _lay_out(self, solver: cp_model.CpSolver) -> Draft | None:
        """The solver's answer on real routes; None when some shift has no order, which is then cut off."""
        board = self.board
        chosen: dict[str, list[Visit]] = {key: [] for key in self._per_slot}
        for (visit_key, slot_key), variable in self._on.items():
            if solver.boolean_value(variable):
                chosen[slot_key].append(board.entries[visit_key].visit)
        draft, fits = Draft(board.index), True
        for key, slot in board.index.slots.items():
            stays = [v for v in board.standing[key] if v.key not in self.choices]
            visits = [*stays, *chosen.get(key, ())]
            if key not in board.open or not visits:
                for visit in visits:
                    draft.put(visit, slot, (*draft.route(slot), visit))
                continue
            route = self._route(slot, visits)
            if route is None:
                fits = False
                self._cut(slot, visits)
                continue
            for visit in visits:
                draft.put(visit, slot, route)
        return draft if fits else None

    def _route(self, slot: Slot, visits: list[Visit]) -> tuple[Visit, ...] | None:
        """A route through these stops that keeps the order in which they stand where it can."""
        keys = frozenset(v.key for v in visits)
        known = (_shape(slot), keys)
        if known not in self._routes:
            board = self.board
            openings, travel = board.index.windows, board.problem.travel
            stood = [v for v in board.standing[slot.key] if v.key in keys]
            order: tuple[Visit, ...] | None = tuple(stood) if lay_times(slot, stood, openings, travel) else None
            for visit in visits:
                if order is not None and visit not in order:
                    order = insert(slot, order, visit, openings, travel)
            self._routes[known] = order or board.order(slot, visits)
        return self._routes[known]

    def _cut(self, slot: Slot, visits: list[Visit]) -> None:
        """Forbids these visits together, as few of them as cannot go together, on every shift of this shape."""
        core = list(visits)
        for visit in visits:
            fewer = [v for v in core if v.key != visit.key]
            if fewer and len(fewer) <= MOST and self._route(slot, fewer) is None:
                core = fewer
        self._exact = self._exact and len(core) <= MOST
        shape, keys = _shape(slot), frozenset(v.key for v in core)
        for other in self.board.open.values():
            if _shape(other) != shape:
                continue
            here = [self._on.get((key, other.key)) for key in keys]
            stays = sum(v.key in keys and v.key not in self.choices for v in self.board.standing[other.key])
            variables = [variable for variable in here if variable is not None]
            if len(variables) + stays == len(keys):
                self._model.add(sum(variables) <= len(variables) - 1)


def _shape(slot: Slot) -> Shape:
    """What decides whether an order fits: the weekday for the openings, the times, the room and the base."""
    return slot.date.weekday(), slot.start, slot.end, slot.capacity, slot.base
