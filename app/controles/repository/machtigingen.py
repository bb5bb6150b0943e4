"""Queries on authorisations to enter; everything a caller asks starts from `readable_by` (PLN-13)."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, true
from sqlmodel import Session, col, select

from app.controles.status import Machtigingstatus
from app.controles.tables import Machtiging
from app.core.caller import Caller
from app.core.http.paging import Paging


def readable_by(caller: Caller) -> ColumnElement[bool]:
    """Authorisations of the caller's municipalities."""
    return true() if caller.is_system else col(Machtiging.gemeentecode).in_(caller.gemeenten)


def find(session: Session, caller: Caller, machtiging_id: UUID, *, lock: bool = False) -> Machtiging | None:
    """An authorisation that the caller may see."""
    query = select(Machtiging).where(readable_by(caller), Machtiging.id == machtiging_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.exec(query).one_or_none()


def stored(session: Session, machtiging_id: UUID) -> Machtiging | None:
    """What stands under a client's id, whoever asks: to tell sending again from a clash."""
    return session.get(Machtiging, machtiging_id)


def page(session: Session, caller: Caller, paging: Paging) -> Sequence[Machtiging]:
    """One page of authorisations, the latest visit first, and one more."""
    chosen = [readable_by(caller)]
    after = paging.after_key(date.fromisoformat)
    if after is not None:
        day, row_id = after
        same_day = and_(col(Machtiging.bezoekdatum) == day, col(Machtiging.id) < row_id)
        chosen.append(or_(col(Machtiging.bezoekdatum) < day, same_day))
    order = (col(Machtiging.bezoekdatum).desc(), col(Machtiging.id).desc())
    return session.exec(select(Machtiging).where(*chosen).order_by(*order).limit(paging.limit + 1)).all()


def valid_on(session: Session, objecten: Collection[UUID], day: date) -> Sequence[Machtiging]:
    """The authorisations for these objects that hold on a day."""
    query = select(Machtiging).where(
        col(Machtiging.object_id).in_(objecten),
        Machtiging.status == Machtigingstatus.AFGEGEVEN,
        col(Machtiging.afgegeven_op) <= day,
        col(Machtiging.geldig_tot) >= day,
    )
    return session.exec(query.order_by(col(Machtiging.id))).all()
