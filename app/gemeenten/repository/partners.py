"""Queries on partners."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.http.paging import Paging
from app.gemeenten.repository.rijen import page, readable_by
from app.gemeenten.status import Partnersoort
from app.gemeenten.tables import Partner


def _valid_on(day: date) -> ColumnElement[bool]:
    return (col(Partner.geldig_vanaf) <= day) & or_(col(Partner.geldig_tot).is_(None), col(Partner.geldig_tot) >= day)


def valid_on(session: Session, gemeentecode: str, day: date, soort: Partnersoort | None) -> Sequence[Partner]:
    """The partners of a municipality that are valid on `day` (REG-16)."""
    statement = select(Partner).where(Partner.gemeentecode == gemeentecode, _valid_on(day))
    if soort is not None:
        statement = statement.where(Partner.soort == soort)
    return session.exec(statement.order_by(Partner.naam, col(Partner.id))).all()


def valid_in(
    session: Session, gemeenten: Collection[str], day: date, soorten: Collection[Partnersoort]
) -> Sequence[Partner]:
    """The partners of some kinds of several municipalities that are valid on `day`."""
    statement = select(Partner).where(
        col(Partner.gemeentecode).in_(gemeenten), col(Partner.soort).in_(soorten), _valid_on(day)
    )
    return session.exec(statement.order_by(Partner.gemeentecode, Partner.naam, col(Partner.id))).all()


def of_kinds(session: Session, gemeentecode: str, soorten: Collection[Partnersoort]) -> Sequence[Partner]:
    """The partners of some kinds, also those that ended or have not begun, by name."""
    statement = select(Partner).where(Partner.gemeentecode == gemeentecode, col(Partner.soort).in_(soorten))
    return session.exec(statement.order_by(Partner.naam, col(Partner.id))).all()


def partners_page(
    session: Session,
    caller: Caller,
    paging: Paging,
    gemeentecode: str | None,
    soort: Partnersoort | None,
    zoek: str | None,
    day: date | None,
) -> Sequence[Partner]:
    """Partners by name; `zoek` is found in name and aliases (ROL-11, DEF-10)."""
    statement = select(Partner).where(readable_by(caller, Partner.gemeentecode))
    if gemeentecode is not None:
        statement = statement.where(Partner.gemeentecode == gemeentecode)
    if soort is not None:
        statement = statement.where(Partner.soort == soort)
    if zoek:
        statement = statement.where(col(Partner.zoektekst).contains(zoek.casefold().strip(), autoescape=True))
    if day is not None:
        statement = statement.where(_valid_on(day))
    return page(session, statement, col(Partner.naam), Partner.id, paging)
