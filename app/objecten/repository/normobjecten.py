"""Queries for the norms: few columns, by page or by kind, never one per object."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, func, or_, tuple_
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.http.paging import Paging
from app.objecten.repository.zicht import readable_by
from app.objecten.status import Objectstatus, Objecttype, Risicostatus, Vergunningstatus
from app.objecten.tables import Object, Risicoadres, Vergunning

_ENDED = (Vergunningstatus.INGETROKKEN, Vergunningstatus.VERVALLEN)


def objects_with_norm(
    session: Session,
    caller: Caller,
    gemeentecode: str,
    soorten: Collection[Objecttype],
    vanaf: date,
    vandaag: date,
    *,
    object_id: UUID | None = None,
    paging: Paging | None = None,
) -> list[tuple[UUID, Objecttype, str, str]]:
    """Id, type, number and name of active objects, and of closed ones with a permit that ended between `vanaf` and today."""
    ended = exists().where(
        col(Vergunning.object_id) == col(Object.id),
        col(Vergunning.geldig_tot).between(vanaf, vandaag),
        col(Vergunning.status).in_([Vergunningstatus.VERLEEND, *_ENDED]),
    )
    query = select(Object.id, Object.type, Object.nummer, Object.naam).where(
        readable_by(caller, col(Object.gemeentecode)),
        Object.gemeentecode == gemeentecode,
        col(Object.type).in_(sorted(soorten)),
        or_(col(Object.status) == Objectstatus.ACTIEF, ended),
    )
    if object_id is not None:
        query = query.where(Object.id == object_id)
    order = (col(Object.type), col(Object.nummer), col(Object.id))
    if paging is not None:
        if paging.after is not None:
            soort, _, nummer = paging.after[0].partition("|")
            if soort not in set(Objecttype):
                return []
            query = query.where(tuple_(*order) > (Objecttype(soort), nummer, paging.after[1]))
        query = query.limit(paging.limit + 1)
    return [
        (found, Objecttype(soort), nummer, naam) for found, soort, nummer, naam in session.exec(query.order_by(*order))
    ]


def permits_of(session: Session, caller: Caller, objects: Collection[UUID], today: date) -> list[Vergunning]:
    """Granted permits of objects, and withdrawn or lapsed ones for the days until they ended."""
    query = select(Vergunning).where(
        readable_by(caller, col(Vergunning.gemeentecode)),
        col(Vergunning.object_id).in_(objects),
        or_(
            col(Vergunning.status) == Vergunningstatus.VERLEEND,
            and_(col(Vergunning.status).in_(_ENDED), col(Vergunning.geldig_tot) < today),
        ),
    )
    return list(session.exec(query.order_by(col(Vergunning.nummer))).all())


def types_of(session: Session, caller: Caller, ids: Sequence[UUID]) -> dict[UUID, Objecttype]:
    """The type of each of these objects that the caller may see."""
    query = select(Object.id, Object.type).where(readable_by(caller, col(Object.gemeentecode)), col(Object.id).in_(ids))
    return {found: Objecttype(soort) for found, soort in session.exec(query)}


def facets_of(session: Session, caller: Caller, ids: Sequence[UUID]) -> Sequence[tuple[UUID, str | None, str | None]]:
    """Wijk and sector of each of these objects that the caller may see."""
    query = select(Object.id, Object.wijkcode, Object.sector).where(
        readable_by(caller, col(Object.gemeentecode)), col(Object.id).in_(ids)
    )
    return session.exec(query).all()


def stock_by_facet(session: Session, caller: Caller, gemeentecode: str) -> Sequence[tuple[str | None, str | None, int]]:
    """Number of active objects per wijk and sector."""
    query = (
        select(Object.wijkcode, Object.sector, func.count())
        .where(
            readable_by(caller, col(Object.gemeentecode)),
            Object.gemeentecode == gemeentecode,
            Object.status == Objectstatus.ACTIEF,
        )
        .group_by(col(Object.wijkcode), col(Object.sector))
    )
    return session.exec(query).all()


def has_active(session: Session, caller: Caller, gemeentecode: str, soorten: Collection[Objecttype]) -> bool:
    """Whether the municipality has an active object of one of these types."""
    query = select(Object.id).where(
        readable_by(caller, col(Object.gemeentecode)),
        Object.gemeentecode == gemeentecode,
        col(Object.type).in_(sorted(soorten)),
        Object.status == Objectstatus.ACTIEF,
    )
    return session.exec(query.limit(1)).first() is not None


def risk_days(session: Session, caller: Caller, gemeentecode: str, day: date) -> Sequence[tuple[Any, ...]]:
    """The days of risk addresses that were in view on a day and not visited before it."""
    query = select(  # type: ignore[call-overload]  # SQLModel types at most four columns
        Risicoadres.id,
        Risicoadres.object_id,
        Risicoadres.in_beeld_op,
        Risicoadres.controle_voor,
        Risicoadres.bezocht_op,
        Risicoadres.vervalt_op,
    ).where(
        readable_by(caller, col(Risicoadres.gemeentecode)),
        Risicoadres.gemeentecode == gemeentecode,
        col(Risicoadres.in_beeld_op) <= day,
        or_(col(Risicoadres.bezocht_op).is_(None), col(Risicoadres.bezocht_op) > day),
        or_(col(Risicoadres.vervalt_op).is_(None), col(Risicoadres.vervalt_op) >= day),
        # One that was taken out of view without a day is out of view on every day.
        or_(col(Risicoadres.status) != Risicostatus.VERVALLEN, col(Risicoadres.vervalt_op).is_not(None)),
    )
    return session.exec(query).all()  # type: ignore[no-any-return]  # six columns


def has_risks(session: Session, caller: Caller, gemeentecode: str) -> bool:
    """Whether the municipality ever had a risk address."""
    query = select(Risicoadres.id).where(
        readable_by(caller, col(Risicoadres.gemeentecode)), Risicoadres.gemeentecode == gemeentecode
    )
    return session.exec(query.limit(1)).first() is not None
