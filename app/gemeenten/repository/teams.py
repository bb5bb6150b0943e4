"""Queries on teams and their members."""

from collections.abc import Collection, Sequence
from uuid import UUID

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


def names_of(session: Session, gemeentecode: str) -> Sequence[tuple[UUID, str]]:
    """Id and name of the teams of a municipality, by name; the caller reads the municipality already."""
    query = select(Team.id, Team.naam).where(Team.gemeentecode == gemeentecode)
    return session.exec(query.order_by(Team.naam, col(Team.id))).all()


def names(session: Session, caller: Caller) -> dict[UUID, str]:
    """The names of all teams that the caller may see."""
    return dict(session.exec(select(Team.id, Team.naam).where(readable_by(caller, Team.gemeentecode))).all())


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
