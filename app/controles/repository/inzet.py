"""Queries on inspectors at a control, and on check-outs that are overdue (PLN-02). Who may see a control is asked before."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from app.controles.tables import Controle, Inzet

BATCH = 200
_OF = select(Inzet).where(col(Inzet.controle_id).in_(bindparam("ids", expanding=True))).order_by(col(Inzet.id))


def of_controls(session: Session, controles: Iterable[UUID]) -> Sequence[Inzet]:
    """The inspectors of these controls; their rows are locked through the control."""
    return session.exec(_OF, params={"ids": list(controles)}).all()


def overdue(session: Session, now: datetime) -> Sequence[tuple[Inzet, Controle]]:
    """Inspectors whose check-out is due and of whom nobody was told yet, locked, with their control."""
    query = (
        select(Inzet, Controle)
        .join(Controle, col(Controle.id) == col(Inzet.controle_id))
        .where(col(Inzet.uitgecheckt_op).is_(None), col(Inzet.uitchecken_voor) <= now, col(Inzet.alarm_op).is_(None))
        .order_by(col(Inzet.uitchecken_voor))
        .limit(BATCH)
        .with_for_update(skip_locked=True, of=Inzet)
    )
    return session.exec(query).all()
