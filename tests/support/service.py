"""A running service on loopback, spoken to over real HTTP."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import uvicorn

from app.core.settings import Settings
from app.main import create_app
from tests.support.issuer import Issuer

PATIENCE = 120.0
"""Seconds until a client gives up: far above what any answer takes, also on a machine that does something else as well."""


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
                base_url=f"{self.url}/v1", headers=headers, trust_env=False, timeout=PATIENCE
            )
        return self._clients[sub]

    def anonymous(self) -> httpx.Client:
        """An HTTP client without sign-in, at the root of the service."""
        if "" not in self._clients:
            self._clients[""] = httpx.Client(base_url=self.url, trust_env=False, timeout=PATIENCE)
        return self._clients[""]

    def close(self) -> None:
        """Closes all clients."""
        for client in self._clients.values():
            client.close()


@contextmanager
def running(settings: Settings, issuer: Issuer) -> Iterator[Service]:
    """Starts the service in a thread of this process and stops it afterwards."""
    config = uvicorn.Config(create_app(settings), host="127.0.0.1", port=0, log_config=None, lifespan="on")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started:
        assert thread.is_alive(), "the service did not start"
        assert time.monotonic() < deadline
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    service = Service(f"http://127.0.0.1:{port}", issuer, settings)
    try:
        yield service
    finally:
        service.close()
        server.should_exit = True
        thread.join(20)
