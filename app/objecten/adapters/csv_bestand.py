"""CSV with `;`, `,` or tab between the values, read line by line."""

import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from app.objecten.adapters.bestand import Ruwerij, Tafel, UnreadableFile
from app.objecten.adapters.cellen import HEADER_WITHIN
from app.objecten.adapters.tekst_bestand import inspect_text
from app.objecten.status import Bestandsformaat

_MAX_LINES_PER_ROW = 50
_MAX_LINE = 2_000_000


class CsvBron:
    """An opened CSV file."""

    def __init__(self, path: Path) -> None:
        self.formaat, self.afgekapt = Bestandsformaat.CSV, False
        self._path, self._tekst = path, inspect_text(path)
        self.aantal = max(self._tekst.regels - 1, 0)
        self._delimiter, self._skip = self._find_delimiter()
        self.tafels = [Tafel("", self._first_rows())]

    def sluit(self) -> None:
        """Nothing stays open between rows."""

    def rijen(self, tafel: int, kop: int, kolommen: Sequence[int]) -> Iterator[Ruwerij]:
        """The rows under the header.

        Raises:
            UnreadableFile: while reading: a quote that is never closed, or a line without end.
        """
        line, header = self.tafels[tafel].eerste[kop]
        width = _width(header)
        for at, values in self._read():
            if at <= line or not any(value.strip() for value in values):
                continue
            given = _width(values)
            if given > width or (len(values) < width and len(values) != len(header)):
                told = (
                    f"heeft {given} kolommen in plaats van {width}; de rij is niet volledig of heeft een teken te veel"
                )
                yield Ruwerij(at, (), fout=told)
            else:
                yield Ruwerij(at, [values[place] if place < len(values) else "" for place in kolommen])

    def _find_delimiter(self) -> tuple[str, int]:
        """The sign that stands most in the widest of the first lines; a spreadsheet may name it itself in a line `sep=;`."""
        first = list(islice(self._lines(), HEADER_WITHIN))
        if first and first[0].lower().startswith("sep=") and len(first[0].strip()) == 5:
            return first[0][4], 1
        return max(";,\t|", key=lambda sign: max((line.count(sign) for line in first), default=0)), 0

    def _first_rows(self) -> list[tuple[int, list[str]]]:
        first: list[tuple[int, list[str]]] = []
        try:
            first.extend(
                (line, [name.strip() for name in values]) for line, values in islice(self._read(), HEADER_WITHIN)
            )
        except UnreadableFile:
            if not first:
                raise
        if not any(_width(values) > 1 for _, values in first):
            raise UnreadableFile("De eerste regels bevatten geen kolomnamen met ; of , ertussen. Gebruik het sjabloon.")
        return first

    def _lines(self) -> Iterator[str]:
        with self._path.open(encoding=self._tekst.codering, errors=self._tekst.fouten, newline="") as file:
            at = 0
            while line := file.readline(_MAX_LINE):
                at += 1
                if len(line) == _MAX_LINE:
                    raise UnreadableFile(
                        f"Regel {at} van het bestand houdt niet op. Bewaar het als CSV en stuur het opnieuw."
                    )
                yield line

    def _read(self) -> Iterator[tuple[int, list[str]]]:
        reader = csv.reader(islice(self._lines(), self._skip, None), delimiter=self._delimiter)
        started = 0
        while True:
            try:
                values = next(reader, None)
            except csv.Error:
                raise UnreadableFile(_broken(started + 1 + self._skip)) from None
            if values is None:
                return
            if reader.line_num - started > _MAX_LINES_PER_ROW:
                raise UnreadableFile(_broken(started + 1 + self._skip))
            line, started = started + 1 + self._skip, reader.line_num
            yield line, values


def _width(values: Sequence[str]) -> int:
    """The number of columns; what is empty at the end is none."""
    return max((place for place, value in enumerate(values, start=1) if value.strip()), default=0)


def _broken(line: int) -> str:
    return f"Het bestand is vanaf regel {line} niet te lezen: er mist een aanhalingsteken. Herstel dat en stuur het bestand opnieuw."
