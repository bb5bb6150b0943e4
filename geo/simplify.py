"""Lighter boundaries: areas that touch go on touching, so that no gap or overlap shows between them."""

from collections.abc import Sequence

import shapely
from shapely import MultiPolygon, Polygon

Area = Polygon | MultiPolygon


def simplify_together(areas: Sequence[Area], metres: float) -> list[Area]:
    """The areas with fewer points, each shared border simplified once.

    Args:
        areas: RD polygons of one division, which may touch and not overlap.
        metres: details smaller than about this are left out.
    """
    if not areas:
        return []
    made = shapely.coverage_simplify(list(areas), metres)
    return [light if not light.is_empty else whole for light, whole in zip(made, areas, strict=True)]
