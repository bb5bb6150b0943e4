"""What can be wrong with an area before anything is assigned to it; told in Dutch, never repaired."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon, STRtree

from geo.faults import GeoFault

# What GEOS says (IsValidOp), and what the owner of the file reads.
_GEOS_REASONS = {
    "Self-intersection": "de grens kruist of overlapt zichzelf",
    "Ring Self-intersection": "de grens raakt zichzelf",
    "Hole lies outside shell": "een gat ligt buiten het vlak",
    "Holes are nested": "een gat ligt in een ander gat",
    "Nested shells": "een deelvlak ligt in een ander deelvlak",
    "Interior is disconnected": "gaten delen het vlak in tweeën",
    "Too few points in geometry component": "een ring heeft te weinig punten",
    "Invalid Coordinate": "een coördinaat is geen getal",
}
_OVERLAP_M2 = 1.0


@dataclass(frozen=True)
class Area:
    """An area in RD: its code, its shape and the code of the area one level up."""

    code: str
    polygon: Polygon | MultiPolygon
    parent: str | None = None


@dataclass(frozen=True)
class AreaFault:
    """Why an area cannot be used. `code` is None for a polygon that has none."""

    code: str | None
    reason: str


@dataclass(frozen=True)
class AreaOverlap:
    """Two areas that share ground, and how many square metres."""

    code: str
    other_code: str
    square_metres: float


class InvalidAreas(GeoFault):
    """Areas that cannot be used; `faults` names each with its reason."""

    def __init__(self, faults: Sequence[AreaFault]) -> None:
        self.faults = tuple(faults)
        told = "; ".join(
            f"gebied {fault.code}: {fault.reason}" if fault.code else fault.reason for fault in self.faults
        )
        super().__init__(f"Ongeldig gebied. {told[:1].upper()}{told[1:]}.")


def explain_invalid(polygon: Polygon | MultiPolygon, code: str | None = None) -> AreaFault | None:
    """Return what is wrong with a shape in RD, with the place where it is wrong, or None."""
    if not isinstance(polygon, Polygon | MultiPolygon):
        return AreaFault(code, "dit is geen vlak")
    if polygon.is_empty:
        return AreaFault(code, "het vlak is leeg")
    if polygon.is_valid:
        return None
    reason, _, place = shapely.is_valid_reason(polygon).partition("[")
    told = _GEOS_REASONS.get(reason, "de grens klopt niet")
    x, y = (float(number) for number in place.rstrip("]").split()[:2])
    return AreaFault(code, f"{told} (bij RD {x:.0f}, {y:.0f})")


def find_area_faults(areas: Sequence[Area]) -> list[AreaFault]:
    """Return every fault that keeps areas from being used together, sorted by code."""
    faults = [fault for area in areas if (fault := explain_invalid(area.polygon, area.code))]
    seen = Counter(area.code for area in areas)
    faults += [AreaFault(code, "deze code komt vaker voor") for code, number in seen.items() if number > 1]
    return sorted(faults, key=lambda fault: (fault.code or "", fault.reason))


def find_overlaps(areas: Sequence[Area], above_m2: float = _OVERLAP_M2) -> list[AreaOverlap]:
    """Return the pairs of valid areas that share more ground than a sliver, for the person who imports them.

    Areas with a fault are left out: `find_area_faults` tells them. An overlap is no fault: assignment stays
    unique (lowest code). It is told because it shifts counts.
    """
    usable = [area for area in areas if explain_invalid(area.polygon) is None]
    ordered = sorted(usable, key=lambda area: area.code)
    shapes = np.array([area.polygon for area in ordered], dtype=object)
    first, second = STRtree(shapes).query(shapes, predicate="intersects")
    pairs = sorted((int(one), int(two)) for one, two in zip(first, second, strict=True) if one < two)
    ground = [float(shapely.intersection(shapes[one], shapes[two]).area) for one, two in pairs]
    return [
        AreaOverlap(ordered[one].code, ordered[two].code, shared)
        for (one, two), shared in zip(pairs, ground, strict=True)
        if shared > above_m2
    ]
