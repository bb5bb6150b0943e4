"""Reading the audit rows, newest first, and erasing them when their term has passed; which those are, features decide.

A reader sees those of the own municipality only; rows that belong to none (of the service itself, or of what no municipality may know
of) are seen by nobody here.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, delete, or_
from sqlmodel import col, select

from app.core.http.paging import Paging
from app.core.tables import Auditregel
from app.core.unit_of_work import UnitOfWork

GEMEENTEN = "GM%"
"""How the code of every municipality begins (CBS)."""


def _moment(key: str) -> datetime:
    moment = datetime.fromisoformat(key)
    if moment.tzinfo is None:
        msg = "a moment needs a zone"
        raise ValueError(msg)
    return moment


def audit_page(uow: UnitOfWork, page: Paging, object_id: UUID | None) -> list[Auditregel]:
    """A page of audit rows, one row more than asked."""
    query = select(Auditregel).where(col(Auditregel.gemeentecode).in_(uow.caller.gemeenten))
    if object_id is not None:
        query = query.where(Auditregel.object_id == str(object_id))
    after = page.after_key(_moment)
    if after is not None:
        moment, row_id = after
        older = or_(
            col(Auditregel.tijdstip) < moment, and_(col(Auditregel.tijdstip) == moment, col(Auditregel.id) < row_id)
        )
        query = query.where(older)
    query = query.order_by(col(Auditregel.tijdstip).desc(), col(Auditregel.id).desc()).limit(page.limit + 1)
    return list(uow.session.exec(query).all())


def rows_before(
    uow: UnitOfWork, gemeentecode: str | None, before: datetime, after: tuple[datetime, UUID] | None, limit: int
) -> list[Auditregel]:
    """Rows of a municipality from before a moment, oldest first, after the one that was looked at last; None: those of no municipality."""
    place = col(Auditregel.gemeentecode)
    belongs = place == gemeentecode if gemeentecode else or_(place.is_(None), place.not_like(GEMEENTEN))
    query = select(Auditregel).where(belongs, col(Auditregel.tijdstip) < before)
    if after is not None:
        moment, last = after
        same = and_(col(Auditregel.tijdstip) == moment, col(Auditregel.id) > last)
        query = query.where(or_(col(Auditregel.tijdstip) > moment, same))
    query = query.order_by(col(Auditregel.tijdstip), col(Auditregel.id)).limit(limit)
    return list(uow.session.exec(query).all())


def erase_rows(uow: UnitOfWork, ids: Collection[UUID]) -> None:
    """Removes rows for good; the destruction report names them."""
    uow.session.execute(delete(Auditregel).where(col(Auditregel.id).in_(ids)))
