"""Which records of the stock a caller may see: those of the municipalities he works in (design section 2)."""

from typing import Any

from sqlalchemy import ColumnElement, true
from sqlalchemy.orm import InstrumentedAttribute

from app.core.caller import Caller


def readable_by(caller: Caller, gemeentecode: InstrumentedAttribute[str] | Any) -> ColumnElement[bool]:  # noqa: ANN401 - SQLModel types a column as its value
    """A condition on the column that names the municipality of a record; the service itself sees all."""
    if caller.is_system:
        return true()
    condition: ColumnElement[bool] = gemeentecode.in_(sorted(caller.gemeenten))
    return condition
