"""Writes a spreadsheet from the lines of `kindproces`, as a program of its own: `python -m app.rapportage.adapters.werkblad`.

Text is always text: never a formula, a link or a number. Rows are written as they come (constant memory). Moments are in
Dutch time, since a spreadsheet knows no zones.
"""

import json
import sys
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter

_AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_WIDTHS = {"datum": 12, "tijdstip": 17, "geheel": 10, "getal": 13, "janee": 8}
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
Write = Callable[[int, int, Any], object]


def write_workbook(path: Path, task: dict[str, Any], batches: Iterable[list[list[Any]]]) -> None:
    """One sheet with the rows and one, `toelichting`, that says what the columns mean."""
    columns = task["kolommen"]
    with xlsxwriter.Workbook(str(path), _OPTIONS) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet(task["laag"])
        writers = [_writer(book, sheet, kind) for _, kind, _ in columns]
        for at, (name, kind, _) in enumerate(columns):
            sheet.set_column(at, at, _WIDTHS.get(kind, 18))
            sheet.write_string(0, at, name, bold)
        sheet.freeze_panes(1, 0)
        row = 0
        for batch in batches:
            for values in zip(*batch, strict=True):
                row += 1
                for at, value in enumerate(values):
                    if value is not None:
                        writers[at](row, at, value)
        sheet.autofilter(0, 0, row, len(columns) - 1)
        notes = book.add_worksheet("toelichting")
        notes.set_column(0, 0, 26)
        notes.set_column(1, 1, 90)
        for at, (name, text) in enumerate(
            [*task["toelichting"], ("kolom", "betekenis"), *((name, text) for name, _, text in columns)]
        ):
            notes.write_string(at, 0, name, bold)
            notes.write_string(at, 1, text)


def _writer(book: Any, sheet: Any, kind: str) -> Write:  # noqa: ANN401 - the library has no types
    if kind in {"geheel", "getal"}:
        write: Write = sheet.write_number
        return write
    if kind == "datum":
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        return lambda row, at, value: sheet.write_datetime(row, at, date.fromisoformat(value), day)
    if kind == "tijdstip":
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        return lambda row, at, value: sheet.write_datetime(row, at, _local(value), moment)
    if kind == "janee":
        return lambda row, at, value: sheet.write_string(row, at, "ja" if value else "nee")
    text: Write = sheet.write_string
    return text


def _local(moment: str) -> datetime:
    return datetime.fromisoformat(moment).astimezone(_AMSTERDAM).replace(tzinfo=None)


def main() -> None:
    """Reads the task and the batches from standard input."""
    lines = map(json.loads, sys.stdin.buffer)
    task = next(lines)
    path = Path(task["pad"])
    ended = False

    def batches() -> Iterable[list[list[Any]]]:
        nonlocal ended
        for batch in lines:
            if batch is None:
                ended = True
                return
            yield batch

    write_workbook(path, task, batches())
    if not ended:
        path.unlink()
        sys.exit("the rows broke off")


if __name__ == "__main__":
    main()
