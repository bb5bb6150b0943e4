"""Queries on teams and their members."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.http.paging import Paging
from app.gemeenten.repository.rijen import page, readable_by
from app.gemeenten.status import Teamsoort
from app.gemeenten.tables import Team, Teamlid


def teams_page(session: Session, caller: Caller, paging: Paging, gemeentecode: str | None) -> Sequence[Team]:
    """Teams by name."""
    statement = select(Team).where(readable_by(caller, Team.gemeentecode))
    if gemeentecode is not None:
        statement = statement.where(Team.gemeentecode == gemeentecode)
    return page(session, statement, col(Team.naam), Team.id, paging)


def names_in(session: Session, gemeentecode: str) -> dict[UUID, str]:
    """The names of the teams of a municipality, by name; the caller reads the municipality already."""
    return _names(session, col(Team.gemeentecode) == gemeentecode)


def names_of(session: Session, ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of these teams; the caller reads the records that name them already."""
    return _names(session, col(Team.id).in_(ids))


def readable_names(session: Session, caller: Caller) -> dict[UUID, str]:
    """The names of all teams that the caller may see."""
    return _names(session, readable_by(caller, Team.gemeentecode))


def _names(session: Session, where: ColumnElement[bool]) -> dict[UUID, str]:
    return dict(session.exec(select(Team.id, Team.naam).where(where).order_by(Team.naam, col(Team.id))).all())


def kinds_of(session: Session, account_ids: Collection[UUID]) -> Sequence[tuple[UUID, Teamsoort]]:
    """The kinds of the teams of accounts; the caller answers for who may know them."""
    query = select(Teamlid.account_id, Team.soort).join(Team, col(Team.id) == col(Teamlid.team_id))
    rows = session.exec(query.where(col(Teamlid.account_id).in_(account_ids))).all()
    return [(account_id, Teamsoort(soort)) for account_id, soort in rows]


def memberships(
    session: Session, team_ids: Collection[UUID] | None = None, account_ids: Collection[UUID] | None = None
) -> Sequence[Teamlid]:
    """Who is in which team; the caller reads the teams or accounts already."""
    statement = select(Teamlid)
    if team_ids is not None:
        statement = statement.where(col(Teamlid.team_id).in_(team_ids))
    if account_ids is not None:
        statement = statement.where(col(Teamlid.account_id).in_(account_ids))
    return session.exec(statement.order_by(col(Teamlid.team_id), col(Teamlid.account_id))).all()
