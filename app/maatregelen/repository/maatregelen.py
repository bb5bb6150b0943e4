"""Queries on measures: whoever works in a municipality reads those of its objects."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, func, or_, true
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.http.paging import Paging
from app.core.upsert import insert_or_skip
from app.maatregelen.rules.eisen import SLUITINGEN
from app.maatregelen.rules.overgangen import IN_GESCHIEDENIS
from app.maatregelen.status import Maatregelsoort, Maatregelstatus
from app.maatregelen.tables import Maatregel, MaatregelBevinding, Maatregelgebeurtenis, Waterbedbekend


def readable_by(caller: Caller) -> ColumnElement[bool]:
    """Measures of the caller's municipalities; the service itself reads all."""
    return true() if caller.is_system else col(Maatregel.gemeentecode).in_(sorted(caller.gemeenten))


@dataclass(frozen=True, slots=True)
class Maatregelfilter:
    """What a list is narrowed to. There is no filter on the legal ground: it could list dwellings by their use (REG-05)."""

    gemeentecode: str | None = None
    object_id: UUID | None = None
    soort: Maatregelsoort | None = None
    status: Maatregelstatus | None = None
    geldig_op: date | None = None


def find(session: Session, caller: Caller, maatregel_id: UUID, *, lock: bool = False) -> Maatregel | None:
    """A measure that the caller may see, locked when it will be changed."""
    query = select(Maatregel).where(readable_by(caller), Maatregel.id == maatregel_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.exec(query).one_or_none()


def objects_of(session: Session, caller: Caller, ids: Collection[UUID]) -> dict[UUID, UUID]:
    """The object of each of these measures that the caller may see."""
    query = select(Maatregel.id, Maatregel.object_id).where(readable_by(caller), col(Maatregel.id).in_(list(ids)))
    return dict(session.exec(query).all())


def closures_since(session: Session, day: date) -> Sequence[Maatregel]:
    """Closures of every municipality that were imposed since a day, oldest first; withdrawn and intended ones not."""
    query = select(Maatregel).where(
        col(Maatregel.soort).in_(sorted(SLUITINGEN)),
        col(Maatregel.status).in_([Maatregelstatus.OPGELEGD, Maatregelstatus.BEEINDIGD]),
        col(Maatregel.opgelegd_op) >= day,
    )
    return session.exec(query.order_by(col(Maatregel.opgelegd_op), col(Maatregel.id))).all()


def known_links(session: Session, maatregel_id: UUID) -> set[UUID]:
    """Objects linked to a closed place that were seen already; empty when nobody looked yet."""
    query = select(Waterbedbekend.object_id).where(Waterbedbekend.maatregel_id == maatregel_id)
    return set(session.exec(query).all())


def note_links(session: Session, maatregel_id: UUID, objects: Collection[UUID]) -> None:
    """Remembers that these were seen, also when another worker does so at this moment."""
    rows = [{"maatregel_id": maatregel_id, "object_id": object_id} for object_id in sorted(objects)]
    if rows:
        insert_or_skip(session, Waterbedbekend, rows, Waterbedbekend.object_id)


def with_id(session: Session, maatregel_id: UUID) -> Maatregel | None:
    """The measure under a client-made id, whoever asks; for the check whether the same was sent before."""
    return session.exec(select(Maatregel).where(Maatregel.id == maatregel_id).with_for_update()).one_or_none()


def insert(session: Session, values: Mapping[str, Any]) -> bool:
    """Stores a measure unless its id stands already; answers whether it was stored."""
    return bool(insert_or_skip(session, Maatregel, [values], Maatregel.id))


def page(session: Session, caller: Caller, filters: Maatregelfilter, paging: Paging) -> Sequence[Maatregel]:
    """Measures, newest first; one more than the limit when there are more."""
    query = select(Maatregel).where(readable_by(caller))
    for column, value in (
        (col(Maatregel.gemeentecode), filters.gemeentecode),
        (col(Maatregel.object_id), filters.object_id),
        (col(Maatregel.soort), filters.soort),
        (col(Maatregel.status), filters.status),
    ):
        if value is not None:
            query = query.where(column == value)
    if filters.geldig_op is not None:
        query = query.where(
            Maatregel.status == Maatregelstatus.OPGELEGD,
            col(Maatregel.geldt_van) <= filters.geldig_op,
            or_(col(Maatregel.geldt_tot).is_(None), col(Maatregel.geldt_tot) >= filters.geldig_op),
        )
    after = paging.after_key(date.fromisoformat)
    if after is not None:
        day, last = after
        same = and_(col(Maatregel.opgelegd_op) == day, col(Maatregel.id) < last)
        query = query.where(or_(col(Maatregel.opgelegd_op) < day, same))
    query = query.order_by(col(Maatregel.opgelegd_op).desc(), col(Maatregel.id).desc())
    return session.exec(query.limit(paging.limit + 1)).all()


def history_of(session: Session, caller: Caller, object_ids: Collection[UUID]) -> Sequence[Maatregel]:
    """What was imposed at objects, newest first; neither intended nor withdrawn measures."""
    query = select(Maatregel).where(
        readable_by(caller),
        col(Maatregel.object_id).in_(object_ids),
        col(Maatregel.status).in_(sorted(IN_GESCHIEDENIS)),
    )
    return session.exec(query.order_by(col(Maatregel.opgelegd_op).desc(), col(Maatregel.id).desc())).all()


def findings_of(session: Session, maatregel_ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Per measure the findings on which it rests."""
    query = select(MaatregelBevinding).where(col(MaatregelBevinding.maatregel_id).in_(maatregel_ids))
    found: dict[UUID, list[UUID]] = {nr: [] for nr in maatregel_ids}
    for row in session.exec(query.order_by(col(MaatregelBevinding.bevinding_id))).all():
        found[row.maatregel_id].append(row.bevinding_id)
    return found


def set_findings(session: Session, maatregel_id: UUID, bevinding_ids: Collection[UUID]) -> None:
    """Makes the findings of a measure equal to these."""
    links = delete(MaatregelBevinding).where(col(MaatregelBevinding.maatregel_id) == maatregel_id)
    session.execute(links.where(col(MaatregelBevinding.bevinding_id).not_in(bevinding_ids)))
    rows = [{"maatregel_id": maatregel_id, "bevinding_id": nr} for nr in dict.fromkeys(bevinding_ids)]
    insert_or_skip(session, MaatregelBevinding, rows, MaatregelBevinding.bevinding_id)


def last_event(session: Session, maatregel_id: UUID) -> int:
    """The number of the last event of a measure; 0 without one."""
    query = select(func.max(Maatregelgebeurtenis.volgnummer)).where(Maatregelgebeurtenis.maatregel_id == maatregel_id)
    return session.exec(query).one() or 0


def events_page(session: Session, maatregel_id: UUID, paging: Paging) -> Sequence[Maatregelgebeurtenis]:
    """The changes of a measure, oldest first."""
    query = select(Maatregelgebeurtenis).where(Maatregelgebeurtenis.maatregel_id == maatregel_id)
    after = paging.after_key(int)
    if after is not None:
        query = query.where(col(Maatregelgebeurtenis.volgnummer) > after[0])
    return session.exec(query.order_by(col(Maatregelgebeurtenis.volgnummer)).limit(paging.limit + 1)).all()


def resting_on(session: Session, bevinding_ids: Collection[UUID]) -> set[UUID]:
    """Those of the findings on which a measure rests; asked by retention, shown to nobody."""
    query = select(MaatregelBevinding.bevinding_id).where(col(MaatregelBevinding.bevinding_id).in_(bevinding_ids))
    return set(session.exec(query).all())
