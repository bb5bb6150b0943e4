"""Queries on dated norms. National rows (empty municipality) are for everybody."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, bindparam, or_
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.http.paging import Paging
from app.gemeenten.repository.rijen import page, readable_by
from app.gemeenten.tables import Norm


def _holds_on(day: date) -> ColumnElement[bool]:
    return (col(Norm.geldig_vanaf) <= day) & or_(col(Norm.geldig_tot).is_(None), col(Norm.geldig_tot) >= day)


# Asked of every control that is taken in, so built once: making a statement costs five times what running it does.
_VALUES = (
    select(Norm.sleutel, Norm.waarde)
    .where(
        col(Norm.gemeentecode).in_(bindparam("gemeenten", expanding=True)),
        col(Norm.geldig_vanaf) <= bindparam("op_dag"),
        or_(col(Norm.geldig_tot).is_(None), col(Norm.geldig_tot) >= bindparam("op_dag")),
    )
    .order_by(Norm.gemeentecode)
)


def values_on(
    session: Session, gemeentecode: str, day: date, sleutel: str | None = None
) -> Sequence[tuple[str, float | None]]:
    """Keys and values that hold on `day`: the national ones first, then those of the municipality."""
    given: dict[str, object] = {"gemeenten": ("", gemeentecode), "op_dag": day}
    if sleutel is None:
        return session.exec(_VALUES, params=given).all()
    return session.exec(_VALUES.where(Norm.sleutel == sleutel), params=given).all()


def values_in(session: Session, gemeenten: Collection[str], day: date) -> Sequence[tuple[str, str, float | None]]:
    """Municipality, key and value that hold on `day`: the national ones first, then those of each municipality."""
    query = _VALUES.add_columns(col(Norm.gemeentecode))
    rows = session.execute(query, {"gemeenten": ("", *gemeenten), "op_dag": day}).all()
    return [(gemeentecode, sleutel, waarde) for sleutel, waarde, gemeentecode in rows]


def rows_of(session: Session, gemeentecode: str, sleutel: str | None = None) -> Sequence[Norm]:
    """All rows of one municipality (or the national ones), of one key or of all, by start."""
    statement = select(Norm).where(Norm.gemeentecode == gemeentecode)
    if sleutel is not None:
        statement = statement.where(Norm.sleutel == sleutel)
    return session.exec(statement.order_by(Norm.sleutel, col(Norm.geldig_vanaf))).all()


def is_known_key(session: Session, gemeentecode: str, sleutel: str) -> bool:
    """Whether any national row or row of the municipality has this key."""
    statement = select(Norm.id).where(col(Norm.gemeentecode).in_(("", gemeentecode)), Norm.sleutel == sleutel)
    return session.exec(statement.limit(1)).first() is not None


def normen_page(
    session: Session,
    caller: Caller,
    paging: Paging,
    gemeentecode: str | None,
    sleutel: str | None,
    day: date | None,
) -> Sequence[Norm]:
    """Norms by key: those of the caller's municipalities and the national ones."""
    readable = or_(col(Norm.gemeentecode) == "", readable_by(caller, Norm.gemeentecode))
    statement = select(Norm).where(readable)
    if gemeentecode is not None:
        statement = statement.where(col(Norm.gemeentecode).in_(("", gemeentecode)))
    if sleutel is not None:
        statement = statement.where(Norm.sleutel == sleutel)
    if day is not None:
        statement = statement.where(_holds_on(day))
    return page(session, statement, col(Norm.sleutel), Norm.id, paging)


def units_on(session: Session, gemeentecode: str, day: date) -> dict[str, tuple[float | None, str]]:
    """Per key the value that holds on `day` and its unit; that of the municipality goes before the national one."""
    query = select(Norm.sleutel, Norm.waarde, Norm.eenheid).where(
        col(Norm.gemeentecode).in_(("", gemeentecode)), _holds_on(day)
    )
    return {row[0]: (row[1], row[2]) for row in session.exec(query.order_by(Norm.gemeentecode)).all()}
