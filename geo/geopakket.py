"""Writes a GeoPackage from lines of JSON, as a program of its own: `python -m geo.geopakket`.

The API never loads GDAL; it runs this in a child process and feeds it through a pipe. The first line is the task, each
further line a batch of rows by column, `null` the end. Memory stays that of one batch: rows are appended to the layer.

Points carry the system that the task names (EPSG:28992, or EPSG:4326 for CRS84: a GeoPackage always holds longitude
first). The table `toelichting` says what the columns mean.
"""

import json
import struct
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

# pyogrio would load these when they are there; the raw interface needs none, and they cost half a second and 60 MB.
sys.modules.update(dict.fromkeys(("geopandas", "pandas", "pyarrow")))  # type: ignore[arg-type]  # None forbids the import

import numpy as np  # noqa: E402 - after the line above
from numpy.typing import NDArray  # noqa: E402
from pyogrio import raw  # noqa: E402

_POINT = struct.Struct("<BIdd")
_LITTLE_ENDIAN, _WKB_POINT = 1, 1
Array = NDArray[Any]
Column = Sequence[Any]


def _texts(values: Column) -> Array:
    return np.array(values, dtype=object)


def _wholes(values: Column) -> Array:
    return np.array([0 if value is None else value for value in values], dtype=np.int64)


def _numbers(values: Column) -> Array:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _days(values: Column) -> Array:
    return np.array(["NaT" if value is None else value for value in values], dtype="datetime64[D]")


def _moments(values: Column) -> Array:
    return np.array(["NaT" if value is None else value.rstrip("Z") for value in values], dtype="datetime64[ms]")


def _flags(values: Column) -> Array:
    return np.array([bool(value) for value in values], dtype=np.bool_)


_ARRAYS: Mapping[str, Callable[[Column], Array]] = {
    "tekst": _texts,
    "geheel": _wholes,
    "getal": _numbers,
    "datum": _days,
    "tijdstip": _moments,
    "janee": _flags,
}
_MASKED = {"geheel", "janee"}  # kinds whose arrays have no value for "unknown"
_UTC = 100  # GDAL's name for the zone


def write_geopackage(path: Path, task: Mapping[str, Any], batches: Iterable[Sequence[Column]]) -> None:
    """Writes the layer batch by batch, and the meaning of its columns as a table beside it.

    Args:
        path: where; the file is new.
        task: `laag` (name of the layer), `epsg`, `kolommen` (name, kind, meaning; x and y become the point) and
            `toelichting` (pairs of text).
        batches: the rows, a list per column.
    """
    columns: list[tuple[str, str, str]] = [tuple(column) for column in task["kolommen"]]
    at_x, at_y = (next(at for at, column in enumerate(columns) if column[0] == name) for name in ("x", "y"))
    shown = [at for at in range(len(columns)) if at not in {at_x, at_y}]
    fields = [columns[at][0] for at in shown]
    kinds = [columns[at][1] for at in shown]
    zones = {columns[at][0]: _UTC for at in shown if columns[at][1] == "tijdstip"}
    for number, batch in enumerate(_with_first(batches, len(columns))):
        raw.write(
            path,
            geometry=_points(batch[at_x], batch[at_y]),
            field_data=[_ARRAYS[kind](batch[at]) for at, kind in zip(shown, kinds, strict=True)],
            fields=fields,
            field_mask=[_mask(batch[at]) if kind in _MASKED else None for at, kind in zip(shown, kinds, strict=True)],
            layer=task["laag"],
            driver="GPKG",
            geometry_type="Point",
            crs=f"EPSG:{task['epsg']}",
            append=number > 0,
            gdal_tz_offsets={name: np.full(len(batch[at_x]), zone) for name, zone in zones.items()},
            dataset_options={"VERSION": "1.2"} if number == 0 else {},  # older desks read it without a warning
            layer_options={"SPATIAL_INDEX": "YES", "GEOMETRY_NAME": "geom"} if number == 0 else {},
        )
    notes = [*task["toelichting"], *((name, text) for name, _, text in (columns[at] for at in shown))]
    raw.write(
        path,
        geometry=None,
        field_data=[_texts([name for name, _ in notes]), _texts([text for _, text in notes])],
        fields=["naam", "betekenis"],
        layer="toelichting",
        driver="GPKG",
        append=True,
    )


def _with_first(batches: Iterable[Sequence[Column]], width: int) -> Iterable[Sequence[Column]]:
    """The batches after an empty one, which makes the layer: an export without rows is a layer without features."""
    yield [[] for _ in range(width)]
    yield from batches


def _points(xs: Column, ys: Column) -> Array:
    points = np.empty(len(xs), dtype=object)
    points[:] = [
        None if x is None or y is None else _POINT.pack(_LITTLE_ENDIAN, _WKB_POINT, x, y)
        for x, y in zip(xs, ys, strict=True)
    ]
    return points


def _mask(values: Column) -> NDArray[np.bool_]:
    return np.array([value is None for value in values], dtype=np.bool_)


def main() -> None:
    """Reads the task and the batches from standard input; without the end the file is taken away again."""
    lines = map(json.loads, sys.stdin.buffer)
    task = next(lines)
    path = Path(task["pad"])
    ended = False

    def batches() -> Iterable[Sequence[Column]]:
        nonlocal ended
        for batch in lines:
            if batch is None:
                ended = True
                return
            yield batch

    write_geopackage(path, task, batches())
    if not ended:
        path.unlink()
        sys.exit("the rows broke off")


if __name__ == "__main__":
    main()
