"""Queries on shared lists. National values (empty municipality) are for everybody."""

from collections.abc import Collection, Sequence

from sqlalchemy import or_
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.gemeenten.repository.rijen import readable_by
from app.gemeenten.tables import Lijstwaarde


def values_for(session: Session, caller: Caller, lijst: str) -> Sequence[Lijstwaarde]:
    """The values of a list that the caller may read, by name."""
    readable = or_(col(Lijstwaarde.gemeentecode) == "", readable_by(caller, Lijstwaarde.gemeentecode))
    statement = select(Lijstwaarde).where(Lijstwaarde.lijst == lijst, readable)
    return session.exec(statement.order_by(Lijstwaarde.naam, Lijstwaarde.gemeentecode)).all()


def values_in(session: Session, gemeenten: Collection[str], lijst: str) -> Sequence[Lijstwaarde]:
    """The national values of a list and those of several municipalities."""
    statement = select(Lijstwaarde).where(
        col(Lijstwaarde.gemeentecode).in_(("", *gemeenten)), Lijstwaarde.lijst == lijst
    )
    return session.exec(statement.order_by(Lijstwaarde.gemeentecode, Lijstwaarde.code)).all()


def values_of(session: Session, gemeentecode: str, lijst: str | None = None) -> Sequence[Lijstwaarde]:
    """The national values and those of one municipality, of one list or of all."""
    statement = select(Lijstwaarde).where(col(Lijstwaarde.gemeentecode).in_(("", gemeentecode)))
    if lijst is not None:
        statement = statement.where(Lijstwaarde.lijst == lijst)
    return session.exec(statement.order_by(Lijstwaarde.lijst, Lijstwaarde.code)).all()
