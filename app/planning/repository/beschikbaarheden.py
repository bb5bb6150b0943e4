"""Queries on capacity: shifts of teams and dates of partners."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import and_, delete, insert, or_
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.http.paging import Paging
from app.planning.repository.zicht import date_of, readable_by
from app.planning.status import Beschikbaarheidsoort
from app.planning.tables import Beschikbaarheid, Dienstlid, Vervallendienst


@dataclass(frozen=True, slots=True)
class Beschikbaarheidfilter:
    """What the list is narrowed to."""

    van: date | None = None
    tot: date | None = None
    team_id: UUID | None = None
    partner_id: UUID | None = None


def page(session: Session, caller: Caller, filters: Beschikbaarheidfilter, paging: Paging) -> Sequence[Beschikbaarheid]:
    """One page by date, and one more."""
    statement = select(Beschikbaarheid).where(readable_by(caller, Beschikbaarheid.gemeentecode))
    if filters.van is not None:
        statement = statement.where(col(Beschikbaarheid.datum) >= filters.van)
    if filters.tot is not None:
        statement = statement.where(col(Beschikbaarheid.datum) <= filters.tot)
    if filters.team_id is not None:
        statement = statement.where(Beschikbaarheid.team_id == filters.team_id)
    if filters.partner_id is not None:
        statement = statement.where(Beschikbaarheid.partner_id == filters.partner_id)
    day = date_of(paging)
    if paging.after is not None and day is not None:
        later = and_(col(Beschikbaarheid.datum) == day, col(Beschikbaarheid.id) > paging.after[1])
        statement = statement.where(or_(col(Beschikbaarheid.datum) > day, later))
    order = (col(Beschikbaarheid.datum), col(Beschikbaarheid.id))
    return session.exec(statement.order_by(*order).limit(paging.limit + 1)).all()


def between(
    session: Session,
    gemeentecode: str,
    van: date,
    tot: date,
    teams: Collection[UUID] | None = None,
    soort: Beschikbaarheidsoort | None = None,
) -> Sequence[Beschikbaarheid]:
    """All rows of a municipality on dates from `van` up to and including `tot`."""
    statement = select(Beschikbaarheid).where(
        Beschikbaarheid.gemeentecode == gemeentecode,
        col(Beschikbaarheid.datum) >= van,
        col(Beschikbaarheid.datum) <= tot,
    )
    if teams is not None:
        statement = statement.where(col(Beschikbaarheid.team_id).in_(teams))
    if soort is not None:
        statement = statement.where(Beschikbaarheid.soort == soort)
    return session.exec(statement.order_by(col(Beschikbaarheid.datum), col(Beschikbaarheid.id))).all()


def with_ids(session: Session, ids: Sequence[UUID]) -> dict[UUID, Beschikbaarheid]:
    """Rows by id, of any municipality: only to see what is stored already under a client-made id."""
    found: dict[UUID, Beschikbaarheid] = {}
    for start in range(0, len(ids), 500):
        statement = select(Beschikbaarheid).where(col(Beschikbaarheid.id).in_(ids[start : start + 500]))
        found.update({row.id: row for row in session.exec(statement).all()})
    return found


def teams_with_shifts(
    session: Session, gemeentecode: str, van: date, tot: date, teams: Collection[UUID]
) -> frozenset[UUID]:
    """Which of these teams have a shift in a period."""
    statement = select(Beschikbaarheid.team_id).where(
        Beschikbaarheid.gemeentecode == gemeentecode,
        col(Beschikbaarheid.team_id).in_(teams),
        col(Beschikbaarheid.datum) >= van,
        col(Beschikbaarheid.datum) <= tot,
    )
    return frozenset(team for team in session.exec(statement.distinct()).all() if team is not None)


def add_all(session: Session, rows: Sequence[Beschikbaarheid]) -> None:
    """Stores many rows at once."""
    if rows:
        session.execute(insert(Beschikbaarheid), [row.model_dump() for row in rows])


def find(session: Session, caller: Caller, row_id: UUID, *, lock: bool = False) -> Beschikbaarheid | None:
    """A row that the caller may read; `lock` holds it until the end of the transaction."""
    statement = select(Beschikbaarheid).where(
        Beschikbaarheid.id == row_id, readable_by(caller, Beschikbaarheid.gemeentecode)
    )
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return session.exec(statement).one_or_none()


def crews(session: Session, ids: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Who is on these shifts, where that is known."""
    found: dict[UUID, set[UUID]] = {}
    wanted = list(ids)
    for start in range(0, len(wanted), 500):
        statement = select(Dienstlid).where(col(Dienstlid.beschikbaarheid_id).in_(wanted[start : start + 500]))
        for row in session.exec(statement).all():
            found.setdefault(row.beschikbaarheid_id, set()).add(row.account_id)
    return {shift: frozenset(crew) for shift, crew in found.items()}


def add_crews(session: Session, crews: Sequence[tuple[UUID, UUID]]) -> None:
    """Puts many accounts on shifts at once: shift and account."""
    if crews:
        rows = [{"beschikbaarheid_id": shift, "account_id": account} for shift, account in crews]
        session.execute(insert(Dienstlid), rows)


def set_crew(session: Session, row_id: UUID, accounts: Collection[UUID]) -> None:
    """Replaces who is on a shift."""
    session.execute(delete(Dienstlid).where(col(Dienstlid.beschikbaarheid_id) == row_id))
    session.add_all(Dienstlid(beschikbaarheid_id=row_id, account_id=account) for account in sorted(accounts))
    session.flush()


def remove(session: Session, row: Beschikbaarheid, mark: Vervallendienst) -> None:
    """Takes a row off the roster and keeps that it was there, for calendars."""
    set_crew(session, row.id, ())
    session.delete(row)
    session.add(mark)
    session.flush()


def cancelled(session: Session, team_id: UUID, since: date) -> Sequence[Vervallendienst]:
    """The shifts of a team since a day that were taken off the roster."""
    statement = select(Vervallendienst).where(Vervallendienst.team_id == team_id, col(Vervallendienst.datum) >= since)
    return session.exec(statement.order_by(col(Vervallendienst.datum), col(Vervallendienst.id))).all()


def of_team(session: Session, caller: Caller, team_id: UUID, datum: date) -> Sequence[Beschikbaarheid]:
    """The shifts of a team on a day, the first one first."""
    statement = select(Beschikbaarheid).where(
        readable_by(caller, Beschikbaarheid.gemeentecode),
        Beschikbaarheid.team_id == team_id,
        Beschikbaarheid.datum == datum,
    )
    return session.exec(statement.order_by(col(Beschikbaarheid.van), col(Beschikbaarheid.id))).all()
