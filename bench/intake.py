"""What the intake figures share: a service on a durable PostgreSQL (or SQLite), released controls, control batches, costs."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import httpx
import sqlalchemy as sa

from app.controles.status import Aanleiding, Controlestatus
from app.controles.tables import Controle
from app.core.clock import business_date, utc_now
from app.core.identifiers import new_id
from app.core.migrate import migrate
from app.core.runtime import Runtime
from app.core.settings import ROOT, Settings
from app.objecten.status import Objecttype
from app.objecten.tables import Adres, Object
from bench import load
from tests.support.databases import settings_for
from tests.support.issuer import Issuer
from tests.support.municipality import STAD, store_municipality
from tools.postgres import private_server

ANSWERS = {
    "BEV-02": "ja", "BEV-11": "nee", "BEV-13": "nee", "ENT-12": "nee", "ENT-13": "nee", "ENT-21": "nee",
    "BEV-01": "bedrijfsruimte of open voor publiek", "IDE-03": "bij henzelf", "IDE-08": "nee", "HUI-26": "nee",
    "ARB-01": "nee", "ARB-04": "ja", "ARB-12": 6, "ARB-14": "op of boven het minimumloon", "ARB-20": "nee",
    "ENT-01": 7, "ENT-06": "nee", "ENT-10": "nee", "ENT-19": "nee", "ENT-20": "nee", "IDE-01": 6, "IDE-02": 0,
    "IDE-04": "nee", "IDE-05": "nee", "IDE-09": "nee", "IDE-10": "nee", "IDE-11": "nee", "IDE-12": "nee",
    "HUI-10": "nee", "ARB-19": "nee",
}  # fmt: skip

Prepare = Callable[[Settings], list[UUID]]
"""Fills a migrated database; gives the ids of released controls."""


@dataclass
class Bench:
    """A running service with released controls."""

    port: int
    token: str
    af_token: str
    planner_token: str
    settings: Settings
    controls: Iterator[UUID]
    process: subprocess.Popen[bytes]
    database_pids: list[int]
    issuer: Issuer
    start: Callable[[], subprocess.Popen[bytes]]

    @property
    def service_pid(self) -> int:
        """The process of the service."""
        return self.process.pid

    def kill(self) -> None:
        """Kills the service without warning (kill -9)."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(20)

    def restart(self) -> None:
        """Starts the service again on the same port and database."""
        self.process = self.start()

    def request(self, answers: dict[str, object], count: int = 1) -> bytes:
        """A batch with `count` whole controls of these answers: started, answered, finished."""
        events: list[dict[str, object]] = []
        device = str(new_id())
        for control in range(count):
            identifier = next(self.controls)
            contents: tuple[tuple[str, dict[str, object]], ...] = (
                ("controle-gestart", {}),
                ("antwoorden", {"antwoorden": answers}),
                ("controle-afgerond", {}),
            )
            for number, (soort, inhoud) in enumerate(contents):
                events.append(
                    {
                        "gebeurtenisId": str(new_id()),
                        "controleId": str(identifier),
                        "soort": soort,
                        "apparaatId": device,
                        "volgnummer": control * 3 + number,
                        "apparaatTijd": utc_now().isoformat(),
                        "inhoud": inhoud,
                    }
                )
        body = json.dumps({"gebeurtenissen": events}).encode()
        return load.post(f"127.0.0.1:{self.port}", "/v1/synchronisaties", self.token, body)

    def cpu_seconds(self) -> float:
        """Processor time of the service and the database so far."""
        return sum(_cpu(pid) for pid in [self.service_pid, *_children(self.database_pids)])

    def memory_mb(self) -> float:
        """Resident memory of the service process."""
        status = Path(f"/proc/{self.service_pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


def _cpu(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except FileNotFoundError:
        return 0.0
    return (int(fields[11]) + int(fields[12]) + int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


def _children(pids: list[int]) -> list[int]:
    found = list(pids)
    for pid in pids:
        listed = Path(f"/proc/{pid}/task/{pid}/children")
        if listed.exists():
            found += _children([int(child) for child in listed.read_text().split()])
    return found


def service(kind: str, controls: int) -> AbstractContextManager[Bench]:
    """A service on a fresh database of this kind with `controls` released controls."""
    return service_with(kind, lambda settings: store_controls(settings, controls))


@contextmanager
def service_with(kind: str, prepare: Prepare) -> Iterator[Bench]:
    """A service on a fresh, migrated database of this kind, filled by `prepare`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if kind == "sqlite":
            with _running(folder, f"sqlite:///{folder / 'bench.db'}", prepare, []) as bench:
                yield bench
            return
        with private_server(durable=True) as url:
            admin = sa.create_engine(url)
            with admin.connect() as connection:
                backend = connection.scalar(sa.text("SELECT pg_backend_pid()"))
                parent = int(Path(f"/proc/{backend}/stat").read_text().rsplit(")", 1)[1].split()[1])
            admin.dispose()
            with _running(folder, url, prepare, [parent]) as bench:
                yield bench


@contextmanager
def _running(folder: Path, url: str, prepare: Prepare, database_pids: list[int]) -> Iterator[Bench]:
    issuer = Issuer()
    settings = settings_for(url, folder, oidc_issuer=issuer.url, account_cache_seconds=30)
    migrate(settings)
    identifiers = prepare(settings)
    environment = {
        **os.environ,
        "VELDWACHT_STEMPEL": "demo",
        "VELDWACHT_DATABASE_URL": url,
        "VELDWACHT_KEY_RING_FILE": str(settings.key_ring_file),
        "VELDWACHT_OIDC_ISSUER": issuer.url,
        "VELDWACHT_LOG_LEVEL": "WARNING",
        "VELDWACHT_REQUESTS_PER_MINUTE": "0",  # one account stands for hundreds of tablets
    }
    port = _free_port()

    def start() -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "app.cli", "start", "--poort", str(port)]
        process = subprocess.Popen(command, cwd=ROOT, env=environment)
        _wait(port)
        return process

    bench = Bench(
        port,
        issuer.token("toezichthouder"),
        issuer.token("af"),
        issuer.token("planner"),
        settings,
        iter(identifiers),
        start(),
        database_pids,
        issuer,
        start,
    )
    try:
        yield bench
    finally:
        bench.process.send_signal(signal.SIGTERM)
        bench.process.wait(20)
        issuer.stop()


def store_controls(settings: Settings, count: int) -> list[UUID]:
    """Stores a municipality with released controls of today; gives their ids."""
    runtime = Runtime.start(settings)
    today = business_date(utc_now())
    with runtime.system_unit("bench") as uow:
        made = store_municipality(uow)
        session = uow.session
        adressen, objecten, controles = [], [], []
        for number in range(count):
            adres = {
                "id": new_id(),
                "gemeentecode": STAD,
                "straat": "Kade",
                "huisnummer": number + 1,
                "huisletter": "",
                "toevoeging": "",
                "postcode": "1001AB",
                "woonplaats": "Voorbeeldstad",
                "x": 146000.0 + number % 100,
                "y": 511000.0,
                "buiten_gemeente": False,
            }
            adressen.append(adres)
            target = {
                "id": new_id(),
                "gemeentecode": STAD,
                "nummer": f"HOR-{number}",
                "type": Objecttype.HOR,
                "naam": f"Horecazaak {number}",
                "adres_id": adres["id"],
                "x": adres["x"],
                "y": adres["y"],
                "status": "actief",
                "bron": "bench",
                "versie": 1,
            }
            objecten.append(target)
            controles.append(
                {
                    "id": new_id(),
                    "gemeentecode": STAD,
                    "object_id": target["id"],
                    "team_id": made.teams["toezicht"],
                    "status": Controlestatus.VRIJGEGEVEN,
                    "datum": today - timedelta(days=0),
                    "duur": 45,
                    "volgorde": number,
                    "aanleiding": Aanleiding.NORM,
                    "aangekondigd": False,
                    "integraal": False,
                    "checklistversies": {},
                    "normen": {},
                    "bedrijfsplan_beantwoord": False,
                    "arbeid_beantwoord": False,
                    "binnen": False,
                    "versie": 1,
                }
            )
        for table, rows in ((Adres, adressen), (Object, objecten), (Controle, controles)):
            session.execute(sa.insert(table), rows)
    runtime.stop()
    return [control["id"] for control in controles]  # type: ignore[misc]  # the id is a UUID


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(port: int) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"http://127.0.0.1:{port}/gereedheid", trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    message = "the service did not start"
    raise RuntimeError(message)
