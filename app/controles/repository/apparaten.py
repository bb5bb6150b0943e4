"""Queries on tablets: team leader and administrator see those of their municipality."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, func, or_
from sqlmodel import Session, col, select

from app.controles.tables import Apparaat
from app.core.caller import Caller
from app.core.clock import parse_moment
from app.core.http.paging import Paging
from app.gemeenten.rules.rollen import Rol


def readable_by(caller: Caller) -> ColumnElement[bool]:
    """Tablets that were last used by an account of the municipality that employs the caller."""
    if not caller.has(Rol.TEAMLEIDER, Rol.BEHEERDER):
        return false()
    return col(Apparaat.gemeentecode) == caller.gemeentecode


def with_id(session: Session, apparaat_id: UUID) -> Apparaat | None:
    """A tablet that tells of itself, locked; whoever holds it."""
    return session.exec(select(Apparaat).where(Apparaat.id == apparaat_id).with_for_update()).one_or_none()


def find(session: Session, caller: Caller, apparaat_id: UUID, *, lock: bool = False) -> Apparaat | None:
    """A tablet that the caller may see."""
    query = select(Apparaat).where(readable_by(caller), Apparaat.id == apparaat_id)
    return session.exec(query.with_for_update() if lock else query).one_or_none()


def with_order(session: Session, tablets: Collection[UUID]) -> Sequence[UUID]:
    """Those of the tablets that must wipe themselves and did not tell that they had."""
    query = select(Apparaat.id).where(
        col(Apparaat.id).in_(tablets), col(Apparaat.wissen_gevraagd_op).is_not(None), col(Apparaat.gewist_op).is_(None)
    )
    return session.exec(query.order_by(col(Apparaat.id))).all()


def oldest_photo_waiting(session: Session) -> datetime | None:
    """When the oldest photo was taken that any tablet said to hold still; a wiped one holds none."""
    query = select(func.min(col(Apparaat.oudste_foto_op))).where(col(Apparaat.gewist_op).is_(None), Apparaat.fotos > 0)
    return session.exec(query).one()


def page(session: Session, caller: Caller, paging: Paging) -> Sequence[Apparaat]:
    """Tablets, the longest unseen first; one more than the limit when there are more."""
    query = select(Apparaat).where(readable_by(caller))
    after = paging.after_key(parse_moment)
    if after is not None:
        moment, last = after
        same = and_(col(Apparaat.gezien_op) == moment, col(Apparaat.id) > last)
        query = query.where(or_(col(Apparaat.gezien_op) > moment, same))
    return session.exec(query.order_by(col(Apparaat.gezien_op), col(Apparaat.id)).limit(paging.limit + 1)).all()
