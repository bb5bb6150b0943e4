"""Queries for retention: the retention clock of this installation, and the destruction reports of a municipality."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.clock import parse_moment
from app.core.http.paging import Paging
from app.core.tables import Kenmerk
from app.core.upsert import insert_or_skip
from app.gemeenten.tables import Gemeente, Vernietigingsverslag


def fact(session: Session, naam: str, *, lock: bool = False) -> str | None:
    """A fact of this database, locked when it will be changed."""
    query = select(Kenmerk).where(Kenmerk.naam == naam)
    row = session.exec(query.with_for_update() if lock else query).one_or_none()
    return None if row is None else row.waarde


def store_fact(session: Session, naam: str, waarde: str) -> None:
    """Stores a fact, new or changed."""
    insert_or_skip(session, Kenmerk, [{"naam": naam, "waarde": waarde}], Kenmerk.naam)
    session.exec(select(Kenmerk).where(Kenmerk.naam == naam)).one().waarde = waarde
    session.flush()


def municipalities(session: Session) -> Sequence[str]:
    """All municipalities of this installation."""
    return session.exec(select(Gemeente.code).order_by(Gemeente.code)).all()


def reports_page(session: Session, caller: Caller, paging: Paging) -> Sequence[Vernietigingsverslag]:
    """Destruction reports of the caller's municipality, newest first; one more than the limit when there are more."""
    row = Vernietigingsverslag
    query = select(row).where(row.gemeentecode == caller.gemeentecode)
    after = paging.after_key(parse_moment)
    if after is not None:
        moment, last = after
        same = (col(row.verwijderd_op) == moment) & (col(row.id) < last)
        query = query.where((col(row.verwijderd_op) < moment) | same)
    return session.exec(query.order_by(col(row.verwijderd_op).desc(), col(row.id).desc()).limit(paging.limit + 1)).all()
