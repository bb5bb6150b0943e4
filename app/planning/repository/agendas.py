"""Queries on the secret addresses of calendar feeds."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.http.paging import Paging
from app.planning.repository.zicht import readable_by
from app.planning.tables import Agendasleutel


def page(session: Session, caller: Caller, paging: Paging) -> Sequence[Agendasleutel]:
    """One page by id, and one more."""
    statement = select(Agendasleutel).where(readable_by(caller, Agendasleutel.gemeentecode))
    if paging.after is not None:
        statement = statement.where(col(Agendasleutel.id) > paging.after[1])
    return session.exec(statement.order_by(col(Agendasleutel.id)).limit(paging.limit + 1)).all()


def find(session: Session, caller: Caller, row_id: UUID) -> Agendasleutel | None:
    """A secret address that the caller may manage, locked."""
    statement = select(Agendasleutel).where(Agendasleutel.id == row_id, readable_by(caller, Agendasleutel.gemeentecode))
    return session.exec(statement.with_for_update()).one_or_none()


def stored(session: Session, row_id: UUID) -> Agendasleutel | None:
    """The row under a client-made id, of any municipality."""
    return session.get(Agendasleutel, row_id)


def with_hash(session: Session, sleutelhash: str, today: date) -> Agendasleutel | None:
    """The address with this secret when it still works, locked; whoever knows the secret may read."""
    statement = select(Agendasleutel).where(
        Agendasleutel.sleutelhash == sleutelhash,
        col(Agendasleutel.ingetrokken_op).is_(None),
        col(Agendasleutel.geldig_tot) >= today,
    )
    return session.exec(statement.with_for_update()).one_or_none()
