"""F8: how well somebody who knows the rule and all earlier dates guesses the next visit to a sex establishment.

Every observer learns on half of the establishments and guesses on the other half, so that none profits from chance. After each visit it
names one stretch of days, once. What it may look at: nothing, how many visits there were this year, the month, or the day on which
the visit of a year ago leaves the rolling year. Closed doors count as visits: the inspected see them too.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import log2

from bench.gegevens import SEKS, Jaar, Stad

_KORT_DAGEN = 14


@dataclass(frozen=True, slots=True)
class Beurt:
    """One visit as an observer saw it coming.

    Attributes:
        plek: The establishment.
        vorige: Date of the visit before it.
        datum: Its date.
        dit_jaar: Visits in the year before it.
        uiterlijk: Day on which the sixth visit back becomes a year old; None when there were fewer.
    """

    plek: str
    vorige: date
    datum: date
    dit_jaar: int
    uiterlijk: date | None

    @property
    def gap(self) -> int:
        """Days since the visit before."""
        return (self.datum - self.vorige).days


@dataclass(frozen=True, slots=True)
class Raadbaarheid:
    """How guessable a year was; shares in percent, entropy in bits.

    Attributes:
        gaten: Number of gaps.
        een_dag: Best hit rate of a guess of one day.
        zeven_dagen: Best hit rate of a guess of seven days.
        beste: The observer that guessed the seven days best.
        entropie: Entropy of the gaps in days.
        weekdag: Entropy of the weekday over its maximum.
        kort: Share of gaps of 14 days or shorter.
    """

    gaten: int
    een_dag: float
    zeven_dagen: float
    beste: str
    entropie: float
    weekdag: float
    kort: float


def turns(stad: Stad, jaar: Jaar) -> list[Beurt]:
    """Every visit to a sex establishment in the year, seen from the one before it."""
    dates = {d.sleutel: d.datum for d in stad.diensten}
    seen: dict[str, set[date]] = defaultdict(set)
    for bezoek in jaar.bezoeken:
        seen[bezoek.plek].add(dates[bezoek.dienst])
    found = []
    for plek in stad.plekken:
        if plek.soort != SEKS:
            continue
        days = sorted({*plek.bezocht, *seen[plek.sleutel]})
        for before, after in pairwise(days):
            if after >= stad.start:
                earlier = [d for d in days if d <= before]
                number = plek.per_jaar
                due = earlier[-number] + timedelta(days=365) if len(earlier) >= number > 0 else None
                found.append(Beurt(plek.sleutel, before, after, sum(d >= stad.start for d in earlier), due))
    return found


def guessability(beurten: Sequence[Beurt]) -> Raadbaarheid | None:
    """How guessable visits were; None without any."""
    if not beurten:
        return None
    week = {name: _hit_rate(beurten, look, 7) for name, look in _WAARNEMERS.items()}
    best = max(week, key=lambda name: week[name])
    return Raadbaarheid(
        gaten=len(beurten),
        een_dag=100 * max(_hit_rate(beurten, look, 1) for look in _WAARNEMERS.values()),
        zeven_dagen=100 * week[best],
        beste=best,
        entropie=_entropy(beurt.gap for beurt in beurten),
        weekdag=100 * _entropy(beurt.datum.weekday() for beurt in beurten) / log2(7),
        kort=100 * sum(beurt.gap <= _KORT_DAGEN for beurt in beurten) / len(beurten),
    )


Waarnemer = Callable[[Beurt], tuple[object, int] | None]
"""What an observer looks at: a group to which the turn belongs and the days from the point from which it counts."""


def _by_due_date(beurt: Beurt) -> tuple[object, int] | None:
    return None if beurt.uiterlijk is None else (0, (beurt.datum - beurt.uiterlijk).days)


def _by_due_and_room(beurt: Beurt) -> tuple[object, int] | None:
    """The days to the due date, apart for each fortnight of room that there is."""
    if beurt.uiterlijk is None:
        return None
    return max(0, (beurt.uiterlijk - beurt.vorige).days) // 14, (beurt.datum - beurt.uiterlijk).days


_WAARNEMERS: dict[str, Waarnemer] = {
    "het ritme": lambda b: (0, b.gap),
    "het nummer in het jaar": lambda b: (b.dit_jaar, b.gap),
    "de maand": lambda b: (b.vorige.month, b.gap),
    "nummer en maand": lambda b: ((b.dit_jaar, b.vorige.month // 3), b.gap),
    "de uiterste dag": _by_due_date,
    "de ruimte tot de uiterste dag": _by_due_and_room,
}


def _hit_rate(beurten: Sequence[Beurt], look: Waarnemer, width: int) -> float:
    """Share of turns that fall in the stretch that was best on the other half of the establishments."""
    places = sorted({beurt.plek for beurt in beurten})
    half = {plek: n % 2 for n, plek in enumerate(places)}
    hits = 0
    for part in (0, 1):
        learned: dict[object, Counter[int]] = defaultdict(Counter)
        for beurt in beurten:
            seen = look(beurt)
            if half[beurt.plek] != part and seen is not None:
                learned[seen[0]][seen[1]] += 1
        best = {group: _best_start(days, width) for group, days in learned.items()}
        for beurt in beurten:
            seen = look(beurt)
            if half[beurt.plek] == part and seen is not None and seen[0] in best:
                hits += best[seen[0]] <= seen[1] < best[seen[0]] + width
    return hits / len(beurten)


def _best_start(days: Counter[int], width: int) -> int:
    return max(
        range(min(days) - width + 1, max(days) + 1),
        key=lambda first: (sum(days[first + n] for n in range(width)), -first),
    )


def _entropy(values: Iterable[int]) -> float:
    counted = Counter(values)
    total = counted.total()
    return -sum(number / total * log2(number / total) for number in counted.values())
