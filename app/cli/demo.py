"""The demo: sets everything up in a folder of its own, fills it through the public API, and serves it until it is stopped."""

import shutil
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from app.cli.inrichten import fill, is_filled
from app.cli.opzetten import prepare_database
from app.cli.plek import Plek
from app.cli.processen import Processen, check_port, free_port
from app.cli.verhaal import tell
from app.cli.vertellen import vertel, voortgang
from app.core.clock import business_date, utc_now
from app.core.crypto import KeyRing
from app.core.runtime import Runtime
from app.core.settings import ROOT
from app.core.site import tabletapp
from app.gemeenten.schemas.profiel import GemeenteProfiel
from app.gemeenten.service.profielen import load_profile
from demo.buurgemeente import Buurgemeente, generate_neighbour
from demo.gemeente import GEBIEDEN, Voorbeeldgemeente, generate

FOLDER = ROOT / ".demo"
SEED = 2026
INWONERS = 60_000
TABLET_VAN = "Toezichthouder 1, Teamleider toezicht of Pandbrigade 1"


def run_demo(*, opnieuw: bool, verhaal: bool, poort: int) -> None:
    """The command `demo`.

    Raises:
        Mislukt: a port is in use, or a part does not start.
    """
    if verhaal:
        with TemporaryDirectory(prefix="veldwacht-") as folder:
            _run(Plek(Path(folder), free_port(), free_port()), then=_tell)
        return
    check_port(poort, "--poort")
    check_port(poort + 1, "--poort")
    if opnieuw and FOLDER.exists():
        shutil.rmtree(FOLDER)
    FOLDER.mkdir(exist_ok=True)
    _run(Plek(FOLDER, poort, poort + 1), then=_serve)


def _run(plek: Plek, then: Callable[[Plek, Voorbeeldgemeente, Buurgemeente, Processen], None]) -> None:
    today = business_date(utc_now())
    stad, buur = generate(SEED, INWONERS, today), generate_neighbour(SEED, today)
    _prepare(plek, stad, buur)
    with Processen(plek.environment(), plek.folder) as processen:
        with voortgang("De dienst start"):
            processen.start("aanmelddienst", "aanmelddienst")
            processen.start("dienst", "start", "--poort", str(plek.port))
            processen.start("werker", "werker")
            processen.wait_ready("aanmelddienst", f"{plek.issuer}/.well-known/openid-configuration")
            processen.wait_ready("dienst", f"{plek.url}/gereedheid")
        then(plek, stad, buur, processen)


def _prepare(plek: Plek, stad: Voorbeeldgemeente, buur: Buurgemeente) -> None:
    """Key ring, database, stamp and the municipalities themselves; a repeat changes nothing."""
    settings = plek.settings()
    if not settings.key_ring_file.exists():
        KeyRing.create(settings.key_ring_file)
    with voortgang("De database wordt klaargezet"):
        prepare_database(settings)
    runtime = Runtime.start(settings)
    with voortgang("De gemeente wordt ingelezen"), runtime.system_unit("gemeente_toevoegen") as uow:
        for one in (stad, buur):
            load_profile(uow, GemeenteProfiel.model_validate(one.profiel), {GEBIEDEN: one.gebieden})
    runtime.stop()


def _tell(plek: Plek, stad: Voorbeeldgemeente, _buur: Buurgemeente, processen: Processen) -> None:
    tell(plek, stad, processen)


def _serve(plek: Plek, stad: Voorbeeldgemeente, buur: Buurgemeente, processen: Processen) -> None:
    if not is_filled(plek.url, plek.issuer):
        fill(plek.url, plek.issuer, stad, buur)
    vertel("")
    vertel(f"[bold]Veldwacht draait op {plek.url}[/]  (verzonnen gemeente {stad.naam})")
    vertel(f"  Startpagina en aanmelden   {plek.url}/")
    vertel(f"  Beschrijving van de API    {plek.url}/api")
    if tabletapp.routes():
        vertel(f"  Tabletapp                  {plek.url}/app/   meld u aan als {TABLET_VAN}")
    else:
        vertel("  De tabletapp is hier niet gebouwd; daarvoor is Node 20 of nieuwer nodig.")
    vertel("  Kies op de aanmeldpagina een rol; een wachtwoord is in de demo niet nodig:")
    for sub, functie, kan in (*stad.rollen, *buur.rollen):
        vertel(f"    {functie:<48} {kan}  [dim]({sub})[/]")
    vertel("")
    vertel("Stoppen: Ctrl+C. De gegevens blijven staan; './run demo --opnieuw' begint opnieuw.")
    stop = threading.Event()
    for kind in (signal.SIGTERM, signal.SIGINT):
        signal.signal(kind, lambda *_: stop.set())
    while not stop.wait(1):
        processen.check()
    vertel("De demo stopt.")
