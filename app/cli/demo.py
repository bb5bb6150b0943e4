"""The demo: sets everything up in a folder of its own, fills it through the public API, and serves it until it is stopped."""

import os
import secrets
import shutil
import signal
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from app.cli.inrichten import fill, is_filled
from app.cli.opzetten import prepare_database
from app.cli.processen import Processen, check_port, free_port
from app.cli.verhaal import tell
from app.cli.vertellen import vertel, voortgang
from app.core.auth.demo_idp.provider import DemoAccount
from app.core.clock import business_date, utc_now
from app.core.crypto import KeyRing
from app.core.db import Database
from app.core.runtime import Runtime
from app.core.settings import ROOT, Settings, Stempel
from app.gemeenten.accounts import active_functions
from app.gemeenten.schemas.profiel import GemeenteProfiel
from app.gemeenten.service.profielen import load_profile
from demo.gemeente import CODE, GEBIEDEN, Voorbeeldgemeente, generate

FOLDER = ROOT / ".demo"
SEED = 2026
INWONERS = 60_000


@dataclass(frozen=True)
class Plek:
    """Where a demo runs: its folder, its ports and the settings of its processes."""

    folder: Path
    port: int
    issuer_port: int

    @property
    def url(self) -> str:
        """Address of the service. The name, not the number: browsers trust it for secure cookies and keys."""
        return f"http://localhost:{self.port}"

    @property
    def issuer(self) -> str:
        """Address of the demo's sign-in."""
        return f"http://localhost:{self.issuer_port}"

    def environment(self) -> dict[str, str]:
        """The settings as environment variables for the processes."""
        return {
            "VELDWACHT_STEMPEL": str(Stempel.DEMO),
            "VELDWACHT_DATABASE_URL": f"sqlite:///{self.folder / 'veldwacht.db'}",
            "VELDWACHT_KEY_RING_FILE": str(self.folder / "sleutelbos.json"),
            "VELDWACHT_DEMO_FOLDER": str(self.folder),
            "VELDWACHT_BASE_URL": self.url,
            "VELDWACHT_OIDC_ISSUER": self.issuer,
            "VELDWACHT_OIDC_CLIENT_SECRET": self._secret(),
        }

    def settings(self) -> Settings:
        """The settings for work in this process."""
        values = {name.removeprefix("VELDWACHT_").lower(): value for name, value in self.environment().items()}
        return Settings.model_validate(values)

    def _secret(self) -> str:
        path = self.folder / "aanmeldgeheim"
        if not path.exists():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(secrets.token_urlsafe(32))
        return path.read_text(encoding="utf-8")


def run_demo(*, opnieuw: bool, verhaal: bool, poort: int) -> None:
    """The command `demo`.

    Raises:
        Mislukt: a port is in use, or a part does not start.
    """
    if verhaal:
        with TemporaryDirectory(prefix="veldwacht-") as folder:
            _run(Plek(Path(folder), free_port(), free_port()), then=tell)
        return
    check_port(poort, "--poort")
    check_port(poort + 1, "--poort")
    if opnieuw and FOLDER.exists():
        shutil.rmtree(FOLDER)
    FOLDER.mkdir(exist_ok=True)
    _run(Plek(FOLDER, poort, poort + 1), then=_serve)


def _run(plek: Plek, then: Callable[[Plek, Voorbeeldgemeente, Processen], None]) -> None:
    stad = generate(SEED, INWONERS, business_date(utc_now()))
    _prepare(plek, stad)
    with Processen(plek.environment(), plek.folder) as processen:
        with voortgang("De dienst start"):
            processen.start("aanmelddienst", "aanmelddienst")
            processen.start("dienst", "start", "--poort", str(plek.port))
            processen.start("werker", "werker")
            processen.wait_ready("aanmelddienst", f"{plek.issuer}/.well-known/openid-configuration")
            processen.wait_ready("dienst", f"{plek.url}/gereedheid")
        then(plek, stad, processen)


def _prepare(plek: Plek, stad: Voorbeeldgemeente) -> None:
    """Key ring, database, stamp and the municipality itself; a repeat changes nothing."""
    settings = plek.settings()
    if not settings.key_ring_file.exists():
        KeyRing.create(settings.key_ring_file)
    with voortgang("De database wordt klaargezet"):
        prepare_database(settings)
    runtime = Runtime.start(settings)
    with voortgang("De gemeente wordt ingelezen"), runtime.system_unit("gemeente_toevoegen") as uow:
        load_profile(uow, GemeenteProfiel.model_validate(stad.profiel), {GEBIEDEN: stad.gebieden})
    runtime.stop()


def demo_account_list(database: Database) -> Callable[[], Sequence[DemoAccount]]:
    """The accounts of the database, for the sign-in page of the demo."""

    def current() -> list[DemoAccount]:
        found = active_functions(database, CODE)
        return [DemoAccount(sub=one.sub, naam=one.functie, rol=", ".join(one.rollen)) for one in found]

    return current


def _serve(plek: Plek, stad: Voorbeeldgemeente, processen: Processen) -> None:
    if not is_filled(plek.url, plek.issuer):
        fill(plek.url, plek.issuer, stad)
    vertel("")
    vertel(f"[bold]Veldwacht draait op {plek.url}[/]  (verzonnen gemeente {stad.naam})")
    vertel(f"  Startpagina en aanmelden   {plek.url}/")
    vertel(f"  Beschrijving van de API    {plek.url}/api")
    vertel("  Kies op de aanmeldpagina een rol; een wachtwoord is in de demo niet nodig:")
    for sub, functie, kan in stad.rollen:
        vertel(f"    {functie:<34} {kan}  [dim]({sub})[/]")
    vertel("")
    vertel("Stoppen: Ctrl+C. De gegevens blijven staan; './run demo --opnieuw' begint opnieuw.")
    stop = threading.Event()
    for kind in (signal.SIGTERM, signal.SIGINT):
        signal.signal(kind, lambda *_: stop.set())
    while not stop.wait(1):
        processen.check()
    vertel("De demo stopt.")
