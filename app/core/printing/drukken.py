"""Prints a file as PDF in a child process (`core.printing.zetter`): nothing of it is logged, and the child knows no settings or keys."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from threading import BoundedSemaphore
from typing import Final

from app.core.errors import Unavailable
from app.core.http.schemas import ApiOutput
from app.core.settings import ROOT

ZETTER: Final = "app.core.printing.zetter"
SECONDEN: Final = 30
TEGELIJK: Final = BoundedSemaphore(2)
"""At most two at once: typesetting is work for the processor, and answers to the field come first."""


class NietGezet(Unavailable):
    """The file could not be printed now."""

    code = "niet-gezet"


def print_pdf(sjabloon: Path, datum: date, gegevens: ApiOutput, *, wachtwoord: str | None = None) -> bytes:
    """The PDF of a file (PDF/A-2a); the same data give the same bytes.

    Args:
        sjabloon: the template, inside the folder of the service.
        datum: the day of the data.
        gegevens: exactly what the JSON answer would hold, so that the PDF can hold nothing else.
        wachtwoord: seals the file with AES-256 (ISO 32000-2); such a file is no PDF/A any more until it is opened, and differs each time.

    Raises:
        NietGezet: too busy, or it took too long.
    """
    work = {
        "sjabloon": sjabloon.relative_to(ROOT / "app").as_posix(),
        "datum": datum.isoformat(),
        "gegevens": gegevens.model_dump(mode="json", by_alias=True),
        "wachtwoord": wachtwoord,
    }
    if not TEGELIJK.acquire(timeout=SECONDEN):
        raise NietGezet("Er worden nu te veel stukken gemaakt. Probeer het over een minuut opnieuw.")
    try:
        done = subprocess.run(  # noqa: S603 - our own module and our own interpreter
            [sys.executable, "-m", ZETTER],
            input=json.dumps(work).encode(),
            capture_output=True,
            timeout=SECONDEN,
            check=False,
            cwd=ROOT,
            env={},  # no settings, no keys
        )
    except subprocess.TimeoutExpired:
        raise NietGezet("Het maken van dit stuk duurde te lang. Probeer het opnieuw, of vraag het als JSON.") from None
    finally:
        TEGELIJK.release()
    if done.returncode != 0:
        msg = f"template {sjabloon.stem} was not typeset"  # without what it printed: that could hold the data
        raise RuntimeError(msg)
    return done.stdout
