"""Addresses from a GeoPackage or GeoJSON: bag-light.gpkg (B9), extracts of it, the WFS (B8), amsterdam-schema, or the own template.

Runs in the reading process only (`adressen_bestand`).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from app.objecten.adapters.adressen_kolommen import explain_missing, fields_of, missing_of
from app.objecten.adapters.adressen_rijen import Blok
from app.objecten.adapters.bestand import UnreadableFile
from app.objecten.adapters.geo_lagen import Geobestand, Laag
from geo.boxes import Box
from geo.crs import (
    RD_MAX_X,
    RD_MAX_Y,
    RD_MIN_X,
    RD_MIN_Y,
    WGS84_MAX_LAT,
    WGS84_MAX_LON,
    WGS84_MIN_LAT,
    WGS84_MIN_LON,
    check_rd,
    check_wgs84,
    convert_all_to_rd,
)
from geo.faults import GeoFault

_POINT = 0  # shapely's number of the type
_WKB_POINT = np.dtype([("order", "u1"), ("kind", "<u4"), ("x", "<f8"), ("y", "<f8")])
_MARGIN_M = 1.0
_ORDER = ("verblijfsobject", "standplaats", "ligplaats")
_LOWER = (RD_MIN_X, RD_MIN_Y), (WGS84_MIN_LON, WGS84_MIN_LAT)
_UPPER = (RD_MAX_X, RD_MAX_Y), (WGS84_MAX_LON, WGS84_MAX_LAT)


class Adreslagen:
    """The layers of a file that hold addresses.

    Attributes:
        aantal: how many features will be read.
        elders: how many are passed over without being read: they lie outside the box, or another municipality keeps them.
    """

    def __init__(self, path: Path, gemeentecode: str, grens: Box | None, *, alleen_eigen: bool) -> None:
        self._file = Geobestand(path)
        self._box = None if grens is None else _wider(grens)
        self._digits = gemeentecode.removeprefix("GM") if alleen_eigen else None
        self._layers = self._fitting()
        self._filters = [self._filter(layer) for layer in self._layers]
        counts = [self._file.tel(layer, *wanted) for layer, wanted in zip(self._layers, self._filters, strict=True)]
        self.aantal = sum(counts)
        self.elders = sum(max(layer.aantal - count, 0) for layer, count in zip(self._layers, counts, strict=True))

    def blokken(self) -> Iterator[Blok]:
        """The features of all layers, numbered through from 1."""
        line = 1
        for layer, (box, where) in zip(self._layers, self._filters, strict=True):
            fields = fields_of(layer.kolommen)
            wanted = [name for names in fields.values() for name in names]
            for values, shapes in self._file.delen(layer, wanted, box, where):
                columns = merge_columns(fields, values)
                number = len(next(iter(columns.values())))
                xs, ys, faults = _points(shapes, number, is_rd=layer.is_rd)
                yield Blok(range(line, line + number), columns, xs, ys, faults)
                line += number

    def _fitting(self) -> list[Laag]:
        fitting = [layer for layer in self._file.lagen if not missing_of(fields_of(layer.kolommen))]
        if fitting:
            rank = {name: place for place, name in enumerate(_ORDER)}
            return sorted(fitting, key=lambda layer: (rank.get(layer.naam.lower(), len(rank)), layer.naam))
        lacking = min(
            (missing_of(fields_of(layer.kolommen)) for layer in self._file.lagen), key=len, default=["straat"]
        )
        names = ", ".join(layer.naam for layer in self._file.lagen[:20])
        raise UnreadableFile(f"{explain_missing(lacking)} Het bestand bevat deze lagen: {names}.")

    def _filter(self, layer: Laag) -> tuple[Box | None, str | None]:
        """What the file itself can sift: a box by its spatial index, or who keeps the address."""
        if self._digits is not None:
            fields = fields_of(layer.kolommen)
            if "bronhouder" in fields:
                return None, f"\"{fields['bronhouder'][0]}\" = '{self._digits}'"
            if "identificatie" in fields:
                return None, f"\"{fields['identificatie'][0]}\" LIKE '{self._digits}%'"
            return None, None
        if self._box is None or not layer.is_rd or _inside(layer.grens, self._box):
            return None, None
        return self._box, None


def merge_columns(fields: dict[str, list[str]], values: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Columns by part of an address; of several columns for one part the first that is filled counts."""
    merged: dict[str, list[Any]] = {}
    for field, names in fields.items():
        first, *others = (values[name] for name in names)
        for other in others:
            first = [one if one not in {None, ""} else two for one, two in zip(first, other, strict=True)]
        merged[field] = first
    return merged


def _points(
    shapes: NDArray[np.object_] | None, number: int, *, is_rd: bool
) -> tuple[list[float | None], list[float | None], dict[int, str]]:
    """The point of each feature in RD; of a berth or pitch a point within it."""
    if shapes is None:
        return [None] * number, [None] * number, {}
    places = _plain_points(shapes)
    if places is None:
        read = shapely.from_wkb(shapes, on_invalid="ignore")
        surfaces = shapely.get_type_id(read) > _POINT
        if surfaces.any():
            read[surfaces] = shapely.point_on_surface(read[surfaces])
        places = np.column_stack([shapely.get_x(read), shapely.get_y(read)])
    return points_to_rd(places, is_rd=is_rd)


def _plain_points(shapes: NDArray[np.object_]) -> NDArray[np.float64] | None:
    """The numbers of a slice that holds nothing but points: nearly every slice, at a tenth of what making shapes costs."""
    if any(shape is None or len(shape) != _WKB_POINT.itemsize for shape in shapes):
        return None
    read = np.frombuffer(b"".join(shapes), dtype=_WKB_POINT)
    if not ((read["order"] == 1) & (read["kind"] == 1)).all():
        return None
    return np.column_stack([read["x"], read["y"]])


def points_to_rd(
    places: NDArray[np.float64], *, is_rd: bool
) -> tuple[list[float | None], list[float | None], dict[int, str]]:
    """Points in RD, and by place why one cannot be used; a point that is no number is none."""
    present = np.isfinite(places).all(axis=1)
    within = ((places >= _LOWER[not is_rd]) & (places <= _UPPER[not is_rd])).all(axis=1)
    faults: dict[int, str] = {}
    for place in np.flatnonzero(present & ~within).tolist():
        try:
            (check_rd if is_rd else check_wgs84)(*places[place].tolist())
        except GeoFault as fault:
            faults[place] = str(fault)
    good = present & within
    rd = np.full(places.shape, np.nan)
    rd[good] = places[good] if is_rd else np.column_stack(convert_all_to_rd(places[good, 0], places[good, 1]))
    xs, ys = rd[:, 0].tolist(), rd[:, 1].tolist()
    if not good.all():
        for place in np.flatnonzero(~good).tolist():
            xs[place] = ys[place] = None
    return xs, ys, faults


def _wider(box: Box) -> Box:
    return Box(box.min_x - _MARGIN_M, box.min_y - _MARGIN_M, box.max_x + _MARGIN_M, box.max_y + _MARGIN_M)


def _inside(bounds: tuple[float, float, float, float] | None, box: Box) -> bool:
    return bounds is not None and box.contains(bounds[0], bounds[1]) and box.contains(bounds[2], bounds[3])
