"""INSERT … ON CONFLICT, the same on both databases (design section 7): the way to write a thing that may be there already."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
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
    statement = _skipping(_dialect(session), table, returning)
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
    statement = _updating(_dialect(session), table, tuple(key), tuple(changed), returning)
    return session.execute(statement, rows).all()


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name


# A statement is the same each time; making it anew cost 3 ms of every control that was taken in.
@lru_cache(maxsize=256)
def _skipping(dialect: str, table: type[SQLModel], returning: tuple[Any, ...]) -> Any:  # noqa: ANN401 - the two dialects share no type
    return _insert(dialect, table).on_conflict_do_nothing().returning(*returning)


@lru_cache(maxsize=256)
def _updating(
    dialect: str, table: type[SQLModel], key: tuple[str, ...], changed: tuple[str, ...], returning: tuple[Any, ...]
) -> Any:  # noqa: ANN401 - the two dialects share no type
    statement = _insert(dialect, table)
    values = {name: statement.excluded[name] for name in changed}
    return statement.on_conflict_do_update(index_elements=list(key), set_=values).returning(*returning)


def _insert(dialect: str, table: type[SQLModel]) -> Any:  # noqa: ANN401 - the two dialects share no type
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(inspect(table).local_table)
