"""Which records of the stock a caller may see: those of the municipalities he works in (design section 2)."""

from typing import Any

from sqlalchemy import ColumnElement, true
from sqlalchemy.orm import InstrumentedAttribute

from app.core.caller import Caller


def readable_by(caller: Caller, gemeentecode: InstrumentedAttribute[str] | Any) -> ColumnElement[bool]:  # noqa: ANN401 - SQLModel types a column as its value
    """A condition on the column that names the municipality of a record; the service itself sees all."""
    return within(gemeentecode, caller.gemeenten, system=caller.is_system)


def within(
    gemeentecode: InstrumentedAttribute[str] | Any,  # noqa: ANN401 - as above
    gemeenten: frozenset[str],
    *,
    system: bool,
) -> ColumnElement[bool]:
    """The same by what it depends on alone, for a statement that is kept per set of municipalities."""
    if system:
        return true()
    condition: ColumnElement[bool] = gemeentecode.in_(sorted(gemeenten))
    return condition
