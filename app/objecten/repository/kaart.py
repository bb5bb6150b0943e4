"""The map: places in a box, and counts of cells (REG-20, ADR 0015). Never by trigger or use (REG-05)."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlmodel import Session, col

from app.core.caller import Caller
from app.objecten.repository.kenmerken import among
from app.objecten.repository.zicht import readable_by
from app.objecten.rules.kaartcellen import STROOK, Cellen, Rechthoek, column_of
from app.objecten.schemas.filters import Kaartfilter
from app.objecten.status import Objectstatus, Objecttype
from app.objecten.tables import Kaartcel, Kaartpunt, Object
from geo.boxes import Box

Punt = tuple[UUID, Objecttype, float, float]
"""A place: object, type, x, y."""

Celtelling = tuple[int, int, Objecttype, int, int, int]
"""Row, column, type, number and the sums of x and y in centimetres."""


def in_box(caller: Caller, box: Box, types: Collection[Objecttype] = ()) -> list[ColumnElement[bool]]:
    """Conditions on `Kaartpunt` for a box, edges included; the index on type, strip and x answers them."""
    strips = range(column_of(box.min_y, STROOK), column_of(box.max_y, STROOK) + 1)
    return [
        readable_by(caller, col(Kaartpunt.gemeentecode)),
        col(Kaartpunt.type).in_(list(types or Objecttype)),
        col(Kaartpunt.strook).in_(list(strips)),
        col(Kaartpunt.x).between(box.min_x, box.max_x),
        col(Kaartpunt.y).between(box.min_y, box.max_y),
    ]


def points_in(
    session: Session, caller: Caller, filters: Kaartfilter, boxes: Sequence[Rechthoek], limit: int | None = None
) -> list[Punt]:
    """The places in boxes that do not overlap; with `limit` as soon as so many are found, in any order."""
    columns = (col(Kaartpunt.object_id), col(Kaartpunt.type), col(Kaartpunt.x), col(Kaartpunt.y))
    parts = [
        sa.select(*columns).where(*in_box(caller, Box(*box), filters.types), *_narrowed(Kaartpunt, filters))
        for box in boxes
    ]
    if not parts:
        return []
    query: Any = parts[0].limit(limit) if len(parts) == 1 else sa.union_all(*parts)
    return [(at, Objecttype(soort), x, y) for at, soort, x, y in session.execute(query)]


def counts_of(
    session: Session, caller: Caller, filters: Kaartfilter, cells: Cellen, inner: Cellen | None
) -> list[Celtelling]:
    """The counts of the cells of a level, but for those that `inner`, of a coarser level, covers."""
    parts = [cells] if inner is None else _around(cells, inner)
    sums = (sa.func.sum(col(Kaartcel.aantal)), sa.func.sum(col(Kaartcel.som_x)), sa.func.sum(col(Kaartcel.som_y)))
    found: list[Celtelling] = []
    queries = [
        sa.select(col(Kaartcel.rij), col(Kaartcel.kolom), col(Kaartcel.type), *sums)
        .where(*_in_cells(caller, part), *_of_types(filters), *_narrowed(Kaartcel, filters))
        .group_by(col(Kaartcel.rij), col(Kaartcel.kolom), col(Kaartcel.type))
        for part in parts
    ]
    if not queries:
        return []
    query: Any = queries[0] if len(queries) == 1 else sa.union_all(*queries)
    for row, column, soort, number, sum_x, sum_y in session.execute(query):
        if number:
            found.append((row, column, Objecttype(soort), int(number), int(sum_x), int(sum_y)))
    return found


def shown_objects(session: Session, caller: Caller, ids: Sequence[UUID]) -> dict[UUID, tuple[str, str, Objectstatus]]:
    """Name, number and status of objects."""
    query = sa.select(col(Object.id), col(Object.naam), col(Object.nummer), col(Object.status)).where(
        readable_by(caller, sa.func.coalesce(col(Object.gemeentecode), "")), among(session, col(Object.id), ids)
    )
    return {at: (naam, nummer, status) for at, naam, nummer, status in session.execute(query)}


def _in_cells(caller: Caller, cells: Cellen) -> list[ColumnElement[bool]]:
    rows = list(range(cells.min_row, cells.max_row + 1))
    return [
        col(Kaartcel.niveau) == cells.zijde,
        readable_by(caller, col(Kaartcel.gemeentecode)),
        col(Kaartcel.rij).in_(rows),
        col(Kaartcel.kolom).between(cells.min_col, cells.max_col),
    ]


def _of_types(filters: Kaartfilter) -> list[ColumnElement[bool]]:
    return [col(Kaartcel.type).in_(filters.types)] if filters.types else []


def _narrowed(table: Any, filters: Kaartfilter) -> list[ColumnElement[bool]]:  # noqa: ANN401 - one of two tables
    found: list[ColumnElement[bool]] = []
    if filters.gemeentecode is not None:
        found.append(col(table.gemeentecode) == filters.gemeentecode)
    if filters.status is not None:
        found.append(col(table.status) == filters.status)
    return found


def _around(cells: Cellen, inner: Cellen) -> list[Cellen]:
    """The cells around a rectangle of coarser ones: south, north, west, east."""
    times = inner.zijde // cells.zijde
    west, south = inner.min_col * times, inner.min_row * times
    east, north = (inner.max_col + 1) * times - 1, (inner.max_row + 1) * times - 1
    strips = [
        Cellen(cells.zijde, cells.min_col, cells.min_row, cells.max_col, south - 1),
        Cellen(cells.zijde, cells.min_col, north + 1, cells.max_col, cells.max_row),
        Cellen(cells.zijde, cells.min_col, south, west - 1, north),
        Cellen(cells.zijde, east + 1, south, cells.max_col, north),
    ]
    return [strip for strip in strips if strip.min_col <= strip.max_col and strip.min_row <= strip.max_row]
