"""The order of stops within one shift and the times at which they start and end.

Pure functions over a travel-time callable. A stop starts inside an opening, the way back to the base ends
within the shift, and visits with travel fit the capacity: an order for which that cannot be has no timetable.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.planning.solver.problem import Slot, TravelTime, Visit
from app.planning.solver.terms import priority

Openings = Callable[[Visit, Slot], tuple[tuple[int, int], ...]]


@dataclass(frozen=True, slots=True)
class Timed:
    """A visit with its times in minutes of the clock and the travel before it."""

    visit: Visit
    travel: int
    start: int
    end: int


def lay_times(slot: Slot, order: Sequence[Visit], openings: Openings, travel: TravelTime) -> tuple[Timed, ...] | None:
    """Times for stops in a given order, each as early as its door allows; None when they do not fit."""
    clock, work, here = slot.start, 0, slot.base
    timetable = []
    for visit in order:
        minutes = travel(here, visit.point) if here is not None else 0
        arrival = clock + minutes
        start = next(
            (max(arrival, low) for low, high in openings(visit, slot) if max(arrival, low) + visit.duration <= high),
            None,
        )
        if start is None:
            return None
        clock, here = start + visit.duration, visit.point
        work += minutes + visit.duration
        timetable.append(Timed(visit, minutes, slot.on_clock(start), slot.on_clock(clock)))
    back = travel(here, slot.base) if timetable and here is not None and slot.base is not None else 0
    return tuple(timetable) if clock + back <= slot.end and work + back <= slot.capacity else None


def travel_minutes(slot: Slot, order: Sequence[Visit], travel: TravelTime) -> int:
    """Travel of a whole route, from the base and back to it."""
    points = [visit.point for visit in order]
    if points and slot.base is not None:
        points = [slot.base, *points, slot.base]
    return sum(travel(a, b) for a, b in pairwise(points))


def insert(
    slot: Slot, order: tuple[Visit, ...], visit: Visit, openings: Openings, travel: TravelTime
) -> tuple[Visit, ...] | None:
    """The route with one more stop at the place that adds least travel; None when no place will do."""
    left = slot.capacity - sum(v.duration for v in order) - visit.duration - travel_minutes(slot, order, travel)
    places = sorted((extra_travel(slot, order, visit, i, travel), i) for i in range(len(order) + 1))
    for extra, place in places:
        if extra > left:  # nor does any place after it
            return None
        tried = (*order[:place], visit, *order[place:])
        if lay_times(slot, tried, openings, travel) is not None:
            return tried
    return None


def extra_travel(slot: Slot, order: Sequence[Visit], visit: Visit, place: int, travel: TravelTime) -> int:
    """Minutes of travel that a stop adds at a place of the route."""
    before = order[place - 1].point if place else slot.base
    after = order[place].point if place < len(order) else slot.base
    minutes = travel(before, visit.point) if before is not None else 0
    minutes += travel(visit.point, after) if after is not None else 0
    return minutes - (travel(before, after) if before is not None and after is not None else 0)


def order_stops(
    slot: Slot, visits: Sequence[Visit], openings: Openings, travel: TravelTime, iterations: int
) -> tuple[Visit, ...] | None:
    """A short route through all stops: nearest neighbour, then two-opt; None when no timetable was found.

    Of two routes that are equally long the one with the higher priority first wins, because less is found at
    the end of a shift.
    """
    stops = sorted(visits, key=lambda v: v.key)
    starts = [
        _nearest_neighbour(slot, stops, openings, travel),
        tuple(sorted(stops, key=lambda v: (max((w[1] for w in openings(v, slot)), default=0), v.key))),
        tuple(sorted(stops, key=lambda v: (min((w[0] for w in openings(v, slot)), default=0), v.key))),
    ]
    fitting = [order for order in starts if lay_times(slot, order, openings, travel) is not None]
    if not fitting:
        return _insert_all(slot, stops, openings, travel)
    return two_opt(slot, min(fitting, key=lambda o: _cost(slot, o, travel)), openings, travel, iterations)


def two_opt(
    slot: Slot, order: tuple[Visit, ...], openings: Openings, travel: TravelTime, iterations: int
) -> tuple[Visit, ...]:
    """Turn stretches of the route round as long as that makes it better and the timetable holds."""
    best, cost = order, _cost(slot, order, travel)
    left, improved = iterations, True
    while improved and left > 0:
        improved = False
        for i in range(len(best) - 1):
            for j in range(i + 2, len(best) + 1):
                tried = best[:i] + best[i:j][::-1] + best[j:]
                tried_cost = _cost(slot, tried, travel)
                if tried_cost < cost and lay_times(slot, tried, openings, travel) is not None:
                    best, cost, improved = tried, tried_cost, True
                    left -= 1
                    if left <= 0:
                        return best
    return best


def early_first(
    slot: Slot, order: tuple[Visit, ...], openings: Openings, travel: TravelTime, allowance: int
) -> tuple[Visit, ...]:
    """What has priority goes early in the shift where that costs little, because less is found at the end of a shift.

    Args:
        slot: The shift.
        order: A route that fits.
        openings: When each door is open.
        travel: Travel times.
        allowance: Minutes of travel that the route may become longer, in all.
    """
    most = travel_minutes(slot, order, travel) + allowance
    best = order
    for _ in order:
        tries = [best[::-1]]
        for i in range(len(best)):
            rest = best[:i] + best[i + 1 :]
            tries += [(*rest[:j], best[i], *rest[j:]) for j in range(i)]
        late = _late(best)
        better = sorted((t for t in tries if _late(t) < late), key=lambda t: (_late(t), [v.key for v in t]))
        found = next(
            (
                t
                for t in better
                if travel_minutes(slot, t, travel) <= most and lay_times(slot, t, openings, travel) is not None
            ),
            None,
        )
        if found is None:
            break
        best = found
    return best


def _late(order: Sequence[Visit]) -> int:
    return sum(place * priority(visit.terms) for place, visit in enumerate(order))


def _cost(slot: Slot, order: Sequence[Visit], travel: TravelTime) -> tuple[int, int]:
    return travel_minutes(slot, order, travel), _late(order)


def _nearest_neighbour(slot: Slot, stops: Sequence[Visit], openings: Openings, travel: TravelTime) -> tuple[Visit, ...]:
    order: list[Visit] = []
    left = list(stops)
    here, clock = slot.base, slot.start
    while left:
        ready = []
        for visit in left:
            arrival = clock + (travel(here, visit.point) if here is not None else 0)
            start = next((max(arrival, w[0]) for w in openings(visit, slot) if arrival <= w[1]), arrival)
            ready.append((start, visit.key, visit))
        start, _, nearest = min(ready, key=lambda r: r[:2])
        order.append(nearest)
        left.remove(nearest)
        here, clock = nearest.point, start + nearest.duration
    return tuple(order)


def _insert_all(slot: Slot, stops: Sequence[Visit], openings: Openings, travel: TravelTime) -> tuple[Visit, ...] | None:
    """Build the route stop by stop, the tightest door first."""
    order: tuple[Visit, ...] = ()
    for visit in sorted(stops, key=lambda v: (sum(w[1] - w[0] for w in openings(v, slot)) - v.duration, v.key)):
        longer = insert(slot, order, visit, openings, travel)
        if longer is None:
            return None
        order = longer
    return order
