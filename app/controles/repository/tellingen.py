"""Counts of controls. Figures per team only: nothing here tells one dwelling from another (REG-05)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.controles.status import Controlestatus
from app.controles.tables import Controle


def per_team(session: Session, gemeentecode: str, year: int) -> Sequence[tuple[UUID | None, Controlestatus, int]]:
    """Team, state and number of the controls of a municipality in a calendar year; the caller answers for who sees it."""
    query = (
        select(Controle.team_id, Controle.status, func.count())
        .where(
            Controle.gemeentecode == gemeentecode,
            col(Controle.datum) >= date(year, 1, 1),
            col(Controle.datum) <= date(year, 12, 31),
        )
        .group_by(col(Controle.team_id), col(Controle.status))
    )
    return [(team_id, Controlestatus(status), number) for team_id, status, number in session.exec(query).all()]
