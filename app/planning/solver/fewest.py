"""The fewest changes, by the constraint solver: a model that allows too much rather than too little, cut by real routes.

The model sees travel from below (to every stop at least from its nearest neighbour), so that its bound is a bound on every plan.
A set of visits for which no order fits a shift becomes a cut, on every shift of that shape; then it is solved again.
"""

import math
from collections import defaultdict
from dataclasses import astuple
from datetime import date

from ortools.sat.python import cp_model

from app.planning.solver.board import Board
from app.planning.solver.control import Control
from app.planning.solver.draft import Draft
from app.planning.solver.exactroute import MOST, can_join
from app.planning.solver.index import gap
from app.planning.solver.problem import Point, Slot, Visit
from app.planning.solver.route import insert, lay_times

_ROUNDS = 60
Shape = tuple[object, ...]


class Fewest:
    """Proves a draft the cheapest, or finds a cheaper one."""

    def __init__(self, board: Board, hint: Draft, control: Control) -> None:
        self.board = board
        self.best = hint
        self.control = control
        self.proven = False
        self._exact = True
        self.movable = [e.visit for e in board.entries.values() if board.movable(e.visit)]
        self.choices = {v.key: self._choices(v) for v in self.movable}
        self._routes: dict[tuple[Shape, frozenset[str]], tuple[Visit, ...] | None] = {}
        self._exact = True
        self._model = cp_model.CpModel()
        self._absent: dict[str, cp_model.IntVar] = {}
        self._costs: tuple[list[cp_model.LinearExprT], ...] = ([], [], [])
        self._constants = [0, 0, 0]
        self._scale = (1, 1, 1)
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
        """The cheapest draft that was found; `proven` says whether there is none cheaper.

        What counts first is settled first: urgent visits, then norms, then changes.
        """
        self._build()
        self._fill_ahead()
        floor, self.proven = astuple(self.board.floor()), True
        # What comes later breaks ties already, so that a plan found in haste does not turn everything round for one visit.
        most = 1 + sum(max(1, self.board.problem.loss) for _ in self.board.entries)
        self._scale = (most * (1 + len(self.movable)), most, 1)
        totals = [sum(terms) + constant for terms, constant in zip(self._costs, self._constants, strict=True)]
        for level, total in enumerate(totals):
            if self._value(level) > floor[level] and not self.control.aborted:
                self._model.minimize(sum(self._scale[later] * totals[later] for later in range(level, len(totals))))
                self.proven = self._descend(level) and self.proven
            self.proven = self.proven and not self.control.aborted
            self._model.add(total <= self._value(level))
        self.proven = self.proven and self._exact
        return self.best

    def _value(self, level: int) -> int:
        return int(astuple(self.board.cost(self.best))[level])

    def _descend(self, level: int) -> bool:
        """Solves, cuts and solves again until a plan on real routes costs what the model says at least; False when that ends early."""
        for _ in range(_ROUNDS):
            self._hint()
            solver = None if self.control.aborted else self.control.run(self._model)
            if solver is None:
                return False
            bound = math.ceil(solver.best_objective_bound - 1e-6) // self._scale[level]
            if self._value(level) <= bound or self.control.aborted:
                return self._value(level) <= bound
            found, fits = self._lay_out(solver)
            self.best = min(self.best, found, key=self.board.cost)
            if fits or self._value(level) <= bound:
                return self._value(level) <= bound
        return False

    def _build(self) -> None:
        """Every visit on one of its shifts or on none; a cost for each of the three things that count."""
        model, board = self._model, self.board
        for visit in self.movable:
            entry, slots = board.entries[visit.key], self.choices[visit.key]
            absent = self._absent[visit.key] = model.new_bool_var(f"-{visit.key}")
            for slot in slots:
                here = self._on[visit.key, slot.key] = model.new_bool_var(f"{visit.key}@{slot.key}")
                self._per_slot[slot.key].append(visit)
                self._count(here, urgent=board.is_late(visit, slot), changes=board.weight(entry, slot))
            model.add_exactly_one([absent, *(self._on[visit.key, slot.key] for slot in slots)])
            late = board.is_late(visit, None)
            self._count(absent, urgent=late, missed=visit.required, changes=board.weight(entry, None))
        self._constants = [0, 0, sum(board.weight(e, None) for e in board.entries.values() if e.ended)]
        self._capacity()
        self._spacing()

    def _count(self, chosen: cp_model.IntVar, *, urgent: int = 0, missed: int = 0, changes: int = 0) -> None:
        for terms, price in zip(self._costs, (urgent, missed, changes), strict=True):
            if price:
                terms.append(int(price) * chosen)

    def _hint(self) -> None:
        self._model.clear_hints()  # type: ignore[no-untyped-call]  # of the library
        for visit in self.movable:
            now = self.best.slot_of(visit.key)
            self._model.add_hint(self._absent[visit.key], now is None)
            for slot in self.choices[visit.key]:
                self._model.add_hint(self._on[visit.key, slot.key], now is not None and now.key == slot.key)

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

            def limit(
                chosen: list[Visit], held: list[Visit], room: int, slot_key: str = key, slack: int = slack
            ) -> None:
                load = [(v.duration + nearest[v.key]) * self._on[v.key, slot_key] for v in chosen]
                # The way to the first stop may be free, or lie before the moment.
                room += slack - sum(v.duration + nearest[v.key] for v in held)
                self._model.add(sum(load) <= max(0, room))

            limit(visits_here, stay, slot.capacity)
            for moment in sorted({hours[v.key][0][0] for v in visits_here} - {slot.start}):
                late = [v for v in visits_here if hours[v.key][0][0] >= moment]
                limit(late, [v for v in stay if hours[v.key] and hours[v.key][0][0] >= moment], slot.end - moment)
            for moment in sorted({hours[v.key][-1][1] for v in visits_here} - {slot.end}):
                early = [v for v in visits_here if hours[v.key][-1][1] <= moment]
                limit(early, [v for v in stay if hours[v.key] and hours[v.key][-1][1] <= moment], moment - slot.start)

    def _nearest(self) -> dict[str, int]:
        """Minutes to each visit from the place that is nearest to it: no route needs less."""
        board, travel = self.board, self.board.problem.travel
        visits = [e.visit for e in board.entries.values()]
        count: dict[Point, int] = defaultdict(int)
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

    def _lay_out(self, solver: cp_model.CpSolver) -> tuple[Draft, bool]:
        """The solver's answer on real routes, and whether all of it fits; what does not is cut off and placed elsewhere."""
        board = self.board
        chosen: dict[str, list[Visit]] = {key: [] for key in board.index.slots}
        for (visit_key, slot_key), variable in self._on.items():
            if solver.boolean_value(variable):
                chosen[slot_key].append(board.entries[visit_key].visit)
        draft, loose = Draft(board.index), list[Visit]()
        for key, slot in board.index.slots.items():
            stays = [v for v in board.standing[key] if v.key not in self.choices]
            if key not in board.open:
                for visit in stays:
                    draft.put(visit, slot, (*draft.route(slot), visit))
                continue
            visits = [*stays, *chosen[key]]
            route = self._route(slot, visits)
            if route is None:
                self._cut(slot, visits)
                stood = {v.key for v in board.standing[key]}
                loose += [v for v in visits if v.key not in stood]
                visits = [v for v in visits if v.key in stood]
                route = tuple(v for v in board.standing[key] if v in visits)
            for visit in visits:
                draft.put(visit, slot, route)
        if loose:
            self._settle(draft, loose)
        return draft, not loose

    def _settle(self, draft: Draft, loose: list[Visit]) -> None:
        """Gives what did not fit another place, in its old one if that is free."""
        board = self.board
        mine, board.draft = board.draft, draft
        for visit in sorted(loose, key=lambda v: (board.entries[v.key].urgent_by is None, not v.required, v.key)):
            home = board.home.get(visit.key)
            slots = [home] if home is not None else []
            any(board.try_place(visit, slot) for slot in [*slots, *board.options(visit)])
        board.draft = mine

    def _fill_ahead(self) -> None:
        """Says of every shift which visits cannot join all that stands there: most shifts are full, so most cuts are of that kind."""
        board, openings, travel = self.board, self.board.index.windows, self.board.problem.travel
        for key, slot in board.open.items():
            if self.control.aborted:
                return
            stands = board.standing[key]
            goes = [~self._on[v.key, key] for v in stands if (v.key, key) in self._on]
            for visit in self._per_slot[key]:
                if board.home.get(visit.key) is slot:
                    continue
                if can_join(slot, tuple(stands), visit, openings, travel) is False:
                    self._model.add_bool_or([~self._on[visit.key, key], *goes])

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
            if fewer and not self.control.aborted and len(fewer) <= MOST and self._route(slot, fewer) is None:
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
    return slot.date.weekday(), slot.start, slot.end, slot.change, slot.capacity, slot.base
