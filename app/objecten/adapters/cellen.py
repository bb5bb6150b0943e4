"""Values of spreadsheets, layers and JSON as text; used on both sides of the reading process, so it imports nothing."""

from datetime import date, datetime, time, timedelta

HEADER_WITHIN = 20  # rows above the header: a title, a date, a merged cell
_CERTAIN = 10**15  # a number in a file is exact up to here


def cell_text(value: object) -> tuple[str, bool]:
    """A value of a spreadsheet, layer or JSON as text, and whether it is a quantity; dates as 2026-03-01, times as 02:00."""
    if value is None:
        return "", False
    if isinstance(value, str):
        return value, False
    if isinstance(value, bool):
        return ("ja" if value else "nee"), False
    if isinstance(value, int):
        return (str(value) if abs(value) < 10**30 else "#GETAL"), True
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < _CERTAIN
        return (str(int(value)) if whole else repr(value)), True
    return _moment(value), False


def _moment(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    return value.isoformat() if isinstance(value, date) else str(value)
