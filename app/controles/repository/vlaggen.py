"""Queries on flags: a team sees its own, AF and planners those of their municipality (ROL-07, REG-09)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_
from sqlmodel import Session, col, select

from app.controles.status import Vlagsoort
from app.controles.tables import Vlag
from app.core.caller import Caller
from app.core.clock import parse_moment
from app.core.http.paging import Paging
from app.gemeenten.rules.rollen import Rol

GEMEENTEBREED = (Rol.AF, Rol.PLANNER, Rol.HOOFDPLANNER)


def readable_by(caller: Caller) -> ColumnElement[bool]:
    """The flags that the caller may see."""
    gemeente = col(Vlag.gemeentecode).in_(caller.gemeenten)
    if caller.has(*GEMEENTEBREED):
        return gemeente
    if caller.has(Rol.PANDBRIGADE):
        return and_(gemeente, col(Vlag.team_id).in_(caller.teams))
    return false()


def find(session: Session, caller: Caller, vlag_id: UUID) -> Vlag | None:
    """A flag that the caller may see."""
    return session.exec(select(Vlag).where(readable_by(caller), Vlag.id == vlag_id)).one_or_none()


def stored(session: Session, vlag_id: UUID) -> Vlag | None:
    """What stands under a client's id, whoever asks: to tell sending again from a clash."""
    return session.exec(select(Vlag).where(Vlag.id == vlag_id)).one_or_none()


def newest_per_address(session: Session, gemeentecode: str, since: datetime) -> dict[UUID, datetime]:
    """Per address the last flag since a moment that gave reason to look: of overbewoning only one below the norm."""
    reason = or_(col(Vlag.soort) != Vlagsoort.OVERBEWONING, col(Vlag.onder_norm).is_(True))
    query = select(Vlag.adres_id, Vlag.gemeld_op).where(
        Vlag.gemeentecode == gemeentecode, col(Vlag.gemeld_op) >= since, reason
    )
    return dict(session.exec(query.order_by(col(Vlag.gemeld_op))).all())


def page(session: Session, caller: Caller, paging: Paging) -> Sequence[Vlag]:
    """One page of flags, newest first, and one more."""
    conditions = [readable_by(caller)]
    after = paging.after_key(parse_moment)
    if after is not None:
        moment, row_id = after
        older = col(Vlag.gemeld_op) < moment
        conditions.append(or_(older, and_(col(Vlag.gemeld_op) == moment, col(Vlag.id) < row_id)))
    order = (col(Vlag.gemeld_op).desc(), col(Vlag.id).desc())
    return session.exec(select(Vlag).where(*conditions).order_by(*order).limit(paging.limit + 1)).all()
