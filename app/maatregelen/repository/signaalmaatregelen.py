"""Queries on what the AF counts to a signal. Who may ask is decided by the signal, before any of these."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.upsert import insert_or_skip
from app.maatregelen.repository.maatregelen import readable_by
from app.maatregelen.tables import Maatregel, MaatregelSignaal


def measures_of(session: Session, caller: Caller, signaal_id: UUID) -> Sequence[Maatregel]:
    """The measures of a signal that the caller may see, newest first."""
    query = (
        select(Maatregel)
        .join(MaatregelSignaal, col(MaatregelSignaal.maatregel_id) == col(Maatregel.id))
        .where(readable_by(caller), MaatregelSignaal.signaal_id == signaal_id)
    )
    return session.exec(query.order_by(col(Maatregel.opgelegd_op).desc(), col(Maatregel.id).desc())).all()


def link(session: Session, signaal_id: UUID, maatregel_id: UUID, op: datetime, door: UUID) -> bool:
    """Counts a measure to a signal, once; answers whether it was new."""
    row = MaatregelSignaal(signaal_id=signaal_id, maatregel_id=maatregel_id, gekoppeld_op=op, gekoppeld_door=door)
    return bool(insert_or_skip(session, MaatregelSignaal, [row.model_dump()], MaatregelSignaal.maatregel_id))


def linked_signals(session: Session) -> set[UUID]:
    """Signals to which a measure is counted; asked by retention, shown to nobody."""
    return set(session.exec(select(MaatregelSignaal.signaal_id).distinct()).all())


def unlink(session: Session, signalen: Collection[UUID]) -> None:
    """Takes the measures from signals."""
    session.execute(delete(MaatregelSignaal).where(col(MaatregelSignaal.signaal_id).in_(signalen)))
