"""The owner of the process that opens photos: what a stranger made is never opened where the keys are."""

import logging
import os
import subprocess
import sys

from app.bevindingen.adapters.virusscan import ScannerAway, scan_with_clamd
from app.core.settings import ROOT, Settings

log = logging.getLogger("veldwacht")

SECONDS = 30.0
VIRUS, ONBEKEND, TE_GROOT = "virus", "geen foto", "te veel beeldpunten"
REDENEN = {2: ONBEKEND, 3: TE_GROOT}
"""Exit codes of `fotolezer` with what they mean."""
_ENVIRONMENT = ("PATH", "LANG", "TMPDIR", "LD_LIBRARY_PATH")  # none of the secrets of the service


class Fotofout(Exception):
    """The photo is refused; `reden` is the code of why."""

    def __init__(self, reden: str) -> None:
        super().__init__(reden)
        self.reden = reden


class Herkans(Exception):
    """Could not be checked now: the scanner is away or the machine is busy; it is tried again."""


def remake(raw: bytes, settings: Settings) -> bytes:
    """The image made anew from its bytes: JPEG, upright, without any metadata, no side longer than `photo_side`.

    Raises:
        Fotofout: the scanner found something, it is no image, or it has too many pixels.
        Herkans: the check itself failed.
    """
    if settings.virus_scan_command:
        scan(raw, settings.virus_scan_command)
    if settings.clamd:
        ask_clamd(raw, settings.clamd)
    command = [
        sys.executable,
        "-m",
        "app.bevindingen.adapters.fotolezer",
        str(settings.max_photo_pixels),
        str(settings.photo_side),
    ]
    code, made = _run(command, raw)
    if code == 0 and made:
        return made
    if code in REDENEN:
        raise Fotofout(REDENEN[code])
    log.error("the process that opens photos ended with %s", code)
    raise Fotofout(ONBEKEND) if code > 0 else Herkans


def scan(raw: bytes, command: list[str]) -> None:
    """Has a virus scanner read the bytes from its standard input.

    Raises:
        Fotofout: it found something (exit code 1).
        Herkans: it is not there, took too long, or ended otherwise.
    """
    code, _ = _run(command, raw)
    if code == 1:
        raise Fotofout(VIRUS)
    if code != 0:
        log.error("the virus scanner ended with %s", code)
        raise Herkans


def ask_clamd(raw: bytes, address: str) -> None:
    """Has clamd read the bytes over its socket.

    Raises:
        Fotofout: it found something.
        Herkans: it is not there, or gave no verdict.
    """
    try:
        found = scan_with_clamd(raw, address)
    except ScannerAway:
        raise Herkans from None
    if found:
        raise Fotofout(VIRUS)


def _run(command: list[str], raw: bytes) -> tuple[int, bytes]:
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - our own program, or the scanner that the administrator set
            command,
            input=raw,
            capture_output=True,
            cwd=ROOT,
            env={**environment, "PYTHONUTF8": "1"},
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        log.warning("a photo could not be checked: %s", type(error).__name__)
        raise Herkans from None
    return done.returncode, done.stdout
