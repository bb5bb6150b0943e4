"""GeoJSON (RFC 7946) in and out, in CRS84 or RD; inside the service all is RD.

In both systems the first coordinate points east: longitude, latitude or x, y. Heights are read over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from geo.crs import (
    Coordinates,
    Crs,
    Punt,
    check_rd,
    check_wgs84,
    convert_all_to_rd,
    convert_all_to_wgs84,
    wgs84_to_rd,
)
from geo.faults import GeoFault

# Names in the `crs` member that files from before RFC 7946, and RD files since, carry. GeoJSON has always put
# longitude first, so EPSG:4326 means CRS84 here; a file in the other order is refused by `check_wgs84`.
_CRS_MEMBER = {
    Crs.CRS84.value: Crs.CRS84,
    "urn:ogc:def:crs:OGC:1.3:CRS84": Crs.CRS84,
    "urn:ogc:def:crs:OGC::CRS84": Crs.CRS84,
    "urn:ogc:def:crs:EPSG::4326": Crs.CRS84,
    "EPSG:4326": Crs.CRS84,
    Crs.RD.value: Crs.RD,
    "urn:ogc:def:crs:EPSG::28992": Crs.RD,
    "EPSG:28992": Crs.RD,
}
# A straight line in degrees is curved in RD. Along 0.002 degrees the two differ less than a millimetre.
_MAX_STEP_DEGREES = 0.002
_DECIMALS = {Crs.CRS84: 9, Crs.RD: 4}  # a tenth of a millimetre
_MIN_RING = 4


class InvalidGeoJson(GeoFault):
    """A document or geometry that is not the GeoJSON that was asked for."""


@dataclass(frozen=True)
class AreaFeature:
    """A feature of a file: its place in the file (from 0), its properties and its shape in RD."""

    index: int
    properties: Mapping[str, Any]
    polygon: Polygon | MultiPolygon


@dataclass(frozen=True)
class FeatureFault:
    """Why a feature was left out: its place in the file (from 0) and the reason in Dutch."""

    index: int
    reason: str


def read_features(document: object, crs: Crs = Crs.CRS84) -> tuple[list[AreaFeature], list[FeatureFault]]:
    """Read a FeatureCollection of polygons: the good features, and a fault for each other one.

    A `crs` member in the file goes before the argument. Shapes are read as they stand: whether rings cross is
    for `find_area_faults`.

    Raises:
        InvalidGeoJson: no FeatureCollection, or one in a system that this service does not speak.
    """
    collection = _mapping(document)
    features = collection.get("features")
    if collection.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise InvalidGeoJson("Het bestand is geen GeoJSON met een FeatureCollection.")
    crs = _crs_of(collection) or crs
    read: list[AreaFeature] = []
    faults: list[FeatureFault] = []
    for index, feature in enumerate(features):
        try:
            member = _mapping(feature)
            polygon = read_polygon(member.get("geometry"), crs)
            properties = member.get("properties")
            read.append(AreaFeature(index, {} if properties is None else _mapping(properties), polygon))
        except GeoFault as fault:
            faults.append(FeatureFault(index, str(fault)))
    return read, faults


def read_point(geometry: object, crs: Crs = Crs.CRS84) -> Punt:
    """Read a Point into RD.

    Raises:
        GeoFault: no Point, or one that `check_rd` or `check_wgs84` refuses.
    """
    member = _mapping(geometry)
    if member.get("type") != "Point":
        raise InvalidGeoJson("De geometrie is geen Point.")
    first, second = _position(member.get("coordinates"))
    if crs is Crs.CRS84:
        return Punt(*wgs84_to_rd(first, second))
    check_rd(first, second)
    return Punt(first, second)


def read_polygon(geometry: object, crs: Crs = Crs.CRS84) -> Polygon | MultiPolygon:
    """Read a Polygon or MultiPolygon into RD.

    Neighbours that share vertices in degrees share them in RD, to the last bit.

    Raises:
        GeoFault: another geometry, an open or short ring, or a vertex that `check_rd` or `check_wgs84`
            refuses.
    """
    member = _mapping(geometry)
    coordinates = _list(member.get("coordinates"))
    if member.get("type") == "Polygon":
        return _read_rings(coordinates, crs)
    if member.get("type") == "MultiPolygon":
        return MultiPolygon([_read_rings(_list(part), crs) for part in coordinates])
    raise InvalidGeoJson("De geometrie is geen Polygon of MultiPolygon.")


def write_point(point: Punt, crs: Crs = Crs.CRS84) -> dict[str, Any]:
    """Return an RD point as a GeoJSON Point in the asked system."""
    return {"type": "Point", "coordinates": _write_positions(np.array([(point.x, point.y)]), crs)[0]}


def write_points(
    xs: Sequence[float | None], ys: Sequence[float | None], crs: Crs = Crs.CRS84
) -> list[list[float] | None]:
    """Return many RD points as positions in the asked system; None where one is unknown."""
    known = [at for at, (x, y) in enumerate(zip(xs, ys, strict=True)) if x is not None and y is not None]
    places = np.array([(xs[at], ys[at]) for at in known], dtype=np.float64).reshape(-1, 2)
    written: list[list[float] | None] = [None] * len(xs)
    for at, position in zip(known, _write_positions(places, crs), strict=True):
        written[at] = position
    return written


def write_polygon(polygon: Polygon | MultiPolygon, crs: Crs = Crs.CRS84) -> dict[str, Any]:
    """Return an RD polygon as GeoJSON in the asked system, outer rings counterclockwise (RFC 7946, 3.1.6)."""
    parts = [_write_rings(part, crs) for part in shapely.get_parts(polygon)]
    if isinstance(polygon, Polygon):
        return {"type": "Polygon", "coordinates": parts[0]}
    return {"type": "MultiPolygon", "coordinates": parts}


def _crs_of(collection: Mapping[str, Any]) -> Crs | None:
    if collection.get("crs") is None:
        return None
    name = _mapping(_mapping(collection["crs"]).get("properties")).get("name")
    if not isinstance(name, str) or name not in _CRS_MEMBER:
        raise InvalidGeoJson("Het coördinatenstelsel van het bestand is onbekend. Gebruik CRS84 of RD.")
    return _CRS_MEMBER[name]


def _mapping(value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise InvalidGeoJson("Een onderdeel van de GeoJSON ontbreekt of is geen object.")
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise InvalidGeoJson("De coördinaten ontbreken of zijn geen lijst.")
    return value


def _position(value: object) -> tuple[float, float]:
    if not isinstance(value, list) or len(value) not in {2, 3}:
        raise InvalidGeoJson("Een positie bestaat uit twee getallen (en eventueel een hoogte).")
    if not all(isinstance(number, int | float) and not isinstance(number, bool) for number in value):
        raise InvalidGeoJson("Een coördinaat is geen getal.")
    try:
        return float(value[0]), float(value[1])
    except OverflowError:
        raise InvalidGeoJson("Een coördinaat is te groot.") from None


def _read_rings(rings: Sequence[object], crs: Crs) -> Polygon:
    if not rings:
        raise InvalidGeoJson("De coördinaten ontbreken of zijn geen lijst.")
    outer, *holes = [_read_ring(_list(ring), crs) for ring in rings]
    return Polygon(outer, holes)


def _read_ring(ring: Sequence[object], crs: Crs) -> Coordinates:
    positions = [_position(value) for value in ring]
    # Shapely would close an open ring without a word.
    if len(positions) < _MIN_RING or positions[0] != positions[-1]:
        raise InvalidGeoJson("Een ring is niet gesloten: het laatste punt moet gelijk zijn aan het eerste.")
    check = check_wgs84 if crs is Crs.CRS84 else check_rd
    for first, second in positions:
        check(first, second)
    places = np.array(positions, dtype=np.float64)
    if crs is Crs.RD:
        return places
    degrees = _split_long_edges(places)
    return np.column_stack(convert_all_to_rd(degrees[:, 0], degrees[:, 1]))


def _split_long_edges(places: Coordinates) -> Coordinates:
    """Insert vertices along long edges, the same ones whichever way round a neighbour walks the edge."""
    pieces = []
    for start, end in pairwise(places):
        backwards = tuple(end) < tuple(start)
        low, high = (end, start) if backwards else (start, end)
        number = max(1, int(np.ceil(np.abs(high - low).max() / _MAX_STEP_DEGREES)))
        steps = (np.arange(number + 1) / number)[:, np.newaxis]
        edge = low + steps * (high - low)
        edge[-1] = high
        pieces.append((edge[::-1] if backwards else edge)[:-1])
    return np.vstack([*pieces, places[-1:]])


def _write_rings(polygon: Polygon, crs: Crs) -> list[list[list[float]]]:
    oriented = shapely.orient_polygons(polygon)
    rings = [oriented.exterior, *oriented.interiors]
    return [_write_positions(shapely.get_coordinates(ring), crs) for ring in rings]


def _write_positions(places: Coordinates, crs: Crs) -> list[list[float]]:
    if crs is Crs.CRS84:
        places = np.column_stack(convert_all_to_wgs84(places[:, 0], places[:, 1]))
    written: list[list[float]] = np.round(places, _DECIMALS[crs]).tolist()
    return written
