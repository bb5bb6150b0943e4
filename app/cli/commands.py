"""The commands. Each says in one Dutch sentence what is wrong when it cannot go on.

A command loads what it needs itself: the service must not wait for the solver of the worker, nor the worker for the pages.
"""

import gc
import json
import signal
import sys
import threading
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import OperationalError

from app.cli.vertellen import Mislukt, klaag, vertel
from app.core.crypto import KeyRing
from app.core.errors import CannotGoOn, VeldwachtError
from app.core.settings import ROOT, get_settings

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Veldwacht: integrale controles tegen mensenhandel.",
)
sleutels = typer.Typer(no_args_is_help=True, help="De sleutelbos waarmee vertrouwelijke tekst versleuteld wordt.")
gemeente = typer.Typer(no_args_is_help=True, help="Gemeenten die met deze installatie werken.")
app.add_typer(sleutels, name="sleutels")
app.add_typer(gemeente, name="gemeente")

Poort = Annotated[int, typer.Option("--poort", metavar="GETAL", help="Poort waarop browsers de dienst vinden.")]


@app.command()
def demo(
    opnieuw: Annotated[bool, typer.Option("--opnieuw", help="Begin opnieuw met een schone demo.")] = False,
    verhaal: Annotated[bool, typer.Option("--verhaal", help="Vertel de hoofdtaak, zonder browser.")] = False,
    poort: Poort = 8000,
) -> None:
    """Start een verzonnen gemeente op deze computer."""
    from app.cli.demo import run_demo

    run_demo(opnieuw=opnieuw, verhaal=verhaal, poort=poort)


@app.command()
def migreren() -> None:
    """Brengt de database op de stand van dit programma."""
    from app.cli.opzetten import prepare_database, rebuild_index

    prepare_database(get_settings())
    vertel("De database is bij.")
    found = rebuild_index(get_settings(), only_when_behind=True)
    if found is not None:
        vertel(f"De zoekwoorden en de kaart zijn gemaakt voor {found} objecten.")


@app.command()
def zoekindex() -> None:
    """Maakt de zoekwoorden en de telling van de kaart opnieuw; de dienst mag intussen draaien."""
    from app.cli.opzetten import rebuild_index

    vertel(f"De zoekwoorden en de kaart zijn gemaakt voor {rebuild_index(get_settings())} objecten.")


@app.command()
def start(host: str = "127.0.0.1", poort: Poort = 8000) -> None:
    """Start de dienst."""
    import uvicorn

    from app.cli.opzetten import check_start
    from app.main import create_app
    from app.planning.adapters.rekenproces import warm_up

    settings = get_settings()
    check_start(settings)
    application = create_app(settings)
    gc.collect()
    gc.freeze()  # what is loaded lives as long as the process: the collector need not walk it again and again
    warm_up()
    uvicorn.run(application, host=host, port=poort, log_config=None, access_log=False, server_header=False)


@app.command()
def werker() -> None:
    """Start het werk op de achtergrond: imports en planrondes."""
    from app.worker import run as run_worker

    stop = threading.Event()
    for kind in (signal.SIGTERM, signal.SIGINT):
        signal.signal(kind, lambda *_: stop.set())
    run_worker(get_settings(), stop.wait)


@app.command()
def aanmelddienst() -> None:
    """Start de aanmelddienst van de demo; alleen op deze computer."""
    from app.cli.aanmelden import demo_account_list
    from app.core.auth.demo_idp.start import run_demo_idp
    from app.core.db import Database

    settings = get_settings()
    database = Database(settings)
    run_demo_idp(settings, database, demo_account_list(database))


@app.command()
def openapi(
    controleer: Annotated[
        bool, typer.Option("--controleer", help="Meld het als openapi.json niet meer klopt.")
    ] = False,
) -> None:
    """Schrijft de beschrijving van de API naar openapi.json."""
    from app.main import create_api

    text = json.dumps(create_api().state.describe(), ensure_ascii=False, indent=2) + "\n"
    path = ROOT / "openapi.json"
    if not controleer:
        path.write_text(text, encoding="utf-8")
    elif not path.exists() or path.read_text(encoding="utf-8") != text:
        raise Mislukt("openapi.json wijkt af van de dienst. Voer './run veldwacht openapi' uit en bekijk het verschil.")


@sleutels.command("maken")
def sleutels_maken() -> None:
    """Maakt een nieuwe sleutelbos; nooit over een bestaande heen."""
    path = get_settings().key_ring_file
    try:
        KeyRing.create(path)
    except FileExistsError:
        raise Mislukt(
            f"er is al een sleutelbos: {path}. Gebruik die; zonder die sleutels is oude tekst onleesbaar."
        ) from None
    vertel(f"Sleutelbos gemaakt: {path}. Maak er nu een reservekopie van, apart van de database.")


@gemeente.command("toevoegen")
def gemeente_toevoegen(
    profiel: Annotated[Path, typer.Argument(help="Het profiel (YAML), zie docs/gemeenteprofiel.md.")],
) -> None:
    """Leest een gemeenteprofiel in; nog eens inlezen verandert niets."""
    from app.cli.opzetten import add_gemeente

    result = add_gemeente(get_settings(), profiel)
    added = ", ".join(f"{number} {kind}" for kind, number in result.toegevoegd.items()) or "niets nieuws"
    vertel(f"De gemeente is ingelezen: {added}.")
    for what in result.afwijkend:
        vertel(f"  Bleef zoals het was, want het staat er anders: {what}")


def main() -> None:
    """Runs a command; what is known to go wrong becomes one sentence and exit code 1."""
    from app.cli.processen import stop_with_parent

    stop_with_parent()
    # Loading a command makes much and throws little away: looking for what can go took a fifth of each start.
    gc.set_threshold(10_000, 20, 20)
    try:
        app()
    except CannotGoOn as error:
        klaag(str(error))
        sys.exit(1)
    except VeldwachtError as error:
        klaag(error.detail)
        for fout in error.fouten:
            vertel(f"  {fout.veld}: {fout.melding}")
        sys.exit(1)
    except OperationalError:
        klaag(
            "de database is niet bereikbaar of niet te schrijven. Controleer VELDWACHT_DATABASE_URL en de vrije schijfruimte."
        )
        sys.exit(1)
