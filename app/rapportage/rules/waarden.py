"""Values as files hold them: formula-safe text for spreadsheets, ISO for dates, yes and no in Dutch."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from app.core.formules import guard
from app.rapportage.rules.kolommen import Kolomsoort

Waarde = str | int | float | bool | date | datetime | None
Kolommen = Mapping[str, Sequence[Waarde]]
"""A batch of rows by column: the values of a column stand together, which is the quickest way to convert them."""

_SUSPECT = frozenset("=+-@\t\r'")  # a text that begins otherwise needs no look


def moment(value: datetime) -> str:
    """A moment in UTC to the second, as RFC 3339 writes it."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def csv_values(soort: Kolomsoort, values: Sequence[Waarde]) -> Sequence[Waarde]:
    """A column as CSV holds it; what is unknown is empty. Numbers are the shortest text that reads back as the same number."""
    if soort is Kolomsoort.TEKST:
        return [guard(value) if isinstance(value, str) and value[:1] in _SUSPECT else value for value in values]
    if soort is Kolomsoort.JANEE:
        return [None if value is None else ("ja" if value else "nee") for value in values]
    return json_values(soort, values)


def json_values(soort: Kolomsoort, values: Sequence[Waarde]) -> Sequence[Waarde]:
    """A column as JSON holds it: dates and moments as text, all else as it is."""
    if soort is Kolomsoort.DATUM:
        return [value.isoformat() if isinstance(value, date) else None for value in values]
    if soort is Kolomsoort.TIJDSTIP:
        return [moment(value) if isinstance(value, datetime) else None for value in values]
    return values
