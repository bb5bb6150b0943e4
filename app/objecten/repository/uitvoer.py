"""Queries that read the whole of a list, some thousand rows at a time, in constant memory.

They ask columns instead of records: making a record of each row takes most of the time of an export.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from app.core.caller import Caller
from app.core.columns import among_ids, beside_index, id_text
from app.objecten.repository import objecten, risicoadressen, vergunningen
from app.objecten.repository.zicht import readable_by
from app.objecten.schemas.exportrijen import ObjectRij, RisicoRij, VergunningRij
from app.objecten.schemas.filters import Objectfilter, Risicofilter, Vergunningfilter
from app.objecten.status import Vergunningstatus
from app.objecten.tables import Adres, Bedrijfsplan, BibobToets, Object, Risicoadres, Vergunning

R = TypeVar("R", bound=NamedTuple)
BATCH = 2000

_OBJECT_COLUMNS: tuple[Any, ...] = (
    id_text(Object.id), Object.gemeentecode, Object.nummer, Object.type, Object.naam, Adres.straat, Adres.huisnummer,
    Adres.huisletter, Adres.toevoeging, Adres.postcode, Adres.woonplaats, Adres.bag_id, Object.x, Object.y,
    Object.wijkcode, Object.buurtcode, Object.kvk_nummer, Object.sector, Object.capaciteit, Object.openingstijden,
    Object.status, Object.bron,
)  # fmt: skip
_PERMIT_COLUMNS: tuple[Any, ...] = (
    id_text(Vergunning.id), Vergunning.gemeentecode, id_text(Vergunning.object_id), Vergunning.soort, Vergunning.nummer,
    Vergunning.status, Vergunning.geldig_vanaf, Vergunning.geldig_tot, Vergunning.leidinggevendenbijlage,
    Vergunning.bron, Vergunning.verdwenen_op,
)  # fmt: skip
_RISK_COLUMNS: tuple[Any, ...] = (
    id_text(Risicoadres.id), Risicoadres.gemeentecode, id_text(Risicoadres.object_id), Risicoadres.reden, Risicoadres.bron,
    Risicoadres.in_beeld_op, Risicoadres.herzien_op, Risicoadres.vervalt_op, Risicoadres.controle_voor,
    Risicoadres.status, Risicoadres.bezocht_op,
)  # fmt: skip


def objects(session: Session, caller: Caller, filters: Objectfilter) -> Iterator[list[ObjectRij]]:
    """Objects in the order of municipality and number."""
    query = _objects(session, caller, filters, _OBJECT_COLUMNS).order_by(col(Object.gemeentecode), col(Object.nummer))
    return _batches(session, query, ObjectRij)


def count_objects(session: Session, caller: Caller, filters: Objectfilter) -> int:
    """How many objects there are in the box of the database."""
    return _count(session, _objects(session, caller, filters, (func.count(),)))


def object_points(session: Session, caller: Caller, filters: Objectfilter) -> Iterator[Sequence[Any]]:
    """The points (x, y) of the same objects."""
    return _stream(session, _objects(session, caller, filters, (Object.x, Object.y)))


def objects_by_ids(session: Session, caller: Caller, ids: Sequence[str]) -> list[ObjectRij]:
    """The objects with these ids that the caller may see."""
    query = (
        select(*_OBJECT_COLUMNS)
        .select_from(Object)
        .join(Adres, col(Adres.id) == col(Object.adres_id))
        .where(readable_by(caller, beside_index(col(Object.gemeentecode))), among_ids(session, Object.id))
    )
    return [ObjectRij._make(row) for row in session.connection().execute(query, {"ids": ids}).all()]


def permits(session: Session, caller: Caller, filters: Vergunningfilter) -> Iterator[list[VergunningRij]]:
    """Permits in the order of municipality, kind and number."""
    order = (col(Vergunning.gemeentecode), col(Vergunning.soort), col(Vergunning.nummer))
    return _batches(session, _permits(caller, filters, _PERMIT_COLUMNS).order_by(*order), VergunningRij)


def count_permits(session: Session, caller: Caller, filters: Vergunningfilter) -> int:
    """How many permits there are."""
    return _count(session, _permits(caller, filters, (func.count(),)))


def risks(session: Session, caller: Caller, filters: Risicofilter, today: date) -> Iterator[list[RisicoRij]]:
    """Risk addresses, longest in view first; whether one is late or expired is for the service to say."""
    query = _risks(caller, filters, today, _RISK_COLUMNS).order_by(col(Risicoadres.in_beeld_op), col(Risicoadres.id))
    for part in _stream(session, query):
        yield [RisicoRij._make((*row, False)) for row in part]


def count_risks(session: Session, caller: Caller, filters: Risicofilter, today: date) -> int:
    """How many risk addresses there are in the box of the database."""
    return _count(session, _risks(caller, filters, today, (func.count(),)))


def risk_points(session: Session, caller: Caller, filters: Risicofilter, today: date) -> Iterator[Sequence[Any]]:
    """The points (x, y) of the same risk addresses."""
    return _stream(session, _risks(caller, filters, today, (Object.x, Object.y)))


def latest_permits(session: Session, caller: Caller, ids: Sequence[str]) -> dict[str, VergunningRij]:
    """Per object the granted permit that its source still names and that began last."""
    query = select(*_PERMIT_COLUMNS).where(
        readable_by(caller, beside_index(col(Vergunning.gemeentecode))),
        among_ids(session, Vergunning.object_id),
        col(Vergunning.status) == Vergunningstatus.VERLEEND,
        col(Vergunning.verdwenen_op).is_(None),
    )
    rows = (
        session.connection()
        .execute(query.order_by(col(Vergunning.geldig_vanaf), col(Vergunning.nummer)), {"ids": ids})
        .all()
    )
    return {row.object_id: row for row in map(VergunningRij._make, rows)}


def latest_plans(session: Session, caller: Caller, ids: Sequence[str]) -> dict[str, tuple[str, date]]:
    """Per object the version of the business plan that was approved last."""
    query = select(
        id_text(Bedrijfsplan.object_id), col(Bedrijfsplan.versienaam), col(Bedrijfsplan.goedgekeurd_op)
    ).where(
        readable_by(caller, beside_index(col(Bedrijfsplan.gemeentecode))), among_ids(session, Bedrijfsplan.object_id)
    )
    rows = (
        session.connection()
        .execute(query.order_by(col(Bedrijfsplan.goedgekeurd_op), col(Bedrijfsplan.id)), {"ids": ids})
        .all()
    )
    return {object_id: (version, approved) for object_id, version, approved in rows}


def latest_tests(session: Session, caller: Caller, permit_ids: Sequence[str]) -> dict[str, date]:
    """Per permit the day of its last Bibob test."""
    query = (
        select(id_text(BibobToets.vergunning_id), func.max(BibobToets.getoetst_op))
        .where(
            readable_by(caller, beside_index(col(BibobToets.gemeentecode))),
            among_ids(session, BibobToets.vergunning_id),
        )
        .group_by(col(BibobToets.vergunning_id))
    )
    return {row[0]: row[1] for row in session.connection().execute(query, {"ids": permit_ids}).all()}


def _objects(session: Session, caller: Caller, filters: Objectfilter, columns: tuple[Any, ...]) -> Select[Any]:
    query = select(*columns).select_from(Object).join(Adres, col(Adres.id) == col(Object.adres_id))
    narrowed: Select[Any] = query.where(
        readable_by(caller, col(Object.gemeentecode)), *objecten.conditions_of(session, filters, caller)
    )
    return narrowed


def _permits(caller: Caller, filters: Vergunningfilter, columns: tuple[Any, ...]) -> Select[Any]:
    query: Select[Any] = select(*columns).select_from(Vergunning)
    return query.where(readable_by(caller, col(Vergunning.gemeentecode)), *vergunningen.conditions(filters))


def _risks(caller: Caller, filters: Risicofilter, today: date, columns: tuple[Any, ...]) -> Select[Any]:
    query = select(*columns).select_from(Risicoadres).join(Object, col(Object.id) == col(Risicoadres.object_id))
    narrowed: Select[Any] = query.where(
        readable_by(caller, col(Risicoadres.gemeentecode)), *risicoadressen.conditions(filters, today)
    )
    return narrowed


def _count(session: Session, query: Select[Any]) -> int:
    return int(session.connection().execute(query).scalar_one())


def _stream(session: Session, query: Select[Any]) -> Iterator[Sequence[Any]]:
    """Batches of rows from a cursor that the database keeps (PostgreSQL) or that reads on while asked (SQLite)."""
    with session.connection().execute(query, execution_options={"yield_per": BATCH}) as result:
        yield from result.partitions()


def _batches(session: Session, query: Select[Any], kind: type[R]) -> Iterator[list[R]]:
    for part in _stream(session, query):
        yield [kind._make(row) for row in part]
