"""Queries on the on-call roster."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.http.paging import Paging
from app.gemeenten.repository.rijen import page, readable_by
from app.gemeenten.tables import Piketdienst


def on_call(session: Session, gemeentecode: str, moment: datetime, rang: int) -> Piketdienst | None:
    """Who is on call at this moment."""
    statement = select(Piketdienst).where(
        Piketdienst.gemeentecode == gemeentecode,
        Piketdienst.rang == rang,
        col(Piketdienst.van) <= moment,
        col(Piketdienst.tot) > moment,
    )
    return session.exec(statement.order_by(col(Piketdienst.van).desc(), col(Piketdienst.id)).limit(1)).first()


def running_in(session: Session, gemeenten: Collection[str], moment: datetime) -> Sequence[Piketdienst]:
    """The shifts that run now in several municipalities, the one that began last first."""
    statement = select(Piketdienst).where(
        col(Piketdienst.gemeentecode).in_(gemeenten), col(Piketdienst.van) <= moment, col(Piketdienst.tot) > moment
    )
    return session.exec(statement.order_by(col(Piketdienst.van).desc(), col(Piketdienst.id))).all()


def overlapping(session: Session, gemeentecode: str, rang: int, van: datetime, tot: datetime) -> Sequence[Piketdienst]:
    """Shifts of this rank that run into the period."""
    statement = select(Piketdienst).where(
        Piketdienst.gemeentecode == gemeentecode,
        Piketdienst.rang == rang,
        col(Piketdienst.van) < tot,
        col(Piketdienst.tot) > van,
    )
    return session.exec(statement).all()


def shifts_after(session: Session, gemeentecode: str, moment: datetime) -> Sequence[Piketdienst]:
    """Shifts of a municipality that have not ended at this moment."""
    statement = select(Piketdienst).where(Piketdienst.gemeentecode == gemeentecode, col(Piketdienst.tot) > moment)
    return session.exec(statement.order_by(col(Piketdienst.van))).all()


def last_test(session: Session, gemeentecode: str, nummer: str) -> datetime | None:
    """When this number of the municipality was last tested."""
    statement = select(Piketdienst.getest_op).where(
        Piketdienst.gemeentecode == gemeentecode,
        Piketdienst.nummer == nummer,
        col(Piketdienst.getest_op).is_not(None),
    )
    return session.exec(statement.order_by(col(Piketdienst.getest_op).desc()).limit(1)).first()


def piketdiensten_page(
    session: Session, caller: Caller, paging: Paging, gemeentecode: str | None, after: datetime | None
) -> Sequence[Piketdienst]:
    """The roster by start."""
    statement = select(Piketdienst).where(readable_by(caller, Piketdienst.gemeentecode))
    if gemeentecode is not None:
        statement = statement.where(Piketdienst.gemeentecode == gemeentecode)
    return page(session, statement, col(Piketdienst.van), Piketdienst.id, paging, after)
