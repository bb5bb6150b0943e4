"""Queries that every kind of dated version of a municipality shares: which one holds, one, a page, a new one."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.http.paging import Paging
from app.core.upsert import insert_or_skip
from app.signalen.tables import Routeprofiel, Sluitcodeversie

NATIONAL = ""
Versie = TypeVar("Versie", Routeprofiel, Sluitcodeversie)


def on_day(session: Session, table: type[Versie], gemeentecode: str, day: date) -> Versie | None:
    """The version that holds on a day: the newest of the municipality, else the newest for all of them."""
    query = select(table).where(col(table.gemeentecode).in_((NATIONAL, gemeentecode)), col(table.geldig_vanaf) <= day)
    newest = query.order_by(col(table.gemeentecode).desc(), col(table.geldig_vanaf).desc())
    return session.exec(newest.limit(1)).first()


def with_id(session: Session, table: type[Versie], versie_id: UUID) -> Versie | None:
    """A version by id, whoever asks."""
    return session.get(table, versie_id)


def find_readable(
    session: Session, caller: Caller, table: type[Versie], versie_id: UUID, *, lock: bool = False
) -> Versie | None:
    """A version of the caller's municipalities, or one for all of them; locked when it will be changed."""
    query = select(table).where(table.id == versie_id, col(table.gemeentecode).in_((NATIONAL, *caller.gemeenten)))
    return session.exec(query.with_for_update() if lock else query).one_or_none()


def versions_page(
    session: Session, caller: Caller, table: type[Versie], gemeentecode: str | None, paging: Paging
) -> Sequence[Versie]:
    """Versions by the day from which they hold; one more than the limit when there are more."""
    query = select(table).where(col(table.gemeentecode).in_((NATIONAL, *caller.gemeenten)))
    if gemeentecode is not None:
        query = query.where(col(table.gemeentecode).in_((NATIONAL, gemeentecode)))
    after = paging.after_key(date.fromisoformat)
    if after is not None:
        day, last = after
        start = col(table.geldig_vanaf)
        query = query.where(or_(start > day, (start == day) & (col(table.id) > last)))
    query = query.order_by(col(table.geldig_vanaf), col(table.id))
    return session.exec(query.limit(paging.limit + 1)).all()


def add(session: Session, row: Versie) -> bool:
    """Stores a version unless one of the municipality starts on the same day; answers whether it was stored."""
    table = type(row)
    return bool(insert_or_skip(session, table, [row.model_dump()], table.id))
