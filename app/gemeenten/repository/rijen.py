"""What all tables of the municipality share: who may read, one record, one page, what is missing."""

from collections.abc import Collection, Sequence
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, or_, true
from sqlmodel import Session, SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.core.caller import Caller
from app.core.http.paging import Paging

Row = TypeVar("Row", bound=SQLModel)


def readable_by(caller: Caller, gemeentecode: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a mapped column
    """Records of the municipalities in which the caller may work; the service itself reads all."""
    return true() if caller.is_system else col(gemeentecode).in_(caller.gemeenten)


def find(session: Session, caller: Caller, table: type[Row], row_id: UUID, *, lock: bool = False) -> Row | None:
    """The record with this id when the caller may read it; `lock` holds it until the end of the transaction."""
    columns: Any = table
    statement = select(table).where(columns.id == row_id, readable_by(caller, columns.gemeentecode))
    return session.exec(statement.with_for_update() if lock else statement).one_or_none()


def by_ids(session: Session, table: type[Row], ids: Collection[UUID]) -> dict[UUID, Row]:
    """Records by id, of any municipality: only to see what is stored already under a client-made id."""
    columns: Any = table
    found: dict[UUID, Row] = {}
    wanted = list(ids)
    for start in range(0, len(wanted), 500):
        rows = session.exec(select(table).where(columns.id.in_(wanted[start : start + 500]))).all()
        found.update({row.id: row for row in rows})  # type: ignore[attr-defined]  # every table here has an id
    return found


def page(
    session: Session,
    statement: SelectOfScalar[Row],
    key: SQLColumnExpression[Any],
    row_id: UUID,
    paging: Paging,
    after: object = None,
) -> Sequence[Row]:
    """The rows of one page and one more, sorted by `key` and id.

    Args:
        session: the session.
        statement: what is readable and asked for.
        key: the column to sort by.
        row_id: the id column of the table.
        paging: the page.
        after: the sort key of the cursor in the type of `key`; the text of the cursor when None.
    """
    if paging.after is not None:
        last = paging.after[0] if after is None else after
        statement = statement.where(or_(key > last, and_(key == last, col(row_id) > paging.after[1])))
    return session.exec(statement.order_by(key, col(row_id)).limit(paging.limit + 1)).all()
