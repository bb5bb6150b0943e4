"""RD (EPSG:28992) and WGS84 (CRS84): names, conversion and checks of single points.

Everything is stored in RD metres (design section 3); CRS84 (longitude, latitude) is what maps and the
geo module of the API speak (design section 4).

The conversion is pinned to EPSG operation "Amersfoort to WGS 84 (4)", the one that PROJ takes without
correction grids. Pinned, because a machine that happens to own such a grid could otherwise store other
coordinates than its neighbour. It is right to 0.25 m against the published RDNAPTRANS control points, to 1 mm
against the coordinate pairs of the PDOK Locatieserver, and to 1 mm there and back again.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer
from pyproj.enums import TransformDirection
from pyproj.network import set_network_enabled  # type: ignore[attr-defined]  # public, not in its __all__

from geo.faults import GeoFault

Coordinates = NDArray[np.float64]

# No grid is fetched while a request waits: the outcome may not depend on the network.
set_network_enabled(False)

_RD_TO_WGS84 = """
    +proj=pipeline
    +step +inv +proj=sterea +lat_0=52.1561605555556 +lon_0=5.38763888888889 +k=0.9999079
          +x_0=155000 +y_0=463000 +ellps=bessel
    +step +proj=push +v_3
    +step +proj=cart +ellps=bessel
    +step +proj=helmert +x=565.4171 +y=50.3319 +z=465.5524
          +rx=0.398957388243134 +ry=-0.343987817378283 +rz=1.87740163998045 +s=4.0725
          +convention=coordinate_frame
    +step +inv +proj=cart +ellps=WGS84
    +step +proj=pop +v_3
    +step +proj=unitconvert +xy_in=rad +xy_out=deg
"""
# Built once. A pyproj Transformer keeps one PROJ object per thread (since 3.1), so that threads may share it.
_TRANSFORMER = Transformer.from_pipeline(_RD_TO_WGS84)

# Where RD may be used according to the RDNAPTRANS documentation: x -7 to 300 km, y 289 to 629 km.
RD_MIN_X, RD_MAX_X = -7_000.0, 300_000.0
RD_MIN_Y, RD_MAX_Y = 289_000.0, 629_000.0
# The smallest rectangle in tenths of a degree around that domain.
WGS84_MIN_LON, WGS84_MAX_LON = 2.9, 7.6
WGS84_MIN_LAT, WGS84_MAX_LAT = 50.5, 53.7
_ROUNDING_M = 0.01  # the way there and back moves a point on the edge of the domain less than this


class Crs(StrEnum):
    """The coordinate systems of the API, by the names of the NL API geo module.

    In both the first coordinate points east (longitude or x) and the second north (latitude or y).
    """

    CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
    RD = "http://www.opengis.net/def/crs/EPSG/0/28992"

    @classmethod
    def _missing_(cls, value: object) -> "Crs | None":
        """Understands the other spellings of the two names: https, as a URN, and short."""
        return _SPELLINGS.get(value) if isinstance(value, str) else None


_SPELLINGS = {
    "https://www.opengis.net/def/crs/OGC/1.3/CRS84": Crs.CRS84,
    "http://www.opengis.net/def/crs/OGC/0/CRS84": Crs.CRS84,
    "urn:ogc:def:crs:OGC:1.3:CRS84": Crs.CRS84,
    "urn:ogc:def:crs:OGC::CRS84": Crs.CRS84,
    "OGC:CRS84": Crs.CRS84,
    "CRS84": Crs.CRS84,
    "https://www.opengis.net/def/crs/EPSG/0/28992": Crs.RD,
    "urn:ogc:def:crs:EPSG::28992": Crs.RD,
    "EPSG:28992": Crs.RD,
}


class UnknownCrs(GeoFault):
    """A coordinate system that this service does not speak."""


class PuntNotFinite(GeoFault):
    """A coordinate is no number (NaN) or endless."""


class PuntOutsideNederland(GeoFault):
    """A point outside the domain of RD."""


class SwappedCoordinates(GeoFault):
    """The coordinates would be in the Netherlands in the other order or in the other system."""


@dataclass(frozen=True)
class Punt:
    """A point in RD: metres east (x) and north (y)."""

    x: float
    y: float


def parse_crs(name: str) -> Crs:
    """Return the system with this name.

    Raises:
        UnknownCrs: for every name but those of `Crs`, in their known spellings.
    """
    try:
        return Crs(name)
    except ValueError:
        raise UnknownCrs(f"Onbekend coördinatenstelsel. Gebruik {Crs.CRS84} of {Crs.RD}.") from None


def looks_like_rd(x: float, y: float) -> bool:
    """Tell whether this is a point in the domain of RD (edges included)."""
    return RD_MIN_X <= x <= RD_MAX_X and RD_MIN_Y <= y <= RD_MAX_Y


def looks_like_wgs84(lon: float, lat: float) -> bool:
    """Tell whether this is a longitude and latitude in or near the Netherlands."""
    return WGS84_MIN_LON <= lon <= WGS84_MAX_LON and WGS84_MIN_LAT <= lat <= WGS84_MAX_LAT


def check_rd(x: float, y: float) -> None:
    """Refuse what cannot be an RD point in the Netherlands.

    Raises:
        PuntNotFinite: a coordinate is NaN or endless.
        SwappedCoordinates: x and y are swapped, or these are degrees.
        PuntOutsideNederland: anything else outside the domain of RD.
    """
    _check_finite(x, y)
    if looks_like_rd(x, y):
        return
    if looks_like_rd(y, x):
        raise SwappedCoordinates("De x- en y-coördinaat zijn verwisseld.")
    if looks_like_wgs84(x, y) or looks_like_wgs84(y, x):
        raise SwappedCoordinates("Dit zijn graden (lengte en breedte). Hier worden RD-coördinaten in meters gevraagd.")
    raise PuntOutsideNederland("Het punt ligt buiten Nederland.")


def check_wgs84(lon: float, lat: float) -> None:
    """Refuse what cannot be a longitude and latitude in the Netherlands.

    Raises:
        PuntNotFinite: a coordinate is NaN or endless.
        SwappedCoordinates: latitude came first, or these are RD metres.
        PuntOutsideNederland: anything else outside the domain of RD.
    """
    _check_finite(lon, lat)
    if looks_like_wgs84(lon, lat):
        return
    if looks_like_wgs84(lat, lon):
        raise SwappedCoordinates("Lengte en breedte zijn verwisseld. Geef eerst de lengte, dan de breedte.")
    if looks_like_rd(lon, lat) or looks_like_rd(lat, lon):
        raise SwappedCoordinates("Dit zijn RD-coördinaten in meters. Hier worden graden (lengte en breedte) gevraagd.")
    raise PuntOutsideNederland("Het punt ligt buiten Nederland.")


def rd_to_wgs84(x: float, y: float) -> tuple[float, float]:
    """Convert RD metres to degrees, longitude first.

    Raises:
        GeoFault: as `check_rd`.
    """
    check_rd(x, y)
    lon, lat = _TRANSFORMER.transform(x, y)
    return float(lon), float(lat)


def wgs84_to_rd(lon: float, lat: float) -> tuple[float, float]:
    """Convert degrees, longitude first, to RD metres that pass `check_rd`.

    Raises:
        GeoFault: as `check_wgs84`.
    """
    check_wgs84(lon, lat)
    x, y = _TRANSFORMER.transform(lon, lat, direction=TransformDirection.INVERSE)
    inside_x = min(max(float(x), RD_MIN_X), RD_MAX_X)
    inside_y = min(max(float(y), RD_MIN_Y), RD_MAX_Y)
    if abs(inside_x - x) > _ROUNDING_M or abs(inside_y - y) > _ROUNDING_M:
        raise PuntOutsideNederland("Het punt ligt buiten Nederland.")
    return inside_x, inside_y


def convert_all_to_wgs84(xs: Coordinates, ys: Coordinates) -> tuple[Coordinates, Coordinates]:
    """Convert many RD points at once, without the checks: (longitudes, latitudes)."""
    lons, lats = _TRANSFORMER.transform(xs, ys)
    return np.asarray(lons, dtype=np.float64), np.asarray(lats, dtype=np.float64)


def convert_all_to_rd(lons: Coordinates, lats: Coordinates) -> tuple[Coordinates, Coordinates]:
    """Convert many longitudes and latitudes at once, without the checks: (xs, ys)."""
    xs, ys = _TRANSFORMER.transform(lons, lats, direction=TransformDirection.INVERSE)
    return np.asarray(xs, dtype=np.float64), np.asarray(ys, dtype=np.float64)


def _check_finite(first: float, second: float) -> None:
    if not (isfinite(first) and isfinite(second)):
        raise PuntNotFinite("Een coördinaat ontbreekt of is geen getal.")
