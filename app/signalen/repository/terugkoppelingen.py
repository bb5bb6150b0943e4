"""Queries on feedback. A submitter sees what was given to him; the rest is asked by the service for its own work."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.signalen.repository.signalen import submitted_by
from app.signalen.tables import Signaal, Terugkoppeling


def of_moment(session: Session, signaal_id: UUID, moment: str) -> Terugkoppeling | None:
    """The feedback of a locked signal at one moment."""
    query = select(Terugkoppeling).where(Terugkoppeling.signaal_id == signaal_id, Terugkoppeling.moment == moment)
    return session.exec(query).one_or_none()


def given_to(session: Session, caller: Caller, signaal_ids: Collection[UUID]) -> Sequence[Terugkoppeling]:
    """What the caller was told about these signals, oldest first; one query for a page."""
    query = select(Terugkoppeling).where(
        Terugkoppeling.aan == caller.account_id, col(Terugkoppeling.signaal_id).in_(signaal_ids)
    )
    return session.exec(query.order_by(col(Terugkoppeling.gegeven_op), col(Terugkoppeling.id))).all()


def own_signal(session: Session, caller: Caller, signaal_id: UUID) -> Signaal | None:
    """A signal that the caller submitted."""
    return session.exec(select(Signaal).where(submitted_by(caller), Signaal.id == signaal_id)).one_or_none()


def of_signal(session: Session, signaal_id: UUID) -> Sequence[Terugkoppeling]:
    """All feedback on a signal that the caller may read."""
    query = select(Terugkoppeling).where(Terugkoppeling.signaal_id == signaal_id)
    return session.exec(query.order_by(col(Terugkoppeling.gegeven_op), col(Terugkoppeling.id))).all()
