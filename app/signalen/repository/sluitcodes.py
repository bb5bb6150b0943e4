"""Queries on how closing codes are used; counts alone, and nothing of the closed route."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.core.clock import start_of_day
from app.signalen.status import Verzoekstatus
from app.signalen.tables import Signaal, Vierogenverzoek


def closed_since(session: Session, gemeentecode: str, day: date) -> dict[str, int]:
    """How many signals of a municipality were closed with each code since a day."""
    query = (
        select(Signaal.sluitcode, func.count())
        .where(
            Signaal.gemeentecode == gemeentecode,
            col(Signaal.sluitcode).is_not(None),
            col(Signaal.gesloten_op) >= start_of_day(day),
            col(Signaal.gesloten_route).is_(False),
        )
        .group_by(col(Signaal.sluitcode))
    )
    return {code: number for code, number in session.exec(query).all() if code is not None}


def open_requests(session: Session, gemeentecode: str) -> Sequence[Vierogenverzoek]:
    """Requests that wait for a second person at the present version of their signal."""
    query = (
        select(Vierogenverzoek)
        .join(Signaal, col(Signaal.id) == col(Vierogenverzoek.signaal_id))
        .where(
            Vierogenverzoek.gemeentecode == gemeentecode,
            Vierogenverzoek.status == Verzoekstatus.OPEN,
            col(Vierogenverzoek.bij_versie) == col(Signaal.versie),
            col(Signaal.gesloten_route).is_(False),
            col(Signaal.inhoud_verwijderd_op).is_(None),
        )
    )
    return session.exec(query).all()
