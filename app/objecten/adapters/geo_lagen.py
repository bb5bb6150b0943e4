"""Layers of a GeoPackage or GeoJSON, read in slices. Runs in a process of its own only: GDAL reads what strangers made.

Only the two drivers are there at all: a file that says to be a virtual data source could read other files of the machine.
"""

import gc
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.objecten.adapters.bestand import UnreadableFile
from geo.boxes import Box

DRIVERS = frozenset({"GPKG", "GeoJSON", "GeoJSONSeq", "MEM"})
# All others of GDAL 3.12 as pyogrio carries it; what a newer one adds is found by `load`, which then starts anew without them.
_OTHERS = (
    "PCIDSK,PDS4,VICAR,PDF,MBTiles,EEDA,OGCAPI,GDALG,ESRI Shapefile,MapInfo File,LVBAG,S57,DGN,OGR_VRT,CSV,GML,GPX,LIBKML,KML,ESRIJSON,"
    "TopoJSON,OGR_GMT,SQLite,WAsP,OpenFileGDB,DXF,FlatGeobuf,GeoRSS,VFK,PGDUMP,OSM,GPSBabel,OGR_PDS,WFS,OAPIF,EDIGEO,Idrisi,ODS,XLSX,"
    "Elasticsearch,Carto,AmigoCloud,SXF,Selafin,JML,PLSCENES,CSW,VDV,MVT,NGW,MapML,GTFS,PMTiles,JSONFG,MiraMonVector,ADBC,AVCBin,AVCE00,"
    "AIVector,HTTP"
)
_SKIP = "OGR_SKIP"
_NOT_NEEDED = ("geopandas", "pandas", "pyarrow")
"""What pyogrio would load for data frames: half of the start-up time and of the memory of the process."""
SLICE = 10_000
_RD = frozenset({28992, 7415})  # 7415 is RD with NAP heights
_DEGREES = frozenset({4326, 4258, 4979, 4937})
_GPKG_IDS = (b"GPKG", b"GP10", b"GP11")


@dataclass(frozen=True)
class Laag:
    """A layer: its name, its columns, how many features it says to have, and whether its numbers are RD metres or degrees."""

    naam: str
    kolommen: tuple[str, ...]
    aantal: int
    is_rd: bool
    met_geometrie: bool
    grens: tuple[float, float, float, float] | None


def load() -> Any:  # noqa: ANN401 - pyogrio has no types
    """The library with no drivers but ours and without a network.

    Raises:
        RuntimeError: other drivers stay, however often it is started.
    """
    os.environ.setdefault(_SKIP, _OTHERS)
    os.environ |= {
        "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "none",
        "GDAL_HTTP_TIMEOUT": "1",
        "GDAL_DISABLE_READDIR_ON_OPEN": "TRUE",
    }
    for name in _NOT_NEEDED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # None makes an import of it fail, which pyogrio allows for
    import pyogrio  # noqa: PLC0415 - only now, with the drivers told

    left = set(pyogrio.list_drivers()) - DRIVERS
    if left:
        if os.environ.get("VELDWACHT_ZONDER") == "1":
            msg = f"drivers stay: {sorted(left)}"
            raise RuntimeError(msg)
        environment = {**os.environ, _SKIP: f"{os.environ[_SKIP]},{','.join(sorted(left))}", "VELDWACHT_ZONDER": "1"}
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environment)  # noqa: S606 - this very program again
    gc.freeze()  # what was imported stays; looking through it after every slice would cost more than reading
    return pyogrio


def is_geopackage(path: Path) -> bool:
    """Whether the bytes are a GeoPackage.

    Raises:
        UnreadableFile: another SQLite database.
    """
    with path.open("rb") as file:
        head = file.read(100)
    if not head.startswith(b"SQLite format 3\x00"):
        return False
    if head[68:72] not in _GPKG_IDS:
        raise UnreadableFile("Dit is een SQLite-database, maar geen GeoPackage.")
    return True


class Geobestand:
    """An opened file."""

    def __init__(self, path: Path) -> None:
        self._path, self._pyogrio = path, load()
        self._errors = self._pyogrio.errors
        try:
            names = [str(name) for name, _ in self._pyogrio.list_layers(path)]
            self.lagen = [self._layer(name) for name in names]
        except (self._errors.DataSourceError, self._errors.DataLayerError, UnicodeDecodeError, ValueError):
            raise UnreadableFile(
                "Het bestand is geen volledige GeoPackage of GeoJSON; waarschijnlijk is het halverwege afgebroken."
            ) from None

    def _layer(self, name: str) -> Laag:
        info = self._pyogrio.read_info(self._path, layer=name, force_feature_count=False, force_total_bounds=False)
        bounds = info["total_bounds"]
        grens = None if bounds is None or not np.isfinite(bounds).all() else tuple(float(side) for side in bounds)
        shape = info["geometry_type"]
        return Laag(
            naam=name,
            kolommen=tuple(str(column) for column in info["fields"]),
            aantal=max(int(info["features"]), 0),
            is_rd=shape is not None and _is_rd(info["crs"]),
            met_geometrie=shape is not None,
            grens=grens,  # type: ignore[arg-type]  # numpy gives four
        )

    def tel(self, laag: Laag, box: Box | None, where: str | None) -> int:
        """How many features a reading will give."""
        if box is None and where is None and laag.aantal:
            return laag.aantal
        _, fids, _, _ = self._read(laag, (), box, where, read_geometry=False, return_fids=True)
        return len(fids)

    def delen(
        self, laag: Laag, columns: Sequence[str], box: Box | None = None, where: str | None = None, step: int = SLICE
    ) -> Iterator[tuple[dict[str, list[Any]], NDArray[np.object_] | None]]:
        """Slices in the order of the file: values per column, and the geometries as WKB.

        Args:
            laag: the layer.
            columns: the columns to read.
            box: only features that touch this box, in the layer's own numbers; uses the spatial index.
            where: only features for which this holds (SQL).
            step: features in a slice.

        Raises:
            UnreadableFile: the file breaks off.
        """
        at = 0
        while True:
            meta, _, shapes, values = self._read(
                laag,
                columns,
                box,
                where,
                read_geometry=laag.met_geometrie,
                skip_features=at,
                max_features=step,
                force_2d=True,
            )
            number = len(values[0]) if len(values) else (0 if shapes is None else len(shapes))
            if number:
                columns_read = zip(meta["fields"], values, meta["dtypes"], strict=True)
                yield {str(name): _plain(column, str(kind)) for name, column, kind in columns_read}, shapes
            at += number
            # What pyogrio gives holds itself; without this the memory grows with the file.
            del meta, shapes, values
            gc.collect()
            if number < step:
                return

    def _read(self, laag: Laag, columns: Sequence[str], box: Box | None, where: str | None, **options: Any) -> Any:  # noqa: ANN401 - pyogrio has no types
        bbox = None if box is None else (box.min_x, box.min_y, box.max_x, box.max_y)
        try:
            return self._pyogrio.raw.read(
                self._path, layer=laag.naam, columns=list(columns), bbox=bbox, where=where, **options
            )
        except (
            self._errors.DataSourceError, self._errors.DataLayerError, self._errors.FeatureError, UnicodeDecodeError, ValueError
        ):  # fmt: skip
            raise UnreadableFile(
                f"De laag {laag.naam} is niet verder te lezen; waarschijnlijk is het bestand beschadigd of afgebroken."
            ) from None


def _is_rd(crs: str | None) -> bool:
    """Whether a system is RD; otherwise it is in degrees.

    Raises:
        UnreadableFile: another system, or none.
    """
    mend = "Bewaar het bestand in RD (EPSG:28992) en stuur het opnieuw."
    if not crs:
        raise UnreadableFile(f"Het bestand noemt geen coördinatenstelsel. {mend}")
    from pyproj import CRS  # noqa: PLC0415 - not needed by who only asks what the file is
    from pyproj.exceptions import CRSError  # noqa: PLC0415 - as above

    try:
        code = int(crs.split(":")[1]) if crs.startswith("EPSG:") else CRS.from_user_input(crs).to_epsg()
    except (CRSError, ValueError):
        code = None
    if code in _RD or code in _DEGREES or crs == "OGC:CRS84":
        return code in _RD
    raise UnreadableFile(f"Het coördinatenstelsel van het bestand wordt niet gelezen. {mend}")


def _plain(column: NDArray[Any], kind: str) -> list[Any]:
    values: list[Any] = column.tolist()
    if kind.startswith("list"):
        return [None if value is None else json.dumps(list(value)) for value in values]
    return values
