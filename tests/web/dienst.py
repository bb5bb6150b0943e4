"""The real service with its sign-in and worker on free ports, for tests in a browser: `python -m tests.web.dienst`.

Prints one line of JSON when all is ready and lives until standard input closes. A small server of its own, on loopback, gives a test a
team with a day of work, and ends and starts the service so that a test can see what a tablet does without it.
"""

import itertools
import json
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from sqlmodel import select

from app.cli.opzetten import prepare_database
from app.cli.plek import Plek
from app.cli.processen import Processen, free_port
from app.core.clock import business_date, utc_now
from app.core.crypto import KeyRing
from app.core.runtime import Runtime
from app.gemeenten.schemas.profiel import GemeenteProfiel
from app.gemeenten.service.profielen import load_profile
from app.gemeenten.tables import Norm, Partner
from demo.gemeente import CODE, GEBIEDEN, generate
from tests.web.kaartbron import Kaartbron
from tests.web.stand import read_controles
from tests.web.veld import end_account, store_day

SEED, INWONERS = 2026, 8_000
NOWHERE = "http://127.0.0.1:9"
START_SECONDS = 60


class Proef:
    """The installation of one run."""

    def __init__(self, folder: Path) -> None:
        self.plek = Plek(folder, free_port(), free_port())
        self.kaartbron = Kaartbron()
        environment = {
            **self.plek.environment(),
            "VELDWACHT_ACCOUNT_CACHE_SECONDS": "0",
            "VELDWACHT_LOCATIESERVER_URL": NOWHERE,
            "VELDWACHT_BAG_API_URL": NOWHERE,
            "VELDWACHT_KVK_API_URL": NOWHERE,
            "VELDWACHT_BACKGROUND_MAP_URL": self.kaartbron.url,
            "VELDWACHT_BACKGROUND_MAP_FOLDER": str(folder / "kaart"),
        }
        self.processen = Processen(environment, folder)
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._prepare()

    def start(self) -> None:
        """Starts everything and waits until it answers."""
        self.processen.start("aanmelddienst", "aanmelddienst")
        self.processen.start("werker", "werker")
        self.start_dienst()
        _wait(f"{self.plek.issuer}/.well-known/openid-configuration")

    def start_dienst(self) -> int:
        """Starts the service; its process id."""
        self.processen.start("dienst", "start", "--poort", str(self.plek.port))
        _wait(f"{self.plek.url}/gereedheid")
        return self.processen.pid("dienst")

    def kill_dienst(self) -> int:
        """Ends the service without a word, as a power cut would."""
        pid = self.processen.pid("dienst")
        os.kill(pid, signal.SIGKILL)
        self.processen.wait("dienst")
        return pid

    def store_day(self) -> dict[str, Any]:
        """A new team with its own day."""
        with self._lock, self._runtime.system_unit("test") as uow:
            partners = [partner.id for partner in uow.session.exec(select(Partner)).all()[:2]]
            return store_day(uow, next(self._numbers), partners)

    def end_account(self, subs: list[str]) -> None:
        """Accounts that the municipality ended."""
        with self._runtime.system_unit("test") as uow:
            for sub in subs:
                end_account(uow, sub)

    def read(self, ids: list[str]) -> dict[str, Any]:
        """What the service holds of these controls."""
        with self._runtime.system_unit("test", write=False) as uow:
            return read_controles(uow, [UUID(one) for one in ids])

    def _prepare(self) -> None:
        settings = self.plek.settings()
        KeyRing.create(settings.key_ring_file)
        prepare_database(settings)
        self._runtime = Runtime.start(settings)
        today = business_date(utc_now())
        stad = generate(SEED, INWONERS, today)
        with self._runtime.system_unit("gemeente_toevoegen") as uow:
            load_profile(uow, GemeenteProfiel.model_validate(stad.profiel), {GEBIEDEN: stad.gebieden})
            uow.session.add(
                Norm(
                    gemeentecode=CODE,
                    sleutel="OVERBEWONING_WONING_M2",
                    waarde=12.0,
                    eenheid="m²",
                    geldig_vanaf=today.replace(year=2020, day=1),
                    bron="verzonnen",
                )
            )


def _wait(url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    with httpx.Client(trust_env=False, timeout=2) as client:
        while time.monotonic() < deadline:
            try:
                if client.get(url).status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
    raise TimeoutError(url)


def control_server(proef: Proef) -> ThreadingHTTPServer:
    """`POST /veld`, `/stand`, `/account/beeindigen`, `/dienst/doden`, `/dienst/starten`, `/kaartbron`; on loopback only."""
    actions: dict[str, Callable[[list[str]], object]] = {
        "/veld": lambda _: proef.store_day(),
        "/stand": proef.read,
        "/account/beeindigen": proef.end_account,
        "/dienst/doden": lambda _: proef.kill_dienst(),
        "/dienst/starten": lambda _: proef.start_dienst(),
        "/kaartbron": lambda modes: proef.kaartbron.become(modes[0]),
    }

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            action = actions.get(self.path)
            asked = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"[]")
            body = json.dumps(None if action is None else action(asked)).encode()
            self.send_response(404 if action is None else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - name given by http.server
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def main() -> None:
    """Runs until standard input closes."""
    with tempfile.TemporaryDirectory(prefix="veldwacht-web-") as folder:
        proef = Proef(Path(folder))
        with proef.processen:
            proef.start()
            control = control_server(proef)
            ready = {
                "url": proef.plek.url,
                "issuer": proef.plek.issuer,
                "proef": f"http://127.0.0.1:{control.server_port}",
                "map": folder,
            }
            sys.stdout.write(f"{json.dumps(ready)}\n")
            sys.stdout.flush()
            sys.stdin.buffer.read()
            control.shutdown()


if __name__ == "__main__":
    main()
