"""Queries on areas."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.http.paging import Paging
from app.gemeenten.repository.rijen import page, readable_by
from app.gemeenten.status import Gebiedsoort
from app.gemeenten.tables import Gebied


def stamps_of(session: Session, gemeentecode: str) -> Sequence[tuple[UUID, int, Gebiedsoort]]:
    """Id, year and level of all areas of a municipality: small, and another content always has other ids."""
    statement = select(Gebied.id, Gebied.jaar, Gebied.soort).where(Gebied.gemeentecode == gemeentecode)
    rows = session.exec(statement.order_by(col(Gebied.id))).all()
    return [(row_id, jaar, Gebiedsoort(soort)) for row_id, jaar, soort in rows]


def areas_of(session: Session, gemeentecode: str, jaar: int, soort: Gebiedsoort | None = None) -> Sequence[Gebied]:
    """The areas of one year, with their boundaries."""
    statement = select(Gebied).where(Gebied.gemeentecode == gemeentecode, Gebied.jaar == jaar)
    if soort is not None:
        statement = statement.where(Gebied.soort == soort)
    return session.exec(statement.order_by(Gebied.code)).all()


def codes_elsewhere(session: Session, gemeentecode: str, jaar: int, codes: Sequence[str]) -> Sequence[str]:
    """Those of `codes` that another municipality has in this year."""
    statement = select(Gebied.code).where(
        Gebied.jaar == jaar, col(Gebied.code).in_(codes), Gebied.gemeentecode != gemeentecode
    )
    return session.exec(statement.order_by(Gebied.code)).all()


def gebieden_page(
    session: Session,
    caller: Caller,
    paging: Paging,
    gemeentecode: str | None,
    jaar: int | None,
    soort: Gebiedsoort | None,
) -> Sequence[Gebied]:
    """Areas by code."""
    statement = select(Gebied).where(readable_by(caller, Gebied.gemeentecode))
    for column, value in (
        (Gebied.gemeentecode, gemeentecode),
        (Gebied.jaar, jaar),
        (Gebied.soort, soort),
    ):
        if value is not None:
            statement = statement.where(col(column) == value)
    return page(session, statement, col(Gebied.code), Gebied.id, paging)


def codes_with_areas(session: Session) -> Sequence[str]:
    """The municipalities that have areas."""
    return session.exec(select(Gebied.gemeentecode).distinct().order_by(Gebied.gemeentecode)).all()
