"""An area that somebody draws on the map: read from GeoJSON, bounded in size, exact at its edges (REG-20)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon

from geo.boxes import Box
from geo.crs import Coordinates, Crs
from geo.faults import GeoFault
from geo.geojson import read_polygon

MAX_PUNTEN = 5_000
"""Vertices of a drawn area; the boundary of a large municipality in full detail has fewer."""
_MAX_DEGREES = 200.0  # a line in degrees is split in pieces; this keeps them to a hundred thousand


class InvalidGebied(GeoFault):
    """An area that cannot be searched."""


@dataclass(frozen=True)
class Gebiedsvorm:
    """An area in RD; its edges and corners belong to it."""

    polygon: Polygon | MultiPolygon

    @cached_property
    def cover(self) -> Box:
        """The box around it."""
        return Box(*(float(edge) for edge in self.polygon.bounds))

    def covers(self, x: float, y: float) -> bool:
        """Tell whether a place lies in the area or on its edge."""
        return bool(self.covers_all(np.array([x]), np.array([y]))[0])

    def covers_all(self, xs: Coordinates, ys: Coordinates) -> NDArray[np.bool_]:
        """The same for many places at once."""
        shapely.prepare(self.polygon)
        found: NDArray[np.bool_] = shapely.intersects_xy(self.polygon, xs, ys)
        return found


def read_shape(geometry: object, crs: Crs = Crs.CRS84) -> Gebiedsvorm:
    """Read a Polygon or MultiPolygon to search in.

    Raises:
        GeoFault: what `read_polygon` refuses, too many vertices, or rings that cross.
    """
    number, length = _measure(geometry.get("coordinates") if isinstance(geometry, Mapping) else None)
    if number > MAX_PUNTEN:
        raise InvalidGebied(f"Het gebied heeft te veel punten; het hoogste aantal is {MAX_PUNTEN}.")
    if crs is Crs.CRS84 and length > _MAX_DEGREES:
        raise InvalidGebied("De grens van het gebied is te lang.")
    polygon = read_polygon(geometry, crs)
    if not shapely.is_valid(polygon) or polygon.area == 0:
        raise InvalidGebied("De grens van het gebied kruist zichzelf of omsluit niets.")
    return Gebiedsvorm(polygon)


def _measure(coordinates: object) -> tuple[int, float]:
    """Counts positions and sums the steps between them, before anything is computed with them."""
    number, length = 0, 0.0
    heap: list[object] = [coordinates]
    while heap and number <= MAX_PUNTEN:
        value = heap.pop()
        if not isinstance(value, list) or not value:
            continue
        before: list[float] | None = None
        for item in value:
            if not isinstance(item, list):
                continue
            if len(item) in {2, 3} and all(type(part) in {int, float} for part in item):
                if before is not None:
                    length += max(abs(item[0] - before[0]), abs(item[1] - before[1]))
                before, number = item, number + 1
            else:
                heap.append(item)
    return number, length
