"""Queries on municipalities and regions."""

from collections.abc import Sequence

from sqlalchemy import not_
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.http.paging import Paging
from app.gemeenten.repository.rijen import readable_by
from app.gemeenten.tables import Gemeente, Regio


def find_gemeente(session: Session, caller: Caller, code: str, *, lock: bool = False) -> Gemeente | None:
    """A municipality in which the caller may work."""
    statement = select(Gemeente).where(Gemeente.code == code, readable_by(caller, Gemeente.code))
    return session.exec(statement.with_for_update(key_share=True) if lock else statement).one_or_none()


def gemeenten_page(session: Session, caller: Caller, paging: Paging) -> Sequence[Gemeente]:
    """Municipalities by code."""
    statement = select(Gemeente).where(readable_by(caller, Gemeente.code))
    if paging.after is not None:
        statement = statement.where(col(Gemeente.code) > paging.after[0])
    return session.exec(statement.order_by(Gemeente.code).limit(paging.limit + 1)).all()


def stored_gemeente(session: Session, code: str) -> Gemeente | None:
    """A municipality, whoever asks: for setting up."""
    return session.get(Gemeente, code)


def others_in_use(session: Session, caller: Caller) -> Sequence[Gemeente]:
    """Municipalities that work with this service and in which the caller does not work, by name."""
    statement = select(Gemeente).where(col(Gemeente.in_gebruik).is_(True), not_(readable_by(caller, Gemeente.code)))
    return session.exec(statement.order_by(Gemeente.naam, Gemeente.code)).all()


def stored_regio(session: Session, code: str) -> Regio | None:
    """A region, whoever asks: regions hold no more than a name."""
    return session.get(Regio, code)


def codes_of_region(session: Session, regio_code: str) -> Sequence[str]:
    """The municipalities of a region."""
    return session.exec(select(Gemeente.code).where(Gemeente.regio_code == regio_code).order_by(Gemeente.code)).all()
