"""Reads a GeoPackage, in the process of `lees`.

A file is looked at with SQLite before GDAL opens it: only one that says it is a GeoPackage, only its real tables (a view is a query that
somebody else wrote), and none with a virtual table other than the spatial index. GDAL may then open it with that one driver.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from math import isnan
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
import pyogrio
import shapely
from pyogrio.errors import DataSourceError
from pyproj import CRS
from pyproj.exceptions import CRSError
from shapely.errors import ShapelyError

from app.objecten.adapters.leesproces import Fault, Line

_APPLICATIONS = {0x47504B47, 0x47503130, 0x47503131}  # GPKG, GP10, GP11
_MAX_LAYERS = 50
_MAX_COLUMNS = 500
_MAX_FEATURES = 5_000_000
_SLICE = 2_000
_DECIMALS = 9
BROKEN = "Het bestand is geen leesbare GeoPackage: het is beschadigd of niet volledig. Bewaar het opnieuw en stuur dat."
NO_GPKG = "Dit is een database, maar geen GeoPackage. Bewaar de laag als GeoPackage, GeoJSON of CSV."
NOT_TRUSTED = (
    "Deze GeoPackage bevat onderdelen die niet veilig te lezen zijn. Bewaar de laag als nieuwe GeoPackage of als CSV."
)
NO_GEOMETRY = "onleesbaar"
_BROKEN = (
    DataSourceError,
    ShapelyError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    OSError,
    RuntimeError,
    UnicodeError,
)


class Gpkg:
    """An opened GeoPackage."""

    def __init__(self, path: Path) -> None:
        self._path = path
        names = _tables(path)
        try:
            layers = [(str(name), kind is not None) for name, kind in pyogrio.list_layers(path) if str(name) in names]
            self._layers = [
                (name, spatial, pyogrio.read_info(path, layer=name, force_feature_count=True))
                for name, spatial in layers[:_MAX_LAYERS]
            ]
        except _BROKEN:
            raise Fault(BROKEN) from None
        if any(info["driver"] != "GPKG" for _, _, info in self._layers):
            raise Fault(NO_GPKG)
        if not self._layers:
            raise Fault("De GeoPackage heeft geen laag met gegevens; een view wordt niet gelezen.")

    def told(self) -> dict[str, Any]:
        """The layers with their columns."""
        tables = [
            {
                "naam": name[:100],
                "eerste": [(0, [str(field)[:200] for field in info["fields"][:_MAX_COLUMNS]])],
                "stelsel": _system(info["crs"]) if spatial else "",
                "metGeometrie": spatial,
            }
            for name, spatial, info in self._layers
        ]
        return {"tafels": tables, "aantal": max((int(info["features"]) for _, _, info in self._layers), default=0)}

    def rows(self, tafel: int, line: int, kolommen: Sequence[int]) -> Iterable[Line]:
        """The features, from 1, in the order of the file."""
        name, spatial, info = self._layers[tafel]
        fields = [str(info["fields"][place]) for place in kolommen]
        key = str(info["fid_column"] or "fid")
        quoted = '"' + key.replace('"', '""') + '"'
        last: int | None = None
        place = line
        while place < _MAX_FEATURES:
            try:
                _, fids, shapes, columns = pyogrio.raw.read(
                    self._path,
                    layer=name,
                    columns=fields,
                    read_geometry=spatial,
                    force_2d=True,
                    where=None if last is None else f"{quoted} > {last}",
                    max_features=_SLICE,
                    return_fids=True,
                    datetime_as_string=True,
                    IMMUTABLE="YES",
                )
                given = _in_order(info["fields"], fields, columns)
                wkt = _points(shapes) if spatial and shapes is not None else [""] * len(fids)
            except _BROKEN:
                raise Fault(BROKEN) from None
            for at in range(len(fids)):
                place += 1
                yield place, [_plain(column[at]) for column in given], wkt[at]
            if len(fids) < _SLICE:
                return
            last = int(fids[-1])


def _tables(path: Path) -> set[str]:
    """The real tables of a file that says it is a GeoPackage."""
    try:
        database = sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)
        try:
            database.execute("PRAGMA trusted_schema = OFF")
            (application,) = database.execute("PRAGMA application_id").fetchone()
            rows = database.execute("SELECT type, name, sql FROM sqlite_master").fetchmany(10_000)
        finally:
            database.close()
    except (sqlite3.Error, UnicodeError):
        raise Fault(BROKEN) from None
    names = {str(name) for kind, name, _ in rows if kind == "table"}
    if "gpkg_contents" not in names or application not in _APPLICATIONS:
        raise Fault(NO_GPKG)
    for _, _, statement in rows:
        words = str(statement or "").lower().split()
        if words[:2] == ["create", "virtual"] and not any(
            word.startswith("rtree(") or word == "rtree" for word in words
        ):
            raise Fault(NOT_TRUSTED)
    return names


def _system(told: str | None) -> str:
    """The EPSG code of a layer's system, also when it is written out; `onbekend` without one."""
    if not told:
        return "onbekend"
    try:
        crs = CRS.from_user_input(told)
        code = crs.to_epsg() or crs.to_epsg(min_confidence=25)
    except CRSError:
        return "onbekend"
    return "onbekend" if code is None else f"EPSG:{code}"


def _in_order(known: Sequence[str], asked: Sequence[str], columns: Sequence[Any]) -> list[Any]:
    """The columns as asked: GDAL gives them in the order of the layer."""
    given = [name for name in map(str, known) if name in set(asked)]
    by_name = dict(zip(given, columns, strict=True))
    return [by_name[name] for name in asked]


def _points(shapes: Any) -> list[str]:  # noqa: ANN401 - an array of WKB
    """Of each shape a point as WKT: of a surface or line one on it; what is no shape is told as such."""
    read = shapely.from_wkb(shapes, on_invalid="ignore")
    return [_point(shape, raw is not None) for shape, raw in zip(read, shapes, strict=True)]


def _point(shape: Any, given: bool) -> str:  # noqa: ANN401 - a shape or None
    if shape is None:
        return NO_GEOMETRY if given else ""
    try:
        inside = shape if shape.geom_type == "Point" else shape.point_on_surface()
        return "" if inside.is_empty else shapely.to_wkt(inside, rounding_precision=_DECIMALS)
    except ShapelyError:
        return NO_GEOMETRY


def _plain(value: Any) -> object:  # noqa: ANN401 - a cell of a numpy array
    """A value of Python; a hole in a column of numbers is nothing."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and isnan(value):
        return None
    return "" if isinstance(value, bytes) else value
