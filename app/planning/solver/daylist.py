"""A day list: the best few stops for one team out of everything that may be visited today, with the order in which to go.

What is chosen brings most for the travel between them. Many lists are tried, each begun at another place; the same question gives the same
list every time. The order is that of `dayroute`, exact.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from app.planning.solver.dayroute import Dagantwoord, Dagvraag, Gelegd, Halte, best_route, lay
from app.planning.solver.travel import travel_matrix

_RICH, _SPREAD = 12, 12
"""Lists that begin where most is to be gained, and over the whole stock."""
_TRIED, _EXACT = 2, 2
"""Best lists of which exchanges are tried, and then every order."""
_BARRED = 12


@dataclass(frozen=True, slots=True)
class Lijstvraag:
    """What is asked.

    Attributes:
        day: The shift, with what stands on it already.
        number: Stops at most, those that stand already included; at most a dozen.
    """

    day: Dagvraag
    number: int


def compose(question: Lijstvraag) -> Dagantwoord:
    """The best list with its order."""
    day, stops = question.day, list(question.day.stops)
    base = best_route(day, stops)
    fixed = {h.key: h for h in stops}
    able = sorted((h for h in day.extra if lay(day, [h]) is not None), key=lambda h: (-h.worth, h.key))
    search = _Search(day, [*(fixed[one.key] for one in base), *able], len(base), question.number)
    lists = {search.grown(start) for start in search.starts()}
    best = sorted((search.exchanged(one) for one in sorted(lists, key=search.rank)[:_TRIED]), key=search.rank)
    routes = [best_route(day, search.stops(one)) for one in best[:_EXACT]] or [base]
    return Dagantwoord(min(routes, key=search.value), ())


class _Search:
    """Lists of places by number, in an order that fits; those before `fixed` are on every list."""

    def __init__(self, day: Dagvraag, places: Sequence[Halte], fixed: int, number: int) -> None:
        self._day = day
        self._places = places
        self._fixed = fixed
        self._number = number
        points = [h.point for h in places] + ([day.here] if day.here is not None else [])
        self._ways = travel_matrix(day.travel, points)
        self._worth = np.array([h.worth for h in places], dtype=np.float64)

    def starts(self) -> list[int]:
        """Places to begin at: first those around which most is to be gained, then some over the whole stock."""
        free = np.arange(self._fixed, len(self._places))
        few = min(self._number, len(free))
        if few <= 0:
            return []
        gain = self._worth[free][np.newaxis, :] - self._ways[np.ix_(free, free)]
        around = np.partition(gain, len(free) - few, axis=1)[:, -few:].sum(axis=1)
        order = free[np.lexsort((free, -around))]
        spread = order[:: max(1, len(order) // _SPREAD)][:_SPREAD]
        return list(dict.fromkeys(int(i) for i in (*order[:_RICH], *spread)))

    def grown(self, start: int) -> tuple[int, ...]:
        """The list that grows from one place, by what brings most for the travel that it adds, as long as all of it fits."""
        return self._filled(self._with(tuple(range(self._fixed)), start))

    def exchanged(self, chosen: tuple[int, ...]) -> tuple[int, ...]:
        """The list with one or two places taken out and others put in, as long as that makes it better."""
        improved = True
        while improved:
            improved = False
            free = [i for i in chosen if i >= self._fixed]
            for out in [*combinations(free, 1), *combinations(free, 2)]:
                tried = self._filled(tuple(i for i in chosen if i not in out))
                if self.rank(tried) < self.rank(chosen):
                    chosen, improved = tried, True
                    break
        return chosen

    def rank(self, chosen: tuple[int, ...]) -> tuple[float, tuple[int, ...]]:
        """Lower is better: travel less what the places are worth."""
        return self._length(chosen) - float(self._worth[list(chosen)].sum()), chosen

    def stops(self, chosen: tuple[int, ...]) -> list[Halte]:
        """The places of a list."""
        return [self._places[i] for i in chosen]

    def value(self, route: Sequence[Gelegd]) -> tuple[float, int]:
        """Lower is better, as `rank`, of a route that was laid out; of two alike the one that is done first."""
        worth = {h.key: h.worth for h in self._places}
        return sum(one.travel - worth[one.key] for one in route), route[-1].end if route else 0

    def _filled(self, chosen: tuple[int, ...]) -> tuple[int, ...]:
        barred: list[int] = []
        while len(chosen) < self._number and len(barred) < _BARRED:
            gain = self._gain(chosen)
            gain[barred] = -np.inf
            if not len(gain) or gain.max() <= 0:
                break
            best = int(gain.argmax())
            longer = self._with(chosen, best)
            if len(longer) == len(chosen):
                barred.append(best)
            chosen = longer
        return chosen

    def _with(self, order: tuple[int, ...], new: int) -> tuple[int, ...]:
        """The list with one place more where it adds least travel; as it was when it fits nowhere."""
        tries = [(*order[:i], new, *order[i:]) for i in range(len(order) + 1)]
        for tried in sorted(tries, key=self._length):
            if lay(self._day, self.stops(tried)) is not None:
                return tried
        return order

    def _path(self, order: Sequence[int]) -> list[int]:
        return [len(self._places), *order] if self._day.here is not None else list(order)

    def _length(self, order: Sequence[int]) -> int:
        return sum(int(self._ways[a, b]) for a, b in pairwise(self._path(order)))

    def _gain(self, order: Sequence[int]) -> NDArray[np.float64]:
        """What each place would bring less the travel that it adds at its best place in the order."""
        path, among = self._path(order), len(self._places)
        if not path:
            return self._worth.copy()
        added = self._ways[path[-1], :among].astype(np.float64)
        if self._day.here is None:
            added = np.minimum(added, self._ways[:among, path[0]])
        for a, b in pairwise(path):
            added = np.minimum(added, self._ways[a, :among] + self._ways[:among, b] - self._ways[a, b])
        gain = self._worth - added
        gain[[*range(self._fixed), *order]] = -np.inf
        return gain
