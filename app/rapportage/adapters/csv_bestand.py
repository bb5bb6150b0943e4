"""CSV as Dutch spreadsheets and our own importer read it: UTF-8 with byte order mark, `;`, formula-safe text."""

import csv
import io
from collections.abc import Generator, Iterable, Sequence

from app.rapportage.rules.kolommen import Kolom
from app.rapportage.rules.waarden import Kolommen, Waarde, csv_values

_BOM = "\ufeff"


def csv_pieces(columns: Sequence[Kolom], batches: Iterable[Kolommen]) -> Generator[bytes, None, None]:
    """A piece per batch, the first with the header: what goes wrong in the first batch is then still a problem answer."""
    header = _lines([[column.naam for column in columns]], _BOM)
    for batch in batches:
        written = [csv_values(column.soort, batch[column.naam]) for column in columns]
        yield header + _lines(zip(*written, strict=True))
        header = b""
    if header:
        yield header


def _lines(rows: Iterable[Sequence[Waarde]], start: str = "") -> bytes:
    text = io.StringIO(newline="")
    text.write(start)
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()
