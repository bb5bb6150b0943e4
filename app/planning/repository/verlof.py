"""Queries on leave of teams and function accounts."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.http.paging import Paging
from app.planning.repository.zicht import date_of, readable_by
from app.planning.tables import Verlofperiode


def page(
    session: Session, caller: Caller, paging: Paging, van: date | None, tot: date | None
) -> Sequence[Verlofperiode]:
    """One page by first day, and one more; only what touches the asked days."""
    statement = select(Verlofperiode).where(readable_by(caller, Verlofperiode.gemeentecode))
    if van is not None:
        statement = statement.where(col(Verlofperiode.tot) >= van)
    if tot is not None:
        statement = statement.where(col(Verlofperiode.van) <= tot)
    day = date_of(paging)
    if paging.after is not None and day is not None:
        later = and_(col(Verlofperiode.van) == day, col(Verlofperiode.id) > paging.after[1])
        statement = statement.where(or_(col(Verlofperiode.van) > day, later))
    order = (col(Verlofperiode.van), col(Verlofperiode.id))
    return session.exec(statement.order_by(*order).limit(paging.limit + 1)).all()


def between(session: Session, gemeentecode: str, van: date, tot: date) -> Sequence[Verlofperiode]:
    """All leave of a municipality that touches these days."""
    statement = select(Verlofperiode).where(
        Verlofperiode.gemeentecode == gemeentecode,
        col(Verlofperiode.tot) >= van,
        col(Verlofperiode.van) <= tot,
    )
    return session.exec(statement.order_by(col(Verlofperiode.van), col(Verlofperiode.id))).all()


def find(session: Session, caller: Caller, row_id: UUID, *, lock: bool = False) -> Verlofperiode | None:
    """A period that the caller may read."""
    statement = select(Verlofperiode).where(Verlofperiode.id == row_id, readable_by(caller, Verlofperiode.gemeentecode))
    return session.exec(statement.with_for_update() if lock else statement).one_or_none()


def stored(session: Session, row_id: UUID) -> Verlofperiode | None:
    """The period under a client-made id, of any municipality."""
    return session.get(Verlofperiode, row_id)
