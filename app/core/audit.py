"""Reading the audit rows, newest first; a reader sees those of the own municipality only."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, or_
from sqlmodel import col, select

from app.core.http.paging import Paging
from app.core.tables import Auditregel
from app.core.unit_of_work import UnitOfWork


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
