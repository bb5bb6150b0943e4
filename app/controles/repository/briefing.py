"""The same rule as `rules.briefing` as a condition of a query, so that no route can show an address too early (PLN-18)."""

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select

from app.controles.rules.briefing import BEGONNEN
from app.controles.tables import Actie, Controle
from app.core.clock import business_date, utc_now


def briefed() -> ColumnElement[bool]:
    """Controls of no action, those that were started, and those of an action whose briefing has begun."""
    now = utc_now()
    waiting = select(Actie.id).where(
        or_(
            col(Actie.adressen_vanaf) > now,
            and_(col(Actie.adressen_vanaf).is_(None), col(Actie.datum) > business_date(now)),
        )
    )
    return or_(
        col(Controle.actie_id).is_(None),
        col(Controle.status).in_(BEGONNEN),
        col(Controle.actie_id).not_in(waiting),
    )
