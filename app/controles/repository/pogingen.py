"""Queries on attempts that nobody followed up (PLN-15)."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import and_, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.controles.repository.controles import readable_by
from app.controles.repository.gemist import stands
from app.controles.status import Controlestatus
from app.controles.tables import Controle
from app.core.caller import Caller

GEVOLGD = (Controlestatus.GEPLAND, Controlestatus.VRIJGEGEVEN, Controlestatus.BEZIG, Controlestatus.AFGEROND)


def waiting(session: Session, caller: Caller, gemeentecode: str, vandaag: date) -> Sequence[Controle]:
    """The last attempt at each object that has no visit planned or done since, oldest first; a plan of a day that passed is none."""
    later = aliased(Controle)
    followed = and_(col(later.status).in_(GEVOLGD), col(later.datum) >= col(Controle.datum), stands(vandaag, later))
    tried_again = and_(col(later.status) == Controlestatus.POGING, col(later.poging_op) > col(Controle.poging_op))
    query = select(Controle).where(
        readable_by(caller),
        Controle.gemeentecode == gemeentecode,
        Controle.status == Controlestatus.POGING,
        ~exists().where(
            col(later.object_id) == col(Controle.object_id),
            col(later.id) != col(Controle.id),
            or_(followed, tried_again),
        ),
    )
    return session.exec(query.order_by(col(Controle.datum), col(Controle.id))).all()


def tries_at(session: Session, objecten: Collection[UUID]) -> Sequence[Controle]:
    """Attempts and finished controls at these objects, oldest first."""
    query = select(Controle).where(
        col(Controle.object_id).in_(objecten),
        col(Controle.status).in_((Controlestatus.POGING, Controlestatus.AFGEROND)),
    )
    return session.exec(query.order_by(col(Controle.datum), col(Controle.id))).all()
