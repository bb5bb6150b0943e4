"""A private copy of part of the database in which work is tried and thrown away: the real code, and nobody waits for a lock.

A transaction that is rolled back would give the same counts, but hold the one write lock of SQLite, or row locks, as long as it runs.
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine, create_engine, event, insert, or_
from sqlmodel import Session, SQLModel, select

from app.core.db import WRITE, Database, FairLock
from app.core.unit_of_work import UnitOfWork, open_unit

_PART = 2000


class _Scratch(Database):
    """A SQLite database that need not survive anything: no journal on disk, no waiting for the disk."""

    def __init__(self, path: Path) -> None:
        self.engine = _engine(path)
        self.is_sqlite = True
        self._write_lock = FairLock()


class _NoQueue:
    """Background work that a trial would cause is not done."""

    def enqueue(self, session: Session, name: str, reference: UUID, job_id: str | None) -> None:
        """Drops it."""


class Proefruimte:
    """A copy of some tables, as far as they belong to one municipality."""

    def __init__(self, database: Database, uow: UnitOfWork) -> None:
        self._database, self._caller, self._key_ring = database, uow.caller, uow.key_ring
        self._request_id = uow.request_id

    def unit(self, action: str, *, write: bool = True) -> AbstractContextManager[UnitOfWork]:
        """A unit of work on the copy."""
        return open_unit(
            self._database, self._caller, self._key_ring, _NoQueue(), self._request_id, action, write=write
        )


@contextmanager
def trial_space(
    uow: UnitOfWork, gemeentecode: str, tables: Sequence[type[SQLModel]], folder: Path | None = None
) -> Iterator[Proefruimte]:
    """Copies the rows of a municipality, and those that hold for all, to a database of its own that is removed afterwards.

    The unit of work is needed while copying only.
    """
    with tempfile.TemporaryDirectory(prefix="veldwacht-proef-", dir=folder) as made:
        database = _Scratch(Path(made) / "proef.db")
        try:
            SQLModel.metadata.create_all(database.engine)
            with database.session(write=True) as target:
                for table in tables:
                    _copy(uow.session, target, table, gemeentecode)
                target.commit()
            yield Proefruimte(database, uow)
        finally:
            database.dispose()


def _copy(source: Session, target: Session, table: type[SQLModel], gemeentecode: str) -> None:
    columns = SQLModel.metadata.tables[str(table.__tablename__)].c
    owner = columns["gemeentecode"] if "gemeentecode" in columns else columns["code"]
    query = select(*columns).where(or_(owner == gemeentecode, owner == "")).execution_options(yield_per=_PART)
    for rows in source.execute(query).mappings().partitions(_PART):
        target.execute(insert(table), [dict(row) for row in rows])


def _engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def _connect(connection, _record) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - the driver's own types
        connection.isolation_level = None
        for pragma in ("journal_mode=MEMORY", "synchronous=OFF", "foreign_keys=OFF"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - as above
        write = connection.get_execution_options().get(WRITE, True)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine
