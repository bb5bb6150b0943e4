"""Reads an XLSX, in the process of `lees`.

openpyxl reads the sheets as a stream, with the entity guard of defusedxml. Of a formula the value is read that the spreadsheet stored with
it; a formula never runs. The table of shared strings is kept as bytes: as Python strings it would take four times as much.
"""

import zipfile
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from app.objecten.adapters.cellen import HEADER_WITHIN, cell_text
from app.objecten.adapters.leesproces import Fault, Line

_MAX_PARTS = 5_000
_MAX_BYTES = 3 * 1024**3  # unpacked, by the file's own word: no part gives more than it says
_MAX_RATIO = 400  # rows of a spreadsheet pack 10 to 100 times; one sign over and over 1000 times
_LARGE = 16 * 1024**2
_MAX_ROWS = 1_048_576
_MAX_COLUMNS = 256
_MAX_SHEETS = 30
_STRING = f"{{{SHEET_MAIN_NS}}}si"
_WORKBOOK = "xl/workbook.xml"
BROKEN = "Het bestand is geen leesbare spreadsheet (XLSX): het is beschadigd of niet volledig. Bewaar het opnieuw en stuur dat."
NO_XLSX = "Dit is geen XLSX, maar een ingepakt bestand of een ander kantoorbestand. Pak het uit, of bewaar het als XLSX of CSV."
TOO_LARGE = "Dit bestand wordt uitgepakt te groot om veilig te lezen. Bewaar het als CSV."
_BROKEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, InvalidFileException, DefusedXmlException, ParseError, KeyError, ValueError, TypeError,
    AttributeError, IndexError, EOFError, OSError, NotImplementedError, RuntimeError, OverflowError, AssertionError, LookupError,
)  # fmt: skip  # what zipfile, zlib, expat and openpyxl raise on a file that was tampered with


class _Strings(Sequence[str]):
    """Strings as bytes with their ends."""

    def __init__(self) -> None:
        self._bytes, self._ends = bytearray(), array("Q", [0])

    def append(self, text: str) -> None:
        self._bytes += text.encode("utf-8", "replace")
        self._ends.append(len(self._bytes))

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, place: Any) -> Any:  # noqa: ANN401 - a sequence is also asked for slices, this one never
        if place < 0:
            raise IndexError(place)
        return self._bytes[self._ends[place] : self._ends[place + 1]].decode()


class _Reader(ExcelReader):
    """Reads what rows need: no properties, no theme, no links."""

    def read_strings(self) -> None:
        strings = _Strings()
        self.shared_strings = strings  # type: ignore[assignment]  # only ever asked for one by its place
        part = self.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]  # the stubs leave it open
        if part is None:
            return
        with self.archive.open(part.PartName[1:]) as source:
            root = None
            for event, node in iterparse(source, ("start", "end")):
                if root is None:
                    root = node
                if event == "end" and node.tag == _STRING:
                    strings.append(_content(node))
                    root.clear()

    def open(self) -> Any:  # noqa: ANN401 - the workbook of a library
        self.read_manifest()
        self.read_strings()
        self.read_workbook()
        apply_stylesheet(self.archive, self.wb)  # tells which numbers are dates
        self.read_worksheets()
        return self.wb


def _content(node: Element) -> str:
    text = Text.from_tree(node)  # type: ignore[arg-type]  # the stubs ask for a type of their own
    return "" if text is None else text.content.replace("x005F_", "")


class Xlsx:
    """An opened spreadsheet."""

    def __init__(self, path: Path) -> None:
        _check_archive(path)
        try:
            book = _Reader(path, read_only=True, data_only=True, keep_links=False).open()
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"][:_MAX_SHEETS]
            self._sheets = sheets or book.worksheets[:_MAX_SHEETS]
            self._rows_told = max((sheet.max_row or 0 for sheet in self._sheets), default=0)
            for sheet in self._sheets:
                sheet.reset_dimensions()  # what a file says of its own size may be wrong
        except _BROKEN:
            raise Fault(BROKEN) from None
        if not self._sheets:
            raise Fault("De spreadsheet heeft geen werkblad.")

    def told(self) -> dict[str, Any]:
        """The sheets with their first rows."""
        tables = [
            {"naam": str(sheet.title)[:100], "eerste": list(self._first(sheet)), "stelsel": "", "metGeometrie": False}
            for sheet in self._sheets
        ]
        return {"tafels": tables, "aantal": min(max(self._rows_told - 1, 0), _MAX_ROWS)}

    def rows(self, tafel: int, line: int, kolommen: Sequence[int]) -> Iterable[Line]:
        """The rows that are not empty."""
        for at, values in self._read(self._sheets[tafel], max(kolommen, default=0) + 1):
            if at > line and any(value is not None and value != "" for value in values):
                yield at, [values[place] if place < len(values) else None for place in kolommen], ""

    def _first(self, sheet: Any) -> Iterator[tuple[int, list[str]]]:  # noqa: ANN401 - the sheet of a library
        for at, values in islice(self._read(sheet, _MAX_COLUMNS), HEADER_WITHIN):
            cells = [cell_text(value)[0].strip()[:200] for value in values]
            while cells and not cells[-1]:
                cells.pop()
            yield at, cells

    def _read(self, sheet: Any, width: int) -> Iterator[tuple[int, tuple[object, ...]]]:  # noqa: ANN401 - the sheet of a library
        try:
            for at, values in enumerate(sheet.iter_rows(max_col=width, values_only=True), start=1):
                if at > _MAX_ROWS:
                    raise Fault(f"Het werkblad heeft meer dan {_MAX_ROWS} regels. Deel het op, of bewaar het als CSV.")
                yield at, values
        except _BROKEN:
            raise Fault(BROKEN) from None


def _check_archive(path: Path) -> None:
    """Refuses what is no XLSX, or unpacks to more than can be read; a part inside is never unpacked further."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            names = set(archive.namelist())
    except _BROKEN:
        raise Fault(BROKEN) from None
    if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > _MAX_BYTES:
        raise Fault(TOO_LARGE)
    if any(part.file_size > max(_LARGE, _MAX_RATIO * part.compress_size) for part in parts):
        raise Fault(TOO_LARGE)
    if len(names) != len(parts):
        raise Fault(BROKEN)
    if _WORKBOOK not in names and "[Content_Types].xml" not in names:
        raise Fault(NO_XLSX)
