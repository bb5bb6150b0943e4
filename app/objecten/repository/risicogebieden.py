"""Queries on risk areas."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import tuple_
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.http.paging import Paging
from app.objecten.repository.zicht import readable_by
from app.objecten.tables import Risicogebied


@dataclass(frozen=True)
class Risicogebiedfilter:
    """Narrows a list of risk areas; `geldig_op` keeps those whose reason is current on that day."""

    gemeentecode: str | None = None
    gebiedcode: str | None = None
    geldig_op: date | None = None


def list_areas(session: Session, caller: Caller, filters: Risicogebiedfilter, page: Paging) -> list[Risicogebied]:
    """One row more than a page, by code of the area."""
    order = (col(Risicogebied.gebiedcode), col(Risicogebied.id))
    query = select(Risicogebied).where(readable_by(caller, Risicogebied.gemeentecode))
    for column, value in (
        (col(Risicogebied.gemeentecode), filters.gemeentecode),
        (col(Risicogebied.gebiedcode), filters.gebiedcode),
    ):
        if value is not None:
            query = query.where(column == value)
    if filters.geldig_op is not None:
        query = query.where(col(Risicogebied.geldig_tot) >= filters.geldig_op)
    if page.after is not None:
        query = query.where(tuple_(*order) > page.after)
    return list(session.exec(query.order_by(*order).limit(page.limit + 1)).all())


def areas_of(session: Session, gemeentecode: str, codes: Sequence[str]) -> list[Risicogebied]:
    """All that stands about these areas of a municipality, locked; to see what an import changes."""
    query = select(Risicogebied).where(
        Risicogebied.gemeentecode == gemeentecode, col(Risicogebied.gebiedcode).in_(codes)
    )
    return list(session.exec(query.with_for_update()).all())


def area_by_id(session: Session, risicogebied_id: UUID) -> Risicogebied | None:
    """The record under a client-made id, of any municipality: only to see whether the id is free."""
    return session.exec(select(Risicogebied).where(Risicogebied.id == risicogebied_id)).one_or_none()
