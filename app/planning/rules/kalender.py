"""Dates as the norms use them: periods in force, a year later, and how many dates still fit."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.clock import add_months, add_years

Dagkeuze = Callable[[date], bool]
"""Tells whether something can be planned on a day (working days, or every day)."""

_DAG = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Periode:
    """A stretch of business dates, both ends included.

    Attributes:
        van: First day.
        tot_en_met: Last day; None while there is no end.
    """

    van: date
    tot_en_met: date | None = None

    def __contains__(self, dag: date) -> bool:
        return self.van <= dag and (self.tot_en_met is None or dag <= self.tot_en_met)


def elke_dag(_dag: date) -> bool:
    """Day choice for work that is also done in weekends and on holidays."""
    return True


def years_after(dag: date, jaren: int) -> date:
    """The same date some years later; 29 February becomes 28 February, so that a term never grows."""
    return add_years(dag, jaren)


def months_after(dag: date, maanden: int) -> date:
    """The same day some months later, or the last day of that month when it is shorter."""
    return add_months(dag, maanden)


def merge(periodes: Iterable[Periode]) -> list[Periode]:
    """Join periods that overlap or follow one another at once, so that a renewed permit is one permit."""
    result: list[Periode] = []
    for periode in sorted(periodes, key=lambda p: p.van):
        einde = result[-1].tot_en_met if result else None
        if result and (einde is None or periode.van <= einde + _DAG):
            if einde is not None and (periode.tot_en_met is None or periode.tot_en_met > einde):
                result[-1] = Periode(result[-1].van, periode.tot_en_met)
        else:
            result.append(periode)
    return result


def clip(periodes: Iterable[Periode], van: date, tot_en_met: date) -> list[tuple[date, date]]:
    """The merged periods cut to a range, as pairs of first and last day."""
    result = []
    for periode in merge(periodes):
        begin = max(periode.van, van)
        einde = tot_en_met if periode.tot_en_met is None else min(periode.tot_en_met, tot_en_met)
        if begin <= einde:
            result.append((begin, einde))
    return result


def days(ranges: Iterable[tuple[date, date]]) -> int:
    """Number of days in ranges that do not overlap."""
    return sum((einde - begin).days + 1 for begin, einde in ranges)


def count_fitting(
    ranges: Iterable[tuple[date, date]], taken: Sequence[date], min_days: int, usable: Dagkeuze, enough: int
) -> int:
    """How many new dates fit into ranges, each at least `min_days` from every other and from those taken.

    Taking the earliest possible day each time gives the largest number, because all gaps are equal.

    Args:
        ranges: Pairs of first and last day, in order.
        taken: Dates that are done or planned.
        min_days: Days between two dates; 1 means at most one on a day.
        usable: Days that can be used.
        enough: Stop counting here.
    """
    gap = max(1, min_days)
    taken_sorted = sorted(taken)
    fitted: list[date] = []
    for begin, einde in ranges:
        dag = begin
        while dag <= einde and len(fitted) < enough:
            if fitted and (dag - fitted[-1]).days < gap:
                dag = fitted[-1] + timedelta(days=gap)
                continue
            clash = next((t for t in reversed(taken_sorted) if abs((dag - t).days) < gap), None)
            if clash is not None:
                dag = clash + timedelta(days=gap)
            elif usable(dag):
                fitted.append(dag)
            else:
                dag += _DAG
    return len(fitted)
