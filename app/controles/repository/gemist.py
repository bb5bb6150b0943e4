"""Controls whose day passed without a start or an attempt; the rule is `rules.uitvoering`, here for queries."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select

from app.controles.rules.uitvoering import NIET_BEGONNEN
from app.controles.tables import Controle


def missed(vandaag: date, table: type[Controle] = Controle) -> ColumnElement[bool]:
    """Controls that were not carried out on their day."""
    return and_(col(table.status).in_(sorted(NIET_BEGONNEN)), col(table.datum) < vandaag)


def stands(vandaag: date, table: type[Controle] = Controle) -> ColumnElement[bool]:
    """All others."""
    return or_(col(table.status).not_in(sorted(NIET_BEGONNEN)), col(table.datum) >= vandaag)


def missed_since(session: Session, van: date, vandaag: date, gemeentecode: str | None = None) -> Sequence[Controle]:
    """The controls of a day from `van` on that were not carried out, of one municipality or of all; whoever asks."""
    query = select(Controle).where(missed(vandaag), col(Controle.datum) >= van)
    if gemeentecode is not None:
        query = query.where(Controle.gemeentecode == gemeentecode)
    return session.exec(query.order_by(col(Controle.datum), col(Controle.id))).all()
