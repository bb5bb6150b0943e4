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


def find(session: Session, caller: Caller, onderzoek_id: UUID) -> Adresonderzoek | None:
    """One that the caller may see."""
    query = select(Adresonderzoek).where(readable_by(caller), Adresonderzoek.id == onderzoek_id)
    return session.exec(query).one_or_none()


def of_signal(session: Session, signaal_id: UUID) -> Sequence[Adresonderzoek]:
    """Those of a signal, oldest first; the caller holds the lock of the signal or only shows them to its AF."""
    query = select(Adresonderzoek).where(Adresonderzoek.signaal_id == signaal_id)
    return session.exec(query.order_by(col(Adresonderzoek.gemaakt_op), col(Adresonderzoek.id))).all()
