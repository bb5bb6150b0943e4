"""Proof that the shifts of a period cannot hold the work that must be done in it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.planning.solver.index import Index
from app.planning.solver.problem import Visit
from app.planning.solver.result import Cause, Oorzaak


@dataclass(frozen=True, slots=True)
class _Period:
    first: date
    last: date
    needed: int
    offered: int

    @property
    def missing(self) -> int:
        return self.needed - self.offered

    def holds(self, index: Index, visit: Visit) -> bool:
        first, last = _legal(index, visit)
        return self.first <= first and last <= self.last


def find_shortages(index: Index, missed: Sequence[Visit], served: frozenset[str]) -> list[Cause]:
    """Per norm the period in which most minutes are missing: required work against what the shifts hold.

    A visit that must be done within the period, by a team with a competence, takes its minutes from those
    teams, so a shortage is a proof whatever the routes are.

    Args:
        index: The problem.
        missed: Required visits without a shift.
        served: Visits that an actie could do instead; they prove nothing.
    """
    skills = sorted({v.competences for v in missed} | {frozenset[str]()}, key=sorted)
    short = {skill: list(_short_periods(index, served, skill)) for skill in skills}
    causes = []
    for norm_key in sorted({v.norm_key for v in missed}):
        visits = [v for v in missed if v.norm_key == norm_key]
        found = [
            (period, skill)
            for skill, periods in short.items()
            for period in periods
            if any(skill <= v.competences and period.holds(index, v) for v in visits)
        ]
        if found:
            worst = max(found, key=lambda f: (f[0].missing, f[0].first - f[0].last, sorted(f[1])))
            causes.append(_cause(visits[0], *worst))
    return causes


def _cause(visit: Visit, period: _Period, competences: frozenset[str]) -> Cause:
    teams = f" van ploegen met de bevoegdheid {', '.join(sorted(competences))}" if competences else ""
    text = (
        f"{visit.norm_clause}: van {period.first:%d-%m-%Y} tot en met {period.last:%d-%m-%Y} is "
        f"{period.needed} minuten verplicht werk, en de diensten{teams} hebben {period.offered} minuten. "
        f"Er ontbreken {period.missing} minuten."
    )
    return Cause(Oorzaak.CAPACITEIT, visit.norm_key, text, proved=True)


def _short_periods(index: Index, served: frozenset[str], competences: frozenset[str]) -> Iterator[_Period]:
    """Periods in which work that needs the competences is more than the teams that have them can do."""
    work = sorted(
        (*_legal(index, v), v.duration)
        for v in index.visits.values()
        if v.required and v.key not in served and v.competences >= competences and index.candidates(v)
    )
    supply: dict[date, int] = defaultdict(int)
    for day in index.dates:
        for slot in index.slots_on(day):
            if slot.competences >= competences:
                supply[day] += min(slot.capacity, slot.end - slot.start)
    for begin in sorted({first for first, _, _ in work}):
        demand: dict[date, int] = defaultdict(int)
        for first, last, minutes in work:
            if first >= begin:
                demand[last] += minutes
        needed = offered = 0
        days = iter([(day, minutes) for day, minutes in supply.items() if day >= begin])
        ahead = next(days, None)
        for last in sorted(demand):
            needed += demand[last]
            while ahead is not None and ahead[0] <= last:
                offered += ahead[1]
                ahead = next(days, None)
            if needed > offered:
                yield _Period(begin, last, needed, offered)


def _legal(index: Index, visit: Visit) -> tuple[date, date]:
    return max(visit.earliest, index.problem.start), min(visit.latest, index.problem.end)
