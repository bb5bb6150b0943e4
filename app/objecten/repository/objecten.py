"""Queries on objects and their addresses."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, false, or_, true, tuple_
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.http.paging import Paging
from app.objecten.repository.zicht import readable_by, within
from app.objecten.schemas.filters import Objectfilter, Zoekwoorden
from app.objecten.status import Objecttype
from app.objecten.tables import Adres, Object, Vergunning

Met = tuple[Object, Adres]


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


def list_objects(
    session: Session, caller: Caller, filters: Objectfilter, page: Paging, words: Zoekwoorden | None = None
) -> list[Met]:
    """One row more than a page, in the order of municipality and number."""
    query = (
        select(Object, Adres)
        .join(Adres, col(Adres.id) == col(Object.adres_id))
        .where(readable_by(caller, col(Object.gemeentecode)), *_conditions(filters))
        .order_by(col(Object.gemeentecode), col(Object.nummer))
        .limit(page.limit + 1)
    )
    if words is not None:
        query = query.where(_fits(words))
    if page.after is not None:
        gemeentecode, _, nummer = page.after[0].partition("|")
        query = query.where(tuple_(col(Object.gemeentecode), col(Object.nummer)) > (gemeentecode, nummer))
    return list(session.exec(query).all())


def _conditions(filters: Objectfilter) -> list[ColumnElement[bool]]:
    wanted = [
        (col(Object.gemeentecode), filters.gemeentecode),
        (col(Object.type), filters.type),
        (col(Object.status), filters.status),
        (col(Object.wijkcode), filters.wijkcode),
        (col(Object.buurtcode), filters.buurtcode),
        (col(Object.buiten_gemeente), filters.buiten_gemeente),
    ]
    conditions = [column == value for column, value in wanted if value is not None]
    if filters.bbox is not None:
        box = filters.bbox.cover
        conditions += [col(Object.x).between(box.min_x, box.max_x), col(Object.y).between(box.min_y, box.max_y)]
    return conditions


def _fits(words: Zoekwoorden) -> ColumnElement[bool]:
    permits = select(Vergunning.object_id).where(Vergunning.nummer == words.heel)
    address: list[ColumnElement[bool]] = []
    if words.postcode is not None:
        address.append(col(Adres.postcode) == words.postcode)
    if words.straat is not None:
        address.append(col(Adres.straat).icontains(words.straat, autoescape=True))
    if words.huisnummer is not None:
        address.append(col(Adres.huisnummer) == words.huisnummer)
    return or_(
        and_(false() if not address else true(), *address),
        col(Object.naam).icontains(words.heel, autoescape=True),
        col(Object.nummer) == words.heel,
        col(Object.kvk_nummer) == words.heel.replace(" ", ""),
        col(Object.id).in_(permits),
    )


def plannable_objects(session: Session, caller: Caller, gemeentecode: str) -> list[Object]:
    """All active objects of a municipality, in a stable order."""
    query = select(Object).where(
        readable_by(caller, col(Object.gemeentecode)), Object.gemeentecode == gemeentecode, Object.status == "actief"
    )
    return list(session.exec(query.order_by(col(Object.nummer))).all())
