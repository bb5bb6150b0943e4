"""Where a row says that it is: RD columns, or a geometry in any system that the file names; always a point in RD, or why not.

A reason names the mend. RD metres never look like degrees, so a GeoJSON without a system may hold either (RFC 7946 says degrees).
"""

import re
import warnings
from dataclasses import dataclass
from functools import lru_cache
from math import isnan

import shapely
from pyproj import Transformer
from pyproj.exceptions import ProjError
from shapely.errors import ShapelyError

from geo.crs import Punt, check_rd, check_wgs84, looks_like_rd, looks_like_wgs84, wgs84_to_rd
from geo.faults import GeoFault

RD, CRS84, ONBEKEND = "EPSG:28992", "CRS84", "onbekend"
_DEGREES = frozenset({CRS84, "EPSG:4326", "EPSG:4258", "EPSG:4979", "EPSG:4937"})
_RD = frozenset({RD, "EPSG:7415"})  # 7415 is RD with NAP heights
_EWKT = re.compile(r"\s*(?:SRID=(\d{1,6});)?\s*(.*)", re.DOTALL | re.IGNORECASE)
_NUMBER = r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d{1,3})?"
_POINT = re.compile(rf"POINT(?: ?(?:Z|M|ZM))? *\( *({_NUMBER}) +({_NUMBER})(?: +\S+){{0,2}} *\)", re.IGNORECASE)
_CODE = re.compile(
    r"(?:urn:(?:ogc|x-ogc):def:crs:EPSG:[\d.]*:|https?://www\.opengis\.net/def/crs/EPSG/[\d.]+/|EPSG:)(\d{4,6})",
    re.IGNORECASE,
)
_LONGITUDE_FIRST = re.compile(r"(?:.*[:/])?CRS84h?", re.IGNORECASE)
_MAX_WKT = 1_000_000

NO_SYSTEM = f"het bestand noemt geen bruikbaar coördinatenstelsel; geef het er een, bijvoorbeeld {RD}"
_OUTSIDE = "ligt buiten Nederland; herstel de coördinaten of laat ze leeg"
_NO_NUMBER = "is geen paar getallen; herstel de coördinaten of laat ze leeg"
_RD_SWAPPED = "x en y zijn verwisseld; x is de kleinste (oost, tot 300000), y de grootste (noord, vanaf 289000)"
_DEGREES_SWAPPED = "lengte en breedte zijn verwisseld; geef eerst de lengte (3 tot 8), dan de breedte (50 tot 54)"
_IS_DEGREES = (
    f"dit zijn graden, waar RD-meters horen; zet ze om naar {RD}, of noem graden als coördinatenstelsel van het bestand"
)
_IS_RD = f"dit zijn RD-meters, waar graden horen; noem {RD} als coördinatenstelsel van het bestand"


@dataclass(frozen=True)
class Plaats:
    """A point in RD, or nothing, or why there is none.

    Attributes:
        veld: the field that a fault is about.
        verwisseld: the fault is that of the whole file, if every row has it: the order or the system is not what it says.
    """

    punt: Punt | None = None
    veld: str = "x"
    fout: str | None = None
    verwisseld: bool = False


def system_of(name: str) -> str:
    """The system that a file names, as `EPSG:<code>` or `CRS84`; `onbekend` for a name that says nothing."""
    if _LONGITUDE_FIRST.fullmatch(name.strip()):
        return CRS84
    found = _CODE.fullmatch(name.strip())
    return ONBEKEND if found is None else f"EPSG:{int(found[1])}"


def place_of_numbers(x: str, y: str) -> Plaats:
    """The point of two RD columns, or nothing when both are empty; a comma before the decimals is read as a point."""
    if not x and not y:
        return Plaats()
    if not x or not y:
        return Plaats(fout="geef x en y samen, of geen van beide")
    numbers = []
    for name, text in (("x", x), ("y", y)):
        if not re.fullmatch(_NUMBER, text.replace(",", ".")):
            return Plaats(veld=name, fout="is geen getal")
        numbers.append(float(text.replace(",", ".")))
    return _place(numbers[0], numbers[1], RD, "x")


def place_of_wkt(text: str, system: str, veld: str = "geometrie") -> Plaats:
    """The point of a geometry as WKT, with or without `SRID=...;` before it; of a surface or line a point on it.

    Args:
        text: The geometry; empty gives no point.
        system: What the file names; empty when it names none.
        veld: The field that faults are about.
    """
    found = _EWKT.fullmatch(text)
    if not text.strip() or found is None:
        return Plaats(veld=veld)
    if found[1] is not None:
        system = f"EPSG:{int(found[1])}"
    pair = read_pair(found[2])
    if pair is None:
        return Plaats(veld=veld, fout="is geen geometrie, bijvoorbeeld POINT (155000 463000)")
    return _place(*pair, system, veld) if pair else Plaats(veld=veld)


def read_pair(wkt: str) -> tuple[float, float] | tuple[()] | None:
    """The coordinates of a point, or of a point on another geometry; nothing for an empty one, None for what is no geometry."""
    point = _POINT.fullmatch(wkt.strip())
    if point is not None:
        return float(point[1]), float(point[2])
    if len(wkt) > _MAX_WKT:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # numbers that are none
            inside = shapely.from_wkt(wkt).point_on_surface()
            return () if inside.is_empty else (float(inside.x), float(inside.y))
    except (ShapelyError, RuntimeWarning, ValueError, TypeError):
        return None


def _place(first: float, second: float, system: str, veld: str) -> Plaats:
    """The point in RD."""
    if first == second == 0:
        return Plaats(veld=veld)  # how many systems export that they do not know it
    if not system:
        system = RD if max(abs(first), abs(second)) > 360 else CRS84
    try:
        if system in _RD:
            check_rd(first, second)
            return Plaats(Punt(first, second), veld)
        if system in _DEGREES:
            check_wgs84(first, second)
        else:
            first, second = _to_degrees(first, second, system)
        return Plaats(Punt(*wgs84_to_rd(first, second)), veld)
    except ProjError:
        return Plaats(veld=veld, fout=NO_SYSTEM, verwisseld=True)
    except GeoFault:
        return _refused(first, second, system, veld)


def _refused(first: float, second: float, system: str, veld: str) -> Plaats:
    metres = looks_like_rd(first, second) or looks_like_rd(second, first)
    degrees = looks_like_wgs84(first, second) or looks_like_wgs84(second, first)
    if isnan(first) or isnan(second):
        return Plaats(veld=veld, fout=_NO_NUMBER)
    if system in _RD and (metres or degrees):
        return Plaats(veld=veld, fout=_RD_SWAPPED if metres else _IS_DEGREES, verwisseld=True)
    if system in _DEGREES and (metres or degrees):
        return Plaats(veld=veld, fout=_IS_RD if metres else _DEGREES_SWAPPED, verwisseld=True)
    return Plaats(veld=veld, fout=_OUTSIDE)


def _to_degrees(first: float, second: float, system: str) -> tuple[float, float]:
    if system == ONBEKEND:
        raise ProjError(NO_SYSTEM)
    lon, lat = _transformer(system).transform(first, second)
    return float(lon), float(lat)


@lru_cache(maxsize=16)
def _transformer(system: str) -> Transformer:
    """Built once per system; always east before north, as GeoJSON and GeoPackage store it."""
    return Transformer.from_crs(system, "OGC:CRS84", always_xy=True)
