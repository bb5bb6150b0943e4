"""Names that reports show for ids: of functions, in one query; the caller reads the record that names the id."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from app.gemeenten.tables import Account


def functions(session: Session, ids: Collection[UUID]) -> Sequence[tuple[UUID, str]]:
    """Id and function of accounts."""
    return session.exec(select(Account.id, Account.functie).where(col(Account.id).in_(ids))).all()
