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
    visit: Visit


def find_shortage(index: Index, missed: Sequence[Visit], served: frozenset[str]) -> Cause | None:
    """The shortest period in which required work is more than all able shifts hold, if there is one.

    A visit that must be done within the period, by a team with a competence, takes its minutes from those
    teams, so a shortage is a proof whatever the routes are.

    Args:
        index: The problem.
        missed: Required visits without a shift.
        served: Visits that an actie could do instead; they prove nothing.
    """
    found = [
        period
        for competences in sorted({v.competences for v in missed}, key=sorted)
        for period in _short_periods(index, served, next(v for v in missed if v.competences == competences))
    ]
    if not found:
        return None
    worst = min(found, key=lambda p: ((p.last - p.first).days, p.first, p.visit.key))
    skills = ", ".join(sorted(worst.visit.competences))
    teams = f" van ploegen met de bevoegdheid {skills}" if skills else ""
    text = (
        f"{worst.visit.norm_clause}: van {worst.first:%d-%m-%Y} tot en met {worst.last:%d-%m-%Y} is "
        f"{worst.needed} minuten verplicht werk, en de diensten{teams} hebben {worst.offered} minuten. "
        f"Er ontbreken {worst.needed - worst.offered} minuten."
    )
    return Cause(Oorzaak.CAPACITEIT, worst.visit.norm_key, text, proved=True)


def _short_periods(index: Index, served: frozenset[str], visit: Visit) -> Iterator[_Period]:
    """Per first day the first period that is short, for the competences of a visit."""
    problem = index.problem
    work = sorted(
        (min(v.latest, problem.end), max(v.earliest, problem.start), v.duration)
        for v in index.visits.values()
        if v.required and v.key not in served and v.competences >= visit.competences
    )
    work = [w for w in work if w[1] <= w[0]]
    supply: dict[date, int] = defaultdict(int)
    for day in index.dates:
        for slot in index.slots_on(day):
            if slot.competences >= visit.competences:
                supply[day] += min(slot.capacity, slot.end - slot.start)
    for begin in sorted({w[1] for w in work}):
        demand: dict[date, int] = defaultdict(int)
        for last, first, minutes in work:
            if first >= begin:
                demand[last] += minutes
        needed = offered = 0
        days = iter([(day, minutes) for day, minutes in supply.items() if day >= begin])
        ahead = next(days, None)
        for last, minutes in demand.items():
            needed += minutes
            while ahead is not None and ahead[0] <= last:
                offered += ahead[1]
                ahead = next(days, None)
            if needed > offered:
                yield _Period(begin, last, needed, offered, visit)
                break
