"""Queries on wishes about planning (PLN-17)."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.http.paging import Paging
from app.core.upsert import insert_or_skip
from app.objecten.repository.zicht import readable_by
from app.objecten.status import Wenssoort
from app.objecten.tables import Planningswens

MOST_NAMED = 500
"""Objects that one statement names; a database takes no list without end."""


def page(
    session: Session, caller: Caller, today: date, gemeentecode: str | None, object_id: UUID | None, paging: Paging
) -> Sequence[Planningswens]:
    """Wishes that hold, in the order of their random ids: no order of time, which could tell who came when."""
    query = select(Planningswens).where(
        readable_by(caller, Planningswens.gemeentecode), col(Planningswens.tot) >= today
    )
    if gemeentecode is not None:
        query = query.where(Planningswens.gemeentecode == gemeentecode)
    if object_id is not None:
        query = query.where(Planningswens.object_id == object_id)
    after = paging.after_key(str)
    if after is not None:
        query = query.where(col(Planningswens.id) > after[1])
    return session.exec(query.order_by(col(Planningswens.id)).limit(paging.limit + 1)).all()


def find(session: Session, caller: Caller, wens_id: UUID, today: date, *, lock: bool = False) -> Planningswens | None:
    """A wish that holds and that the caller may see."""
    query = select(Planningswens).where(
        readable_by(caller, Planningswens.gemeentecode), Planningswens.id == wens_id, col(Planningswens.tot) >= today
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.exec(query).one_or_none()


def ensure(session: Session, gemeentecode: str, object_id: UUID, soort: Wenssoort) -> Planningswens:
    """The row of this kind at an object, locked; made when it is not there yet. The caller was found to see the object."""
    new = Planningswens(gemeentecode=gemeentecode, object_id=object_id, soort=soort)
    insert_or_skip(session, Planningswens, [new.model_dump()], Planningswens.id)
    query = select(Planningswens).where(Planningswens.object_id == object_id, Planningswens.soort == soort)
    return session.exec(query.with_for_update().execution_options(populate_existing=True)).one()


def holding_in(session: Session, caller: Caller, gemeentecode: str | None, today: date) -> Sequence[Planningswens]:
    """All wishes that hold, of one municipality or of all that the caller sees."""
    query = select(Planningswens).where(
        readable_by(caller, Planningswens.gemeentecode), col(Planningswens.tot) >= today
    )
    if gemeentecode is not None:
        query = query.where(Planningswens.gemeentecode == gemeentecode)
    return session.exec(query).all()


def holds_at(session: Session, objects: Collection[UUID]) -> Sequence[Planningswens]:
    """The rows 'niet plannen' of objects; the caller was found to see the objects."""
    wanted = sorted(objects)
    found: list[Planningswens] = []
    for start in range(0, len(wanted), MOST_NAMED):
        query = select(Planningswens).where(
            col(Planningswens.object_id).in_(wanted[start : start + MOST_NAMED]),
            Planningswens.soort == Wenssoort.NIET_PLANNEN,
        )
        found += session.exec(query).all()
    return found
