"""Queries for the day route of a team, and the dates on which places were visited, as few columns as that needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.controles.repository.controles import readable_by
from app.controles.repository.gemist import stands
from app.controles.status import Controlestatus
from app.controles.tables import Controle
from app.core.caller import Caller


def of_team_day(
    session: Session, caller: Caller, datum: date, team_id: UUID, *, lock: bool = False
) -> Sequence[Controle]:
    """The controls of a team on a day that the caller may see, in order of the route; `lock` holds them."""
    query = select(Controle).where(
        readable_by(caller),
        Controle.team_id == team_id,
        Controle.datum == datum,
        Controle.status != Controlestatus.VERVALLEN,
    )
    order = (col(Controle.aanvang).asc().nulls_last(), col(Controle.volgorde), col(Controle.id))
    if lock:
        return session.exec(query.order_by(col(Controle.id)).with_for_update()).all()
    return session.exec(query.order_by(*order)).all()


@dataclass(frozen=True, slots=True)
class Bezoekdag:
    """When a place was or will be visited, as far as the norms look at it."""

    controle_id: UUID
    object_id: UUID
    datum: date
    status: Controlestatus
    aangekondigd: bool
    binnen: bool
    bedrijfsplan_beantwoord: bool


def visits_since(session: Session, gemeentecode: str, van: date, vandaag: date) -> list[Bezoekdag]:
    """The controls of a municipality from a day on that were not dropped or missed."""
    query = select(  # type: ignore[call-overload]  # SQLModel types at most four columns
        Controle.id,
        Controle.object_id,
        Controle.datum,
        Controle.status,
        Controle.aangekondigd,
        Controle.binnen,
        Controle.bedrijfsplan_beantwoord,
    ).where(
        Controle.gemeentecode == gemeentecode,
        col(Controle.datum) >= van,
        Controle.status != Controlestatus.VERVALLEN,
        stands(vandaag),
    )
    return [Bezoekdag(*row) for row in session.exec(query.order_by(col(Controle.datum), col(Controle.id))).all()]


def last_visits_before(session: Session, gemeentecode: str, van: date) -> dict[UUID, date]:
    """The last completed control of each place before a day."""
    query = (
        select(Controle.object_id, func.max(Controle.datum))
        .where(
            Controle.gemeentecode == gemeentecode,
            col(Controle.datum) < van,
            Controle.status == Controlestatus.AFGEROND,
        )
        .group_by(col(Controle.object_id))
    )
    return {object_id: last for object_id, last in session.exec(query).all() if last is not None}
