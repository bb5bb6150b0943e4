"""Queries on proposals to replan; all start from those that the caller may read."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.clock import parse_moment
from app.core.http.paging import Paging
from app.planning.repository.zicht import readable_by
from app.planning.status import Herplanstatus
from app.planning.tables import Herplanning, Herplanstap


def find(session: Session, caller: Caller, herplanning_id: UUID, *, lock: bool = False) -> Herplanning | None:
    """A proposal that the caller may read; `lock` holds it until the end of the transaction."""
    statement = select(Herplanning).where(
        Herplanning.id == herplanning_id, readable_by(caller, Herplanning.gemeentecode)
    )
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return session.exec(statement).one_or_none()


def stored(session: Session, herplanning_id: UUID) -> Herplanning | None:
    """The proposal under a client-made id, of any municipality."""
    return session.get(Herplanning, herplanning_id)


def page(session: Session, caller: Caller, paging: Paging, status: Herplanstatus | None) -> Sequence[Herplanning]:
    """One page of proposals, oldest first, and one more."""
    statement = select(Herplanning).where(readable_by(caller, Herplanning.gemeentecode))
    if status is not None:
        statement = statement.where(Herplanning.status == status)
    after = paging.after_key(parse_moment)
    if after is not None:
        moment, row_id = after
        later = and_(col(Herplanning.gemaakt_op) == moment, col(Herplanning.id) > row_id)
        statement = statement.where(or_(col(Herplanning.gemaakt_op) > moment, later))
    order = (col(Herplanning.gemaakt_op), col(Herplanning.id))
    return session.exec(statement.order_by(*order).limit(paging.limit + 1)).all()


def steps(session: Session, herplanning_id: UUID) -> Sequence[Herplanstap]:
    """The steps of a proposal, oldest first."""
    statement = select(Herplanstap).where(Herplanstap.herplanning_id == herplanning_id)
    return session.exec(statement.order_by(col(Herplanstap.tijdstip), col(Herplanstap.id))).all()
