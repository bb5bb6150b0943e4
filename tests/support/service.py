"""A running service on loopback, spoken to over real HTTP."""

import asyncio
import ssl
import threading
import time
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from typing import Any

import httpx
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.lifespan.on import LifespanOn

from app.core.settings import Settings
from app.main import create_api, create_app
from tests.support.description import the_api
from tests.support.issuer import Issuer

PATIENCE = 120.0
"""Seconds until a client gives up: far above what any answer takes, also on a machine that does something else as well."""
PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""For clients that speak plain HTTP on this machine: without it each of them reads all certificates of the machine, 15 ms of processor."""


class Service:
    """A running service and the issuer that it trusts."""

    def __init__(self, url: str, issuer: Issuer, settings: Settings) -> None:
        self.url = url
        self.issuer = issuer
        self.settings = settings
        self._clients: dict[str, httpx.Client] = {}

    def as_(self, sub: str) -> httpx.Client:
        """An HTTP client signed in as the account with this subject."""
        if sub not in self._clients:
            headers = {"Authorization": f"Bearer {self.issuer.token(sub)}"}
            self._clients[sub] = httpx.Client(
                base_url=f"{self.url}/v1", headers=headers, trust_env=False, timeout=PATIENCE, verify=PLAIN
            )
        return self._clients[sub]

    def anonymous(self) -> httpx.Client:
        """An HTTP client without sign-in, at the root of the service."""
        if "" not in self._clients:
            self._clients[""] = httpx.Client(base_url=self.url, trust_env=False, timeout=PATIENCE, verify=PLAIN)
        return self._clients[""]

    def close(self) -> None:
        """Closes all clients."""
        for client in self._clients.values():
            client.close()


class _Stage:
    """One web server per test process, on which one service after the other plays.

    Starting and stopping uvicorn waits some tenths of a second, and FastAPI prepares every route anew for each new API: with
    thousands of tests that was more than half of the whole run. Each service still has an application, settings, start-up checks
    and a shut-down of its own.
    """

    def __init__(self, place: int) -> None:
        self._app: ASGIApp | None = None
        self._api = create_api() if place else the_api()
        config = uvicorn.Config(
            self._play, host="127.0.0.1", port=0, log_config=None, lifespan="off", interface="asgi3"
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._loop = asyncio.new_event_loop()
        self._thread.start()
        deadline = time.monotonic() + 20
        while not self._server.started:
            assert self._thread.is_alive(), "the server did not start"
            assert time.monotonic() < deadline
            time.sleep(0.01)
        self.url = f"http://127.0.0.1:{self._server.servers[0].sockets[0].getsockname()[1]}"

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._server.serve())

    async def _play(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self._app is not None, "no service is on"
        await self._app(scope, receive, send)

    @property
    def free(self) -> bool:
        return self._app is None

    @contextmanager
    def on(self, settings: Settings) -> Iterator[None]:
        """One service, from its start-up checks to its shut-down."""
        app = create_app(settings, self._api)
        config = uvicorn.Config(app, log_config=None, lifespan="on")
        config.load()
        life = LifespanOn(config)
        self._wait(life.startup())
        assert not life.should_exit, "the service did not start"
        self._app = app
        try:
            yield
        finally:
            self._wait(life.shutdown())
            self._app = None

    def _wait(self, what: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(what, self._loop).result(20)


@cache
def _stage(place: int) -> _Stage:
    return _Stage(place)


@contextmanager
def running(settings: Settings, issuer: Issuer) -> Iterator[Service]:
    """A service that answers over HTTP, on a server of this process; a second one at the same time has a server of its own."""
    stage = next(found for found in map(_stage, count()) if found.free)
    with stage.on(settings):
        service = Service(stage.url, issuer, settings)
        try:
            yield service
        finally:
            service.close()
