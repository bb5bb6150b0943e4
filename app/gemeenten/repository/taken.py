"""Queries on tasks."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.http.paging import Paging
from app.core.upsert import insert_or_skip
from app.gemeenten.repository import rijen
from app.gemeenten.status import Taakstatus
from app.gemeenten.tables import Taak

NO_DATE = date(9999, 12, 31)
"""Sorts tasks without a date behind all others, alike on both databases."""


def readable_by(caller: Caller) -> sa.ColumnElement[bool]:
    """Tasks for a role of the caller, in its municipalities, and for its team where the task names one."""
    if caller.is_system:
        return sa.true()
    return sa.and_(
        rijen.readable_by(caller, Taak.gemeentecode),
        col(Taak.voor_rol).in_(caller.rollen),
        sa.or_(col(Taak.team_id).is_(None), col(Taak.team_id).in_(caller.teams)),
    )


def find_taak(session: Session, caller: Caller, taak_id: UUID) -> Taak | None:
    """A task of the caller, locked."""
    statement = select(Taak).where(Taak.id == taak_id, readable_by(caller)).with_for_update()
    return session.exec(statement).one_or_none()


def taak_of(session: Session, soort: str, onderwerp_id: UUID) -> Taak | None:
    """The one task of this kind on a record, whoever asks; locked."""
    statement = select(Taak).where(Taak.soort == soort, Taak.onderwerp_id == onderwerp_id).with_for_update()
    return session.exec(statement).one_or_none()


def open_of_kinds(session: Session, gemeentecode: str, soorten: Collection[str]) -> Sequence[Taak]:
    """The open tasks of some kinds in a municipality, whoever they are for."""
    statement = select(Taak).where(
        Taak.gemeentecode == gemeentecode, Taak.status == Taakstatus.OPEN, col(Taak.soort).in_(sorted(soorten))
    )
    return session.exec(statement).all()


def open_about(session: Session, onderwerpen: Collection[UUID]) -> Sequence[Taak]:
    """The open tasks about these records, whoever they are for."""
    query = select(Taak).where(col(Taak.onderwerp_id).in_(onderwerpen), Taak.status == Taakstatus.OPEN)
    return session.exec(query).all()


def insert_once(session: Session, taak: Taak) -> None:
    """Stores the task unless its record has one of this kind, also when another process stores it at this moment."""
    insert_or_skip(session, Taak, [taak.model_dump()], Taak.id)


def taken_page(
    session: Session,
    caller: Caller,
    paging: Paging,
    status: Taakstatus,
    rol: str | None,
    team_id: UUID | None,
    gemeentecode: str | None,
    after: date | None,
) -> Sequence[Taak]:
    """Tasks of the caller by due date."""
    statement = select(Taak).where(readable_by(caller), Taak.status == status)
    for column, value in ((Taak.voor_rol, rol), (Taak.team_id, team_id), (Taak.gemeentecode, gemeentecode)):
        if value is not None:
            statement = statement.where(col(column) == value)
    return rijen.page(session, statement, sa.func.coalesce(col(Taak.voor_datum), NO_DATE), Taak.id, paging, after)
