"""Small real files for the tests of the readers: the same rows as CSV, XLSX, GeoJSON and GeoPackage."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pyogrio
import shapely

from app.objecten.adapters.eigen_csv import OBJECT_COLUMNS
from app.objecten.adapters.indelingen import Bestand, open_file
from app.objecten.rules.importrij import AfgewezenRij, Importrij
from app.objecten.status import Importindeling

ROW = {
    "objectnummer": "O-1",
    "type": "HOR",
    "naam": "Café ’t Höekje",
    "straat": "Voorbeeldkade",
    "huisnummer": "1",
    "postcode": "9901 AB",
    "woonplaats": "Voorbeeldstad",
    "x": "155000,5",
    "y": "463000",
}
PLACELESS = {name: value for name, value in ROW.items() if name not in {"x", "y"}}


def as_csv(*rows: Mapping[str, Any], delimiter: str = ";", columns: Sequence[str] = OBJECT_COLUMNS) -> str:
    """Rows as the template, with extra columns behind it."""
    extra = tuple(dict.fromkeys(name for row in rows for name in row if name not in columns))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, (*columns, *extra), delimiter=delimiter, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def write_xlsx(path: Path, *sheets: tuple[str, Sequence[Sequence[object]]]) -> Path:
    """A spreadsheet as Excel stores it."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def table(*rows: Mapping[str, object]) -> list[list[object]]:
    """Rows with a header above them."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    return [list(names), *([row.get(name) for name in names] for row in rows)]


def write_gpkg(
    path: Path,
    layer: str,
    rows: Sequence[Mapping[str, Any]],
    shapes: Sequence[Any] | None,
    crs: str | None = "EPSG:28992",
) -> Path:
    """A layer of a GeoPackage, added to what is there."""
    names = list(rows[0])
    columns = [
        np.array([row.get(name, "") for row in rows], dtype=object if isinstance(rows[0][name], str) else None)
        for name in names
    ]
    kind = "Unknown" if shapes is None else shapely.get_parts(shapes[:1])[0].geom_type
    pyogrio.raw.write(
        path,
        geometry=None if shapes is None else shapely.to_wkb(np.array(shapes, dtype=object)),
        field_data=columns,
        fields=names,
        layer=layer,
        driver="GPKG",
        geometry_type=None if shapes is None else kind,
        crs=crs,
        append=path.exists(),
    )
    return path


def features(rows: Sequence[Mapping[str, Any]], places: Sequence[Any], **members: object) -> bytes:
    """A FeatureCollection; a place is a pair of numbers or a geometry."""
    listed = [
        {
            "type": "Feature",
            "properties": dict(row),
            "geometry": {"type": "Point", "coordinates": place} if isinstance(place, list) else place,
        }
        for row, place in zip(rows, places, strict=True)
    ]
    return json.dumps({"type": "FeatureCollection", **members, "features": listed}).encode()


def read(kind: Importindeling, path: Path) -> tuple[list[Importrij], list[AfgewezenRij], Bestand]:
    """All rows of a file: the good ones, the rejected ones, and the file."""
    file = open_file(kind, path)
    rows = list(file.rijen)
    good = [row for row in rows if isinstance(row, Importrij)]
    return good, [row for row in rows if isinstance(row, AfgewezenRij)], file
