"""Finds objects by words, number, KvK number or BAG id.

A word of a search stands for a stretch of the index on words. The rarest leads and is read in the order of the index, so that a
page is found without sorting, whole words before longer ones; the other words are looked up object by object.
"""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.objecten.repository.kenmerken import among
from app.objecten.repository.objecten import Met, conditions_of
from app.objecten.repository.zicht import readable_by
from app.objecten.rules.zoekwoorden import Term
from app.objecten.schemas.filters import Objectfilter
from app.objecten.tables import Adres, Object, Objectwoord

ENOUGH = 2000
"""Words are counted up to here to choose which leads."""

Gevonden = tuple[str, str, UUID]
"""Where an object was found: word, municipality, object; the order of a search."""

Geplaatst = tuple[str, str, UUID, float | None, float | None]
"""The same with its place, which is left out where nothing asks for it."""


def how_many(session: Session, caller: Caller, gemeentecode: str | None, terms: Sequence[Term]) -> list[int]:
    """How many words fit each term, up to `ENOUGH`; in one query."""
    counts = [
        sa.select(sa.func.count()).select_from(
            sa.select(sa.literal(1))
            .select_from(Objectwoord)
            .where(_visible(caller, col(Objectwoord.gemeentecode), gemeentecode), _fits(col(Objectwoord.woord), term))
            .limit(ENOUGH)
            .subquery()
        )
        for term in terms
    ]
    return [int(number) for number in session.execute(sa.select(*(count.scalar_subquery() for count in counts))).one()]


def found_by_words(
    session: Session,
    caller: Caller,
    filters: Objectfilter,
    lead: Term,
    others: Sequence[Term],
    after: Gevonden | None,
    known: Collection[UUID],
    limit: int,
) -> list[Geplaatst]:
    """Objects but `known` that fit all terms, in the order of the word of `lead` by which each is found first."""
    word = aliased(Objectwoord)
    narrowed = conditions_of(session, filters, caller)
    places = (col(Object.x), col(Object.y)) if narrowed else (sa.null(), sa.null())
    # A condition on the bare column would have SQLite take it for fixed, and sort all that has one word.
    column = sa.func.coalesce(col(word.gemeentecode), "")
    query = sa.select(col(word.woord), col(word.gemeentecode), col(word.object_id), *places).where(
        _visible(caller, column, filters.gemeentecode), _fits(col(word.woord), lead)
    )
    if known:
        query = query.where(~among(session, col(word.object_id), known))
    for term in others:
        other = aliased(Objectwoord)
        query = query.where(
            sa.exists().where(col(other.object_id) == col(word.object_id), _fits(col(other.woord), term))
        )
    earlier = aliased(Objectwoord)
    query = query.where(
        ~sa.exists().where(
            col(earlier.object_id) == col(word.object_id),
            _fits(col(earlier.woord), lead),
            col(earlier.woord) < col(word.woord),
        )
    )
    if narrowed:
        query = query.join(Object, col(Object.id) == col(word.object_id)).where(*narrowed)
    order = (col(word.woord), col(word.gemeentecode), col(word.object_id))
    if after is not None:
        query = query.where(sa.tuple_(*order) > after)
    rows = session.execute(query.order_by(*order).limit(limit))
    return [(found, code, at, x, y) for found, code, at, x, y in rows]


def found_by_number(
    session: Session, caller: Caller, filters: Objectfilter, number: str, digits: str, limit: int
) -> list[tuple[UUID, float | None, float | None]]:
    """Objects, with their places, of which this is the whole number, the number of a permit, the KvK number or the BAG id of the address."""
    visible = _visible(caller, col(Object.gemeentecode), filters.gemeentecode)
    worded = _visible(caller, col(Objectwoord.gemeentecode), filters.gemeentecode)
    ways: list[Any] = [sa.select(col(Objectwoord.object_id)).where(col(Objectwoord.woord) == number, worded)]
    if len(digits) == 8:
        ways.append(sa.select(col(Object.id)).where(visible, col(Object.kvk_nummer) == digits))
    elif digits:
        at = sa.select(col(Adres.id)).where(col(Adres.bag_id) == digits)
        there = _visible(caller, sa.func.coalesce(col(Object.gemeentecode), ""), filters.gemeentecode)
        ways.append(sa.select(col(Object.id)).where(there, col(Object.adres_id).in_(at)))
    ids = {at for way in ways for at in session.scalars(way.limit(limit))}
    if not ids:
        return []
    query = sa.select(col(Object.id), col(Object.x), col(Object.y)).where(
        among(session, col(Object.id), ids), *conditions_of(session, filters, caller)
    )
    rows = session.execute(query.order_by(col(Object.gemeentecode), col(Object.nummer)).limit(limit))
    return [(at, x, y) for at, x, y in rows]


def objects_in_order(session: Session, caller: Caller, ids: Sequence[UUID]) -> list[Met]:
    """These objects with their addresses, in the order given."""
    query = (
        select(Object, Adres)
        .join(Adres, col(Adres.id) == col(Object.adres_id))
        .where(readable_by(caller, sa.func.coalesce(col(Object.gemeentecode), "")), among(session, col(Object.id), ids))
    )
    rows = {row.id: (row, adres) for row, adres in session.exec(query).all()}
    return [rows[at] for at in ids if at in rows]


def _visible(caller: Caller, column: Any, gemeentecode: str | None) -> ColumnElement[bool]:  # noqa: ANN401 - a column
    """The caller's municipalities, as one condition on the column that the index needs."""
    if gemeentecode is None:
        return readable_by(caller, column)
    return sa.and_(readable_by(caller, column), column == gemeentecode)


def _fits(column: Any, term: Term) -> ColumnElement[bool]:  # noqa: ANN401 - a column
    return sa.or_(
        *(
            column == variant.woord if variant.heel else sa.and_(column >= variant.woord, column < variant.until)
            for variant in term
        )
    )
