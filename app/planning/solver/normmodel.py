"""The constraint model of the norm layer: required visits on shifts, with capacity, opening hours and spacing.

Travel enters as an allowance in minutes per visit: the set allowance when a plan is made, and a lower bound of real travel
(0 is always one) when something has to be proved.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

from ortools.sat.python import cp_model

from app.planning.solver.index import Index, gap
from app.planning.solver.problem import Slot, Visit

Choices = Mapping[str, Sequence[Slot]]


class NormModel:
    """Variables and hard rules for the visits that must get a shift.

    Attributes:
        model: The model.
        on: Whether a visit is on a shift, by the keys of both; only for the shifts in its choices.
        missed: Whether a visit has no shift; empty when none may be missed.
    """

    def __init__(
        self,
        index: Index,
        visits: Sequence[Visit],
        choices: Choices,
        fixed: Callable[[Slot], Sequence[Visit]],
        allowance: int,
        *,
        may_miss: bool,
    ) -> None:
        self.index = index
        self.visits = visits
        self.choices = choices
        self.fixed = fixed
        self.allowance = allowance
        self.model = cp_model.CpModel()
        self.on = {(v.key, s.key): self.model.new_bool_var("") for v in visits for s in choices[v.key]}
        self.missed = {v.key: self.model.new_bool_var("") for v in visits} if may_miss else {}
        for visit in visits:
            places = [self.on[visit.key, s.key] for s in choices[visit.key]]
            self.model.add_exactly_one([*places, self.missed[visit.key]] if may_miss else places)
        self._per_slot: dict[str, list[Visit]] = defaultdict(list)
        for visit in visits:
            for slot in choices[visit.key]:
                self._per_slot[slot.key].append(visit)
        self._spacing()

    def limit_shifts(self, unlimited: frozenset[str] = frozenset()) -> None:
        """Work fits each shift, also the part that cannot start before, or must end by, any moment in it.

        For every moment of opening: the durations of all visits that open then or later are no more than what is left of
        the shift; the same from the other end.

        Args:
            unlimited: Keys of shifts that hold any amount of work.
        """
        for key, visits in self._per_slot.items():
            if key not in unlimited:
                self._limit_shift(self.index.slots[key], visits)

    def _limit_shift(self, slot: Slot, visits: Sequence[Visit]) -> None:
        fixed = list(self.fixed(slot))
        hours = {v.key: self.index.windows(v, slot) for v in [*visits, *fixed]}
        opens = {key: windows[0][0] if windows else slot.start for key, windows in hours.items()}
        closes = {key: windows[-1][1] if windows else slot.end for key, windows in hours.items()}
        limits: dict[frozenset[str], int] = {}

        def limit(members: Iterable[Visit], held: Iterable[Visit], room: int) -> None:
            # The first stop may need no travel at all: one allowance is not counted.
            left = max(0, room + self.allowance - sum(v.duration + self.allowance for v in held))
            who = frozenset(v.key for v in members)
            limits[who] = min(left, limits.get(who, left))

        limit(visits, fixed, min(slot.capacity, slot.end - slot.start))
        for moment in sorted({opens[v.key] for v in visits}):
            late = (v for v in visits if opens[v.key] >= moment)
            limit(late, (v for v in fixed if opens[v.key] >= moment), slot.end - moment)
        for moment in sorted({closes[v.key] for v in visits}):
            early = (v for v in visits if closes[v.key] <= moment)
            limit(early, (v for v in fixed if closes[v.key] <= moment), moment - slot.start)
        for who, room in limits.items():
            members = [v for v in visits if v.key in who]
            loads = [v.duration + self.allowance for v in members]
            if sum(loads) > room:
                self.model.add(
                    cp_model.LinearExpr.weighted_sum([self.on[v.key, slot.key] for v in members], loads) <= room
                )

    def _spacing(self) -> None:
        """Two visits of one object keep their distance: at most one in any run of that many days."""
        per_object: dict[str, list[Visit]] = defaultdict(list)
        for visit in self.visits:
            per_object[visit.object_key].append(visit)
        for visits in per_object.values():
            alike: dict[int, list[Visit]] = defaultdict(list)
            for visit in visits:
                alike[1 if visit.spacing_exempt else max(1, visit.min_days_between)].append(visit)
            for days, group in alike.items():
                self._run_of_days(group, days)
            for one, other in combinations(alike.values(), 2):
                self._apart(one, other)

    def _run_of_days(self, visits: Sequence[Visit], days: int) -> None:
        if len(visits) < 2:
            return
        placed = sorted((s.date.toordinal(), v.key, s.key) for v in visits for s in self.choices[v.key])
        end, until = 0, -1
        for begin, (day, _, _) in enumerate(placed):
            if begin and placed[begin - 1][0] == day:
                continue
            while end < len(placed) and placed[end][0] < day + days:
                end += 1
            run = placed[begin:end]
            # A run that ends where the one before it ended lies within that one.
            if end > until and len({key for _, key, _ in run}) > 1:
                self.model.add_at_most_one([self.on[v, s] for _, v, s in run])
            until = max(until, end)

    def _apart(self, some: Sequence[Visit], others: Sequence[Visit]) -> None:
        for one in some:
            for other in others:
                days = gap(one, other)
                for day in sorted({s.date for s in self.choices[one.key]}):
                    near = [
                        self.on[other.key, s.key] for s in self.choices[other.key] if abs((s.date - day).days) < days
                    ]
                    if near:
                        here = [self.on[one.key, s.key] for s in self.choices[one.key] if s.date == day]
                        self.model.add_at_most_one([*here, *near])

    def hint(self, where: Callable[[str], Slot | None]) -> None:
        """Start from a plan that stands."""
        for visit in self.visits:
            now = where(visit.key)
            if visit.key in self.missed:
                self.model.add_hint(self.missed[visit.key], now is None or (visit.key, now.key) not in self.on)
            for slot in self.choices[visit.key]:
                self.model.add_hint(self.on[visit.key, slot.key], now is not None and now.key == slot.key)

    def chosen(self, solver: cp_model.CpSolver) -> dict[str, list[Visit]]:
        """The visits of each shift in a solution, by the key of the shift."""
        per_slot: dict[str, list[Visit]] = defaultdict(list)
        for visit in self.visits:
            for slot in self.choices[visit.key]:
                if solver.boolean_value(self.on[visit.key, slot.key]):
                    per_slot[slot.key].append(visit)
        return per_slot
