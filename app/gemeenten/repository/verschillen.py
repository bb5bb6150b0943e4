"""Queries for the comparison of rules. Norms, lists and kinds of partner are policy, not records of a case."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import or_
from sqlmodel import Session, col, select

from app.gemeenten.tables import Lijstwaarde, Norm, Partner


def norms_on(session: Session, gemeenten: Collection[str], day: date) -> Sequence[Norm]:
    """The norms of these municipalities and the national ones that hold on a day."""
    query = select(Norm).where(
        col(Norm.gemeentecode).in_(["", *sorted(gemeenten)]),
        col(Norm.geldig_vanaf) <= day,
        or_(col(Norm.geldig_tot).is_(None), col(Norm.geldig_tot) >= day),
    )
    return session.exec(query).all()


def own_list_values(session: Session, gemeenten: Collection[str]) -> Sequence[tuple[str, str, str]]:
    """Municipality, list and code of the values that municipalities added themselves."""
    query = select(Lijstwaarde.gemeentecode, Lijstwaarde.lijst, Lijstwaarde.code)
    query = query.where(col(Lijstwaarde.gemeentecode).in_(sorted(gemeenten)))
    return session.exec(query.order_by(Lijstwaarde.lijst, Lijstwaarde.code)).all()


def partners_on(session: Session, gemeenten: Collection[str], day: date) -> Sequence[Partner]:
    """The partners of these municipalities that are valid on a day: to whom the route of a signal can go."""
    query = select(Partner).where(
        col(Partner.gemeentecode).in_(sorted(gemeenten)),
        col(Partner.geldig_vanaf) <= day,
        or_(col(Partner.geldig_tot).is_(None), col(Partner.geldig_tot) >= day),
    )
    return session.exec(query.order_by(Partner.naam)).all()
