"""Reads the sort key of a cursor back; a cursor that somebody made up is the sender's fault."""

from datetime import date, datetime
from uuid import UUID

from app.core.errors import InvalidInput
from app.core.http.paging import Paging

_WRONG = "De cursor hoort niet bij deze lijst. Gebruik de waarde van 'volgende' uit het vorige antwoord."


def after_day(page: Paging) -> tuple[date, UUID] | None:
    """The day and id after which a page starts.

    Raises:
        InvalidInput: not a cursor of a list that is sorted by day.
    """
    if page.after is None:
        return None
    try:
        return date.fromisoformat(page.after[0]), page.after[1]
    except ValueError:
        raise InvalidInput(_WRONG) from None


def after_moment(page: Paging) -> tuple[datetime, UUID] | None:
    """The moment and id after which a page starts.

    Raises:
        InvalidInput: not a cursor of a list that is sorted by moment.
    """
    if page.after is None:
        return None
    try:
        moment = datetime.fromisoformat(page.after[0])
    except ValueError:
        raise InvalidInput(_WRONG) from None
    if moment.tzinfo is None:
        raise InvalidInput(_WRONG)
    return moment, page.after[1]


def after_line(page: Paging) -> tuple[int, str, UUID] | None:
    """The line, field and id after which a page starts.

    Raises:
        InvalidInput: not a cursor of a list of rejected rows.
    """
    if page.after is None:
        return None
    line, separator, field = page.after[0].partition("|")
    if not separator or not line.isascii() or not line.isdigit() or len(line) > 9:
        raise InvalidInput(_WRONG)
    return int(line), field, page.after[1]
