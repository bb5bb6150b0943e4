"""Places whose areas are assigned anew, in batches, and how far that is."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.gemeenten.rules.gebiedscodes import AreaCodes
from app.objecten.tables import Adres, Gebiedstoewijzing, Object

_ADRES_KEY = (col(Adres.postcode), col(Adres.huisnummer), col(Adres.huisletter), col(Adres.toevoeging))


class Plaats(NamedTuple):
    """A record with its point and its areas; `sleutel` is where the next batch goes on."""

    id: UUID
    x: float
    y: float
    gebieden: AreaCodes
    sleutel: tuple[Any, ...]


def progress_of(session: Session, gemeentecode: str) -> Gebiedstoewijzing | None:
    """How far a municipality is."""
    return session.exec(select(Gebiedstoewijzing).where(Gebiedstoewijzing.gemeentecode == gemeentecode)).one_or_none()


def lock_progress(session: Session, progress_id: UUID) -> Gebiedstoewijzing | None:
    """The same by id, held until the end of the transaction: one worker at a time does a batch."""
    query = select(Gebiedstoewijzing).where(Gebiedstoewijzing.id == progress_id)
    return session.exec(query.with_for_update().execution_options(populate_existing=True)).one_or_none()


def all_progress(session: Session) -> dict[str, Gebiedstoewijzing]:
    """How far each municipality is."""
    return {row.gemeentecode: row for row in session.exec(select(Gebiedstoewijzing)).all()}


def addresses_after(session: Session, gemeentecode: str, after: Sequence[Any] | None, limit: int) -> list[Plaats]:
    """The next addresses with a point, in the order of the key."""
    return _places(session, Adres, gemeentecode, _ADRES_KEY, after, limit)


def objects_after(session: Session, gemeentecode: str, after: str | None, limit: int) -> list[Plaats]:
    """The next objects with a point, in the order of their number."""
    return _places(session, Object, gemeentecode, (col(Object.nummer),), None if after is None else (after,), limit)


def has_strays(session: Session, gemeentecode: str, jaar: int | None) -> bool:
    """Whether any place has areas of another year than the division that holds: it was stored while that changed."""
    return any(
        session.connection().scalar(
            sa.select(
                sa.exists().where(
                    col(table.gemeentecode) == gemeentecode,
                    col(table.x).is_not(None),
                    col(table.gebied_jaar).is_distinct_from(jaar),
                )
            )
        )
        for table in (Adres, Object)
    )


def assign_addresses(session: Session, places: Sequence[tuple[Plaats, AreaCodes]]) -> None:
    """Gives addresses other areas, unless their point changed in the meantime: who changed it assigned them."""
    _assign(session, Adres, places, {})


def assign_objects(session: Session, places: Sequence[tuple[Plaats, AreaCodes]]) -> None:
    """The same for objects, as a new version of each."""
    _assign(session, Object, places, {"versie": col(Object.versie) + 1})


def _places(
    session: Session,
    table: type[Adres] | type[Object],
    gemeentecode: str,
    order: Sequence[Any],
    after: Sequence[Any] | None,
    limit: int,
) -> list[Plaats]:
    columns = (table.id, table.x, table.y, table.wijkcode, table.buurtcode, table.buiten_gemeente, table.gebied_jaar)
    query = sa.select(*columns, *order).where(  # type: ignore[call-overload]  # SQLModel types a column as its value
        col(table.gemeentecode) == gemeentecode, col(table.x).is_not(None), col(table.y).is_not(None)
    )
    if after is not None:
        query = query.where(sa.tuple_(*order) > tuple(after))
    rows = session.connection().execute(query.order_by(*order).limit(limit)).all()
    return [Plaats(row[0], row[1], row[2], AreaCodes(*row[3:7]), tuple(row[7:])) for row in rows]


def _assign(
    session: Session,
    table: type[Adres] | type[Object],
    places: Sequence[tuple[Plaats, AreaCodes]],
    also: dict[str, Any],
) -> None:
    if not places:
        return
    own: sa.Table = table.__table__  # type: ignore[union-attr]  # SQLModel does not declare it
    statement = (
        sa.update(own)
        .where(own.c.id == sa.bindparam("at"), own.c.x == sa.bindparam("at_x"), own.c.y == sa.bindparam("at_y"))
        .values(
            wijkcode=sa.bindparam("wijk"),
            buurtcode=sa.bindparam("buurt"),
            buiten_gemeente=sa.bindparam("buiten"),
            gebied_jaar=sa.bindparam("jaar"),
            **also,
        )
    )
    values = [
        {
            "at": place.id, "at_x": place.x, "at_y": place.y, "wijk": areas.wijk, "buurt": areas.buurt, "buiten": areas.buiten_gemeente,
            "jaar": areas.jaar,
        }
        for place, areas in places
    ]  # fmt: skip
    session.connection().execute(statement, values)
