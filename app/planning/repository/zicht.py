"""Who may read which rows of planning: those of the municipalities in which the caller works."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, true
from sqlmodel import col

from app.core.caller import Caller
from app.core.errors import InvalidInput
from app.core.http.paging import Paging


def readable_by(caller: Caller, gemeentecode: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a mapped column
    """Rows of the caller's municipalities; the service itself reads all."""
    return true() if caller.is_system else col(gemeentecode).in_(caller.gemeenten)


def date_of(paging: Paging) -> date | None:
    """The date in the cursor of a list by date.

    Raises:
        InvalidInput: the cursor is of another list.
    """
    if paging.after is None:
        return None
    try:
        return date.fromisoformat(paging.after[0][:10])
    except ValueError:
        raise InvalidInput("De cursor klopt niet. Begin zonder cursor.") from None
