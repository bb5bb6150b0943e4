"""Which area a point belongs to, also right on a border (REG-20).

The rule for borders. An area owns its interior. A point that several areas touch (on a shared border, on a
corner, in an overlap) belongs to the one with the lowest code. So every point has at most one area, whatever
the order of input, and every count per area adds up. A border that no other area shares belongs to its area.

Neighbours whose vertices differ can leave a gap along their border, by rounding. A point in such a gap, with
at least two areas within a millimetre, belongs to the lowest code of those.

One `Areas` holds one level. Where a point lies on a higher level follows from the parent of its area, never
from a second assignment: two levels assigned apart can disagree on a border.
"""

import threading
from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon, STRtree

from geo.area_faults import Area, InvalidAreas, explain_invalid, find_area_faults
from geo.crs import Punt, PuntNotFinite

GAP_M = 0.001
MANY = 500  # points from which preparing the areas pays


class Areas:
    """The areas of one level, for example all neighbourhoods (buurten) of a municipality.

    Raises:
        InvalidAreas: a code stands twice, or an area is empty or has an invalid ring. Nothing is repaired.
    """

    def __init__(self, areas: Iterable[Area]) -> None:
        self._areas = sorted(areas, key=lambda area: area.code)
        faults = find_area_faults(self._areas)
        if faults:
            raise InvalidAreas(faults)
        self._parents = {area.code: area.parent for area in self._areas}
        self._tree = STRtree([area.polygon for area in self._areas])
        self._shapes: dict[int, Polygon | MultiPolygon] = {}
        self._guard = threading.Lock()

    def assign(self, x: float, y: float) -> str | None:
        """Return the code of the area that owns this RD point, or None outside all.

        Raises:
            PuntNotFinite: a coordinate is no number.
        """
        return self.assign_all([Punt(x, y)])[0]

    def assign_all(self, points: Sequence[Punt]) -> list[str | None]:
        """Return for each RD point what `assign` returns for it.

        Raises:
            PuntNotFinite: a coordinate is no number.
        """
        codes = [*(area.code for area in self._areas), None]
        return [codes[owner] for owner in self.assign_array(_as_array(points))]

    def assign_array(self, places: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return for each RD point (a row of x and y) the place of its area in `codes`, or the number of areas for none.

        Raises:
            PuntNotFinite: a coordinate is no number.
        """
        if not np.isfinite(places).all():
            raise PuntNotFinite("Een coördinaat ontbreekt of is geen getal.")
        owners = self._owners_of_many(places) if len(places) > MANY else self._owners_of_few(places)
        loose = np.flatnonzero(owners == len(self._areas))
        if loose.size:
            owners[loose] = self._owners_in_gaps(places[loose])
        return owners

    @property
    def codes(self) -> list[str]:
        """The codes of the areas, in the order in which they own a shared border."""
        return [area.code for area in self._areas]

    @property
    def bounds(self) -> tuple[float, float, float, float] | None:
        """The smallest box around all areas (min x, min y, max x, max y), or None without areas."""
        if not self._areas:
            return None
        box = shapely.total_bounds(np.array([area.polygon for area in self._areas], dtype=object))
        return float(box[0]), float(box[1]), float(box[2]), float(box[3])

    def count(self, points: Sequence[Punt]) -> dict[str, int]:
        """Count the points per area, areas without points included (REG-20).

        Raises:
            PuntNotFinite: a coordinate is no number.
        """
        counts = dict.fromkeys(self._parents, 0)
        for code in self.assign_all(points):
            if code is not None:
                counts[code] += 1
        return counts

    def parent(self, code: str) -> str | None:
        """Return the code of the area one level up, or None where none was given.

        Raises:
            KeyError: no area has this code.
        """
        return self._parents[code]

    def _owners_of_few(self, places: NDArray[np.float64]) -> NDArray[np.int64]:
        touching, touched = self._tree.query(shapely.points(places), predicate="intersects")
        return self._lowest(touching, touched, len(places))

    def _owners_of_many(self, places: NDArray[np.float64]) -> NDArray[np.int64]:
        """The same by prepared areas: for thousands of points that is many times faster than asking per point."""
        near, around = self._tree.query(shapely.points(places))
        owners = np.full(len(places), len(self._areas), dtype=np.int64)
        if not len(around):
            return owners
        order = np.argsort(around, kind="stable")
        near, around = near[order], around[order]
        numbers, starts = np.unique(around, return_index=True)
        with self._guard:  # a prepared shape builds its index at first use, which two threads must not do at once
            for number, candidates in reversed(list(zip(numbers.tolist(), np.split(near, starts[1:]), strict=True))):
                shape = self._shapes.get(number) or self._shapes.setdefault(
                    number, _prepared(self._areas[number].polygon)
                )
                inside = shapely.intersects_xy(shape, places[candidates, 0], places[candidates, 1])
                owners[candidates[inside]] = number  # the lowest code has the last word
        return owners

    def _owners_in_gaps(self, places: NDArray[np.float64]) -> NDArray[np.int64]:
        near_points, near_areas = self._tree.query(shapely.points(places), predicate="dwithin", distance=GAP_M)
        owners = self._lowest(near_points, near_areas, len(places))
        neighbours = np.bincount(near_points, minlength=len(places))
        owners[neighbours < 2] = len(self._areas)
        return owners

    def _lowest(self, of_points: NDArray[np.int64], of_areas: NDArray[np.int64], number: int) -> NDArray[np.int64]:
        """Return per point the first of its areas, which are sorted by code; past the last for none."""
        owners = np.full(number, len(self._areas), dtype=np.int64)
        np.minimum.at(owners, of_points, of_areas)
        return owners


def points_within(polygon: Polygon | MultiPolygon, points: Sequence[Punt]) -> list[int]:
    """Return the positions in `points` of those inside the polygon or on its border (REG-20).

    For one polygon drawn on the map the border, also that of a hole, counts as inside. To count over areas
    that share borders use `Areas.count`, which counts no point twice.

    Raises:
        InvalidAreas: the polygon is empty or has an invalid ring.
        PuntNotFinite: a coordinate is no number.
    """
    fault = explain_invalid(polygon)
    if fault:
        raise InvalidAreas([fault])
    places = _as_array(points)
    inside = shapely.intersects_xy(_prepared(polygon), places[:, 0], places[:, 1])
    return [int(position) for position in np.flatnonzero(inside)]


def _prepared(polygon: Polygon | MultiPolygon) -> Polygon | MultiPolygon:
    """A prepared copy: preparing changes the polygon of the caller, which other threads may be using."""
    copy: Polygon | MultiPolygon = shapely.transform(polygon, lambda coordinates: coordinates)
    shapely.prepare(copy)
    return copy


def _as_array(points: Sequence[Punt]) -> NDArray[np.float64]:
    places = np.array([(point.x, point.y) for point in points], dtype=np.float64).reshape(-1, 2)
    if not np.isfinite(places).all():
        raise PuntNotFinite("Een coördinaat ontbreekt of is geen getal.")
    return places
