"""The unit of work: committed before the answer, all or nothing, denials kept (design section 2, ADR 0005)."""

import asyncio
import threading
import time
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from fastapi import APIRouter
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import main
from app.core.db import Database, FairLock, StaleSchema, check_schema
from app.core.http.work import Work
from app.core.rights import Recht
from app.core.runtime import Runtime
from app.core.settings import Settings
from app.core.tables import Kenmerk
from app.gemeenten.rules import rechten
from tests.support.databases import settings_for
from tests.support.issuer import Issuer
from tests.support.municipality import Municipality


@pytest.fixture
def app(settings: Settings, municipality: Municipality, monkeypatch: pytest.MonkeyPatch) -> ASGIApp:  # noqa: ARG001
    """The real service with three operations of the test's own in it."""
    router = APIRouter(prefix="/proeven")

    @router.post("/goed", operation_id="proef_goed")
    def good(uow: Work) -> dict[str, str]:
        uow.session.add(Kenmerk(naam="proef", waarde="goed"))
        return {"status": "bewaard"}

    @router.post("/stuk", operation_id="proef_stuk")
    def broken(uow: Work) -> dict[str, str]:
        uow.session.add(Kenmerk(naam="proef", waarde="stuk"))
        uow.session.flush()
        raise RuntimeError("geheim 123456782")

    @router.get("/leest-en-schrijft", operation_id="proef_leest")
    def sly(uow: Work) -> dict[str, str]:
        uow.session.add(Kenmerk(naam="proef", waarde="sluw"))
        uow.session.flush()
        return {}

    @router.post("/verboden", operation_id="proef_verboden")
    def forbidden(uow: Work) -> dict[str, str]:
        return {"sub": uow.caller.sub}

    rows = {
        "proef_verboden": Recht(rollen=frozenset({"beheerder"})),
        "proef_goed": Recht(),
        "proef_stuk": Recht(),
        "proef_leest": Recht(),
    }
    original = main.routers
    monkeypatch.setattr(main, "routers", lambda: [*original(), router])
    monkeypatch.setattr(main, "RECHTEN", {**rechten.RECHTEN, **rows})
    return main.create_app(settings)


class Watcher:
    """Looks into the database with a connection of its own at the moment that an answer starts to leave."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.database = Database(settings)
        self.seen: list[str | None] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def watch(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.seen.append(await asyncio.to_thread(self.stored))
            await send(message)

        await self.app(scope, receive, watch)

    def stored(self) -> str | None:
        with self.database.session(write=False) as session:
            row = session.get(Kenmerk, "proef")
            return None if row is None else row.waarde


async def _call(app: ASGIApp, method: str, path: str, token: str) -> httpx.Response:
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        return await client.request(method, path, headers={"Authorization": f"Bearer {token}"})


async def _exchange(watcher: Watcher, method: str, path: str, token: str) -> httpx.Response:
    ready, stop = asyncio.Event(), asyncio.Event()
    asked: list[str] = []

    async def receive() -> Message:
        asked.append("")
        if len(asked) == 1:
            return {"type": "lifespan.startup"}
        await stop.wait()
        return {"type": "lifespan.shutdown"}

    async def send(message: Message) -> None:
        assert "failed" not in message["type"]
        ready.set()

    life = asyncio.ensure_future(watcher.app({"type": "lifespan", "asgi": {"version": "3.0"}}, receive, send))
    await ready.wait()
    try:
        return await _call(watcher, method, path, token)
    finally:
        stop.set()
        await life
        watcher.database.dispose()


def test_the_answer_leaves_after_the_commit(app: ASGIApp, settings: Settings, issuer: Issuer) -> None:
    watcher = Watcher(app, settings)
    answer = asyncio.run(_exchange(watcher, "POST", "/v1/proeven/goed", issuer.token("planner")))
    assert answer.status_code == 200
    assert watcher.seen == ["goed"], "the row must be visible to another connection when the answer starts to leave"


def test_an_error_stores_nothing_and_tells_nothing(app: ASGIApp, settings: Settings, issuer: Issuer) -> None:
    watcher = Watcher(app, settings)
    answer = asyncio.run(_exchange(watcher, "POST", "/v1/proeven/stuk", issuer.token("planner")))
    assert answer.status_code == 500
    assert watcher.seen == [None]
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["api-version"] == "0.1.0"
    assert "123456782" not in answer.text
    assert "RuntimeError" not in answer.text
    assert answer.json()["instance"].startswith("urn:uuid:")


def test_a_read_cannot_write(app: ASGIApp, settings: Settings, issuer: Issuer) -> None:
    watcher = Watcher(app, settings)
    answer = asyncio.run(_exchange(watcher, "GET", "/v1/proeven/leest-en-schrijft", issuer.token("planner")))
    assert answer.status_code == 500
    assert watcher.seen == [None]


def test_a_schema_older_than_the_code_is_refused(tmp_path: Path) -> None:
    settings = settings_for(f"sqlite:///{tmp_path / 'leeg.db'}", tmp_path)
    database = Database(settings)
    with pytest.raises(StaleSchema, match="veldwacht migreren"):
        check_schema(database)
    with database.engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        connection.execute(sa.text("INSERT INTO alembic_version VALUES ('29991231z')"))
    check_schema(database)  # newer than the code: expand and contract lets older code go on
    database.dispose()


def test_the_write_lock_serves_in_order_of_arrival() -> None:
    lock = FairLock()
    assert lock.acquire(1)
    served: list[int] = []

    def work(number: int) -> None:
        assert lock.acquire(5)
        served.append(number)
        lock.release()

    threads = []
    for number in range(6):
        thread = threading.Thread(target=work, args=(number,))
        thread.start()
        threads.append(thread)
        time.sleep(0.02)
    assert not lock.acquire(0.01)
    lock.release()
    for thread in threads:
        thread.join(5)
    assert served == list(range(6))


@pytest.fixture
def sqlite_settings(tmp_path: Path) -> Settings:
    return settings_for(f"sqlite:///{tmp_path / 'duurzaam.db'}", tmp_path)


def test_sqlite_is_durable(sqlite_settings: Settings) -> None:
    database = Database(sqlite_settings)
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2, "FULL; NORMAL loses acknowledged rows"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    database.dispose()


def test_a_denial_is_kept_after_the_rollback(
    runtime: Runtime, app: ASGIApp, settings: Settings, issuer: Issuer, municipality: Municipality
) -> None:
    watcher = Watcher(app, settings)
    answer = asyncio.run(_exchange(watcher, "POST", "/v1/proeven/verboden", issuer.token("planner")))
    assert answer.status_code == 403
    with runtime.database.engine.connect() as connection:
        query = sa.text("SELECT actie, uitkomst, actor FROM auditregels WHERE uitkomst = 'geweigerd'")
        rows = connection.execute(query).all()
    assert [tuple(row) for row in rows] == [("proef_verboden", "geweigerd", str(municipality.accounts["planner"]))]


def test_an_operation_without_a_row_of_rights_is_refused(
    app: ASGIApp, settings: Settings, issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(vars(main)["RECHTEN"], "proef_goed")
    answer = asyncio.run(_exchange(Watcher(app, settings), "POST", "/v1/proeven/goed", issuer.token("planner")))
    assert answer.status_code == 403
