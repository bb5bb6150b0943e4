"""Databases for tests: SQLite and PostgreSQL, both built by the real migrations."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from copy import deepcopy
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from pydantic import SecretStr

from app.core.crypto import KeyRing
from app.core.migrate import migrate
from app.core.runtime import Runtime
from app.core.settings import Settings, Stempel
from tests.support.municipality import Municipality, store_municipality

POSTGRES = os.environ.get("VELDWACHT_TEST_POSTGRES")
KINDS = ["sqlite", "postgresql"] if POSTGRES else ["sqlite"]

# No test reaches the internet: the sources lie on a port of this machine where nobody listens.
NOWHERE = {f"{source}_url": "http://127.0.0.1:9" for source in ("locatieserver", "bag_api", "kvk_api")}
_VALUES: dict[str, object] = {"stempel": Stempel.DEMO, "account_cache_seconds": 0, "requests_per_minute": 0, **NOWHERE}


def settings_for(url: str, folder: Path, **extra: object) -> Settings:
    """Settings of a test service; the key ring is made when it is not there yet."""
    return Settings.model_validate({**_VALUES, "database_url": url, "key_ring_file": _key_ring(folder), **extra})


@cache
def _usual_settings() -> Settings:
    return Settings.model_validate(_VALUES)


def usual_settings(url: str, folder: Path, issuer: str) -> Settings:
    """Settings of nearly every test; to read the environment anew for each of them took 8 ms."""
    return _usual_settings().model_copy(
        update={"database_url": SecretStr(url), "key_ring_file": _key_ring(folder), "oidc_issuer": issuer}
    )


def _key_ring(folder: Path) -> Path:
    path = folder / "sleutelbos.json"
    if not path.exists():
        KeyRing.create(path)
    return path


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
    """A migrated database of each kind, and one that holds the small municipality too: made once per test process, copied for each test."""

    def __init__(self, folder: Path, worker: str) -> None:
        self.folder = folder
        self.prefix = f"vw_test_{worker}_{os.getpid()}"
        self._made: set[str] = set()
        self._municipalities: dict[str, Municipality] = {}
        self._count = 0

    @contextmanager
    def database(self, kind: str, *, filled: bool = False) -> Iterator[str]:
        """The URL of a fresh, migrated database; empty, or with the small municipality in it."""
        template = self._filled(kind) if filled else self._empty(kind)
        self._count += 1
        name = str(self._count)
        if kind == "sqlite":
            _copy(self._path(template), self._path(name))
            yield self._url(kind, name)
            self._path(name).unlink()
            return
        self._copy_postgres(template, name)
        yield self._url(kind, name)
        self._drop(name)

    def municipality(self, kind: str) -> Municipality:
        """The ids of what a filled database holds."""
        return deepcopy(self._municipalities[kind])

    def _empty(self, kind: str) -> str:
        name = "template"
        if name + kind not in self._made:
            if kind == "postgresql":
                with _admin().connect() as connection:
                    connection.exec_driver_sql(f'CREATE DATABASE "{self.prefix}_{name}"')
            self._made.add(name + kind)
            migrate(settings_for(self._url(kind, name), self.folder))
        return name

    def _filled(self, kind: str) -> str:
        name = "filled"
        if name + kind not in self._made:
            template = self._empty(kind)
            if kind == "sqlite":
                _copy(self._path(template), self._path(name))
            else:
                self._copy_postgres(template, name)
            self._made.add(name + kind)
            runtime = Runtime.start(settings_for(self._url(kind, name), self.folder))
            with runtime.system_unit("test") as uow:
                self._municipalities[kind] = store_municipality(uow)
            runtime.stop()
        return name

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.db"

    def _url(self, kind: str, name: str) -> str:
        return f"sqlite:///{self._path(name)}" if kind == "sqlite" else _url(f"{self.prefix}_{name}")

    def _copy_postgres(self, template: str, name: str) -> None:
        with _admin().connect() as connection:
            connection.exec_driver_sql(
                f'CREATE DATABASE "{self.prefix}_{name}" TEMPLATE "{self.prefix}_{template}" STRATEGY FILE_COPY'
            )

    def _drop(self, name: str) -> None:
        with _admin().connect() as connection:
            connection.exec_driver_sql(f'DROP DATABASE "{self.prefix}_{name}" WITH (FORCE)')

    def drop(self) -> None:
        """Removes the PostgreSQL templates."""
        for name in ("template", "filled"):
            if f"{name}postgresql" in self._made:
                self._drop(name)
