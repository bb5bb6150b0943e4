"""Queries on trainings of function accounts."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.http.paging import Paging
from app.gemeenten.repository.rijen import page, readable_by
from app.gemeenten.tables import Opleiding


def opleidingen_page(
    session: Session, caller: Caller, paging: Paging, gemeentecode: str | None, account_id: UUID | None
) -> Sequence[Opleiding]:
    """Trainings by kind: one page and one row more."""
    statement = select(Opleiding).where(readable_by(caller, Opleiding.gemeentecode))
    if gemeentecode is not None:
        statement = statement.where(Opleiding.gemeentecode == gemeentecode)
    if account_id is not None:
        statement = statement.where(Opleiding.account_id == account_id)
    return page(session, statement, col(Opleiding.soort), Opleiding.id, paging)


def of_accounts(session: Session, account_ids: Collection[UUID]) -> Sequence[Opleiding]:
    """All trainings of these accounts; the caller answers for who may know them."""
    statement = select(Opleiding).where(col(Opleiding.account_id).in_(account_ids))
    return session.exec(statement.order_by(col(Opleiding.account_id), col(Opleiding.id))).all()
