"""Databases for tests: SQLite and PostgreSQL, both built by the real migrations."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlalchemy as sa

from app.core.crypto import KeyRing
from app.core.migrate import migrate
from app.core.settings import Settings, Stempel

POSTGRES = os.environ.get("VELDWACHT_TEST_POSTGRES")
KINDS = ["sqlite", "postgresql"] if POSTGRES else ["sqlite"]

# No test reaches the internet: the sources lie on a port of this machine where nobody listens.
NOWHERE = {f"{source}_url": "http://127.0.0.1:9" for source in ("locatieserver", "bag_api", "kvk_api")}


def settings_for(url: str, folder: Path, **extra: object) -> Settings:
    """Settings of a test service; the key ring is made when it is not there yet."""
    key_file = folder / "sleutelbos.json"
    if not key_file.exists():
        KeyRing.create(key_file)
    values: dict[str, object] = {
        "stempel": Stempel.DEMO,
        "database_url": url,
        "key_ring_file": key_file,
        "account_cache_seconds": 0,
        **NOWHERE,
        **extra,
    }
    return Settings.model_validate(values)


def _admin() -> sa.Engine:
    assert POSTGRES is not None
    return sa.create_engine(POSTGRES, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)


def _url(name: str) -> str:
    assert POSTGRES is not None
    return sa.make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)


def _copy(source: Path, target: Path) -> None:
    """Copies a SQLite database with what stands in its write-ahead log."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


class Templates:
    """A migrated database of each kind, made once per test process and copied for each test."""

    def __init__(self, folder: Path, worker: str) -> None:
        self.folder = folder
        self.prefix = f"vw_test_{worker}_{os.getpid()}"
        self._made: set[str] = set()
        self._count = 0

    @contextmanager
    def database(self, kind: str) -> Iterator[str]:
        """The URL of a fresh, migrated, empty database."""
        self._make(kind)
        self._count += 1
        if kind == "sqlite":
            path = self.folder / f"test{self._count}.db"
            _copy(self.folder / "template.db", path)
            yield f"sqlite:///{path}"
            path.unlink()
            return
        name = f"{self.prefix}_{self._count}"
        admin = _admin()
        with admin.connect() as connection:
            connection.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE "{self.prefix}_template" STRATEGY FILE_COPY')
        yield _url(name)
        with admin.connect() as connection:
            connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _make(self, kind: str) -> None:
        if kind in self._made:
            return
        if kind == "sqlite":
            url = f"sqlite:///{self.folder / 'template.db'}"
        else:
            name = f"{self.prefix}_template"
            with _admin().connect() as connection:
                connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
            url = _url(name)
        migrate(settings_for(url, self.folder))
        self._made.add(kind)

    def drop(self) -> None:
        """Removes the PostgreSQL template."""
        if "postgresql" in self._made:
            with _admin().connect() as connection:
                connection.exec_driver_sql(f'DROP DATABASE "{self.prefix}_template" WITH (FORCE)')
