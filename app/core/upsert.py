"""INSERT … ON CONFLICT, the same on both databases (design section 7): the way to write a thing that may be there already."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insert_or_skip(
    session: Session,
    table: type[SQLModel],
    rows: Sequence[Mapping[str, Any]],
    *returning: Any,  # noqa: ANN401 - columns of any type
) -> Sequence[Row[Any]]:
    """Inserts the rows that are not there yet; answers `returning` of the inserted ones only.

    On PostgreSQL a row that another transaction is inserting is waited for, so that afterwards it can be read.
    """
    if not rows:
        return []
    statement = _insert(session, table).on_conflict_do_nothing().returning(*returning)
    return session.execute(statement, rows).all()


def insert_or_update(
    session: Session,
    table: type[SQLModel],
    rows: Sequence[Mapping[str, Any]],
    key: Sequence[str],
    changed: Sequence[str],
    *returning: Any,  # noqa: ANN401 - columns of any type
) -> Sequence[Row[Any]]:
    """Inserts rows; where one with the same `key` columns stands already, its `changed` columns take the new values.

    Answers `returning` of all rows, in no order.
    """
    if not rows:
        return []
    statement = _insert(session, table)
    statement = statement.on_conflict_do_update(
        index_elements=list(key), set_={name: statement.excluded[name] for name in changed}
    ).returning(*returning)
    return session.execute(statement, rows).all()


def _insert(session: Session, table: type[SQLModel]) -> Any:  # noqa: ANN401 - the two dialects share no type
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    return insert(inspect(table).local_table)
