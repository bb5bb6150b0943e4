"""Queries on risk addresses."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, tuple_
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.http.paging import Paging
from app.objecten.repository.cursor import after_day
from app.objecten.repository.zicht import readable_by
from app.objecten.schemas.filters import Risicofilter
from app.objecten.status import Risicostatus
from app.objecten.tables import Adres, Object, Risicoadres

Met = tuple[Risicoadres, Object, Adres]


def open_on(day: date) -> ColumnElement[bool]:
    """Whether a risk address is in view on `day`: open, and not expired (REG-01)."""
    return and_(
        col(Risicoadres.status) == Risicostatus.OPEN,
        or_(col(Risicoadres.vervalt_op).is_(None), col(Risicoadres.vervalt_op) >= day),
    )


def risk_by_id(session: Session, caller: Caller, risico_id: UUID, *, lock: bool = False) -> Met | None:
    """A risk address with its object and address."""
    query = (
        select(Risicoadres, Object, Adres)
        .join(Object, col(Object.id) == col(Risicoadres.object_id))
        .join(Adres, col(Adres.id) == col(Risicoadres.adres_id))
        .where(readable_by(caller, col(Risicoadres.gemeentecode)), Risicoadres.id == risico_id)
    )
    if lock:
        query = query.with_for_update(of=Risicoadres).execution_options(populate_existing=True)
    return session.exec(query).one_or_none()


def open_risk_of(session: Session, caller: Caller, object_id: UUID) -> Risicoadres | None:
    """The one open risk address of an object, expired or not; the object must be locked."""
    query = select(Risicoadres).where(
        readable_by(caller, col(Risicoadres.gemeentecode)),
        Risicoadres.object_id == object_id,
        Risicoadres.status == Risicostatus.OPEN,
    )
    return session.exec(query).one_or_none()


def list_risks(session: Session, caller: Caller, filters: Risicofilter, page: Paging, today: date) -> list[Met]:
    """One row more than a page, longest in view first (CAD-06)."""
    order = (col(Risicoadres.in_beeld_op), col(Risicoadres.id))
    query = (
        select(Risicoadres, Object, Adres)
        .join(Object, col(Object.id) == col(Risicoadres.object_id))
        .join(Adres, col(Adres.id) == col(Risicoadres.adres_id))
        .where(readable_by(caller, col(Risicoadres.gemeentecode)), *conditions(filters, today))
        .order_by(*order)
        .limit(page.limit + 1)
    )
    after = after_day(page)
    if after is not None:
        query = query.where(tuple_(*order) > after)
    return list(session.exec(query).all())


def open_due_dates(session: Session, caller: Caller, gemeentecode: str, today: date) -> dict[UUID, date]:
    """Per object with an open risk address the day before which it must be controlled."""
    query = select(col(Risicoadres.object_id), col(Risicoadres.controle_voor)).where(
        readable_by(caller, col(Risicoadres.gemeentecode)), Risicoadres.gemeentecode == gemeentecode, open_on(today)
    )
    return dict(session.exec(query).all())


def conditions(filters: Risicofilter, today: date) -> list[ColumnElement[bool]]:
    """What a list is narrowed to; `today` decides what is expired."""
    wanted = [
        (col(Risicoadres.gemeentecode), filters.gemeentecode),
        (col(Object.type), filters.type),
        (col(Object.wijkcode), filters.wijkcode),
        (col(Object.buurtcode), filters.buurtcode),
    ]
    conditions: list[ColumnElement[bool]] = [column == value for column, value in wanted if value is not None]
    if filters.status is Risicostatus.OPEN:
        conditions.append(open_on(today))
    elif filters.status is Risicostatus.VERVALLEN:
        expired = and_(col(Risicoadres.status) == Risicostatus.OPEN, col(Risicoadres.vervalt_op) < today)
        conditions.append(or_(col(Risicoadres.status) == Risicostatus.VERVALLEN, expired))
    elif filters.status is not None:
        conditions.append(col(Risicoadres.status) == filters.status)
    if filters.due_voor is not None:
        conditions.append(col(Risicoadres.controle_voor) <= filters.due_voor)
    if filters.bbox is not None:
        box = filters.bbox.cover
        conditions += [col(Object.x).between(box.min_x, box.max_x), col(Object.y).between(box.min_y, box.max_y)]
    return conditions


def municipalities(session: Session) -> Sequence[str]:
    """Municipalities with risk addresses; asked by retention."""
    return session.exec(select(Risicoadres.gemeentecode).distinct()).all()


def reviewed_before(session: Session, gemeentecode: str, before: date, gewist: str) -> Sequence[Risicoadres]:
    """One batch of risk addresses whose review date is before a day and that still say why, locked; asked by retention."""
    query = select(Risicoadres).where(
        Risicoadres.gemeentecode == gemeentecode,
        col(Risicoadres.herzien_op) < before,
        or_(col(Risicoadres.reden) != gewist, col(Risicoadres.bron) != gewist),
    )
    return session.exec(query.order_by(col(Risicoadres.id)).limit(200).with_for_update(skip_locked=True)).all()
