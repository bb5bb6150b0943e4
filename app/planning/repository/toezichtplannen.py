"""Queries on plans of continuous supervision."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.http.paging import Paging
from app.planning.repository.zicht import readable_by
from app.planning.tables import Toezichtplan


def page(session: Session, caller: Caller, paging: Paging) -> Sequence[Toezichtplan]:
    """One page by name, and one more."""
    statement = select(Toezichtplan).where(readable_by(caller, Toezichtplan.gemeentecode))
    if paging.after is not None:
        name, row_id = paging.after
        same = and_(col(Toezichtplan.naam) == name, col(Toezichtplan.id) > row_id)
        statement = statement.where(or_(col(Toezichtplan.naam) > name, same))
    order = (col(Toezichtplan.naam), col(Toezichtplan.id))
    return session.exec(statement.order_by(*order).limit(paging.limit + 1)).all()


def find(session: Session, caller: Caller, row_id: UUID, *, lock: bool = False) -> Toezichtplan | None:
    """A plan that the caller may read."""
    statement = select(Toezichtplan).where(Toezichtplan.id == row_id, readable_by(caller, Toezichtplan.gemeentecode))
    return session.exec(statement.with_for_update() if lock else statement).one_or_none()


def stored(session: Session, row_id: UUID) -> Toezichtplan | None:
    """The plan under a client-made id, of any municipality."""
    return session.get(Toezichtplan, row_id)
