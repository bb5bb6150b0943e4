"""The database: one engine per process, SQLite embedded or PostgreSQL, and the check that the schema is not stale."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlmodel import Session

from app.core.errors import CannotGoOn
from app.core.settings import ROOT, Settings

MIGRATIONS = ROOT / "migrations"
WRITE = "veldwacht_write"
SQLITE_BUSY_MS = 5_000


class StaleSchema(CannotGoOn):
    """The schema is older than the code; the message says in Dutch how to mend that."""


class FairLock:
    """A lock that serves in order of arrival; a plain lock lets a busy thread starve the others."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._held = False

    def acquire(self, timeout: float) -> bool:
        """Waits for the turn; False when `timeout` seconds passed."""
        with self._guard:
            if not self._held:
                self._held = True
                return True
            turn = threading.Event()
            self._waiting.append(turn)
        if turn.wait(timeout):
            return True
        with self._guard:
            if turn.is_set():
                return True
            self._waiting.remove(turn)
            return False

    def release(self) -> None:
        """Hands the lock to whoever waits longest."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._held = False


class Database:
    """The engine and, on SQLite, the one write lock of the process (traps: many writers starve each other)."""

    def __init__(self, settings: Settings) -> None:
        self.engine = make_engine(settings)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._write_lock = FairLock()

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """A session that only reads and sees one moment, however long it reads: what commits meanwhile stays out of it.

        PostgreSQL calls that REPEATABLE READ; a read transaction of SQLite (WAL) sees the moment of its first query.
        """
        options: dict[str, Any] = {WRITE: False}
        if not self.is_sqlite:
            options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with Session(self.engine, autoflush=False, expire_on_commit=False) as session:
            session.connection(execution_options=options)
            yield session

    @contextmanager
    def session(self, *, write: bool) -> Iterator[Session]:
        """A session in one transaction; the caller commits. On SQLite a writer starts with BEGIN IMMEDIATE.

        Raises:
            TimeoutError: another writer held the database too long; nothing was stored.
        """
        if self.is_sqlite and write:
            if not self._write_lock.acquire(SQLITE_BUSY_MS / 1000):
                msg = "write lock"
                raise TimeoutError(msg)
            try:
                with self._open(write=True) as session:
                    yield session
            finally:
                self._write_lock.release()
        else:
            with self._open(write=write) as session:
                yield session

    @contextmanager
    def _open(self, *, write: bool) -> Iterator[Session]:
        with Session(self.engine, autoflush=write, expire_on_commit=False) as session:
            session.connection(execution_options={WRITE: write})
            yield session

    def dispose(self) -> None:
        """Closes all connections."""
        self.engine.dispose()


def make_engine(settings: Settings) -> Engine:
    """An engine with the durability that design section 7 asks for on each database."""
    url = settings.database_url.get_secret_value()
    if url.startswith("sqlite"):
        engine = create_engine(
            url,
            pool_size=settings.database_pool,
            max_overflow=4,
            connect_args={"timeout": SQLITE_BUSY_MS / 1000},
        )
        event.listen(engine, "connect", _sqlite_connect)
        event.listen(engine, "begin", _sqlite_begin)
        return engine
    return create_engine(
        url,
        pool_size=settings.database_pool,
        max_overflow=4,
        pool_timeout=5,
        pool_pre_ping=False,
        connect_args={
            "connect_timeout": 5,
            "options": "-c synchronous_commit=on -c lock_timeout=5000 -c timezone=UTC",
        },
    )


def _sqlite_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
    connection.isolation_level = None  # transactions are begun by _sqlite_begin, not guessed by the driver
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={SQLITE_BUSY_MS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _sqlite_begin(connection: Connection) -> None:
    write = connection.get_execution_options().get(WRITE, True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def alembic_config(settings: Settings) -> Config:
    """Alembic's configuration for this database, without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["database_url"] = settings.database_url.get_secret_value()
    return config


@cache
def _revisions() -> tuple[frozenset[str], str | None]:
    """All revisions of this program and the newest; to know them every migration is loaded, and none comes while it runs."""
    script = ScriptDirectory(str(MIGRATIONS))
    return frozenset(revision.revision for revision in script.walk_revisions()), script.get_current_head()


def check_schema(database: Database) -> None:
    """Refuses to go on with a schema older than the code; a newer one serves older code (expand and contract).

    Raises:
        StaleSchema: migrations are missing.
    """
    known, newest = _revisions()
    with database.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current is None or (current in known and current != newest):
        msg = "De database is ouder dan dit programma. Voer eerst 'veldwacht migreren' uit en start daarna opnieuw."
        raise StaleSchema(msg)
