"""Stores hundreds of thousands of addresses: one batch beside the table, then a few statements over all of it at once.

PostgreSQL takes a batch by COPY, SQLite by executemany; from there on both run the same statements.
"""

from collections.abc import Sequence
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
"""The columns of a line."""
STAGED = sa.Table(
    "adressen_in",
    sa.MetaData(),
    *(sa.Column(name, ADRESSEN.c[name].type) for name in _COLUMNS),
    sa.Column("vervalt", sa.Boolean),
    prefixes=["TEMPORARY"],
)


@dataclass(frozen=True)
class Adresregels:
    """Addresses as a file tells them, with their areas.

    Attributes:
        tekst: lines in the text form of COPY: the columns of `_COLUMNS` with tabs between them.
        ingetrokken: which of them the BAG withdrew.
    """

    tekst: list[str]
    ingetrokken: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Herkomst:
    """What all rows of a batch share."""

    gemeentecode: str
    bron: str
    import_id: UUID
    op: datetime
    dag: date

    @property
    def shared(self) -> dict[str, Any]:
        """The columns that tell it."""
        return {"gemeentecode": self.gemeentecode, "bron": self.bron, **self.stamp}

    @property
    def stamp(self) -> dict[str, Any]:
        """The columns that tell what changed a record last."""
        return {"import_id": self.import_id, "bijgewerkt_op": self.op}


class Tellingen(NamedTuple):
    """What a batch did."""

    nieuw: int
    gewijzigd: int
    ongewijzigd: int


def has_addresses(session: Session, gemeentecode: str) -> bool:
    """Whether a municipality has any address."""
    query = sa.select(sa.exists().where(ADRESSEN.c.gemeentecode == gemeentecode))
    return bool(session.connection().scalar(query))


def fill(session: Session, told: Adresregels, herkomst: Herkomst) -> Tellingen:
    """Stores rows of a municipality of which no address stands but those of this very import; nothing is compared.

    Raises:
        IntegrityError: one stands all the same; `merge` then does it.
    """
    lines = told.tekst
    if told.ingetrokken:
        lines = [line for place, line in enumerate(lines) if place not in told.ingetrokken]
    _load(session, ADRESSEN, (*_COLUMNS, *herkomst.shared), lines, tuple(herkomst.shared.values()))
    return Tellingen(len(lines), 0, len(told.ingetrokken))


def merge(session: Session, told: Adresregels, herkomst: Herkomst) -> Tellingen:
    """Stores rows against what stands, by the identification of the BAG or else by postcode and number.

    What a row does not tell is left as it is. An address that was numbered anew keeps its record while its new number is free; else the
    record with that number takes over, and the old one is marked. A withdrawn address is marked, never deleted, and never added.
    """
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        # A staged table is thought to be large, and compiling a statement for it takes ten times as long as running it.
        connection.exec_driver_sql("SET LOCAL jit = off")
    STAGED.create(connection, checkfirst=False)  # a rollback takes it away too
    lines = [f"{line}\t{int(place in told.ingetrokken)}" for place, line in enumerate(told.tekst)]
    _load(session, STAGED, (*_COLUMNS, "vervalt"), lines)
    withdrawn = _mark_withdrawn(connection, herkomst) if told.ingetrokken else 0
    _renumber(connection, herkomst)
    new, touched = _upsert(connection, herkomst)
    STAGED.drop(connection, checkfirst=False)
    changed = touched - new + withdrawn
    return Tellingen(new, changed, len(lines) - new - changed)


def place_objects(session: Session, gemeentecode: str) -> list[UUID]:
    """Gives objects without a point that of their address, with its areas; which objects."""
    at_address = sa.and_(ADRESSEN.c.id == OBJECTEN.c.adres_id, ADRESSEN.c.x.is_not(None))
    statement = (
        sa.update(OBJECTEN)
        .where(OBJECTEN.c.gemeentecode == gemeentecode, OBJECTEN.c.x.is_(None), at_address)
        .values(versie=OBJECTEN.c.versie + 1, **{name: ADRESSEN.c[name] for name in _PLACE})
        .returning(OBJECTEN.c.id)
    )
    return list(session.connection().execute(statement).scalars())


def _load(
    session: Session, table: sa.Table, columns: Sequence[str], lines: Sequence[str], shared: tuple[Any, ...] = ()
) -> None:
    """Puts lines into a table; `shared` are the values of the last columns, the same in every row.

    Raises:
        IntegrityError: a row stands already.
    """
    connection = session.connection()
    if not lines:
        return
    if connection.dialect.name == "postgresql":
        _copy(connection, f"COPY {table.name} ({', '.join(columns)}) FROM STDIN", lines, shared)
        return
    same = tuple(
        _as_sqlite(connection, table.c[name], value)
        for name, value in zip(columns[len(columns) - len(shared) :], shared, strict=True)
    )
    values = [(*map(_as_value, line.split("\t")), *same) for line in lines]
    marks = ", ".join("?" * len(columns))
    # The columns have types: SQLite stores '12' as a number where one belongs.
    connection.exec_driver_sql(f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})", values)  # noqa: S608 - names of our own


def _copy(connection: sa.Connection, statement: str, lines: Sequence[str], shared: tuple[Any, ...]) -> None:
    """By COPY on the connection of this transaction."""
    driver: Any = connection.connection.driver_connection
    end = "".join(f"\t{_as_text(str(value))}" for value in shared) + "\n"
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            copy.write(end.join([*lines, ""]).encode())
    except psycopg.IntegrityError as fault:
        raise IntegrityError("COPY", None, fault) from fault


def _as_text(text: str) -> str:
    """A text as COPY reads it."""
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _as_value(text: str) -> str | None:
    """A value of a line."""
    return None if text == "\\N" else text.replace("\\\\", "\\")


def _as_sqlite(connection: sa.Connection, column: sa.Column[Any], value: object) -> object:
    """A value as SQLAlchemy writes it."""
    process = column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    return value if process is None else process(value)


def _same_key(a: sa.FromClause, b: sa.FromClause) -> sa.ColumnElement[bool]:
    return sa.and_(*(a.c[name] == b.c[name] for name in KEY))


def _standing(gemeentecode: str, *conditions: sa.ColumnElement[bool], by_key: bool) -> sa.ScalarSelect[Any]:
    """The address of a staged row, looked up per row: always by an index, whatever a database thinks of a table that was just filled.

    Found by its identification, the municipality is asked for in words that no index answers: that index holds the whole city.
    """
    owner = ADRESSEN.c.gemeentecode if by_key else sa.func.coalesce(ADRESSEN.c.gemeentecode, "")
    found = _same_key(ADRESSEN, STAGED) if by_key else ADRESSEN.c.bag_id == STAGED.c.bag_id
    query = sa.select(ADRESSEN.c.id).where(owner == gemeentecode, found, *conditions).limit(1)
    return query.correlate(STAGED).scalar_subquery()


def _pairs(
    connection: sa.Connection, address: sa.ScalarSelect[Any], *wanted: sa.ColumnElement[bool]
) -> list[dict[str, Any]]:
    """Staged rows with the address that `address` finds."""
    found = sa.select(STAGED.c.id.label("rij"), address.label("adres")).where(*wanted).subquery()
    rows = connection.execute(sa.select(found).where(found.c.adres.is_not(None))).all()
    return [{"rij": row.rij, "adres": row.adres} for row in rows]


def _mark_withdrawn(connection: sa.Connection, herkomst: Herkomst) -> int:
    """Marks what stands: the address with this identification, or one with this number that tells no other."""
    code, there = herkomst.gemeentecode, ADRESSEN.c.vervallen_op.is_(None)
    same_object = ADRESSEN.c.adresseerbaar_object_id == STAGED.c.adresseerbaar_object_id
    nameless = sa.and_(
        sa.or_(ADRESSEN.c.bag_id.is_(None), STAGED.c.bag_id.is_(None)),
        sa.or_(ADRESSEN.c.adresseerbaar_object_id.is_(None), same_object),
    )
    pairs = _pairs(connection, _standing(code, there, by_key=False), STAGED.c.vervalt)
    known = {pair["adres"] for pair in pairs}
    by_key = _pairs(connection, _standing(code, there, nameless, by_key=True), STAGED.c.vervalt)
    pairs += [pair for pair in by_key if pair["adres"] not in known]
    status = sa.select(STAGED.c.status_bag).where(STAGED.c.id == sa.bindparam("rij")).scalar_subquery()
    _change(connection, pairs, status_bag=status, vervallen_op=herkomst.dag, **herkomst.stamp)
    return len(pairs)


def _renumber(connection: sa.Connection, herkomst: Herkomst) -> None:
    """An address that has another number now: its record gets it where that is free, else the record is marked and gives way."""
    code = herkomst.gemeentecode
    moved = _pairs(
        connection, _standing(code, sa.not_(_same_key(ADRESSEN, STAGED)), by_key=False), sa.not_(STAGED.c.vervalt)
    )
    if not moved:
        return
    numbers = [pair["rij"] for pair in moved]
    taken = {pair["rij"] for pair in _pairs(connection, _standing(code, by_key=True), STAGED.c.id.in_(numbers))}
    gone = {"vervallen_op": sa.func.coalesce(ADRESSEN.c.vervallen_op, herkomst.dag, type_=sa.Date()), "bag_id": None}
    _change(connection, [pair for pair in moved if pair["rij"] in taken], **gone, **herkomst.stamp)
    # Marked for a moment: that makes the upsert, which clears the mark, count it once.
    renumbered = {
        name: sa.select(STAGED.c[name]).where(STAGED.c.id == sa.bindparam("rij")).scalar_subquery() for name in KEY
    }
    free = [pair for pair in moved if pair["rij"] not in taken]
    _change(connection, free, **renumbered, vervallen_op=herkomst.dag, **herkomst.stamp)


def _change(connection: sa.Connection, pairs: Sequence[dict[str, Any]], **values: object) -> None:
    """Changes the address of each pair."""
    if pairs:
        connection.execute(sa.update(ADRESSEN).where(ADRESSEN.c.id == sa.bindparam("adres")).values(**values), pairs)


def _merged(told: Any) -> dict[str, Any]:  # noqa: ANN401 - the columns of a table or of `excluded`
    """What an address becomes: what is told, and where nothing is told what stands; a point comes with its areas."""
    values: dict[str, Any] = {name: told[name] for name in ("straat", "woonplaats")}
    values |= {name: sa.func.coalesce(told[name], ADRESSEN.c[name], type_=ADRESSEN.c[name].type) for name in _TOLD}
    return values | {name: sa.case((told.x.is_not(None), told[name]), else_=ADRESSEN.c[name]) for name in _PLACE}


def _differs(told: Any) -> sa.ColumnElement[bool]:  # noqa: ANN401 - as above
    """Whether an address becomes another than it is."""
    changes = (_text(ADRESSEN.c[name]).is_distinct_from(_text(value)) for name, value in _merged(told).items())
    return sa.or_(*changes, ADRESSEN.c.vervallen_op.is_not(None))


def _upsert(connection: sa.Connection, herkomst: Herkomst) -> tuple[int, int]:
    """Adds what is not there and changes what differs; how many were added, and how many were added or changed."""
    there = _standing(herkomst.gemeentecode, by_key=True)
    same = _standing(herkomst.gemeentecode, sa.not_(_differs(STAGED.c)), by_key=True)
    source = sa.select(
        *(STAGED.c[name] for name in _COLUMNS),
        *(sa.literal(value, ADRESSEN.c[name].type) for name, value in herkomst.shared.items()),
    ).where(sa.not_(STAGED.c.vervalt), same.is_(None))  # what stays the same is not even locked
    make: Any = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    insert = make(ADRESSEN).from_select((*_COLUMNS, *herkomst.shared), source)
    told = {name: insert.excluded[name] for name in ("bron", "import_id", "bijgewerkt_op")}
    statement = insert.on_conflict_do_update(
        index_elements=["gemeentecode", *KEY],
        set_={**_merged(insert.excluded), **told, "vervallen_op": sa.null()},
        where=_differs(insert.excluded),
    )
    if connection.dialect.name == "postgresql":
        # A row that was there has an `xmax`: it was locked to be changed.
        done = statement.returning((sa.literal_column("adressen.xmax") == sa.literal_column("0")).label("nieuw")).cte()
        added = sa.func.count().filter(done.c.nieuw)
        counts = connection.execute(sa.select(added, sa.func.count()).select_from(done)).one()
        return int(counts[0]), int(counts[1])
    wanted = sa.select(sa.func.count()).select_from(STAGED).where(sa.not_(STAGED.c.vervalt), there.is_(None))
    return connection.scalar(wanted) or 0, connection.execute(statement).rowcount


def _text(value: Any) -> Any:  # noqa: ANN401 - any column or expression
    """JSON as text: PostgreSQL cannot compare it otherwise."""
    return sa.cast(value, sa.Text) if isinstance(value.type, sa.JSON) else value
