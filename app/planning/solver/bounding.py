"""Proof that visits cannot all be done, whatever the plan: what one door, one object or one period can hold at most.

A visit that must be done within a period by a team with a competence, behind a door with set hours, takes its minutes from
those teams and hours. So more work than they have is a proof, whatever routes and dates are chosen. What is proved so counts
no more travel than there must be.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

import numpy as np
import numpy.typing as npt

from app.planning.solver.index import Index
from app.planning.solver.problem import Slot, Visit
from app.planning.solver.series import fitting, is_regular
from app.planning.solver.travel import travel_matrix

_MOST_POINTS = 150
_MOST_DOORS = 4
"""Kinds of opening hours of which every combination is looked at."""
_MOST_ALONE = 40
"""Kinds of opening hours of which each alone is looked at."""
_PLENTY = 10**9


@dataclass(frozen=True, slots=True)
class Shortage:
    """A period whose shifts hold less than the work that must be done in it.

    Attributes:
        first: First day.
        last: Last day.
        visits: The visits that must be done in it.
        misses: Least number of them that no plan can hold.
        needed: Minutes of the visits.
        offered: Minutes of the shifts.
    """

    first: date
    last: date
    visits: tuple[Visit, ...]
    misses: int
    needed: int
    offered: int


class City:
    """What the proofs look at: visits with their dates, and the shifts.

    Attributes:
        index: The problem.
        visits: The visits that must be done.
        unlimited: Keys of shifts that hold any amount of work.
        closed: Keys of shifts that may not be used.
        travel: Minutes of travel that two stops after each other need at least.
    """

    def __init__(
        self,
        index: Index,
        visits: Iterable[Visit],
        unlimited: frozenset[str] = frozenset(),
        closed: frozenset[str] = frozenset(),
        travel: int = 0,
    ) -> None:
        self.index = index
        self.visits = tuple(visits)
        self.unlimited = unlimited
        self.closed = closed
        self.travel = travel
        self.choices = {v.key: self._choices(v) for v in self.visits}

    def _choices(self, visit: Visit) -> Sequence[Slot]:
        lock = self.index.locks.get(visit.key)
        if lock is None and not self.closed:
            return self.index.candidates(visit)
        return [s for s in self.index.candidates(visit) if s.key not in self.closed and (lock is None or s.key == lock)]

    def hopeless(self) -> list[Visit]:
        """Visits that no shift suits."""
        return [v for v in self.visits if not self.choices[v.key]]

    def short_series(self) -> Iterator[tuple[list[Visit], int]]:
        """The visits of each object that cannot hold them with the days between them, and how many it holds."""
        for series in per_object(self.visits).values():
            open_ones = [v for v in series if self.choices[v.key] and not v.spacing_exempt]
            free = not any(v.key in self.index.locks for v in open_ones)
            if free and len(open_ones) > 1 and is_regular(open_ones):
                held = len(fitting(self.index, open_ones, self.closed))
                if held < len(open_ones):
                    yield open_ones, held

    def shortages(self) -> list[Shortage]:
        """For each competence and each kind of door the period that misses most, the worst first."""
        found = [s for family in self._families() if (s := self._worst(family)) is not None]
        return sorted(found, key=lambda s: (-s.misses, s.last - s.first, s.first, len(s.visits)))

    def least_misses(self) -> int:
        """Least number of visits that any plan misses."""
        series = sum(len(members) - held for members, held in self.short_series())
        period = max((s.misses for s in self.shortages()), default=0)
        return len(self.hopeless()) + max(series, period)

    def _families(self) -> Iterator[list[Visit]]:
        """Visits that share what they need: by competence, and by competence and door."""
        open_ones = [v for v in self.visits if self.choices[v.key]]
        seen: set[frozenset[tuple[frozenset[str], int]]] = set()
        door = self.index.door
        # A visit that stands already is work in every family that it fits, and no reason for one of its own.
        free = [v for v in open_ones if v.key not in self.index.locks] or open_ones
        skills = sorted({v.competences for v in free} | {frozenset[str]()}, key=sorted)
        hours = {door(v): v.openings for v in free}
        doors = sorted(hours, key=lambda number: (hours[number] is not None, hours[number] or ()))
        if len(doors) > _MOST_ALONE:  # a city in which each door has hours of its own: those with most work behind them
            work = Counter[int]()
            for visit in free:
                work[door(visit)] += visit.duration
            doors = sorted(doors, key=lambda number: -work[number])[:_MOST_ALONE]
        together = range(1, len(doors)) if len(doors) <= _MOST_DOORS else (1,)
        behind = [frozenset(some) for n in together for some in combinations(doors, n)]
        for skill in skills:
            able = [v for v in open_ones if skill <= v.competences]
            for members in (able, *([v for v in able if door(v) in some] for some in behind)):
                kinds = frozenset((v.competences, door(v)) for v in members)
                if kinds and kinds not in seen:
                    seen.add(kinds)
                    yield members

    def _worst(self, family: Sequence[Visit]) -> Shortage | None:
        start = self.index.problem.start
        size = (self.index.problem.end - start).days + 1
        shortest = min(v.duration for v in family) + self.travel
        minutes, number = np.zeros(size + 1, dtype=np.int64), np.zeros(size + 1, dtype=np.int64)
        doors: dict[int, Visit] = {}
        for visit in family:
            first_one = doors.setdefault(self.index.door(visit), visit)
            if visit.duration < first_one.duration:
                doors[self.index.door(visit)] = visit
        skill = frozenset.intersection(*(v.competences for v in family))
        for slot in self.index.slots.values():
            day = (slot.date - start).days
            if 0 <= day < size and skill <= slot.competences and slot.key not in self.closed:
                room = self._room(slot, doors.values()) + self.travel
                minutes[day + 1] += room
                number[day + 1] += max(0, room) // shortest
        offered, places = np.cumsum(minutes), np.cumsum(number)
        load, count = np.zeros((size, size), dtype=np.int64), np.zeros((size, size), dtype=np.int64)
        for (first, last, duration), many in Counter(map(self._span, family)).items():
            row, column = (first - start).days, (last - start).days
            load[row, column] += many * (duration + self.travel)
            count[row, column] += many
        load, count = _within(load), _within(count)
        longest = max(v.duration for v in family) + self.travel
        short = load - (offered[1:][None, :] - offered[:-1][:, None])
        missing = np.maximum(-(-short // longest), count - (places[1:][None, :] - places[:-1][:, None]))
        missing = np.where(np.tri(size, k=-1, dtype=bool), 0, missing)
        most = int(missing.max())
        if most <= 0:
            return None
        # Of the periods that miss most the shortest, then the first.
        lows, highs = np.nonzero(missing == most)
        best = int(np.lexsort((lows, highs - lows))[0])
        low, high = int(lows[best]), int(highs[best])
        first, last = start + timedelta(days=low), start + timedelta(days=high)
        inside = tuple(v for v in family if first <= self._span(v)[0] and self._span(v)[1] <= last)
        needed = sum(v.duration for v in inside)
        return Shortage(first, last, inside, most, needed, int(offered[high + 1] - offered[low]))

    def _span(self, visit: Visit) -> tuple[date, date, int]:
        """First and last day on which a shift suits, and the minutes of the visit."""
        slots = self.choices[visit.key]
        return slots[0].date, slots[-1].date, visit.duration

    def _room(self, slot: Slot, doors: Iterable[Visit]) -> int:
        """Minutes of a shift during which any of the doors is open."""
        if slot.key in self.unlimited:
            return _PLENTY
        windows = [w for visit in doors for w in self.index.windows(visit, slot)]
        if not windows:
            return -self.travel
        begin, end = min(w[0] for w in windows), max(w[1] for w in windows)
        return min(slot.capacity, end - begin)


def least_misses(index: Index, visits: Sequence[Visit]) -> int:
    """Least number of the visits that any plan misses, from doors, objects and periods; 0 when nothing is proved."""
    return City(index, visits, travel=least_travel(index, visits)).least_misses()


def _within(matrix: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Sums over all first days from a row on and all last days up to a column."""
    return np.asarray(np.cumsum(np.cumsum(matrix[::-1], axis=0)[::-1], axis=1))


def per_object(visits: Iterable[Visit]) -> Mapping[str, list[Visit]]:
    """Visits by their object."""
    groups: dict[str, list[Visit]] = defaultdict(list)
    for visit in visits:
        groups[visit.object_key].append(visit)
    return groups


def least_travel(index: Index, visits: Iterable[Visit]) -> int:
    """Minutes between the two places that are nearest to each other; 0 when there are too many places to compare."""
    points = sorted({(v.object_key, v.point) for v in visits})
    if not 1 < len(points) <= _MOST_POINTS:
        return 0
    minutes = travel_matrix(index.problem.travel, [point for _, point in points])
    return int(minutes[~np.eye(len(points), dtype=bool)].min())
