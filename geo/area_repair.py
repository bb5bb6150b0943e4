"""Mends invalid rings where that changes nothing that counts, and tells the ground that a division leaves out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geo.area_faults import Area

MAX_CHANGE = 0.001
"""Largest part of its area that a mended polygon may gain or lose."""
_GAP_M2 = 1.0
_GAP_WIDTH_M = 0.05


@dataclass(frozen=True)
class AreaGap:
    """Ground that no area covers: how many square metres, and a point in it (RD)."""

    square_metres: float
    x: float
    y: float


def repair_area(polygon: Polygon | MultiPolygon, most: float = MAX_CHANGE) -> Polygon | MultiPolygon | None:
    """Return a valid polygon of the same ground, or None where a mend would change it.

    The ground of crossing rings can be read in two ways: what an odd number of rings encloses, and what any ring
    encloses. Only where both agree (to `most`) it is certain what was meant.
    """
    if polygon.is_valid:
        return polygon
    odd = _only_surfaces(shapely.make_valid(polygon, method="linework"))
    outer = _only_surfaces(shapely.make_valid(polygon, method="structure", keep_collapsed=False))
    if odd is None or outer is None or not odd.is_valid:
        return None
    meant = max(odd.area, outer.area)
    changed = max(abs(abs(polygon.area) - meant), odd.symmetric_difference(outer).area)
    return odd if meant > 0 and changed <= most * meant else None


def find_gaps(areas: Sequence[Area], whole: Polygon | MultiPolygon | None, above_m2: float = _GAP_M2) -> list[AreaGap]:
    """Return ground of the municipality that none of its areas covers, largest first.

    Args:
        areas: valid areas of one level.
        whole: the municipality itself; without it only holes that areas enclose together are found.
        above_m2: smaller gaps are left out, as are slivers along a border that rounding makes.
    """
    if not areas:
        return []
    covered = shapely.union_all(np.array([area.polygon for area in areas], dtype=object))
    open_ground = (_filled(covered) if whole is None else whole).difference(covered)
    gaps = []
    for part in shapely.get_parts(open_ground):
        # What is left of a sliver narrower than a hand's breadth when a rim is taken off it: nothing.
        core = part.buffer(-_GAP_WIDTH_M / 2)
        if isinstance(part, Polygon) and part.area > above_m2 and not core.is_empty:
            inside = core.point_on_surface()
            gaps.append(AreaGap(float(part.area), float(inside.x), float(inside.y)))
    return sorted(gaps, key=lambda gap: (-gap.square_metres, gap.x, gap.y))


def same_ground(one: Polygon | MultiPolygon, other: Polygon | MultiPolygon, most: float = MAX_CHANGE) -> bool:
    """Tell whether two valid shapes differ no more than `most` of the larger one: one source in two formats."""
    if one.equals(other):
        return True
    return bool(one.symmetric_difference(other).area <= most * max(one.area, other.area))


def _filled(covered: BaseGeometry) -> BaseGeometry:
    parts = [Polygon(part.exterior) for part in shapely.get_parts(covered) if isinstance(part, Polygon)]
    filled: BaseGeometry = shapely.union_all(np.array(parts, dtype=object))
    return filled


def _only_surfaces(mended: object) -> Polygon | MultiPolygon | None:
    if isinstance(mended, Polygon | MultiPolygon):
        return None if mended.is_empty else mended
    parts = [part for part in getattr(mended, "geoms", []) if isinstance(part, Polygon | MultiPolygon)]
    surfaces = [piece for part in parts for piece in shapely.get_parts(part)]
    return MultiPolygon(surfaces) if surfaces else None
