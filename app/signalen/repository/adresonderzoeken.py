"""Queries on the addresses that the desk looks into: for the desk of the municipality; the AF sees them with the signal."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.clock import parse_moment
from app.core.http.paging import Paging
from app.gemeenten.rules.rollen import Rol
from app.signalen.status import Onderzoekstatus
from app.signalen.tables import Adresonderzoek


def readable_by(caller: Caller) -> ColumnElement[bool]:
    """Those of the municipality of the desk."""
    if not caller.has(Rol.BALIE):
        return false()
    return col(Adresonderzoek.gemeentecode) == caller.gemeentecode


def page(session: Session, caller: Caller, paging: Paging) -> Sequence[Adresonderzoek]:
    """Those that are not finished, oldest first."""
    query = select(Adresonderzoek).where(readable_by(caller), Adresonderzoek.status != Onderzoekstatus.AFGEROND)
    after: tuple[datetime, UUID] | None = paging.after_key(parse_moment)
    if after is not None:
        moment, last = after
        same = and_(col(Adresonderzoek.gemaakt_op) == moment, col(Adresonderzoek.id) > last)
        query = query.where(or_(col(Adresonderzoek.gemaakt_op) > moment, same))
    query = query.order_by(col(Adresonderzoek.gemaakt_op), col(Adresonderzoek.id))
    return session.exec(query.limit(paging.limit + 1)).all()


def find(session: Session, caller: Caller, onderzoek_id: UUID, *, lock: bool = False) -> Adresonderzoek | None:
    """One that the caller may see, locked when it will be changed."""
    query = select(Adresonderzoek).where(readable_by(caller), Adresonderzoek.id == onderzoek_id)
    return session.exec(query.with_for_update() if lock else query).one_or_none()


def of_signal(session: Session, signaal_id: UUID, *, lock: bool = False) -> Sequence[Adresonderzoek]:
    """Those of a signal, oldest first, locked after the signal when they will be changed."""
    query = select(Adresonderzoek).where(Adresonderzoek.signaal_id == signaal_id)
    query = query.order_by(col(Adresonderzoek.gemaakt_op), col(Adresonderzoek.id))
    return session.exec(query.with_for_update() if lock else query).all()
