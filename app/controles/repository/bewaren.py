"""Queries for what may be kept for a time only; asked by the service itself, shown to nobody."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from app.controles.status import Controlestatus, Gebeurtenissoort
from app.controles.tables import Controle, Controlegebeurtenis

BATCH = 200


def municipalities(session: Session) -> Sequence[str]:
    """Municipalities with closed controls that were not looked at yet."""
    query = select(Controle.gemeentecode).where(
        Controle.status == Controlestatus.AFGEROND, col(Controle.opgeschoond_op).is_(None)
    )
    return session.exec(query.distinct()).all()


def closed_before(session: Session, gemeentecode: str, moment: datetime) -> Sequence[Controle]:
    """The oldest closed controls before a moment that were not looked at yet, locked."""
    query = select(Controle).where(
        Controle.gemeentecode == gemeentecode,
        Controle.status == Controlestatus.AFGEROND,
        col(Controle.opgeschoond_op).is_(None),
        col(Controle.afgerond_op) < moment,
    )
    query = query.order_by(col(Controle.afgerond_op)).limit(BATCH)
    return session.exec(query.with_for_update(skip_locked=True)).all()


def answer_events(session: Session, controle_id: UUID) -> Sequence[Controlegebeurtenis]:
    """The events of a control that hold answers."""
    query = select(Controlegebeurtenis).where(
        Controlegebeurtenis.controle_id == controle_id,
        Controlegebeurtenis.soort == Gebeurtenissoort.ANTWOORDEN.value,
    )
    return session.exec(query).all()
