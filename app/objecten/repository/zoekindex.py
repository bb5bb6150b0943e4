"""What keeps the words and the map in step with the stock: upkeep of the service itself, whoever asks for it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from app.objecten.repository.kenmerken import among
from app.objecten.status import Objectstatus, Objecttype
from app.objecten.tables import Adres, Kaartcel, Kaartpunt, Object, Objectwoord, Vergunning

Celsleutel = tuple[int, str, int, int, Objecttype, Objectstatus]
"""Level, municipality, row, column, type, status: a cell, in the order in which cells are locked."""

Geteld = tuple[str, Objecttype, Objectstatus, float, float]
"""What the map counts of an object: municipality, type, status and place."""

_COUNTED: tuple[Any, ...] = (
    col(Kaartpunt.gemeentecode), col(Kaartpunt.type), col(Kaartpunt.status), col(Kaartpunt.x), col(Kaartpunt.y)
)  # fmt: skip


class Beschreven(NamedTuple):
    """What an object is found by, and where it lies."""

    id: UUID
    gemeentecode: str
    nummer: str
    type: Objecttype
    naam: str
    status: Objectstatus
    x: float | None
    y: float | None
    straat: str
    huisnummer: int
    huisletter: str
    toevoeging: str
    postcode: str


def described(session: Session, ids: Sequence[UUID]) -> list[Beschreven]:
    """The objects with these ids, locked in a fixed order: nobody else may change one while its words are written."""
    address = ("straat", "huisnummer", "huisletter", "toevoeging", "postcode")
    of_object = [col(getattr(Object, name)) for name in Beschreven._fields if name not in address]
    of_address = [col(getattr(Adres, name)) for name in address]
    query = (
        sa.select(*of_object, *of_address)
        .join(Adres, col(Adres.id) == col(Object.adres_id))
        .where(among(session, col(Object.id), ids))
        .order_by(col(Object.id))
        .with_for_update(of=Object)
    )
    return [Beschreven(*row) for row in session.execute(query)]


def permit_numbers(session: Session, ids: Sequence[UUID]) -> list[tuple[UUID, str]]:
    """The numbers of the permits of objects."""
    query = select(Vergunning.object_id, Vergunning.nummer).where(among(session, col(Vergunning.object_id), ids))
    return list(session.exec(query).all())


def words_of(session: Session, ids: Sequence[UUID]) -> dict[UUID, set[str]]:
    """The words that stand, per object."""
    query = sa.select(col(Objectwoord.object_id), col(Objectwoord.woord)).where(
        among(session, col(Objectwoord.object_id), ids)
    )
    found: dict[UUID, set[str]] = {}
    for at, word in session.execute(query):
        found.setdefault(at, set()).add(word)
    return found


def points_of(session: Session, ids: Sequence[UUID]) -> dict[UUID, Geteld]:
    """What the map counts of objects."""
    query = sa.select(col(Kaartpunt.object_id), *_COUNTED).where(among(session, col(Kaartpunt.object_id), ids))
    return {at: (place, soort, status, x, y) for at, place, soort, status, x, y in session.execute(query)}


def add_words(session: Session, rows: Sequence[tuple[UUID, str, str]]) -> None:
    """Adds words: object, word, municipality."""
    values = [{"object_id": at, "woord": word, "gemeentecode": place} for at, word, place in rows]
    _insert(session, Objectwoord, values, lambda statement: statement.on_conflict_do_nothing())


def drop_words(session: Session, rows: Sequence[tuple[UUID, str]]) -> None:
    """Takes words away: object and word."""
    gone = sa.delete(Objectwoord).where(
        col(Objectwoord.object_id) == sa.bindparam("at"), col(Objectwoord.woord) == sa.bindparam("word")
    )
    if rows:
        session.connection().execute(gone, [{"at": at, "word": word} for at, word in rows])


def store_points(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Stores what the map counts of objects."""

    def replaced(statement: Any) -> Any:  # noqa: ANN401 - an insert of either database
        fields = {name: statement.excluded[name] for name in rows[0] if name != "object_id"}
        return statement.on_conflict_do_update(index_elements=["object_id"], set_=fields)

    _insert(session, Kaartpunt, rows, replaced)


def drop_points(session: Session, ids: Sequence[UUID]) -> None:
    """Takes objects off the map."""
    if ids:
        session.execute(sa.delete(Kaartpunt).where(among(session, col(Kaartpunt.object_id), ids)))


def add_to_cells(session: Session, changes: Mapping[Celsleutel, tuple[int, int, int]]) -> None:
    """Adds number and sums to cells, always in the same order: two who count the same cells must not wait for each other in a circle."""
    names = ("niveau", "gemeentecode", "rij", "kolom", "type", "status")
    sums = ("aantal", "som_x", "som_y")
    rows = [
        dict(zip((*names, *sums), (*key, *changes[key]), strict=True)) for key in sorted(changes) if any(changes[key])
    ]

    def added(statement: Any) -> Any:  # noqa: ANN401 - an insert of either database
        fields = {name: col(getattr(Kaartcel, name)) + statement.excluded[name] for name in sums}
        return statement.on_conflict_do_update(index_elements=list(names), set_=fields)

    _insert(session, Kaartcel, rows, added)


def hold_cells(session: Session) -> None:
    """Keeps everybody from counting until the transaction ends; reading goes on."""
    if not _on_sqlite(session):
        session.execute(sa.text("LOCK TABLE kaartcellen IN SHARE ROW EXCLUSIVE MODE"))


def clear_cells(session: Session) -> None:
    """Takes all counts away, to count anew."""
    session.execute(sa.delete(Kaartcel))


def all_points(session: Session, part: int) -> Iterator[list[Geteld]]:
    """All that the map counts, in parts."""
    for rows in session.execute(sa.select(*_COUNTED).execution_options(yield_per=part)).partitions():
        yield [(place, soort, status, x, y) for place, soort, status, x, y in rows]


def ids_after(session: Session, after: UUID | None, number: int) -> Sequence[UUID]:
    """Ids of objects in order, from the one after `after` on."""
    query = select(Object.id).order_by(col(Object.id)).limit(number)
    return session.exec(query if after is None else query.where(col(Object.id) > after)).all()


def is_behind(session: Session) -> bool:
    """Whether there are objects and none of them was indexed, as after a new version brought the index."""
    return (
        session.exec(select(Object.id).limit(1)).first() is not None
        and session.exec(select(Objectwoord.object_id).limit(1)).first() is None
    )


def _on_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _insert(
    session: Session,
    table: Any,  # noqa: ANN401 - a table class
    rows: Sequence[Mapping[str, Any]],
    settle: Callable[[Any], Any],
) -> None:
    """Inserts rows; `settle` says what happens to one that stands already.

    On PostgreSQL all rows go in one statement, as a list per column: sent one by one they would take longer than the rest of an import.
    """
    if not rows:
        return
    if _on_sqlite(session):
        session.connection().execute(settle(sqlite.insert(table)), list(rows))
        return
    columns = [table.__table__.c[name] for name in rows[0]]
    lists = [
        sa.bindparam(column.name, [row[column.name] for row in rows], postgresql.ARRAY(_plain(column.type)))
        for column in columns
    ]
    given = sa.func.unnest(*lists).table_valued(*(column.name for column in columns)).render_derived()
    statement = postgresql.insert(table).from_select([column.name for column in columns], sa.select(*given.c))
    session.connection().execute(settle(statement))


def _plain(kind: Any) -> Any:  # noqa: ANN401 - a column type
    """The type without an order of its own, which a list of values cannot have."""
    return kind if not isinstance(kind, sa.String) or isinstance(kind, sa.Enum) else sa.String()
