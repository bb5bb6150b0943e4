"""The smallest set of rules and shortages that cannot hold together.

A conflict starts from visits that provably cannot all be done. Then each rule is taken away in turn, coarse groups first; a
rule without which the proof fails stays. What is left clashes, and without any one of it the clash is gone (irreducible).
Whether visits fit is decided exactly for few of them, and by what periods, doors and objects can hold for many.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from ortools.sat.python import cp_model

from app.planning.solver.bounding import City, least_travel, per_object
from app.planning.solver.index import Index
from app.planning.solver.normmodel import NormModel
from app.planning.solver.problem import Problem, Visit
from app.planning.solver.series import fitting, is_regular, most_of_calendar

_EXACT = 4_000
_EXACT_TIME = 0.2
_MOST_ROOMS = 12


class Regel(StrEnum):
    """Kinds of rules that can clash."""

    NORM = "norm"
    ACTIES = "integrale acties"
    VASTZETTING = "vastzetting"
    CAPACITEIT = "capaciteit"
    TUSSENTIJD = "tussentijd"
    OPENINGSTIJD = "openingstijd"
    BEVOEGDHEID = "bevoegdheid"
    PERIODE = "periode"


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """A rule or a shortage.

    Attributes:
        kind: What it is.
        subject: Key of the norm, of the locked visit, or of the team.
        month: Month of a team's shifts as year and month; (0, 0) when it is about all of them.
    """

    kind: Regel
    subject: str = ""
    month: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Visits that cannot all be done, and the rules that clash.

    Attributes:
        visits: Visits that cannot all be done.
        rules: What clashes; without any one of them the proof fails.
        fits: Most of the visits that any plan can hold.
        period: First and last day on which they may be done.
    """

    visits: tuple[Visit, ...]
    rules: tuple[Rule, ...]
    fits: int
    period: tuple[date, date]

    def has(self, kind: Regel) -> bool:
        """Whether a rule of this kind is part of it."""
        return any(rule.kind is kind for rule in self.rules)

    def over(self, visits: tuple[Visit, ...]) -> "Conflict":
        """The same clash for more visits, none of which can be done; one that is in more cores counts once."""
        visits = tuple({v.key: v for v in visits}.values())
        period = min(v.earliest for v in visits), max(v.latest for v in visits)
        return replace(self, visits=visits, period=period)


class Court:
    """Decides for one problem which rules clash.

    Attributes:
        problem: The problem.
        reserved: Shifts that integral acties take.
    """

    def __init__(self, problem: Problem, reserved: frozenset[str]) -> None:
        self.problem = problem
        self.reserved = reserved
        self.index = Index(problem)

    def rules(self, visits: Sequence[Visit]) -> list[list[Rule]]:
        """The rules that touch some visits, in groups that are taken away together first."""
        norms = sorted({v.norm_key for v in visits})
        usable = [
            s
            for s in self.index.slots.values()
            if any(v.earliest <= s.date <= v.latest and v.competences <= s.competences for v in visits)
        ]
        rooms = sorted({Rule(Regel.CAPACITEIT, s.team, (s.date.year, s.date.month)) for s in usable})
        if len(rooms) > _MOST_ROOMS:
            rooms = sorted({Rule(Regel.CAPACITEIT, s.team) for s in usable})
        per_norm = [
            [Rule(kind, norm) for norm in norms]
            for kind in (Regel.OPENINGSTIJD, Regel.TUSSENTIJD, Regel.BEVOEGDHEID, Regel.PERIODE)
        ]
        locks = [Rule(Regel.VASTZETTING, v.key) for v in visits if v.key in self.index.locks]
        demand = [[Rule(Regel.NORM, norm) for norm in norms]] if len(norms) > 1 else []
        acties = [[Rule(Regel.ACTIES)]] if self.reserved else []
        return [group for group in (*acties, *demand, *per_norm, rooms, locks) if group]

    def city(self, visits: Sequence[Visit]) -> City:
        """The visits and the shifts under all rules."""
        return self._relaxed(visits, frozenset())

    def impossible(self, visits: Sequence[Visit], gone: Iterable[Rule] = ()) -> bool:
        """Whether it is proved that the visits cannot all be done without some rules."""
        return _impossible(self._relaxed(visits, frozenset(gone)))

    def _relaxed(self, visits: Sequence[Visit], gone: frozenset[Rule]) -> City:
        """The visits and the shifts without some rules."""
        problem, locks = self.problem, self.index.locks

        touched = {rule.subject for rule in gone}

        def without(kind: Regel, subject: str) -> bool:
            return Rule(kind, subject) in gone

        kept = [
            v
            if v.norm_key not in touched
            else replace(
                v,
                openings=None if without(Regel.OPENINGSTIJD, v.norm_key) else v.openings,
                min_days_between=1 if without(Regel.TUSSENTIJD, v.norm_key) else v.min_days_between,
                competences=frozenset() if without(Regel.BEVOEGDHEID, v.norm_key) else v.competences,
                earliest=problem.start if without(Regel.PERIODE, v.norm_key) else v.earliest,
                latest=problem.end if without(Regel.PERIODE, v.norm_key) else v.latest,
            )
            for v in visits
            if not without(Regel.NORM, v.norm_key)
        ]
        keys = {v.key for v in kept}
        standing = tuple(
            lock for lock in problem.locks if lock.visit_key in keys and not without(Regel.VASTZETTING, lock.visit_key)
        )
        unlimited = frozenset(
            s.key
            for s in problem.slots
            if without(Regel.CAPACITEIT, s.team) or Rule(Regel.CAPACITEIT, s.team, (s.date.year, s.date.month)) in gone
        )
        slots = tuple(replace(s, capacity=s.end - s.start) if s.key in unlimited else s for s in problem.slots)
        index = Index(replace(problem, slots=slots, visits=tuple(kept), locks=standing, integral=None))
        taken = self.reserved - {locks[v.key] for v in kept if v.key in locks}
        closed = frozenset() if Rule(Regel.ACTIES) in gone else taken
        return City(index, index.visits.values(), unlimited, closed, least_travel(index, kept))

    def irreducible(self, visits: Sequence[Visit]) -> Conflict:
        """The conflict of visits that cannot all be done; the caller has the proof that they cannot.

        Where the calendar itself cannot hold the visits of an object, the days between them are the cause, whatever the shifts hold: any
        other rule is taken away first, and this one stays.
        """
        groups = self.rules(visits)
        gone: list[Rule] = []
        kept: list[list[Rule]] = []
        crowded = self.calendar_holds(visits) is not None
        for group in groups:
            if crowded and group[0].kind is Regel.TUSSENTIJD:
                kept.append(group)
            elif self.impossible(visits, [*gone, *group]):
                gone += group
            else:
                kept.append(group)
        rules: list[Rule] = []
        for group in kept:
            for rule in group:
                if 1 < len(group) <= _MOST_ROOMS and self.impossible(visits, [*gone, rule]):
                    gone.append(rule)
                else:
                    rules.append(rule)
        left_norms = {v.norm_key for v in visits} - {r.subject for r in gone if r.kind is Regel.NORM}
        left = tuple(v for v in visits if v.norm_key in left_norms)
        if len(left_norms) == 1:
            rules.append(Rule(Regel.NORM, next(iter(left_norms))))
        first = max(self.problem.start, min(v.earliest for v in left))
        last = min(self.problem.end, max(v.latest for v in left))
        return Conflict(left, tuple(sorted(set(rules))), self._most(left), (first, last))

    def calendar_holds(self, visits: Sequence[Visit]) -> int | None:
        """Most visits of one object that a shift on every day could hold; None when that is all of them, for every object."""
        start, end = self.problem.start, self.problem.end
        held = [
            most
            for series in per_object(visits).values()
            if is_regular(series) and not any(v.spacing_exempt for v in series)
            if (most := most_of_calendar(series, start, end)) < len(series)
        ]
        return min(held, default=None)

    def _most(self, visits: Sequence[Visit]) -> int:
        """Most of the visits that any plan can hold."""
        city = self.city(visits)
        exact = _fewest(city) if _is_small(city) else 0
        return len(visits) - max(city.least_misses(), exact, 1)


def _is_small(city: City) -> bool:
    return sum(map(len, city.choices.values())) <= _EXACT


def _impossible(city: City) -> bool:
    if city.hopeless() or next(city.short_series(), None) is not None or city.shortages():
        return True
    return _is_small(city) and bool(city.visits) and _run(city, may_miss=False)[0] == cp_model.INFEASIBLE


def _fewest(city: City) -> int:
    """Least number of misses of a small problem, or a lower bound of it."""
    return max(0, round(_run(city, may_miss=True)[1].best_objective_bound))


def _run(city: City, *, may_miss: bool) -> tuple[cp_model.CpSolverStatus, cp_model.CpSolver]:
    built = NormModel(city.index, city.visits, city.choices, lambda _slot: (), city.travel, may_miss=may_miss)
    built.limit_shifts(city.unlimited)
    if may_miss:
        built.model.minimize(cp_model.LinearExpr.sum(list(built.missed.values())))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = _EXACT_TIME
    return solver.solve(built.model), solver


@dataclass(frozen=True, slots=True)
class Core:
    """Visits that provably cannot all be done.

    Attributes:
        visits: The visits.
        alike: How many sets of visits are in the same trouble, this one included.
        members: The visits of all these sets.
    """

    visits: tuple[Visit, ...]
    alike: int
    members: tuple[Visit, ...]


def cores(court: Court, missed: Sequence[Visit], asked: Sequence[Visit]) -> Iterator[Core]:
    """Visits that provably cannot all be done, until every missed visit is in a core or nothing more is proved.

    Args:
        court: The problem.
        missed: Required visits that the plan does not hold.
        asked: All visits that count for a proof.
    """
    left = {v.key for v in missed}
    city = court.city(asked)
    own = {v.key: v for v in asked}

    def told(groups: Sequence[Sequence[Visit]]) -> Core:
        for members in groups:
            left.difference_update(v.key for v in members)
        members = tuple(own[v.key] for group in groups for v in group)
        return Core(tuple(own[v.key] for v in groups[0]), len(groups), members)

    alone: dict[tuple[object, ...], list[list[Visit]]] = defaultdict(list)
    for visit in city.hopeless():
        alone[visit.norm_key, visit.competences, visit.openings, visit.key in court.index.locks].append([visit])
    yield from (told(groups) for groups in alone.values())
    alike: dict[tuple[object, ...], list[list[Visit]]] = defaultdict(list)
    beyond: set[str] = set()
    for series, held in city.short_series():
        alike[series[0].norm_key, series[0].competences, len(series), held].append(series)
        beyond |= {v.key for v in series} - {v.key for v in fitting(city.index, series, city.closed)}
    yield from (told(groups) for groups in alike.values())
    # What the objects themselves could hold may still be more than the shifts can: a clash of its own.
    rest = court.city([v for v in asked if v.key not in beyond]) if beyond else city
    waiting = {v.key for v in missed} - beyond if beyond else set(left)
    for shortage in rest.shortages():
        if any(v.key in waiting for v in shortage.visits):
            waiting.difference_update(v.key for v in shortage.visits)
            yield told([shortage.visits])
    for key in sorted(left):
        near = [v for v in asked if _touch(city, key, v.key)] if key in left else []
        if near and sum(len(city.choices[v.key]) for v in near) <= _EXACT and court.impossible(near):
            yield told([_fewer(court, near)])


def _touch(city: City, one: str, other: str) -> bool:
    if city.index.visits[one].object_key == city.index.visits[other].object_key:
        return True
    return not {s.key for s in city.choices[one]}.isdisjoint(s.key for s in city.choices[other])


def _fewer(court: Court, visits: list[Visit]) -> list[Visit]:
    """As few of the visits as still cannot all be done."""
    size = max(1, len(visits) // 2)
    while True:
        begin = 0
        while begin < len(visits):
            rest = visits[:begin] + visits[begin + size :]
            if rest and court.impossible(rest):
                visits = rest
            else:
                begin += size
        if size == 1:
            return visits
        size = max(1, size // 2)
