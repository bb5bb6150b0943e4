"""Queries on meetings. A series is seen by its members and by the administrator who sets it up; an agenda by its members alone (OVL-03)."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, or_, update
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.http.paging import Paging
from app.core.upsert import insert_or_skip
from app.gemeenten.rules.rollen import Rol
from app.signalen.status import (
    Overlegsoort,
    Overlegstatus,
)
from app.signalen.tables import Overleg, Overleglid, Overlegreeks


def is_member(caller: Caller) -> ColumnElement[bool]:
    """Series of which the caller is a member, in a role that may be one."""
    if not caller.has(Rol.AF, Rol.KETENREGISSEUR) or caller.has(Rol.BEHEERDER):
        return false()  # who sets the members never is one
    return exists().where(
        col(Overleglid.reeks_id) == col(Overlegreeks.id), col(Overleglid.account_id) == caller.account_id
    )


def readable_by(caller: Caller, regio_code: str | None) -> ColumnElement[bool]:
    """Series and dates for members, and for the administrator of the municipality or its region; never what is on an agenda."""
    if caller.has(Rol.BEHEERDER):
        return within(caller.gemeentecode, regio_code)
    return is_member(caller)


def within(gemeentecode: str, regio_code: str | None) -> ColumnElement[bool]:
    """Series of a municipality or of its region."""
    own = col(Overlegreeks.gemeentecode) == gemeentecode
    return own if regio_code is None else or_(own, col(Overlegreeks.regio_code) == regio_code)


def reeksen_page(session: Session, readable: ColumnElement[bool], paging: Paging) -> Sequence[Overlegreeks]:
    """Series by name."""
    query = select(Overlegreeks).where(readable)
    if paging.after is not None:
        name, last = paging.after
        query = query.where(
            or_(col(Overlegreeks.naam) > name, and_(col(Overlegreeks.naam) == name, col(Overlegreeks.id) > last))
        )
    return session.exec(query.order_by(col(Overlegreeks.naam), col(Overlegreeks.id)).limit(paging.limit + 1)).all()


def find_reeks(
    session: Session, readable: ColumnElement[bool], reeks_id: UUID, *, lock: bool = False
) -> Overlegreeks | None:
    """One series."""
    query = select(Overlegreeks).where(readable, Overlegreeks.id == reeks_id)
    return session.exec(query.with_for_update() if lock else query).one_or_none()


def stored_reeks(session: Session, reeks_id: UUID) -> Overlegreeks | None:
    """The series under a client-made id; for the check whether the same was sent before."""
    return session.get(Overlegreeks, reeks_id)


def active_reeksen(session: Session) -> Sequence[Overlegreeks]:
    """Every series that goes on, for the sweep."""
    return session.exec(select(Overlegreeks).where(col(Overlegreeks.actief).is_(True))).all()


def members_of(session: Session, reeks_ids: Collection[UUID]) -> Sequence[Overleglid]:
    """The members of series, in one query."""
    return session.exec(select(Overleglid).where(col(Overleglid.reeks_id).in_(reeks_ids))).all()


def overleggen_page(
    session: Session, readable: ColumnElement[bool], reeks_id: UUID | None, van: date | None, paging: Paging
) -> Sequence[tuple[Overleg, Overlegreeks]]:
    """Meetings by date."""
    query = select(Overleg, Overlegreeks).join(Overlegreeks, col(Overlegreeks.id) == col(Overleg.reeks_id))
    query = query.where(readable)
    if reeks_id is not None:
        query = query.where(Overleg.reeks_id == reeks_id)
    if van is not None:
        query = query.where(col(Overleg.datum) >= van)
    after = paging.after_key(date.fromisoformat)
    if after is not None:
        day, last = after
        query = query.where(or_(col(Overleg.datum) > day, and_(col(Overleg.datum) == day, col(Overleg.id) > last)))
    query = query.order_by(col(Overleg.datum), col(Overleg.id)).limit(paging.limit + 1)
    return [(row, reeks) for row, reeks in session.exec(query).all()]


def find_overleg(
    session: Session, readable: ColumnElement[bool], overleg_id: UUID, *, lock: bool = False
) -> tuple[Overleg, Overlegreeks] | None:
    """One meeting with its series."""
    query = (
        select(Overleg, Overlegreeks)
        .join(Overlegreeks, col(Overlegreeks.id) == col(Overleg.reeks_id))
        .where(readable, Overleg.id == overleg_id)
    )
    found = session.exec(query.with_for_update(of=Overleg) if lock else query).one_or_none()
    return None if found is None else (found[0], found[1])


def stored_overleg(session: Session, overleg_id: UUID) -> Overleg | None:
    """The meeting under a client-made id; for the check whether the same was sent before."""
    return session.get(Overleg, overleg_id)


def on_day(session: Session, reeks_id: UUID, day: date) -> Overleg | None:
    """The meeting of a series on a day."""
    return session.exec(select(Overleg).where(Overleg.reeks_id == reeks_id, Overleg.datum == day)).one_or_none()


def rhythm_days(session: Session, reeks_id: UUID, van: date) -> set[date]:
    """Days of the rhythm from `van` on for which a meeting was made, and days on which there is one already."""
    query = select(col(Overleg.ritmedatum), col(Overleg.datum)).where(
        Overleg.reeks_id == reeks_id, or_(col(Overleg.ritmedatum) >= van, col(Overleg.datum) >= van)
    )
    return {day for row in session.exec(query).all() for day in row if day is not None}


def add_meetings(session: Session, rows: Sequence[dict[str, object]]) -> int:
    """Stores meetings unless they stand already; answers how many were stored."""
    return len(insert_or_skip(session, Overleg, rows, Overleg.id))


def drop_planned(session: Session, reeks_id: UUID, van: date) -> None:
    """The planned meetings of a series that ended do not go on."""
    query = update(Overleg).where(
        col(Overleg.reeks_id) == reeks_id,
        col(Overleg.datum) >= van,
        col(Overleg.status) == Overlegstatus.GEPLAND,
    )
    session.execute(query.values(status=Overlegstatus.VERVALLEN, versie=Overleg.versie + 1))


def next_planned(session: Session, reeks_id: UUID, van: date) -> Overleg | None:
    """The first planned meeting of a series."""
    query = select(Overleg).where(
        Overleg.reeks_id == reeks_id, col(Overleg.datum) >= van, Overleg.status == Overlegstatus.GEPLAND
    )
    return session.exec(query.order_by(col(Overleg.datum)).limit(1)).first()


def held_days(session: Session, reeks_id: UUID) -> Sequence[date]:
    """The days on which a series was held."""
    query = select(col(Overleg.datum)).where(Overleg.reeks_id == reeks_id, Overleg.status == Overlegstatus.GEHOUDEN)
    return session.exec(query).all()


def of_year(
    session: Session, scope: ColumnElement[bool], jaar: int
) -> Sequence[tuple[Overlegsoort, Overlegstatus, str | None]]:
    """Kind, state and theme of the meetings of a year."""
    query = (
        select(col(Overlegreeks.soort), col(Overleg.status), Overleg.thema)
        .join(Overleg, col(Overleg.reeks_id) == col(Overlegreeks.id))
        .where(scope, col(Overleg.datum) >= date(jaar, 1, 1), col(Overleg.datum) <= date(jaar, 12, 31))
    )
    return [(soort, status, thema) for soort, status, thema in session.exec(query.order_by(col(Overleg.datum))).all()]
