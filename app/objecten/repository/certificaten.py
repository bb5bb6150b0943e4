"""Queries on certificates."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import func, tuple_
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.http.paging import Paging
from app.objecten.repository.cursor import after_day
from app.objecten.repository.zicht import readable_by
from app.objecten.schemas.certificaten import Certificaatfilter
from app.objecten.tables import Certificaat


def certificate_by_id(
    session: Session, caller: Caller, certificaat_id: UUID, *, lock: bool = False
) -> Certificaat | None:
    """A certificate."""
    query = select(Certificaat).where(readable_by(caller, Certificaat.gemeentecode), Certificaat.id == certificaat_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.exec(query).one_or_none()


def certificate_with_number(session: Session, object_id: UUID, soort: str, nummer: str) -> Certificaat | None:
    """The certificate of an object with this number; for the check that it was not stored before."""
    query = select(Certificaat).where(
        Certificaat.object_id == object_id, Certificaat.soort == soort, Certificaat.nummer == nummer
    )
    return session.exec(query).one_or_none()


def list_certificates(session: Session, caller: Caller, filters: Certificaatfilter, page: Paging) -> list[Certificaat]:
    """One row more than a page, those that end first in front."""
    order = (col(Certificaat.geldig_tot), col(Certificaat.id))
    query = select(Certificaat).where(readable_by(caller, Certificaat.gemeentecode))
    for column, value in (
        (col(Certificaat.gemeentecode), filters.gemeentecode),
        (col(Certificaat.object_id), filters.object_id),
        (col(Certificaat.soort), filters.soort),
    ):
        if value is not None:
            query = query.where(column == value)
    if filters.verloopt_voor is not None:
        query = query.where(col(Certificaat.geldig_tot) < filters.verloopt_voor)
    after = after_day(page)
    if after is not None:
        query = query.where(tuple_(*order) > after)
    return list(session.exec(query.order_by(*order).limit(page.limit + 1)).all())


def certificates_of(session: Session, caller: Caller, object_ids: Collection[UUID]) -> list[Certificaat]:
    """The certificates of objects, the one that holds longest last."""
    query = select(Certificaat).where(
        readable_by(caller, Certificaat.gemeentecode), col(Certificaat.object_id).in_(object_ids)
    )
    return list(session.exec(query.order_by(col(Certificaat.geldig_tot), col(Certificaat.id))).all())


def last_days(session: Session, caller: Caller, object_ids: Collection[UUID]) -> list[tuple[UUID, date]]:
    """Per object with certificates the last day of the one that holds longest."""
    query = (
        select(Certificaat.object_id, func.max(Certificaat.geldig_tot))
        .where(readable_by(caller, Certificaat.gemeentecode), col(Certificaat.object_id).in_(object_ids))
        .group_by(col(Certificaat.object_id))
    )
    return list(session.exec(query).all())
