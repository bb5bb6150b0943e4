"""Queries on questions to police and OM; everything a caller asks starts from his municipalities (PLN-01)."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, true
from sqlmodel import Session, col, select

from app.controles.status import Controlestatus
from app.controles.tables import Afstemming, Controle
from app.core.caller import Caller
from app.core.http.paging import Paging
from app.core.upsert import insert_or_skip

MOST_NAMED = 500
"""Objects that one statement names; a database takes no list without end."""


def readable_by(caller: Caller) -> ColumnElement[bool]:
    """Questions of the caller's municipalities."""
    return true() if caller.is_system else col(Afstemming.gemeentecode).in_(caller.gemeenten)


def find(session: Session, caller: Caller, afstemming_id: UUID, *, lock: bool = False) -> Afstemming | None:
    """A question that the caller may see."""
    query = select(Afstemming).where(readable_by(caller), Afstemming.id == afstemming_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.exec(query).one_or_none()


def page(session: Session, caller: Caller, paging: Paging, van: date, tot: date | None) -> Sequence[Afstemming]:
    """One page of questions about visits from a day on, by date, and one more."""
    chosen = [readable_by(caller), col(Afstemming.datum) >= van]
    if tot is not None:
        chosen.append(col(Afstemming.datum) <= tot)
    after = paging.after_key(date.fromisoformat)
    if after is not None:
        day, row_id = after
        chosen.append(or_(col(Afstemming.datum) > day, and_(col(Afstemming.datum) == day, col(Afstemming.id) > row_id)))
    query = select(Afstemming).where(*chosen).order_by(col(Afstemming.datum), col(Afstemming.id))
    return session.exec(query.limit(paging.limit + 1)).all()


def of_objects(session: Session, objecten: Collection[UUID]) -> dict[tuple[UUID, date], Afstemming]:
    """The questions about visits to these objects, by object and date."""
    wanted = sorted(objecten)
    found: dict[tuple[UUID, date], Afstemming] = {}
    for start in range(0, len(wanted), MOST_NAMED):
        query = select(Afstemming).where(col(Afstemming.object_id).in_(wanted[start : start + MOST_NAMED]))
        found |= {(row.object_id, row.datum): row for row in session.exec(query).all()}
    return found


def add_new(session: Session, rows: Sequence[Afstemming]) -> list[UUID]:
    """Stores the questions that do not stand yet; answers their ids."""
    stored = insert_or_skip(session, Afstemming, [row.model_dump() for row in rows], col(Afstemming.id))
    return [row[0] for row in stored]


def released_visits(session: Session, object_id: UUID, datum: date) -> Sequence[Controle]:
    """The controls of an object on a date that were released and did not start, locked."""
    query = select(Controle).where(
        Controle.object_id == object_id, Controle.datum == datum, Controle.status == Controlestatus.VRIJGEGEVEN
    )
    return session.exec(query.order_by(col(Controle.id)).with_for_update()).all()
