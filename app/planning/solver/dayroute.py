"""The order of one team's day: exact for up to a dozen stops, from where the team stands now.

Pure and light: this runs in a process of its own for a tablet that waits (`app.planning.rekenen`). Of all orders that keep opening hours
and the end of the shift, the one that holds most, then the one with least travel, then the one that is done first.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise
from typing import TypeAlias

from app.planning.solver.problem import Point, StraightLine

EXACT = 12
"""Stops up to which every order is weighed; with more, one is inserted after the other and the route turned round."""
_TRIED = 20


class Belet(StrEnum):
    """Why a stop is not in the route."""

    GESLOTEN = "gesloten"
    GEEN_TIJD = "geen tijd"


@dataclass(frozen=True, slots=True)
class Halte:
    """A place to stop at.

    Attributes:
        key: Unique key.
        point: Where it is.
        duration: Minutes on the spot.
        windows: Minutes of the business date between which the door is open, in order; None when at any time.
        worth: What it is worth in minutes of travel; a stop that must stay is worth far more than one that may be added.
    """

    key: str
    point: Point
    duration: int
    windows: tuple[tuple[int, int], ...] | None
    worth: float


@dataclass(frozen=True, slots=True)
class Dagvraag:
    """What is asked.

    Attributes:
        now: Minute from which the team can go.
        end: Minute at which everything is done.
        here: Where the team stands; None when the way to the first stop does not count.
        stops: What stands on the route.
        extra: What may be added, the most urgent first.
        add: How many of those at most.
        travel: Travel times.
    """

    now: int
    end: int
    here: Point | None
    stops: tuple[Halte, ...]
    extra: tuple[Halte, ...] = ()
    add: int = 0
    travel: StraightLine = field(default_factory=StraightLine)


@dataclass(frozen=True, slots=True)
class Gelegd:
    """A stop with its times in minutes and the travel before it."""

    key: str
    travel: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Dagantwoord:
    """The order, and what is not in it and why."""

    order: tuple[Gelegd, ...]
    left_out: tuple[tuple[str, Belet], ...]


_Label: TypeAlias = "tuple[int, int, int, _Label | None]"
"""A way to have been at some stops: travel so far, the minute at which the last one is done, which that is, and the label before it."""


def reorder(question: Dagvraag) -> Dagantwoord:
    """The best order of what stands on the route, and with what is near and urgent added."""
    route = best_route(question, question.stops)
    stops = {stop.key: stop for stop in question.stops}
    order = [stops[one.key] for one in route]
    for _ in range(question.add):
        longer = _add_one(question, order)
        if longer is None:
            break
        order = longer
    if len(order) > len(route):
        route = best_route(question, order)
    held = {one.key for one in route}
    return Dagantwoord(route, tuple((s.key, _why(question, s)) for s in question.stops if s.key not in held))


def _add_one(question: Dagvraag, order: list[Halte]) -> list[Halte] | None:
    """The order with one stop more: the one that brings most for the travel that it adds, without losing another."""
    points, taken = [stop.point for stop in order], {stop.key for stop in order}
    ranked = sorted(
        (_detour(question, points, stop.point) - stop.worth, stop.key, at)
        for at, stop in enumerate(question.extra)
        if stop.key not in taken
    )
    for _, _, at in ranked[:_TRIED]:
        longer = _inserted(question, order, question.extra[at])
        if len(longer) > len(order):
            return longer
    return None


def _detour(question: Dagvraag, points: Sequence[Point], point: Point) -> int:
    travel = question.travel
    path = [*([] if question.here is None else [question.here]), *points]
    if not path:
        return 0
    ways = [travel(path[-1], point)]
    ways += [travel(a, point) + travel(point, b) - travel(a, b) for a, b in pairwise(path)]
    if question.here is None:
        ways.append(travel(point, path[0]))
    return min(ways)


def best_route(question: Dagvraag, stops: Sequence[Halte]) -> tuple[Gelegd, ...]:
    """The stops that fit in their best order; exact for at most `EXACT` stops."""
    able = sorted((s for s in stops if _why(question, s) is Belet.GEEN_TIJD), key=lambda s: s.key)
    if len(able) <= EXACT:
        return _exact(question, able)
    ranked = sorted(able, key=lambda s: (-s.worth, s.key))
    route = _exact(question, ranked[:EXACT])
    known = {s.key: s for s in able}
    order = [known[one.key] for one in route]
    for stop in ranked[EXACT:]:
        order = _inserted(question, order, stop)
    return _turned(question, order)


def _exact(question: Dagvraag, stops: Sequence[Halte]) -> tuple[Gelegd, ...]:
    """The best order of all or some of the stops, out of every order there is."""
    worth = [stop.worth for stop in stops]
    best: _Label | None = None
    rank: tuple[float, int, int] | None = None
    for mask, labels in _labels(question, stops).items():
        held = sum(worth[i] for i in range(len(stops)) if mask >> i & 1)
        for label in labels:
            mine = (label[0] - held, label[0], label[1])
            if rank is None or mine < rank:
                best, rank = label, mine
    order: list[Halte] = []
    while best is not None:
        order.append(stops[best[2]])
        best = best[3]
    return lay(question, order[::-1]) or ()


def _labels(question: Dagvraag, stops: Sequence[Halte]) -> dict[int, list[_Label]]:
    """Dynamic programming over sets of stops; of labels with the same set and last stop only those that no other beats are kept."""
    size = len(stops)
    ways = [[question.travel(a.point, b.point) for b in stops] for a in stops]
    first = [0 if question.here is None else question.travel(question.here, stop.point) for stop in stops]
    found: dict[int, list[_Label]] = {}
    for i, stop in enumerate(stops):
        done = _done(question, stop, question.now + first[i])
        if done is not None:
            found[1 << i] = [(first[i], done, i, None)]
    for mask in range(1, 1 << size):
        free = [i for i in range(size) if not mask >> i & 1]
        for label in found.get(mask, ()):
            row = ways[label[2]]
            for i in free:
                done = _done(question, stops[i], label[1] + row[i])
                if done is not None:
                    _keep(found.setdefault(mask | 1 << i, []), (label[0] + row[i], done, i, label))
    return found


def _keep(labels: list[_Label], new: _Label) -> None:
    travel, clock, last, _ = new
    beaten = False
    for old in labels:
        if old[2] == last:
            if old[0] <= travel and old[1] <= clock:
                return
            beaten = beaten or (travel <= old[0] and clock <= old[1])
    if beaten:
        labels[:] = [o for o in labels if o[2] != last or o[0] < travel or o[1] < clock]
    labels.append(new)


def _done(question: Dagvraag, stop: Halte, arrival: int) -> int | None:
    """The minute at which a stop is done when the team arrives at some minute; None when that is too late."""
    if stop.windows is None:
        done = arrival + stop.duration
    else:
        done = next(
            (
                max(arrival, low) + stop.duration
                for low, high in stop.windows
                if max(arrival, low) + stop.duration <= high
            ),
            question.end + 1,
        )
    return done if done <= question.end else None


def lay(question: Dagvraag, order: Sequence[Halte]) -> tuple[Gelegd, ...] | None:
    """The times of stops in a given order; None when they do not fit."""
    clock, here, laid = question.now, question.here, []
    for stop in order:
        minutes = 0 if here is None else question.travel(here, stop.point)
        done = _done(question, stop, clock + minutes)
        if done is None:
            return None
        laid.append(Gelegd(stop.key, minutes, done - stop.duration, done))
        clock, here = done, stop.point
    return tuple(laid)


def _inserted(question: Dagvraag, order: list[Halte], stop: Halte) -> list[Halte]:
    """The order with one stop more where that adds least travel, or as it was when it fits nowhere."""
    tries = [[*order[:i], stop, *order[i:]] for i in range(len(order) + 1)]
    laid = [(sum(one.travel for one in route), i) for i, t in enumerate(tries) if (route := lay(question, t))]
    return tries[min(laid)[1]] if laid else order


def _turned(question: Dagvraag, order: list[Halte]) -> tuple[Gelegd, ...]:
    """Stretches turned round as long as that shortens the route."""
    best = lay(question, order) or ()
    improved = True
    while improved:
        improved = False
        for i in range(len(order) - 1):
            for j in range(i + 2, len(order) + 1):
                tried = order[:i] + order[i:j][::-1] + order[j:]
                laid = lay(question, tried)
                if laid is not None and sum(o.travel for o in laid) < sum(o.travel for o in best):
                    order, best, improved = tried, laid, True
    return best


def _why(question: Dagvraag, stop: Halte) -> Belet:
    """Whether the door is shut for the rest of the shift, or only time is short."""
    alone = replace(question, here=None)
    return Belet.GESLOTEN if _done(alone, stop, question.now) is None and stop.windows is not None else Belet.GEEN_TIJD
