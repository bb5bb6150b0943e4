"""Stores hundreds of thousands of addresses: one batch beside the table, then a few statements over all of it at once.

PostgreSQL takes a batch by COPY, SQLite by executemany; from there on both run the same statements.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app.objecten.tables import Adres, Object

ADRESSEN: sa.Table = Adres.__table__  # type: ignore[attr-defined]  # SQLModel does not declare it
OBJECTEN: sa.Table = Object.__table__  # type: ignore[attr-defined]  # as above
KEY = ("postcode", "huisnummer", "huisletter", "toevoeging")
_AREAS = ("wijkcode", "buurtcode", "buiten_gemeente", "gebied_jaar")
_PLACE = ("x", "y", *_AREAS)
_TOLD = ("bag_id", "adresseerbaar_object_id", "pand_id", "gebruiksdoelen", "oppervlakte", "status_bag")
_COLUMNS = ("id", "straat", *KEY, "woonplaats", *_TOLD, *_PLACE)
_SHARED = ("gemeentecode", "bron", "import_id", "bijgewerkt_op")
_STAGED = sa.Table(
    "adressen_in",
    sa.MetaData(),
    *(sa.Column(name, ADRESSEN.c[name].type) for name in _COLUMNS),
    sa.Column("vervalt", sa.Boolean),
    prefixes=["TEMPORARY"],
)


class Adresregel(NamedTuple):
    """An address as a file tells it, with its areas; `vervalt`: the BAG withdrew it. The order is that of the staging table."""

    id: UUID
    straat: str
    postcode: str
    huisnummer: int
    huisletter: str
    toevoeging: str
    woonplaats: str
    bag_id: str | None
    adresseerbaar_object_id: str | None
    pand_id: str | None
    gebruiksdoelen: list[str] | None
    oppervlakte: int | None
    status_bag: str | None
    x: float | None
    y: float | None
    wijkcode: str | None
    buurtcode: str | None
    buiten_gemeente: bool
    gebied_jaar: int | None
    vervalt: bool


@dataclass(frozen=True)
class Herkomst:
    """What all rows of a batch share."""

    gemeentecode: str
    bron: str
    import_id: UUID
    op: datetime
    dag: date

    @property
    def shared(self) -> tuple[Any, ...]:
        """The values of `_SHARED`."""
        return self.gemeentecode, self.bron, self.import_id, self.op


class Tellingen(NamedTuple):
    """What a batch did."""

    nieuw: int
    gewijzigd: int
    ongewijzigd: int


def has_addresses(session: Session, gemeentecode: str) -> bool:
    """Whether a municipality has any address."""
    query = sa.select(sa.exists().where(ADRESSEN.c.gemeentecode == gemeentecode))
    return bool(session.connection().scalar(query))


def fill(session: Session, rows: Sequence[Adresregel], herkomst: Herkomst) -> Tellingen:
    """Stores rows of a municipality of which no address stands but those of this very import; nothing is compared.

    Raises:
        IntegrityError: one stands all the same; `merge` then does it.
    """
    wanted = [row for row in rows if not row.vervalt]
    _load(session, ADRESSEN, (*_COLUMNS, *_SHARED), (tuple(row[:-1]) for row in wanted), herkomst.shared)
    return Tellingen(len(wanted), 0, len(rows) - len(wanted))


def merge(session: Session, rows: Sequence[Adresregel], herkomst: Herkomst) -> Tellingen:
    """Stores rows against what stands, by the identification of the BAG or else by postcode and number.

    What a row does not tell is left as it is. An address that was numbered anew keeps its record while its new number is free; else the
    record with that number takes over, and the old one is marked. A withdrawn address is marked, never deleted, and never added.
    """
    connection = session.connection()
    is_postgresql = connection.dialect.name == "postgresql"
    _STAGED.create(connection, checkfirst=False)  # a rollback takes it away too
    _load(session, _STAGED, (*_COLUMNS, "vervalt"), rows)
    if is_postgresql:
        connection.exec_driver_sql(
            f"ANALYZE {_STAGED.name}"
        )  # or it is taken for a few rows, and the table is read in whole
    withdrawn = _mark_withdrawn(connection, herkomst) if any(row.vervalt for row in rows) else 0
    _renumber(connection, herkomst)
    new, touched = _upsert(connection, herkomst)
    _STAGED.drop(connection, checkfirst=False)
    changed = touched - new + withdrawn
    return Tellingen(new, changed, len(rows) - new - changed)


def place_objects(session: Session, gemeentecode: str) -> int:
    """Gives objects without a point that of their address, with its areas; how many."""
    at_address = sa.and_(ADRESSEN.c.id == OBJECTEN.c.adres_id, ADRESSEN.c.x.is_not(None))
    statement = (
        sa.update(OBJECTEN)
        .where(OBJECTEN.c.gemeentecode == gemeentecode, OBJECTEN.c.x.is_(None), at_address)
        .values(versie=OBJECTEN.c.versie + 1, **{name: ADRESSEN.c[name] for name in _PLACE})
    )
    return session.connection().execute(statement).rowcount


def _load(
    session: Session,
    table: sa.Table,
    columns: Sequence[str],
    rows: Iterable[tuple[Any, ...]],
    shared: tuple[Any, ...] = (),
) -> None:
    """Puts rows into a table; `shared` are the values of the last columns, the same in every row."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        _copy(connection, table.name, columns, rows, shared)
        return
    convert = [
        table.c[name].type.dialect_impl(connection.dialect).bind_processor(connection.dialect) for name in columns
    ]
    values = [
        tuple(
            value if process is None else process(value) for process, value in zip(convert, row + shared, strict=True)
        )
        for row in rows
    ]
    if values:
        marks = ", ".join("?" for _ in columns)
        connection.exec_driver_sql(f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})", values)  # noqa: S608 - names of our own


def _copy(
    connection: sa.Connection,
    table: str,
    columns: Sequence[str],
    rows: Iterable[tuple[Any, ...]],
    shared: tuple[Any, ...],
) -> None:
    """By COPY on the connection of this transaction.

    Raises:
        IntegrityError: a row stands already.
    """
    driver: Any = connection.connection.driver_connection
    purposes = columns.index("gebruiksdoelen")
    told: dict[tuple[str, ...], str] = {}
    same = [str(value) for value in shared]
    try:
        with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
            for row in rows:
                values = [*row, *same]
                values[0] = values[0].hex
                if values[purposes] is not None:
                    known = tuple(values[purposes])
                    values[purposes] = told.get(known) or told.setdefault(known, json.dumps(list(known)))
                copy.write_row(values)
    except psycopg.IntegrityError as fault:
        raise IntegrityError("COPY", None, fault) from fault


def _same_key(a: sa.FromClause, b: sa.FromClause) -> sa.ColumnElement[bool]:
    return sa.and_(*(a.c[name] == b.c[name] for name in KEY))


def _mark_withdrawn(connection: sa.Connection, herkomst: Herkomst) -> int:
    """Marks what stands: the address with this identification, or one with this key that has none."""
    by_id = _STAGED.c.bag_id == ADRESSEN.c.bag_id
    by_object = sa.and_(
        _STAGED.c.bag_id.is_(None), _STAGED.c.adresseerbaar_object_id == ADRESSEN.c.adresseerbaar_object_id,
        _same_key(ADRESSEN, _STAGED),
    )  # fmt: skip
    by_key = sa.and_(
        ADRESSEN.c.bag_id.is_(None), ADRESSEN.c.adresseerbaar_object_id.is_(None), _same_key(ADRESSEN, _STAGED)
    )
    marked = 0
    for found in (by_id, by_object, by_key):
        marked += connection.execute(
            sa.update(ADRESSEN)
            .where(ADRESSEN.c.gemeentecode == herkomst.gemeentecode, ADRESSEN.c.vervallen_op.is_(None), _STAGED.c.vervalt, found)
            .values(
                vervallen_op=herkomst.dag, status_bag=_STAGED.c.status_bag, bijgewerkt_op=herkomst.op, import_id=herkomst.import_id
            )
        ).rowcount  # fmt: skip
    return marked


def _renumber(connection: sa.Connection, herkomst: Herkomst) -> None:
    """An address that has another number now: its record gets it where that is free, else the record is marked and gives way."""
    other = ADRESSEN.alias("ander")
    elsewhere = sa.and_(
        ADRESSEN.c.gemeentecode == herkomst.gemeentecode,
        ADRESSEN.c.bag_id == _STAGED.c.bag_id,
        sa.not_(_STAGED.c.vervalt),
        sa.not_(_same_key(ADRESSEN, _STAGED)),
    )
    taken = (
        sa.select(sa.literal(1))
        .where(other.c.gemeentecode == herkomst.gemeentecode, _same_key(other, _STAGED))
        .correlate(_STAGED)
        .exists()
    )
    stamp = {"bijgewerkt_op": herkomst.op, "import_id": herkomst.import_id}
    gone = {"vervallen_op": sa.func.coalesce(ADRESSEN.c.vervallen_op, herkomst.dag, type_=sa.Date()), "bag_id": None}
    connection.execute(sa.update(ADRESSEN).where(elsewhere, taken).values(**gone, **stamp))
    # Marked for a moment: that makes the upsert, which clears the mark, count it once.
    renumbered = {name: _STAGED.c[name] for name in KEY} | {"vervallen_op": herkomst.dag}
    connection.execute(sa.update(ADRESSEN).where(elsewhere, sa.not_(taken)).values(**renumbered, **stamp))


def _upsert(connection: sa.Connection, herkomst: Herkomst) -> tuple[int, int]:
    """Adds what is not there and changes what differs; how many were added, and how many were added or changed."""
    dialect = connection.dialect.name
    shared = zip(_SHARED, herkomst.shared, strict=True)
    source = sa.select(
        *(_STAGED.c[name] for name in _COLUMNS), *(sa.literal(value, ADRESSEN.c[name].type) for name, value in shared)
    ).where(sa.not_(_STAGED.c.vervalt))
    make: Any = postgresql.insert if dialect == "postgresql" else sqlite.insert
    insert = make(ADRESSEN).from_select((*_COLUMNS, *_SHARED), source)
    told, placed = insert.excluded, insert.excluded.x.is_not(None)
    values: dict[str, Any] = {name: told[name] for name in ("straat", "woonplaats")}
    values |= {name: sa.func.coalesce(told[name], ADRESSEN.c[name], type_=ADRESSEN.c[name].type) for name in _TOLD}
    values |= {name: sa.case((placed, told[name]), else_=ADRESSEN.c[name]) for name in _PLACE}
    differs = sa.or_(
        *(_text(ADRESSEN.c[name]).is_distinct_from(_text(value)) for name, value in values.items()),
        ADRESSEN.c.vervallen_op.is_not(None),
    )
    statement = insert.on_conflict_do_update(
        index_elements=["gemeentecode", *KEY],
        set_={
            **values, "vervallen_op": sa.null(), "bron": told.bron, "import_id": told.import_id, "bijgewerkt_op": told.bijgewerkt_op
        },
        where=differs,
    )  # fmt: skip
    if dialect == "postgresql":
        # A row that was there has an `xmax`: it was locked to be changed.
        done = statement.returning((sa.literal_column("adressen.xmax") == sa.literal_column("0")).label("nieuw")).cte()
        new = sa.func.count().filter(done.c.nieuw)
        counts = connection.execute(sa.select(new, sa.func.count()).select_from(done)).one()
        return int(counts[0]), int(counts[1])
    standing = connection.scalar(
        sa.select(sa.func.count())
        .select_from(_STAGED.join(ADRESSEN, sa.and_(ADRESSEN.c.gemeentecode == herkomst.gemeentecode, _same_key(ADRESSEN, _STAGED))))
        .where(sa.not_(_STAGED.c.vervalt))
    )  # fmt: skip
    wanted = connection.scalar(sa.select(sa.func.count()).select_from(_STAGED).where(sa.not_(_STAGED.c.vervalt)))
    return (wanted or 0) - (standing or 0), connection.execute(statement).rowcount


def _text(value: Any) -> Any:  # noqa: ANN401 - any column or expression
    """JSON as text: PostgreSQL cannot compare it otherwise."""
    return sa.cast(value, sa.Text) if isinstance(value.type, sa.JSON) else value
