"""Neighbourhoods of the invented municipality: a tessellation of an irregular outline, in RD."""

import json
import random
from dataclasses import dataclass

from shapely import MultiPoint, Point, Polygon, to_geojson, union_all, voronoi_polygons
from shapely.geometry.base import BaseGeometry

CENTRE = (146_000.0, 511_000.0)


@dataclass(frozen=True)
class Buurt:
    """A neighbourhood with its wijk and its boundary in RD metres."""

    code: str
    naam: str
    wijkcode: str
    vlak: Polygon


NAMEN = ("Noord", "Oost", "Zuid", "West", "Haven", "Centrum", "Dijk", "Hof", "Veld", "Brug", "Kade", "Park")


def make_buurten(
    rng: random.Random, gemeentecode: str, aantal: int, straal: float, midden: tuple[float, float] = CENTRE
) -> list[Buurt]:
    """`aantal` neighbourhoods that fill an outline of about `straal` metres around `midden` and share their borders."""
    outline = Polygon(
        [
            Point(midden)
            .buffer(straal * rng.uniform(0.8, 1.1))
            .exterior.interpolate(step / 24, normalized=True)
            .coords[0]
            for step in range(24)
        ]
    ).buffer(0)
    seeds: list[Point] = []
    while len(seeds) < aantal:
        point = Point(midden[0] + rng.uniform(-straal, straal), midden[1] + rng.uniform(-straal, straal))
        if outline.contains(point):
            seeds.append(point)
    cells = voronoi_polygons(MultiPoint(seeds), extend_to=outline)
    pieces = [piece for cell in cells.geoms for piece in _polygons(cell.intersection(outline))]
    pieces.sort(key=lambda piece: (round(piece.centroid.x), round(piece.centroid.y)))
    digits = gemeentecode.removeprefix("GM")
    buurten = []
    for number, piece in enumerate(pieces):
        wijk = number * 8 // len(pieces)
        naam = f"{NAMEN[wijk % len(NAMEN)]} {number % 10 + 1}"
        buurten.append(Buurt(f"BU{digits}{wijk:02d}{number:02d}", naam, f"WK{digits}{wijk:02d}", piece))
    return buurten


def _polygons(shape: object) -> list[Polygon]:
    if isinstance(shape, Polygon):
        return [] if shape.is_empty else [shape]
    return [part for part in getattr(shape, "geoms", []) if isinstance(part, Polygon) and not part.is_empty]


def as_geojson(gemeentecode: str, naam: str, buurten: list[Buurt]) -> dict[str, object]:
    """The areas as a GeoJSON collection in RD: the neighbourhoods, the wijken and the municipality they make up."""
    features = [_feature("buurt", b.code, b.naam, b.vlak) for b in buurten]
    for wijkcode in sorted({b.wijkcode for b in buurten}):
        parts = [b for b in buurten if b.wijkcode == wijkcode]
        features.append(_feature("wijk", wijkcode, f"Wijk {wijkcode[-2:]}", union_all([b.vlak for b in parts])))
    features.append(_feature("gemeente", gemeentecode, naam, union_all([b.vlak for b in buurten])))
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
    return {"type": "FeatureCollection", "crs": crs, "features": features}


def _feature(soort: str, code: str, naam: str, shape: BaseGeometry) -> dict[str, object]:
    geometry = json.loads(to_geojson(shape))
    return {"type": "Feature", "properties": {"soort": soort, "code": code, "naam": naam}, "geometry": geometry}


def random_point(rng: random.Random, vlak: Polygon) -> tuple[float, float]:
    """A point inside the neighbourhood, in whole decimetres."""
    min_x, min_y, max_x, max_y = vlak.bounds
    while True:
        x, y = round(rng.uniform(min_x, max_x), 1), round(rng.uniform(min_y, max_y), 1)
        if vlak.contains(Point(x, y)):
            return x, y
