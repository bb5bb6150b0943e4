"""What is left to chance: windows of norm visits and the visits drawn from the stock (unpredictability).

Whoever is inspected must not be able to guess the day, so dates are drawn before anything is optimised. Every
draw has its own generator, made of the seed and the keys: one more object does not change the draw of
another.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.planning.solver.index import Index
from app.planning.solver.problem import Visit
from app.planning.solver.result import DateRange

_TRIES = 50


@dataclass(frozen=True, slots=True)
class Drawn:
    """A date drawn for a visit and the window around it."""

    target: date
    window: DateRange


def generator(seed: int, *purpose: str) -> random.Random:
    """Random numbers that follow from the seed and a purpose alone, the same on every machine."""
    # Must be repeatable from the logged seed; what is secret is the seed, not the generator.
    return random.Random("|".join((str(seed), *purpose)))  # noqa: S311


def draw_windows(index: Index, seed: int, placed: frozenset[str]) -> dict[str, Drawn]:
    """Draw a date and a window for every norm visit that asks for one.

    Args:
        index: The problem.
        seed: The seed.
        placed: Keys of visits that have a date already.
    """
    problem, result = index.problem, {}
    half = timedelta(days=problem.settings.window_days // 2)
    for series in index.series():
        todo = [v for v in series if v.key not in placed]
        legal = [(max(v.earliest, problem.start), min(v.latest, problem.end)) for v in todo]
        todo = [v for v, (low, high) in zip(todo, legal, strict=True) if low <= high]
        legal = [(low, high) for low, high in legal if low <= high]
        if not todo:
            continue
        spacing = max(v.min_days_between for v in todo)
        dates = draw_dates(legal, spacing, generator(seed, "venster", todo[0].object_key, todo[0].norm_key))
        for visit, (low, high), day in zip(todo, legal, dates, strict=True):
            result[visit.key] = Drawn(day, DateRange(max(low, day - half), min(high, day + half)))
    return result


def draw_dates(legal: Sequence[tuple[date, date]], spacing: int, rng: random.Random) -> list[date]:
    """Dates in rising order, uniform over all that keep the spacing: order statistics with a minimum gap.

    Where the legal ranges differ so much that such a draw keeps failing, one date after the other is drawn
    from what the rest leaves over. Without any solution each date is drawn on its own, and the plan will show
    what is short.

    Args:
        legal: First and last date for each, in order.
        spacing: Days between two dates.
        rng: Source of chance.
    """
    first, last = min(low for low, _ in legal), max(high for _, high in legal)
    slack = (last - first).days - spacing * (len(legal) - 1)
    for _ in range(_TRIES if slack >= 0 else 0):
        steps = sorted(rng.randint(0, slack) for _ in legal)
        dates = [first + timedelta(days=step + spacing * i) for i, step in enumerate(steps)]
        if all(low <= day <= high for day, (low, high) in zip(dates, legal, strict=True)):
            return dates
    ceilings: list[date] = []
    for _, high in reversed(legal):
        ceilings.append(min(high, ceilings[-1] - timedelta(days=spacing)) if ceilings else high)
    ceilings.reverse()
    dates = []
    for (low, high), ceiling in zip(legal, ceilings, strict=True):
        begin = max(low, dates[-1] + timedelta(days=spacing)) if dates else low
        begin, end = (begin, ceiling) if begin <= ceiling else (low, high)
        dates.append(begin + timedelta(days=rng.randint(0, (end - begin).days)))
    return dates


def draw_stock(visits: Sequence[Visit], minutes: int, allowance: int, rng: random.Random) -> list[Visit]:
    """Visits drawn without looking at anything else, until they fill a number of minutes."""
    pool = sorted(visits, key=lambda v: v.key)
    rng.shuffle(pool)
    drawn = []
    for visit in pool:
        minutes -= visit.duration + allowance
        if minutes < 0:
            break
        drawn.append(visit)
    return drawn
