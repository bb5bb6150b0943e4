"""GeoJSON (RFC 7946, with the old `crs` member, or a feature per line), the JSON of ArcGIS, and lists of JSON objects such as those of KVK.

A file is read through once before its first row is given: that tells the columns, the number of rows, the coordinate system wherever it
stands, and whether the file is whole. A half-written file lands nothing.
"""

import json
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Any

import shapely
from shapely.errors import ShapelyError

from app.objecten.adapters.bestand import Ruwerij, Tafel, UnreadableFile
from app.objecten.adapters.cellen import cell_text
from app.objecten.adapters.json_stroom import read_items
from app.objecten.adapters.plaatsen import CRS84, ONBEKEND, system_of
from app.objecten.status import Bestandsformaat

_MAX_COLUMNS = 500
_NO_SYSTEM = {102100: 3857, 900913: 3857}  # numbers of Esri and Google for what EPSG calls 3857
NO_GEOMETRY = "onleesbaar"  # stands for a geometry that is none, so that the row says so
Flatten = Callable[[Mapping[str, Any]], Mapping[str, object] | None]


class JsonBron:
    """An opened JSON file: features, or objects that `flatten` makes rows of."""

    def __init__(self, path: Path, flatten: Flatten) -> None:
        self._path, self._flatten = path, flatten
        self.formaat = Bestandsformaat.JSON
        names: dict[str, None] = {}
        self.aantal, system, found, geometry, self.afgekapt = 0, "", 0, False, False
        for item, members in read_items(path):
            if members is not None:
                self._note_type(members)
                system = _told_system(members) or system
                self.afgekapt = self.afgekapt or _says_more(members, self.aantal)
                continue
            self.aantal += 1
            if isinstance(item, dict) and _is_feature(item):
                self.formaat = Bestandsformaat.GEOJSON
                system = _told_system(item) or system
                geometry = geometry or item.get("geometry") is not None
            values = self._values(item)
            if values is not None:
                found += 1
                names.update(dict.fromkeys(values))
            if len(names) > _MAX_COLUMNS:
                raise UnreadableFile("Het bestand heeft te veel verschillende kolommen om een lijst te zijn.")
        if self.aantal and not found and self.formaat is Bestandsformaat.JSON:
            raise UnreadableFile("Het bestand is geen GeoJSON met een FeatureCollection, en geen lijst die bekend is.")
        self.tafels = [Tafel("", [(0, list(names))], system, geometry)]

    def sluit(self) -> None:
        """Nothing stays open between rows."""

    def rijen(self, tafel: int, kop: int, kolommen: Sequence[int]) -> Iterator[Ruwerij]:
        """The rows, numbered from 1."""
        header = self.tafels[tafel].eerste[kop][1]
        wanted = [header[place] for place in kolommen]
        place = 0
        for item, members in read_items(self._path):
            if members is not None:
                continue
            place += 1
            values = self._values(item)
            if values is None:
                yield Ruwerij(place, (), fout="is geen feature met eigenschappen")
                continue
            cells = [_cell(values.get(name)) for name in wanted]
            numbers = frozenset(at for at, (_, number) in enumerate(cells) if number)
            yield Ruwerij(place, [text for text, _ in cells], _wkt(item), numbers)

    def _note_type(self, members: Mapping[str, Any]) -> None:
        if members.get("type") == "FeatureCollection" or "spatialReference" in members:
            self.formaat = Bestandsformaat.GEOJSON

    def _values(self, item: object) -> Mapping[str, object] | None:
        if not isinstance(item, dict):
            return None
        if not _is_feature(item):
            return self._flatten(item)
        values = item.get("properties", item.get("attributes"))
        return values if isinstance(values, dict) else None


def _is_feature(item: Mapping[str, Any]) -> bool:
    return item.get("type") == "Feature" or "properties" in item or "attributes" in item


def _says_more(members: Mapping[str, Any], given: int) -> bool:
    """Whether a service says that it holds more than it gave: ArcGIS, WFS and OGC API Features stop at a limit of theirs."""
    own = members.get("properties")
    if members.get("exceededTransferLimit") is True or (
        isinstance(own, dict) and own.get("exceededTransferLimit") is True
    ):
        return True
    links = members.get("links")
    if isinstance(links, list) and any(isinstance(link, dict) and link.get("rel") == "next" for link in links):
        return True
    totals = (members.get("numberMatched"), members.get("totalFeatures"))
    return any(isinstance(total, int) and total > given for total in totals)


def _told_system(members: Mapping[str, Any]) -> str:
    """The system by the `crs` member of before RFC 7946, or by the `spatialReference` of ArcGIS; empty when none is told."""
    told = members.get("spatialReference")
    if isinstance(told, dict):
        code = told.get("latestWkid", told.get("wkid"))
        if isinstance(code, int) and 0 < code < 1_000_000:
            return f"EPSG:{_NO_SYSTEM.get(code, code)}"
        return ONBEKEND
    crs = members.get("crs")
    if crs is None:
        return ""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(name, str):
        return ONBEKEND
    system = system_of(name)
    return CRS84 if system == "EPSG:4326" else system  # GeoJSON has always put longitude first


def _cell(value: object) -> tuple[str, bool]:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False), False
    return cell_text(value)


def _wkt(item: Mapping[str, Any]) -> str:
    """The geometry of a feature as WKT; of a surface or line a point on it."""
    geometry = item.get("geometry")
    if not isinstance(geometry, dict):
        return "" if geometry is None else NO_GEOMETRY
    coordinates = geometry.get("coordinates")
    if coordinates == [] or geometry.get("x") == "NaN":  # how RFC 7946 and ArcGIS write that there is none
        return ""
    if "type" not in geometry and "x" in geometry:  # ArcGIS
        return _point(geometry.get("x"), geometry.get("y"))
    if geometry.get("type") == "Point" and isinstance(coordinates, list):
        return _point(*coordinates[:2]) if len(coordinates) >= 2 else NO_GEOMETRY
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            inside = shapely.from_geojson(json.dumps(geometry)).point_on_surface()
            return "" if inside.is_empty else _point(float(inside.x), float(inside.y))
    except (ShapelyError, RuntimeWarning, ValueError, TypeError):
        return NO_GEOMETRY


def _point(first: object, second: object) -> str:
    numbers = [value for value in (first, second) if isinstance(value, int | float) and not isinstance(value, bool)]
    try:
        if len(numbers) != 2 or not all(isfinite(number) for number in numbers):
            return NO_GEOMETRY
        return f"POINT ({float(numbers[0])!r} {float(numbers[1])!r})"
    except OverflowError:
        return NO_GEOMETRY
