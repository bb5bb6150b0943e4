"""How many visits of one object fit with the days between them: exact and fast where its dates go the same way."""

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from app.planning.solver.index import Index
from app.planning.solver.problem import Visit


def holdable(index: Index, visits: Iterable[Visit]) -> list[Visit]:
    """The visits without those that their object cannot hold whatever else is planned.

    Earliest last day first is exact for a series of one kind, so what is left out here is as few as can be; of a series with
    mixed rules everything stays.
    """
    per_object: dict[str, list[Visit]] = defaultdict(list)
    kept: list[Visit] = []
    for visit in visits:
        if visit.spacing_exempt:
            kept.append(visit)
        else:
            per_object[visit.object_key].append(visit)
    for series in per_object.values():
        kept += fitting(index, series) if is_regular(series) else series
    return sorted(kept, key=lambda v: v.key)


def is_regular(series: Sequence[Visit]) -> bool:
    """Whether all visits are of one kind and their first and last dates rise together."""
    ordered = _in_order(series)
    kinds = {(v.competences, v.openings, v.duration, v.min_days_between) for v in ordered}
    return len(kinds) == 1 and all(a.latest <= b.latest for a, b in pairwise(ordered))


def fitting(index: Index, series: Sequence[Visit], closed: frozenset[str] = frozenset()) -> list[Visit]:
    """A largest set of visits of a regular series that fits on days with a shift that is not closed to it."""
    return [visit for visit, _ in fitting_days(index, series, closed)]


def fitting_days(
    index: Index, series: Sequence[Visit], closed: frozenset[str] = frozenset()
) -> list[tuple[Visit, date]]:
    """As `fitting`, each visit with its day: as early as can be."""
    ordered = _in_order(series)
    return _spread(ordered, index.days_of(ordered, closed)) if ordered else []


def most_of_calendar(series: Sequence[Visit], start: date, end: date) -> int:
    """How many visits of a regular series the days of a horizon hold with the days between them, were there a shift on each of them."""
    return len(_spread(_in_order(series), [start + timedelta(days=n) for n in range((end - start).days + 1)]))


def _spread(ordered: Sequence[Visit], days: Sequence[date]) -> list[tuple[Visit, date]]:
    placed: list[tuple[Visit, date]] = []
    previous: date | None = None
    gap = max(1, ordered[0].min_days_between)
    # First and last dates rise together, so the first one that still waits has the least time left.
    waiting = deque(ordered)
    for day in days:
        if previous is not None and (day - previous).days < gap:
            continue
        while waiting and waiting[0].latest < day:
            waiting.popleft()
        if waiting and waiting[0].earliest <= day:
            placed.append((waiting.popleft(), day))
            previous = day
    return placed


def _in_order(series: Sequence[Visit]) -> list[Visit]:
    return sorted(series, key=lambda v: (v.earliest, v.latest, v.key))
