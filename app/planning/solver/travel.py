"""Travel times between many points at once, for the routing of whole weeks."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from app.planning.solver.problem import Point, StraightLine, TravelTime

Minutes = NDArray[np.int64]


@runtime_checkable
class TravelMatrix(Protocol):
    """A travel time that can answer for all pairs in one go, with the same minutes as pair by pair."""

    def matrix(self, points: Sequence[Point], /) -> Minutes:
        """Minutes from each point (row) to each point (column)."""
        ...


def travel_matrix(travel: TravelTime, points: Sequence[Point]) -> Minutes:
    """Whole minutes from each point (row) to each point (column); in bulk where the source of the times can."""
    if isinstance(travel, TravelMatrix):
        return travel.matrix(points)
    if isinstance(travel, StraightLine):
        return _straight(travel, points)
    places = list(dict.fromkeys(points))
    known = {p: i for i, p in enumerate(places)}
    table = np.array([[travel(a, b) for b in places] for a in places], dtype=np.int64).reshape(len(places), -1)
    at = [known[p] for p in points]
    return table[np.ix_(at, at)]


def _straight(travel: StraightLine, points: Sequence[Point]) -> Minutes:
    """As `StraightLine.__call__`, in the same order of operations, so that both round the same way."""
    places = np.array([(p.x, p.y) for p in points], dtype=np.float64).reshape(-1, 2)
    steps = places[:, np.newaxis, :] - places[np.newaxis, :, :]
    metres = np.hypot(steps[..., 0], steps[..., 1]) * travel.detour
    minutes = np.ceil(metres * 60 / (travel.km_per_hour * 1000)).astype(np.int64) + travel.overhead
    return np.where((steps == 0.0).all(axis=2), 0, minutes)
