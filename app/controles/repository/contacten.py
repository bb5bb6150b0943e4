"""Queries on talks with operators and rounds; a team in the field sees its own, desks those of their municipality."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_
from sqlmodel import Session, col, select

from app.controles.repository.controles import GEMEENTEBREED, VELD
from app.controles.tables import Exploitantgesprek, Ronde
from app.core.caller import Caller
from app.core.clock import parse_moment
from app.core.http.paging import Paging

Row = TypeVar("Row", Exploitantgesprek, Ronde)


def readable_by(caller: Caller, table: type[Exploitantgesprek] | type[Ronde]) -> ColumnElement[bool]:
    """Rows of the caller's municipalities; in the field those of his own teams."""
    columns: Any = table
    gemeente = col(columns.gemeentecode).in_(caller.gemeenten)
    if caller.has(*GEMEENTEBREED):
        return gemeente
    return and_(gemeente, col(columns.team_id).in_(caller.teams)) if caller.has(*VELD) else false()


def stored(session: Session, table: type[Row], row_id: UUID) -> Row | None:
    """What stands under a client's id, whoever asks: to tell sending again from a clash."""
    return session.get(table, row_id)


def talks_page(session: Session, caller: Caller, paging: Paging, object_id: UUID | None) -> Sequence[Exploitantgesprek]:
    """One page of talks, newest first, and one more."""
    chosen = [readable_by(caller, Exploitantgesprek)]
    if object_id is not None:
        chosen.append(col(Exploitantgesprek.object_id) == object_id)
    chosen += _older(Exploitantgesprek.datum, Exploitantgesprek.id, paging.after_key(date.fromisoformat))
    order = (col(Exploitantgesprek.datum).desc(), col(Exploitantgesprek.id).desc())
    return session.exec(select(Exploitantgesprek).where(*chosen).order_by(*order).limit(paging.limit + 1)).all()


def rounds_page(session: Session, caller: Caller, paging: Paging) -> Sequence[Ronde]:
    """One page of rounds, newest first, and one more."""
    chosen = [readable_by(caller, Ronde), *_older(Ronde.van, Ronde.id, paging.after_key(parse_moment))]
    order = (col(Ronde.van).desc(), col(Ronde.id).desc())
    return session.exec(select(Ronde).where(*chosen).order_by(*order).limit(paging.limit + 1)).all()


def _older(column: Any, row_id: Any, after: tuple[Any, UUID] | None) -> list[ColumnElement[bool]]:  # noqa: ANN401 - mapped columns
    if after is None:
        return []
    key, last = after
    return [or_(col(column) < key, and_(col(column) == key, col(row_id) < last))]
