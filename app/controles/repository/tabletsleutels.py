"""Queries on the keys of tablets: those to seal to, and the halves that open a tablet."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.controles.tables import Quarantaine, Sleutelhelft, Tabletsleutel
from app.core.caller import SYSTEM_ID, Caller


def newest(session: Session) -> Tabletsleutel | None:
    """The key that tablets seal to now; the same for everybody."""
    return session.exec(select(Tabletsleutel).order_by(col(Tabletsleutel.gemaakt_op).desc()).limit(1)).one_or_none()


def with_ids(session: Session, ids: Iterable[UUID]) -> Sequence[Tabletsleutel]:
    """The keys that sealed events name."""
    return session.exec(select(Tabletsleutel).where(col(Tabletsleutel.id).in_(list(ids)))).all()


def made_before(session: Session, moment: datetime) -> Sequence[Tabletsleutel]:
    """Keys that nothing can arrive for any more, locked."""
    return session.exec(select(Tabletsleutel).where(col(Tabletsleutel.gemaakt_op) < moment).with_for_update()).all()


def own_half(session: Session, caller: Caller, apparaat_id: UUID) -> Sleutelhelft | None:
    """The half of this tablet that is the caller's own, locked, so that tries are counted one by one."""
    query = select(Sleutelhelft).where(
        Sleutelhelft.apparaat_id == apparaat_id, Sleutelhelft.account_id == caller.account_id
    )
    return session.exec(query.with_for_update()).one_or_none()


def halves_of(session: Session, apparaat_id: UUID) -> Sequence[Sleutelhelft]:
    """All halves of a tablet, whoever made them: a wipe destroys each."""
    return session.exec(select(Sleutelhelft).where(Sleutelhelft.apparaat_id == apparaat_id).with_for_update()).all()


def unopened_since(session: Session, moment: datetime) -> tuple[int, int]:
    """How many sealed events that nobody can be held to were kept since a moment, and their bytes."""
    query = select(func.count(), func.coalesce(func.sum(func.length(col(Quarantaine.inhoud))), 0)).where(
        Quarantaine.gemeentecode == "", Quarantaine.account_id == SYSTEM_ID, col(Quarantaine.ontvangen_op) > moment
    )
    count, size = session.exec(query).one()
    return count, int(size)
