"""Values as files hold them: formula-safe text for spreadsheets, ISO for dates, yes and no in Dutch."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime

from app.rapportage.rules.kolommen import Kolomsoort

Waarde = str | int | float | bool | date | datetime | None
Kolommen = Mapping[str, Sequence[Waarde]]
"""A batch of rows by column: the values of a column stand together, which is the quickest way to convert them."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
QUOTE = "'"


def formula_safe(text: str) -> str:
    """The text with a quote before it when a spreadsheet would read it as a formula.

    A text that begins so after quotes of its own gets one more, so that taking one off always gives back what stood there.
    """
    return QUOTE + text if text.lstrip(QUOTE).startswith(FORMULA) else text


def moment(value: datetime) -> str:
    """A moment in UTC to the second, as RFC 3339 writes it."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _text(value: Waarde) -> str:
    return "" if value is None else formula_safe(str(value))


def _plain(value: Waarde) -> str:
    return "" if value is None else str(value)


def _day(value: Waarde) -> str:
    return value.isoformat() if isinstance(value, date) else ""


def _moment(value: Waarde) -> str:
    return moment(value) if isinstance(value, datetime) else ""


def _yes_no(value: Waarde) -> str:
    return "" if value is None else ("ja" if value else "nee")


CSV: Mapping[Kolomsoort, Callable[[Waarde], str]] = {
    Kolomsoort.TEKST: _text,
    Kolomsoort.GEHEEL: _plain,
    Kolomsoort.GETAL: _plain,  # the shortest text that reads back as the same number
    Kolomsoort.DATUM: _day,
    Kolomsoort.TIJDSTIP: _moment,
    Kolomsoort.JANEE: _yes_no,
}


def json_values(soort: Kolomsoort, values: Sequence[Waarde]) -> Sequence[Waarde]:
    """A column as JSON holds it: dates and moments as text, all else as it is."""
    if soort is Kolomsoort.DATUM:
        return [value.isoformat() if isinstance(value, date) else None for value in values]
    if soort is Kolomsoort.TIJDSTIP:
        return [moment(value) if isinstance(value, datetime) else None for value in values]
    return values
