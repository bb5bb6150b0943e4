"""Map windows: the `bbox` of the API, as a box in RD for the database and an exact test for each point.

The database holds RD, so a window is asked for in two steps (design section 3): the index on x and y answers
for `Bbox.cover`, which holds at least every point of the window, and `box_contains` refines exactly.
"""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.crs import (
    RD_MAX_X,
    RD_MAX_Y,
    RD_MIN_X,
    RD_MIN_Y,
    WGS84_MAX_LAT,
    WGS84_MAX_LON,
    WGS84_MIN_LAT,
    WGS84_MIN_LON,
    Coordinates,
    Crs,
    convert_all_to_rd,
    convert_all_to_wgs84,
    rd_to_wgs84,
)
from geo.faults import GeoFault

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?", re.ASCII)
_OUTSIDE = "De bbox ligt helemaal buiten Nederland."
_SAMPLES_PER_EDGE = 33
_ROUNDING_M = 0.01  # keeps a point on the edge inside after a conversion there and back


class InvalidBbox(GeoFault):
    """A bbox that cannot be read, or that names no window on the Netherlands."""


@dataclass(frozen=True)
class Box:
    """A rectangle, edges included: RD metres, or degrees where a `Bbox` says so."""

    min_x: float
    min_y: float
    max_x: float
    max_y: float

    def contains(self, x: float, y: float) -> bool:
        """Tell whether the point lies in the box or on its edge."""
        return self.min_x <= x <= self.max_x and self.min_y <= y <= self.max_y

    def clip(self, other: "Box") -> "Box | None":
        """Return what both boxes share, or None when they do not touch."""
        shared = Box(
            max(self.min_x, other.min_x),
            max(self.min_y, other.min_y),
            min(self.max_x, other.max_x),
            min(self.max_y, other.max_y),
        )
        return shared if shared.min_x <= shared.max_x and shared.min_y <= shared.max_y else None


RD_DOMAIN = Box(RD_MIN_X, RD_MIN_Y, RD_MAX_X, RD_MAX_Y)
WGS84_DOMAIN = Box(WGS84_MIN_LON, WGS84_MIN_LAT, WGS84_MAX_LON, WGS84_MAX_LAT)


@dataclass(frozen=True)
class Bbox:
    """A window as it was asked for, the RD box that covers its part of the Netherlands, and one that lies wholly within it.

    Attributes:
        inner: every place in this box lies in the window; None when the window is too small or too slanted to hold one.
    """

    crs: Crs
    asked: Box
    cover: Box
    inner: Box | None


def parse_bbox(text: str, crs: Crs = Crs.CRS84) -> Bbox:
    """Read the query keys `bbox` and `bbox-crs` (NL API geo module, `/geo/bbox-query-parameter`).

    Args:
        text: four numbers with commas: west, south, east, north.
        crs: the system of those numbers.

    Raises:
        InvalidBbox: not four numbers, a minimum above its maximum, swapped or in the other system, or wholly
            outside the Netherlands.
    """
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 4:
        raise InvalidBbox("Een bbox bestaat uit vier getallen met komma's ertussen: west,zuid,oost,noord.")
    if not all(_NUMBER.fullmatch(part) for part in parts):
        raise InvalidBbox("Een bbox bestaat uit gewone getallen, met een punt voor de decimalen.")
    asked = Box(*(float(part) for part in parts))
    if crs is Crs.RD:
        cover = _check_box(asked, RD_DOMAIN, WGS84_DOMAIN)
        return Bbox(crs, asked, cover, cover)
    around, within = _boxes(_check_box(asked, WGS84_DOMAIN, RD_DOMAIN))
    clipped = around.clip(RD_DOMAIN)
    if clipped is None:
        raise InvalidBbox(_OUTSIDE)
    return Bbox(crs, asked, clipped, None if within is None else within.clip(RD_DOMAIN))


def box_contains(bbox: Bbox, x: float, y: float) -> bool:
    """Tell whether an RD point lies in the window as it was asked for, edges included."""
    if not bbox.cover.contains(x, y):
        return False
    return bbox.crs is Crs.RD or bbox.asked.contains(*rd_to_wgs84(x, y))


def all_in_box(bbox: Bbox, xs: Coordinates, ys: Coordinates) -> NDArray[np.bool_]:
    """Tell for many RD points at once what `box_contains` tells for one; a point that is missing (NaN) lies outside."""
    inside = _between(bbox.cover, xs, ys)
    if bbox.crs is Crs.CRS84 and inside.any():
        inside[inside] = _between(bbox.asked, *convert_all_to_wgs84(xs[inside], ys[inside]))
    return inside


def _between(box: Box, xs: Coordinates, ys: Coordinates) -> NDArray[np.bool_]:
    return np.asarray((box.min_x <= xs) & (xs <= box.max_x) & (box.min_y <= ys) & (ys <= box.max_y))


def _check_box(asked: Box, domain: Box, other_domain: Box) -> Box:
    """Return the part of the window that lies in the domain, or say what is wrong."""
    clipped = asked.clip(domain) if asked.min_x <= asked.max_x and asked.min_y <= asked.max_y else None
    if clipped:
        return clipped
    # Corners say which mistake it is, whatever the order of minimum and maximum.
    corners = [(asked.min_x, asked.min_y), (asked.max_x, asked.max_y)]
    if all(domain.contains(y, x) for x, y in corners):
        raise InvalidBbox("De coördinaten van de bbox zijn verwisseld. Volgorde: west,zuid,oost,noord.")
    if all(other_domain.contains(x, y) or other_domain.contains(y, x) for x, y in corners):
        raise InvalidBbox("De getallen van de bbox horen bij een ander stelsel dan bbox-crs noemt.")
    if asked.min_x > asked.max_x:
        raise InvalidBbox("In de bbox ligt west ten oosten van oost.")
    if asked.min_y > asked.max_y:
        raise InvalidBbox("In de bbox ligt zuid ten noorden van noord.")
    raise InvalidBbox(_OUTSIDE)


def _boxes(degrees: Box) -> tuple[Box, Box | None]:
    """Return an RD box around a box in degrees, and one within it.

    The edges are curved in RD and the extremes lie on them. Between two samples a curve leaves its chord by
    at most an eighth of the second difference; the margin is the whole of it.
    """
    steps = np.linspace(0.0, 1.0, _SAMPLES_PER_EDGE)
    lons = degrees.min_x + steps * (degrees.max_x - degrees.min_x)
    lats = degrees.min_y + steps * (degrees.max_y - degrees.min_y)
    # south, north, west, east
    edge_lons = np.array([lons, lons, np.full_like(lons, degrees.min_x), np.full_like(lons, degrees.max_x)])
    edge_lats = np.array([np.full_like(lats, degrees.min_y), np.full_like(lats, degrees.max_y), lats, lats])
    xs, ys = convert_all_to_rd(edge_lons, edge_lats)
    margin_x = float(np.abs(np.diff(xs, n=2, axis=1)).max()) + _ROUNDING_M
    margin_y = float(np.abs(np.diff(ys, n=2, axis=1)).max()) + _ROUNDING_M
    around = Box(
        float(xs.min()) - margin_x,
        float(ys.min()) - margin_y,
        float(xs.max()) + margin_x,
        float(ys.max()) + margin_y,
    )
    within = Box(
        float(xs[2].max()) + margin_x,
        float(ys[0].max()) + margin_y,
        float(xs[3].min()) - margin_x,
        float(ys[1].min()) - margin_y,
    )
    return around, within if within.min_x <= within.max_x and within.min_y <= within.max_y else None
