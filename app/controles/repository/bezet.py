"""What stands on some days already: controls of a team, and days with an integral action; asked while the plan is held."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from app.controles.repository.gemist import stands
from app.controles.status import Controlestatus
from app.controles.tables import Actie, Controle


def of_team(session: Session, team_id: UUID, van: date, tot: date) -> Sequence[Controle]:
    """The controls of a team, in whatever municipality, that are to be done or are being done on these days, by date and time."""
    query = select(Controle).where(
        Controle.team_id == team_id,
        col(Controle.datum).between(van, tot),
        col(Controle.status).in_((Controlestatus.GEPLAND, Controlestatus.VRIJGEGEVEN, Controlestatus.BEZIG)),
    )
    return session.exec(query.order_by(col(Controle.datum), col(Controle.aanvang).asc().nulls_last())).all()


def days_with_action(
    session: Session, gemeentecode: str, van: date, tot: date, vandaag: date, zonder: UUID | None = None
) -> Sequence[date]:
    """Days on which an integral action was held or is planned, also one without addresses yet; not one that lost them all, nor `zonder`."""
    addresses = select(Controle.id).where(col(Controle.actie_id) == col(Actie.id))
    gone = (Controlestatus.VERVALLEN, Controlestatus.POGING)
    left = addresses.where(col(Controle.status).not_in(gone), stands(vandaag))
    query = select(col(Actie.datum)).where(
        Actie.gemeentecode == gemeentecode,
        col(Actie.id).is_distinct_from(zonder),
        col(Actie.datum).between(van, tot),
        left.exists() | (~addresses.exists() & (col(Actie.datum) >= vandaag)),
    )
    return session.exec(query.distinct().order_by(col(Actie.datum))).all()
