"""Queries on objects and their addresses."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement, bindparam, false, true, tuple_
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.http.paging import Paging
from app.objecten.repository.kaart import in_box
from app.objecten.repository.kenmerken import among
from app.objecten.repository.risicoadressen import open_on
from app.objecten.repository.zicht import readable_by, within
from app.objecten.schemas.filters import Objectfilter
from app.objecten.schemas.objecten import PlanbaarFeit
from app.objecten.status import Objecttype, Vergunningstatus
from app.objecten.tables import Adres, Kaartpunt, Object, Risicoadres, Vergunning

Met = tuple[Object, Adres]
FEW = 2000
"""Up to this many objects a list starts from their ids."""


def object_by_id(session: Session, caller: Caller, object_id: UUID, *, lock: bool = False) -> Met | None:
    """An object with its address."""
    query = (
        select(Object, Adres)
        .join(Adres, col(Adres.id) == col(Object.adres_id))
        .where(readable_by(caller, col(Object.gemeentecode)), Object.id == object_id)
    )
    if lock:
        query = query.with_for_update(of=Object).execution_options(populate_existing=True)
    return session.exec(query).one_or_none()


def objects_by_ids(session: Session, caller: Caller, ids: Sequence[UUID]) -> list[Met]:
    """The objects with these ids that the caller may see."""
    return list(session.exec(_by_ids(caller.is_system, caller.gemeenten), params={"ids": ids}).all())


# Asked of every control that is taken in, so built once per set of municipalities: making it costs more than running it.
@lru_cache(maxsize=256)
def _by_ids(system: bool, gemeenten: frozenset[str]) -> Any:  # noqa: ANN401 - a statement of two tables
    return (
        select(Object, Adres)
        .join(Adres, col(Adres.id) == col(Object.adres_id))
        .where(
            within(col(Object.gemeentecode), gemeenten, system=system),
            col(Object.id).in_(bindparam("ids", expanding=True)),
        )
    )


def object_with_number(session: Session, gemeentecode: str, nummer: str) -> Object | None:
    """The object with this number of the municipality; for the check that a number is free."""
    return session.exec(
        select(Object).where(Object.gemeentecode == gemeentecode, Object.nummer == nummer)
    ).one_or_none()


def objects_at(session: Session, caller: Caller, adres_id: UUID, soort: Objecttype) -> list[Object]:
    """The objects of one type at an address."""
    query = select(Object).where(
        readable_by(caller, col(Object.gemeentecode)), Object.adres_id == adres_id, Object.type == soort
    )
    return list(session.exec(query.order_by(col(Object.nummer))).all())


def list_objects(session: Session, caller: Caller, filters: Objectfilter, page: Paging) -> list[Met]:
    """One row more than a page, in the order of municipality and number."""
    query = (
        select(Object, Adres)
        .join(Adres, col(Adres.id) == col(Object.adres_id))
        .where(*_from(caller, filters, page.after), *conditions_of(session, filters, caller))
        .order_by(*_ORDER)
        .limit(page.limit + 1)
    )
    return list(session.exec(query).all())


def places_in_order(
    session: Session, caller: Caller, filters: Objectfilter, after: tuple[str, UUID] | None, limit: int
) -> list[tuple[str, str, UUID, float | None, float | None]]:
    """Municipality, number, id and place of objects in the order of a list; for a window or area that must be tested exactly."""
    query = (
        sa.select(*_ORDER, col(Object.id), col(Object.x), col(Object.y))
        .where(*_from(caller, filters, after), *conditions_of(session, filters, caller))
        .order_by(*_ORDER)
        .limit(limit)
    )
    return [(code, nummer, at, x, y) for code, nummer, at, x, y in session.execute(query)]


def conditions_of(session: Session, filters: Objectfilter, caller: Caller) -> list[ColumnElement[bool]]:
    """What an object must be, besides visible and of the municipality."""
    lists: list[tuple[Any, tuple[Any, ...]]] = [
        (col(Object.type), filters.types),
        (col(Object.wijkcode), filters.wijkcodes),
        (col(Object.buurtcode), filters.buurtcodes),
    ]
    conditions: list[ColumnElement[bool]] = [column.in_(values) for column, values in lists if values]
    if filters.status is not None:
        conditions.append(col(Object.status) == filters.status)
    if filters.buiten_gemeente is False:
        conditions.append(col(Object.buiten_gemeente) == false())
    if filters.ids is not None:
        conditions.append(among(session, col(Object.id), filters.ids))
    if filters.cover is not None:
        box = filters.cover
        conditions += [col(Object.x).between(box.min_x, box.max_x), col(Object.y).between(box.min_y, box.max_y)]
    return conditions + [col(Object.id).in_(query) for query in _lookups(filters, caller).values()]


def look_up(session: Session, caller: Caller, filters: Objectfilter) -> Objectfilter:
    """The filters with the ids of the objects that lie in the box, wait for a control or have a permit, where those are few.

    A list goes in the order of number. Where a filter leaves few objects the database must start from those, and where it leaves many
    it must test them on the way; databases guess wrong here, so it is found out beforehand, one query a filter.
    """
    queries = _lookups(filters, caller)
    if filters.cover is not None:
        queries["box"] = select(Kaartpunt.object_id).where(*in_box(caller, filters.cover, filters.types))
    for name, query in queries.items():
        found = session.exec(query.limit(FEW + 1)).all()
        if len(found) <= FEW:
            few = frozenset(found) if filters.ids is None else filters.ids.intersection(found)
            settled: dict[str, Any] = {} if name == "box" else {name: None}
            filters = replace(filters, ids=few, **settled)
    return filters


def _lookups(filters: Objectfilter, caller: Caller) -> dict[str, Any]:
    """The filters on other records than the object, as queries for ids of objects."""
    queries: dict[str, Any] = {}
    if filters.buiten_gemeente:
        queries["buiten_gemeente"] = select(Object.id).where(
            readable_by(caller, col(Object.gemeentecode)), col(Object.buiten_gemeente) == true()
        )
    if filters.vergunningsoort is not None:
        queries["vergunningsoort"] = select(Vergunning.object_id).where(
            readable_by(caller, col(Vergunning.gemeentecode)),
            col(Vergunning.soort) == filters.vergunningsoort,
            col(Vergunning.status) == Vergunningstatus.VERLEEND,
        )
    if filters.controle_voor is not None:
        queries["controle_voor"] = select(Risicoadres.object_id).where(
            readable_by(caller, col(Risicoadres.gemeentecode)),
            open_on(filters.vandaag),
            col(Risicoadres.controle_voor) <= filters.controle_voor,
        )
    return queries


_ORDER = (col(Object.gemeentecode), col(Object.nummer))


def _from(caller: Caller, filters: Objectfilter, after: tuple[str, UUID] | None) -> list[ColumnElement[bool]]:
    """The visible objects after the last of the page before, said in such a way that an index on more columns can start there."""
    codes = caller.gemeenten if filters.gemeentecode is None else caller.gemeenten & {filters.gemeentecode}
    if caller.is_system and filters.gemeentecode is not None:
        codes = frozenset({filters.gemeentecode})
    # With the ids known, no index on the municipality may lure a database away from them.
    column = _ORDER[0] if filters.ids is None else sa.func.coalesce(_ORDER[0], "")
    found = [true() if caller.is_system and filters.gemeentecode is None else within(column, codes, system=False)]
    if after is None:
        return found
    gemeentecode, _, nummer = after[0].partition("|")
    if codes == {gemeentecode}:
        return [*found, col(Object.nummer) > nummer]
    return [*found, tuple_(*_ORDER) > (gemeentecode, nummer)]


def plannable_objects(session: Session, caller: Caller, gemeentecode: str) -> list[PlanbaarFeit]:
    """All active objects of a municipality, in a stable order; columns only, for whole rows cost twice the time."""
    query = select(*(getattr(Object, name) for name in PlanbaarFeit._fields)).where(
        readable_by(caller, col(Object.gemeentecode)), Object.gemeentecode == gemeentecode, Object.status == "actief"
    )
    return [PlanbaarFeit._make(row) for row in session.exec(query.order_by(col(Object.nummer))).all()]
