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


def can_join(slot: Slot, order: tuple[Visit, ...], visit: Visit, openings: Openings, travel: TravelTime) -> bool | None:
    """Whether a visit fits beside all stops of a shift, in any order; None when there are too many to know."""
    stops = [*order, visit]
    if sum(v.duration for v in stops) > slot.capacity or not openings(visit, slot):
        return False
    if len(stops) > MOST:
        return None
    return _search(slot, sorted(stops, key=lambda v: v.key), openings, travel) is not None


def _search(slot: Slot, stops: Sequence[Visit], openings: Openings, travel: TravelTime) -> tuple[Visit, ...] | None:
    """All orders by sets of stops; of each set and last stop only what is best in time or in work is kept.

    An order is given up as soon as the minutes that are left cannot hold the rest, each with its shortest way to it.
    """
    way = [[travel(a.point, b.point) for b in stops] for a in stops]
    first = [0 if slot.base is None else travel(slot.base, v.point) for v in stops]
    least = [
        min(
            [*(way[i][j] for i in range(len(stops)) if i != j), *([first[j]] if slot.base is not None else [])],
            default=0,
        )
        for j in range(len(stops))
    ]
    need = [v.duration + minutes for v, minutes in zip(stops, least, strict=True)]
    if sum(need) - (max(least, default=0) if slot.base is None else 0) > slot.capacity:
        return None
    hours = [openings(v, slot) for v in stops]
    layer: dict[tuple[int, int], list[_Label]] = {(0, -1): [(slot.start, 0, ())]}
    for _ in stops:
        following: dict[tuple[int, int], list[_Label]] = {}
        for (mask, last), labels in layer.items():
            left = [number for number in range(len(stops)) if not mask >> number & 1]
            rest = sum(need[number] for number in left)
            for number in left:
                minutes, duration = first[number] if last < 0 else way[last][number], stops[number].duration
                after = rest - need[number]
                for clock, work, order in labels:
                    total = work + minutes + duration
                    start = _start(hours[number], clock + minutes, duration)
                    if start is None or total + after > slot.capacity or start + duration + after > slot.end:
                        continue
                    label = (start + duration, total, (*order, number))
                    _keep(following.setdefault((mask | 1 << number, number), []), label)
        layer = following
    for labels in layer.values():
        for _, _, order in labels:
            route = tuple(stops[number] for number in order)
            if lay_times(slot, route, openings, travel) is not None:
                return route
    return None


def _start(hours: Sequence[tuple[int, int]], arrival: int, duration: int) -> int | None:
    for low, high in hours:
        if max(arrival, low) + duration <= high:
            return max(arrival, low)
    return None


def _keep(labels: list[_Label], label: _Label) -> None:
    if any(other[0] <= label[0] and other[1] <= label[1] for other in labels):
        return
    labels[:] = [other for other in labels if not (label[0] <= other[0] and label[1] <= other[1])]
    labels.append(label)
