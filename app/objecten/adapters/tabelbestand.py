"""Rows of a CSV or XLSX of addresses, in blocks. Runs in the reading process only (`adressen_bestand`)."""

import codecs
import csv
import gc
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from app.objecten.adapters.adressen_kolommen import explain_missing, fields_of, missing_of
from app.objecten.adapters.adressen_rijen import Blok, cell
from app.objecten.adapters.bag_bestand import merge_columns, points_to_rd
from app.objecten.adapters.bestand import UnreadableFile

BLOCK = 10_000
_HEADER_WITHIN = 20
_MAX_LINES_PER_ROW = 50
_SRID = re.compile(r"\s*SRID=(\d{4,6});", re.IGNORECASE)
_DEGREES_BELOW = 360.0
Row = tuple[int, Sequence[Any]]


class Adrestabel:
    """A table of addresses, opened.

    Attributes:
        aantal: about how many rows it has.
        elders: always 0: nothing is sifted before it is read.
    """

    elders = 0

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._is_sheet = file.read(4) == b"PK\x03\x04"
        self._path = path
        if self._is_sheet:
            self._tables = list(_sheets(path))
            self.aantal = 0
        else:
            self._encoding, lines = _encoding_of(path)
            self._tables = [""]
            self.aantal = max(lines - 1, 0)

    def blokken(self) -> Iterator[Blok]:
        """The rows of the first table that has the columns.

        Raises:
            UnreadableFile: no table has them, or the file breaks off.
        """
        lacking: list[str] | None = None
        for table in self._tables:
            rows = _sheet_rows(self._path, table) if self._is_sheet else _csv_rows(self._path, self._encoding)
            found = _find_header(rows)
            if not isinstance(found, list):
                yield from _blocks(rows, *found)
                return
            lacking = found if lacking is None or len(found) < len(lacking) else lacking
        raise UnreadableFile(explain_missing(lacking or ["straat"]))


def _find_header(rows: Iterator[Row]) -> tuple[list[str], dict[str, list[str]]] | list[str]:
    """The header within the first rows, or what the best candidate lacks."""
    lacking: list[str] | None = None
    for _, values in islice(rows, _HEADER_WITHIN):
        header = [cell(value) for value in values]
        missing = missing_of(fields_of(header))
        if not missing:
            double = {name for name in header if name and header.count(name) > 1}
            if double:
                raise UnreadableFile(
                    "Een kolomnaam komt twee keer voor in de eerste regel. Geef elke kolom een eigen naam."
                )
            return header, fields_of(header)
        lacking = missing if lacking is None or len(missing) < len(lacking) else lacking
    return lacking or ["straat"]


def _blocks(rows: Iterator[Row], header: list[str], fields: dict[str, list[str]]) -> Iterator[Blok]:
    while part := list(islice(rows, BLOCK)):
        lines: list[int] = []
        faults: dict[int, str] = {}
        values: dict[str, list[Any]] = {name: [] for names in fields.values() for name in names}
        for line, row in part:
            width = max((place for place, value in enumerate(row, start=1) if cell(value)), default=0)
            if not width:
                continue
            if width > len(header) or (isinstance(row, list) and len(row) < len(header)):
                told_width = max(width, len(row))
                faults[len(lines)] = (
                    f"heeft {told_width} kolommen in plaats van {len(header)}; de rij is niet volledig of heeft een teken te veel"
                )
            lines.append(line)
            told = dict(zip(header, row, strict=False))
            for name, column in values.items():
                column.append(told.get(name))
        columns = merge_columns(fields, values)
        xs, ys, wrong = _places(columns, len(lines))
        yield Blok(lines, columns, xs, ys, wrong, faults)
        gc.collect()  # a spreadsheet's rows hold circles, and nobody else collects here


def _places(
    columns: dict[str, list[Any]], number: int
) -> tuple[list[float | None], list[float | None], dict[int, str]]:
    """Points of `x` and `y` in RD, or else of a geometry as text (WKT), in RD or degrees as its SRID or its numbers say."""
    empty = [None] * number
    faults: dict[int, str] = {}
    places = np.full((number, 2), np.nan)
    for place, (x, y) in enumerate(zip(columns.get("x", empty), columns.get("y", empty), strict=True)):
        told = [cell(x).replace(",", "."), cell(y).replace(",", ".")]
        if any(told):
            try:
                places[place] = [float(told[0]), float(told[1])]
            except ValueError:
                faults[place] = "geef x en y samen, als getallen in meters, of geen van beide"
    degrees = np.zeros(number, dtype=bool)
    for place, value in enumerate(columns.get("geometrie", empty)):
        text = cell(value)
        if not text or np.isfinite(places[place]).all():
            continue
        system = _SRID.match(text)
        shape = shapely.from_wkt(text[system.end() :] if system else text, on_invalid="ignore")
        if shape is None or shape.is_empty:
            faults[place] = "is geen geometrie, bijvoorbeeld POINT (155000 463000)"
            continue
        point = shape if shape.geom_type == "Point" else shape.point_on_surface()
        places[place] = shapely.get_coordinates(point)[0]
        degrees[place] = system[1] == "4326" if system else bool(np.abs(places[place]).max() < _DEGREES_BELOW)
    xs, ys, wrong = points_to_rd(np.where(degrees[:, None], np.nan, places), is_rd=True)
    if degrees.any():
        lon, lat, other = points_to_rd(np.where(degrees[:, None], places, np.nan), is_rd=False)
        for place in np.flatnonzero(degrees).tolist():
            xs[place], ys[place] = lon[place], lat[place]
        wrong |= other
    return xs, ys, wrong | faults


def _encoding_of(path: Path) -> tuple[str, int]:
    """UTF-8 with or without byte order mark, UTF-16, or else cp1252; and the number of lines."""
    with path.open("rb") as file:
        head = file.read(2)
    if not head:
        raise UnreadableFile("Het bestand is leeg.")
    names = ["utf-16"] if head in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} else ["utf-8-sig", "cp1252"]
    for name in names:
        try:
            with path.open(encoding=name, newline="") as file:
                return name, sum(part.count("\n") for part in iter(lambda: file.read(1 << 20), "")) + 1
        except UnicodeError:
            continue
    raise UnreadableFile("Het bestand is geen leesbare tekst. Bewaar het als CSV (UTF-8) en stuur dat.")


def _csv_rows(path: Path, encoding: str) -> Iterator[Row]:
    with path.open(encoding=encoding, newline="") as file:
        first = file.readline(1 << 20)
        delimiter = max(";,\t", key=first.count)
        file.seek(0)
        reader = csv.reader(file, delimiter=delimiter)
        line = 0
        try:
            for values in reader:
                if reader.line_num - line > _MAX_LINES_PER_ROW:
                    raise UnreadableFile(_broken(line + 1))
                yield line + 1, values
                line = reader.line_num
        except csv.Error:
            raise UnreadableFile(_broken(line + 1)) from None


def _broken(line: int) -> str:
    return f"Het bestand is vanaf regel {line} niet te lezen: er mist een aanhalingsteken. Herstel dat en stuur het bestand opnieuw."


def _workbook(path: Path) -> Any:  # noqa: ANN401 - two kinds of workbook
    from openpyxl import load_workbook  # noqa: PLC0415 - only for a spreadsheet
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415 - as above

    try:
        return load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError):
        raise UnreadableFile("De spreadsheet is beschadigd. Bewaar hem opnieuw als XLSX of als CSV.") from None


def _sheets(path: Path) -> Iterable[str]:
    book = _workbook(path)
    try:
        return list(book.sheetnames)
    finally:
        book.close()


def _sheet_rows(path: Path, name: str) -> Iterator[Row]:
    book = _workbook(path)
    try:
        yield from enumerate(book[name].iter_rows(values_only=True), start=1)
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError, AttributeError):
        raise UnreadableFile("De spreadsheet is beschadigd. Bewaar hem opnieuw als XLSX of als CSV.") from None
    finally:
        book.close()
