"""Names that reports show for ids: of teams and functions, in one query each; the caller reads the record that names the id."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from app.gemeenten.tables import Account, Team


def team_names(session: Session, ids: Collection[UUID]) -> Sequence[tuple[UUID, str]]:
    """Id and name of teams."""
    return session.exec(select(Team.id, Team.naam).where(col(Team.id).in_(ids))).all()


def functions(session: Session, ids: Collection[UUID]) -> Sequence[tuple[UUID, str]]:
    """Id and function of accounts."""
    return session.exec(select(Account.id, Account.functie).where(col(Account.id).in_(ids))).all()
