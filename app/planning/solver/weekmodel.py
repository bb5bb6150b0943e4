"""One week as a routing problem: every shift is a vehicle, required visits must be driven, optional ones bring a prize.

All shifts lie over one another on the clock of one day, for each has its own vehicle. A visit is offered once per stretch of the clock in
which its door is open, of which one at most is driven. What a shift may not visit, also because of the date, is out of its reach: travel
there takes longer than any shift. The work of a route (visits and travel, without waiting) is its distance, so
that the capacity of a shift is a hard limit, and opening hours and the end of the shift are time windows.
"""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from pyvrp import (
    Client,
    ClientGroup,
    Depot,
    IteratedLocalSearch,
    IteratedLocalSearchParams,
    Location,
    PenaltyManager,
    PenaltyParams,
    ProblemData,
    RandomNumberGenerator,
    Route,
    Solution,
    VehicleType,
)
from pyvrp.exceptions import PenaltyBoundWarning
from pyvrp.search import OPERATORS, LocalSearch, PerturbationManager, PerturbationParams, compute_neighbours

from app.planning.solver.control import Control
from app.planning.solver.index import Index
from app.planning.solver.problem import Point, Slot, Visit
from app.planning.solver.travel import Minutes, travel_matrix

SCALE = 10
"""Units of cost per minute of travel, so that a point of priority can weigh less than a minute."""
_EXTRA = 3_000
_STARTS = 2
"""Searches from the same routes with other chances, of which the best counts: one alone gets stuck now and then."""
_SMALL = 150
"""Visits up to which that pays; a large week gains more from one long search."""
_LATE, _OVER = 20.0, 5.0
"""Cost of a minute too late and of a tenth of a minute too much, to begin with: little more than the minute is worth, so that the search
may pass through routes that do not hold. The solver's own start is thousands of times as much, and it then never does."""
_LEARN = 100
"""Routes after which these costs are set again; the solver's own number is made for longer searches."""
_SHAKEN = 10
"""Most visits that are shaken loose in one step; the solver's own 25 makes a step twice as dear."""
_MEMORY, _SHORTEST = 200, 150
"""Steps of the search per step that the acceptance remembers, and the least that it remembers: with less it gets stuck, with more it is slow."""
_OUT_OF_REACH = 5_000
_NOTHING = 0


@dataclass(frozen=True, slots=True)
class Order:
    """A visit that the week may or must hold.

    Attributes:
        visit: The visit.
        slots: Shifts on which it may stand.
        worth: Minutes of travel that it is worth; None when it must be visited.
    """

    visit: Visit
    slots: tuple[Slot, ...]
    worth: float | None


@dataclass(slots=True)
class _Offer:
    """A visit in one stretch of time: it may start between `low` and `high` on any of its shifts."""

    visit: Visit
    low: int
    high: int
    windows: dict[str, tuple[int, int]] = field(default_factory=dict)


class WeekModel:
    """The routing problem of one week."""

    def __init__(
        self, index: Index, slots: Sequence[Slot], opening_cost: Mapping[str, int], orders: Sequence[Order]
    ) -> None:
        """Builds the problem.

        Args:
            index: Look-ups.
            slots: The shifts.
            opening_cost: Minutes of travel that it must be worth to use a shift, per key; absent is free.
            orders: The visits.
        """
        self._index = index
        self._slots = list(slots)
        self._shift = {s.key: (s.start, s.end) for s in slots}
        self._orders = list(orders)
        self._offers = [offer for order in self._orders for offer in self._offers_of(order)]
        self._profile_of, self._out = self._profiles()
        self._data = self._build(opening_cost)

    def improve(self, control: Control, seed: int, iterations: int, present: Mapping[str, Sequence[Visit]]) -> None:
        """Looks for better routes than the present ones; `routes` and `value` then tell the best.

        Args:
            control: Asked whether to stop.
            seed: Source of chance.
            iterations: Most steps.
            present: Visits in order per shift; they must keep every rule.
        """
        start = self._solution(present)
        starts = _STARTS if len(self._orders) <= _SMALL else 1
        found = [self._search(control, seed + turn, iterations // starts, start) for turn in range(starts)]
        self._best = max((one for one in (start, *found) if one.is_feasible()), key=self._worth)

    def _search(self, control: Control, seed: int, iterations: int, start: Solution) -> Solution:
        steps = 0

        def enough(best_cost: int) -> bool:  # noqa: ARG001 - the name is the solver's
            nonlocal steps
            steps += 1
            return steps > iterations or (steps % 32 == 0 and control.aborted)

        shaken = PerturbationManager(PerturbationParams(max_perturbations=_SHAKEN))
        search = LocalSearch(self._data, RandomNumberGenerator(seed=seed), compute_neighbours(self._data), shaken)
        for operator in OPERATORS:
            if operator.supports(self._data):
                search.add_operator(operator(self._data))
        penalties = PenaltyManager(([], _LATE, _OVER), PenaltyParams(solutions_between_updates=_LEARN))
        # The present routes hold little of what is optional: everything is tried once before the search goes on from there.
        begin = search(start, penalties.max_cost_evaluator(), exhaustive=True)
        begin = begin if begin.is_feasible() else start
        params = IteratedLocalSearchParams(history_length=max(_SHORTEST, iterations // _MEMORY))
        with warnings.catch_warnings():
            # With scarce shifts a penalty reaches its bound; the search goes on from the best that holds, which is what is asked.
            warnings.simplefilter("ignore", PenaltyBoundWarning)
            return (
                IteratedLocalSearch(self._data, penalties, search, begin, params).run(enough, collect_stats=False).best
            )

    @staticmethod
    def _worth(routes: Solution) -> int:
        return int(routes.prizes() - routes.distance_cost() - routes.fixed_vehicle_cost())

    @property
    def value(self) -> float:
        """What the visits of the best routes are worth less travel and shifts opened, in minutes; higher is better."""
        return self._worth(self._best) / SCALE

    @property
    def routes(self) -> dict[str, tuple[Visit, ...]]:
        """Visits in order per shift."""
        result: dict[str, tuple[Visit, ...]] = {slot.key: () for slot in self._slots}
        for route in self._best.routes():
            stops = tuple(self._offers[stop.idx].visit for stop in route.schedule() if stop.is_client())
            result[self._slots[route.vehicle_type()].key] = stops
        return result

    def _offers_of(self, order: Order) -> list[_Offer]:
        """As few stretches as say exactly when the visit may start on each of its shifts."""
        offers: list[_Offer] = []
        spans = [
            (low, high - order.visit.duration, slot.key)
            for slot in order.slots
            for low, high in self._index.windows(order.visit, slot)
        ]
        for low, high, key in sorted(spans):
            fitting = (o for o in offers if key not in o.windows and self._exact(o, low, high, key))
            offer = next(fitting, None)
            if offer is None:
                offers.append(_Offer(order.visit, low, high, {key: (low, high)}))
            else:
                offer.low, offer.high = min(offer.low, low), max(offer.high, high)
                offer.windows[key] = (low, high)
        return offers

    def _exact(self, offer: _Offer, low: int, high: int, key: str) -> bool:
        """Whether one stretch for all these windows lets the visit start on no shift while the door is closed."""
        first, last = min(offer.low, low), max(offer.high, high)
        for at, (opens, closes) in (*offer.windows.items(), (key, (low, high))):
            begin, end = self._shift[at]
            if opens > max(first, begin) or closes < min(last, end - offer.visit.duration):
                return False
        return True

    def _profiles(self) -> tuple[list[int], list[set[int]]]:
        """Which offers are out of reach, for as few groups of shifts as possible: the group of each shift, and per group the offers."""
        groups: list[tuple[set[int], set[int]]] = []
        group_of = []
        for slot in self._slots:
            begin, end = self._shift[slot.key]
            may = {i for i, o in enumerate(self._offers) if slot.key in o.windows}
            not_ = {i for i, o in enumerate(self._offers) if i not in may and o.low <= end and o.high >= begin}
            for number, (allowed, out) in enumerate(groups):
                if not may & out and not not_ & allowed:
                    groups[number] = (allowed | may, out | not_)
                    group_of.append(number)
                    break
            else:
                group_of.append(len(groups))
                groups.append((may, not_))
        return group_of, [out for _, out in groups]

    def _places(self) -> tuple[list[int], list[int]]:
        """A place on the matrix per offer, shared by offers of one visit that the same shifts can reach: offer to place, place to offer."""
        seen: dict[tuple[str, frozenset[int]], int] = {}
        place_of: list[int] = []
        offer_of: list[int] = []
        for number, offer in enumerate(self._offers):
            out = frozenset(group for group, offers in enumerate(self._out) if number in offers)
            key = (offer.visit.key, out)
            if key not in seen:
                seen[key] = len(offer_of)
                offer_of.append(number)
            place_of.append(seen[key])
        return place_of, offer_of

    def _build(self, opening_cost: Mapping[str, int]) -> ProblemData:
        bases = sorted({slot.base for slot in self._slots}, key=lambda base: (base is not None, base or Point(0, 0)))
        place_of, offer_of = self._places()
        stops = [self._offers[number].visit for number in offer_of]
        points = [base or Point(0.0, 0.0) for base in bases] + [visit.point for visit in stops]
        minutes = travel_matrix(self._index.problem.travel, points)
        for number, base in enumerate(bases):
            if base is None:  # travel to the first and from the last stop is free
                minutes[number, :] = minutes[:, number] = _NOTHING
        service = np.array([0] * len(bases) + [visit.duration for visit in stops], dtype=np.int64)
        distances, durations = [], []
        for out in self._out:
            far = sorted({len(bases) + place_of[number] for number in out})
            durations.append(_barred(minutes, far))
            distances.append(_barred((minutes + service[np.newaxis, :]) * SCALE, far))
        groups: dict[str, list[int]] = {}
        for number, offer in enumerate(self._offers):
            groups.setdefault(offer.visit.key, []).append(number)
        shared = {key: at for at, key in enumerate(key for key, numbers in groups.items() if len(numbers) > 1)}
        worth = {order.visit.key: order.worth for order in self._orders}
        return ProblemData(
            [Location(point.x, point.y) for point in points],
            [
                _client(offer, len(bases) + place, worth[offer.visit.key], shared.get(offer.visit.key))
                for offer, place in zip(self._offers, place_of, strict=True)
            ],
            [Depot(number) for number in range(len(bases))],
            [
                VehicleType(
                    start_depot=bases.index(slot.base),
                    end_depot=bases.index(slot.base),
                    fixed_cost=opening_cost.get(slot.key, 0) * SCALE,
                    tw_early=self._shift[slot.key][0],
                    tw_late=self._shift[slot.key][1],
                    max_distance=slot.capacity * SCALE,
                    unit_distance_cost=1,
                    profile=profile,
                )
                for slot, profile in zip(self._slots, self._profile_of, strict=True)
            ],
            distances,  # type: ignore[arg-type]  # its stub names no shape
            durations,  # type: ignore[arg-type]  # as above
            [ClientGroup(groups[key], required=worth[key] is None) for key in shared],
        )

    def _solution(self, present: Mapping[str, Sequence[Visit]]) -> Solution:
        """The present routes in the words of the solver: each visit in the stretch in which its shift comes to it."""
        routes = []
        offers: dict[tuple[str, str], list[int]] = {}
        for number, offer in enumerate(self._offers):
            for key in offer.windows:
                offers.setdefault((offer.visit.key, key), []).append(number)
        for vehicle, slot in enumerate(self._slots):
            stops = present.get(slot.key, ())
            if stops:
                clock, here, chosen = slot.start, slot.base, []
                for visit in stops:
                    clock += self._index.problem.travel(here, visit.point) if here is not None else 0
                    number, start = next(
                        (n, max(clock, self._offers[n].windows[slot.key][0]))
                        for n in offers[visit.key, slot.key]
                        if clock <= self._offers[n].windows[slot.key][1]
                    )
                    clock = start + visit.duration
                    here = visit.point
                    chosen.append(number)
                routes.append(Route(self._data, chosen, vehicle))
        return Solution(self._data, routes)


def _client(offer: _Offer, place: int, worth: float | None, group: int | None) -> Client:
    """A visit for the solver; its own minutes are part of the distance, so an optional one gets them back with its prize."""
    prize = 0 if worth is None else round((worth + offer.visit.duration) * SCALE)
    return Client(
        place,
        service_duration=offer.visit.duration,
        tw_early=offer.low,
        tw_late=offer.high,
        prize=prize,
        required=worth is None and group is None,
        group=group,
    )


def _barred(table: Minutes, far: Sequence[int]) -> Minutes:
    barred = table.copy()
    barred[far, :] = barred[:, far] = _OUT_OF_REACH * SCALE
    np.fill_diagonal(barred, 0)
    return barred


def steps_for(visits: int, per_visit: int) -> int:
    """Steps for a week of some visits; a small week gets more for each, for one stop counts for more of it."""
    return per_visit * visits + min(_EXTRA, 2 * per_visit * visits)


def days_of_week(dates: Sequence[date]) -> list[tuple[date, ...]]:
    """Dates in groups of one calendar week, Monday to Sunday."""
    weeks: dict[tuple[int, int], list[date]] = {}
    for day in dates:
        weeks.setdefault(day.isocalendar()[:2], []).append(day)
    return [tuple(days) for days in weeks.values()]
