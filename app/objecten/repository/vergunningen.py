"""Queries on permits, business plans and Bibob tests."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, tuple_
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.http.paging import Paging
from app.objecten.repository.cursor import after_day
from app.objecten.repository.zicht import readable_by
from app.objecten.schemas.filters import Vergunningfilter
from app.objecten.schemas.objecten import VerleendeVergunning
from app.objecten.status import Vergunningsoort, Vergunningstatus
from app.objecten.tables import Bedrijfsplan, BibobToets, Object, Vergunning


def permit_by_id(session: Session, caller: Caller, vergunning_id: UUID, *, lock: bool = False) -> Vergunning | None:
    """A permit."""
    query = select(Vergunning).where(readable_by(caller, col(Vergunning.gemeentecode)), Vergunning.id == vergunning_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.exec(query).one_or_none()


def permit_with_number(session: Session, gemeentecode: str, soort: Vergunningsoort, nummer: str) -> Vergunning | None:
    """The permit with this number; for the check that a number is free."""
    query = select(Vergunning).where(
        Vergunning.gemeentecode == gemeentecode, Vergunning.soort == soort, Vergunning.nummer == nummer
    )
    return session.exec(query).one_or_none()


def list_permits(session: Session, caller: Caller, filters: Vergunningfilter, page: Paging) -> list[Vergunning]:
    """One row more than a page, in the order of municipality, kind and number."""
    order = (col(Vergunning.gemeentecode), col(Vergunning.soort), col(Vergunning.nummer))
    query = select(Vergunning).where(readable_by(caller, col(Vergunning.gemeentecode)), *conditions(filters))
    if page.after is not None:
        gemeentecode, _, rest = page.after[0].partition("|")
        soort, _, nummer = rest.partition("|")
        if soort not in set(Vergunningsoort):
            return []
        query = query.where(tuple_(*order) > (gemeentecode, Vergunningsoort(soort), nummer))
    return list(session.exec(query.order_by(*order).limit(page.limit + 1)).all())


def conditions(filters: Vergunningfilter) -> list[ColumnElement[bool]]:
    """What a list is narrowed to."""
    wanted: tuple[tuple[Any, object], ...] = (
        (col(Vergunning.gemeentecode), filters.gemeentecode),
        (col(Vergunning.object_id), filters.object_id),
        (col(Vergunning.soort), filters.soort),
        (col(Vergunning.status), filters.status),
    )
    return [column == value for column, value in wanted if value is not None]


def granted_permits(session: Session, caller: Caller, gemeentecode: str) -> list[VerleendeVergunning]:
    """All granted permits of a municipality; columns only, for whole rows cost twice the time."""
    query = select(*(getattr(Vergunning, name) for name in VerleendeVergunning._fields)).where(
        readable_by(caller, col(Vergunning.gemeentecode)),
        Vergunning.gemeentecode == gemeentecode,
        Vergunning.status == Vergunningstatus.VERLEEND,
    )
    return [VerleendeVergunning._make(row) for row in session.exec(query.order_by(col(Vergunning.nummer))).all()]


def permits_with_last_test(
    session: Session, caller: Caller, gemeentecode: str | None, kinds: Collection[Vergunningsoort]
) -> list[tuple[Vergunning, str, date | None]]:
    """Granted permits of these kinds, with the name of the object and the day of the last Bibob test."""
    last = (
        select(BibobToets.vergunning_id, func.max(BibobToets.getoetst_op).label("getoetst_op"))
        .group_by(col(BibobToets.vergunning_id))
        .subquery()
    )
    query = (
        select(Vergunning, Object.naam, last.c.getoetst_op)
        .join(Object, col(Object.id) == col(Vergunning.object_id))
        .outerjoin(last, last.c.vergunning_id == Vergunning.id)
        .where(
            readable_by(caller, col(Vergunning.gemeentecode)),
            Vergunning.status == Vergunningstatus.VERLEEND,
            col(Vergunning.soort).in_(sorted(kinds)),
        )
    )
    if gemeentecode is not None:
        query = query.where(Vergunning.gemeentecode == gemeentecode)
    return list(session.exec(query).all())


def tests_of(session: Session, caller: Caller, vergunning_id: UUID, page: Paging) -> list[BibobToets]:
    """One row more than a page of the Bibob tests of a permit, oldest first."""
    order = (col(BibobToets.getoetst_op), col(BibobToets.id))
    query = select(BibobToets).where(
        readable_by(caller, col(BibobToets.gemeentecode)), BibobToets.vergunning_id == vergunning_id
    )
    after = after_day(page)
    if after is not None:
        query = query.where(tuple_(*order) > after)
    return list(session.exec(query.order_by(*order).limit(page.limit + 1)).all())


def plans_of(session: Session, caller: Caller, object_id: UUID, page: Paging) -> list[Bedrijfsplan]:
    """One row more than a page of the business plans of an object, oldest first."""
    order = (col(Bedrijfsplan.goedgekeurd_op), col(Bedrijfsplan.id))
    query = select(Bedrijfsplan).where(
        readable_by(caller, col(Bedrijfsplan.gemeentecode)), Bedrijfsplan.object_id == object_id
    )
    after = after_day(page)
    if after is not None:
        query = query.where(tuple_(*order) > after)
    return list(session.exec(query.order_by(*order).limit(page.limit + 1)).all())


def plan_with_name(session: Session, object_id: UUID, versienaam: str) -> Bedrijfsplan | None:
    """The version with this name; for the check that a name is free."""
    query = select(Bedrijfsplan).where(Bedrijfsplan.object_id == object_id, Bedrijfsplan.versienaam == versienaam)
    return session.exec(query).one_or_none()
