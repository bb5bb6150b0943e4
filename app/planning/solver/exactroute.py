"""Whether any order of stops fits a shift: exact for as many stops as a shift holds, so that a refusal is a proof."""

from collections.abc import Sequence

from app.planning.solver.problem import Slot, TravelTime, Visit
from app.planning.solver.route import Openings, lay_times, order_stops

MOST = 11
"""Stops up to which every order is looked at; more do not fit a shift of ordinary length."""
_Label = tuple[int, int, tuple[int, ...]]


def find_order(
    slot: Slot,
    visits: Sequence[Visit],
    openings: Openings,
    travel: TravelTime,
    iterations: int = 30,
    *,
    exact: bool = True,
) -> tuple[Visit, ...] | None:
    """A route through all stops; None when there is none (or, above `MOST` stops, when none was found).

    Args:
        slot: The shift.
        visits: The stops.
        openings: When each can be visited on that shift.
        travel: Travel times.
        iterations: Most improvement steps.
        exact: False looks at the quick orders only; None then proves nothing.
    """
    if sum(v.duration for v in visits) > slot.capacity or any(not openings(v, slot) for v in visits):
        return None
    found = order_stops(slot, visits, openings, travel, iterations)
    if found is not None or not exact or len(visits) > MOST:
        return found
    return _search(slot, sorted(visits, key=lambda v: v.key), openings, travel)


def _search(slot: Slot, stops: Sequence[Visit], openings: Openings, travel: TravelTime) -> tuple[Visit, ...] | None:
    """All orders by sets of stops; of each set and last stop only what is best in time or in work is kept."""
    layer: dict[tuple[int, int], list[_Label]] = {(0, -1): [(slot.start, 0, ())]}
    for _ in stops:
        following: dict[tuple[int, int], list[_Label]] = {}
        for (mask, last), labels in layer.items():
            here = slot.base if last < 0 else stops[last].point
            for number, visit in enumerate(stops):
                if mask >> number & 1:
                    continue
                minutes = 0 if here is None else travel(here, visit.point)
                for clock, work, order in labels:
                    start = _start(slot, visit, clock + minutes, openings)
                    total = work + minutes + visit.duration
                    if start is not None and total <= slot.capacity and start + visit.duration <= slot.end:
                        label = (start + visit.duration, total, (*order, number))
                        _keep(following.setdefault((mask | 1 << number, number), []), label)
        layer = following
    for labels in layer.values():
        for _, _, order in labels:
            route = tuple(stops[number] for number in order)
            if lay_times(slot, route, openings, travel) is not None:
                return route
    return None


def _start(slot: Slot, visit: Visit, arrival: int, openings: Openings) -> int | None:
    for low, high in openings(visit, slot):
        if max(arrival, low) + visit.duration <= high:
            return max(arrival, low)
    return None


def _keep(labels: list[_Label], label: _Label) -> None:
    if any(other[0] <= label[0] and other[1] <= label[1] for other in labels):
        return
    labels[:] = [other for other in labels if not (label[0] <= other[0] and label[1] <= other[1])]
    labels.append(label)
