"""What is left to chance: windows of norm visits and the visits drawn from the stock (unpredictability).

Whoever is inspected must not be able to guess the day, so dates are drawn before anything is optimised. Every
draw has its own generator, made of the seed and the keys: one more object does not change the draw of
another.
"""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.planning.solver.index import Index, gap
from app.planning.solver.problem import Visit
from app.planning.solver.result import DateRange

_FINE = 60
"""Fineness of the weights of weekdays."""


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
        weights = _weights(index, todo, [v for v in series if v.key in placed])
        rng = generator(seed, "venster", todo[0].object_key, todo[0].norm_key)
        dates = draw_dates(legal, spacing, rng, weights, problem.settings.gap_steps)
        for visit, (low, high), day in zip(todo, legal, dates, strict=True):
            result[visit.key] = Drawn(day, DateRange(max(low, day - half), min(high, day + half)))
    return result


def _weights(index: Index, todo: Sequence[Visit], placed: Sequence[Visit]) -> dict[date, int]:
    """How likely each day with a shift is, so that each weekday with shifts is as likely as any other.

    Days too close to a visit of the series that is placed already on one certain day are left out.
    """
    days = index.days_of(todo)
    taken = [(index.slots[index.locks[v.key]].date, gap(v, todo[0])) for v in placed if v.key in index.locks]
    per_weekday = Counter(day.weekday() for day in days)
    most = max(per_weekday.values(), default=1)
    return {
        day: max(1, _FINE * most // per_weekday[day.weekday()])
        for day in days
        if all(abs((day - other).days) >= least for other, least in taken)
    }


def draw_dates(
    legal: Sequence[tuple[date, date]],
    spacing: int,
    rng: random.Random,
    weights: Mapping[date, int] | None = None,
    steps: Sequence[int] = (),
) -> list[date]:
    """Dates in rising order, uniform over all that keep the spacing: order statistics with a minimum gap.

    The number of ways to go on is counted from the last date back, so each set of dates is exactly as likely as its weights
    say, also where the legal ranges differ. Without any solution each date is drawn on its own, and the plan will show what
    is short.

    Args:
        legal: First and last date for each, in order.
        spacing: Days between two dates.
        rng: Source of chance.
        weights: How likely each day is; a day that is not named is not drawn. Without weights all days are alike.
        steps: Days from which on a gap counts once more. Short gaps are the likeliest of a uniform draw, so that the days right after a
            visit are the best guess; with steps they are not, and are never ruled out.
    """
    first = min(low for low, _ in legal)
    size = (max(high for _, high in legal) - first).days + 1
    days = [first + timedelta(days=n) for n in range(size)]
    chance = [1 if weights is None else weights.get(day, 0) for day in days]
    spacing = max(1, spacing)
    alone = [low + timedelta(days=rng.randint(0, (high - low).days)) for low, high in legal]
    if (len(legal) - 1) * spacing >= size:
        return alone
    far = [spacing, *(step for step in steps if step > spacing)]
    beyond = size + max(far)
    # onward[d]: ways for the visits after this one when the next may stand on day d at the earliest.
    onward = [1] * (beyond + 1)
    ways: list[list[int]] = []
    for low, high in reversed(legal):
        here = [
            chance[n] * sum(onward[min(n + step, beyond)] for step in far) if low <= days[n] <= high else 0
            for n in range(size)
        ]
        ways.append(here)
        onward = [0] * (beyond + 1)
        for n in range(size - 1, -1, -1):
            onward[n] = onward[n + 1] + here[n]
    ways.reverse()
    if not onward[0]:
        return alone
    dates, last = list[date](), -beyond
    for here in ways:
        lots = [here[n] * sum(n >= last + step for step in far) for n in range(size)]
        lot = rng.randrange(sum(lots))
        for n in range(size):
            lot -= lots[n]
            if lot < 0:
                dates.append(days[n])
                last = n
                break
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
