"""Queries on controls for the norms and the yearly audit: few columns, in a number that does not grow with the rows."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.controles.repository.briefing import briefed
from app.controles.repository.controles import VOORBEREIDERS
from app.controles.repository.gemist import stands
from app.controles.status import Controlestatus
from app.controles.tables import Controle
from app.core.caller import Caller

_TO_DO = (Controlestatus.GEPLAND, Controlestatus.VRIJGEGEVEN, Controlestatus.BEZIG)


def of_objects(
    session: Session, caller: Caller, objects: Collection[UUID], van: date, tot: date, vandaag: date
) -> Sequence[tuple[Any, ...]]:
    """Facts of the controls of objects in a period that were not dropped or missed, by date.

    Whoever does not prepare an integral action counts its visits from the briefing on: one more planned visit would name an address (PLN-18).
    """
    query = select(  # type: ignore[call-overload]  # SQLModel types at most four columns
        Controle.object_id,
        Controle.datum,
        Controle.status,
        Controle.aangekondigd,
        Controle.binnen,
        Controle.bedrijfsplan_beantwoord,
    ).where(
        col(Controle.object_id).in_(objects),
        col(Controle.datum) >= van,
        col(Controle.datum) <= tot,
        Controle.status != Controlestatus.VERVALLEN,
        stands(vandaag),
    )
    if not (caller.is_system or caller.has(*VOORBEREIDERS)):
        query = query.where(briefed())
    return session.exec(query.order_by(col(Controle.datum))).all()  # type: ignore[no-any-return]  # six columns


def first_day(session: Session, gemeentecode: str, since: date) -> date | None:
    """Day of the first completed control of a municipality since a day."""
    query = select(func.min(Controle.datum)).where(
        Controle.gemeentecode == gemeentecode,
        col(Controle.datum) >= since,
        Controle.status == Controlestatus.AFGEROND,
    )
    return session.exec(query).one()


def planned_load(
    session: Session, gemeentecode: str, van: date, tot: date
) -> Sequence[tuple[UUID | None, date, int, int, int]]:
    """Team, date, number of controls still to be done, their minutes, and how many of them belong to an actie."""
    query = (
        select(  # type: ignore[call-overload]  # SQLModel types at most four columns
            Controle.team_id, Controle.datum, func.count(), func.sum(Controle.duur), func.count(col(Controle.actie_id))
        )
        .where(
            Controle.gemeentecode == gemeentecode,
            col(Controle.datum) >= van,
            col(Controle.datum) <= tot,
            col(Controle.status).in_(_TO_DO),
        )
        .group_by(col(Controle.team_id), col(Controle.datum))
    )
    return session.exec(query).all()  # type: ignore[no-any-return]  # five columns


def planned_objects(session: Session, gemeentecode: str, van: date, tot: date) -> frozenset[UUID]:
    """Objects with a control still to be done in a period."""
    query = select(Controle.object_id).where(
        Controle.gemeentecode == gemeentecode,
        col(Controle.datum) >= van,
        col(Controle.datum) <= tot,
        col(Controle.status).in_(_TO_DO),
    )
    return frozenset(session.exec(query.distinct()).all())


def for_audit(session: Session, gemeentecode: str, year: int) -> Sequence[tuple[Any, ...]]:
    """Facts of the completed controls and attempts of a calendar year for the fairness audit (MON-13)."""
    query = select(  # type: ignore[call-overload]  # SQLModel types at most four columns
        Controle.id,
        Controle.object_id,
        Controle.team_id,
        Controle.datum,
        Controle.aanvang,
        Controle.gestart_op,
        Controle.status,
        Controle.planronde_id,
        Controle.geloot,
    ).where(
        Controle.gemeentecode == gemeentecode,
        col(Controle.datum) >= date(year, 1, 1),
        col(Controle.datum) <= date(year, 12, 31),
        col(Controle.status).in_([Controlestatus.AFGEROND, Controlestatus.POGING]),
    )
    return session.exec(query.order_by(col(Controle.datum), col(Controle.id))).all()  # type: ignore[no-any-return]  # nine columns
