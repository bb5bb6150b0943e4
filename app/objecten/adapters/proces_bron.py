"""The side of the service of a file that another process reads: starts it, asks, and ends it; a file can only cost that process.

Started as a fresh interpreter, never forked: the worker has threads.
"""

import contextlib
import json
import logging
import os
import select
import subprocess
import sys
import weakref
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from app.objecten.adapters.bestand import Ruwerij, Tafel, UnreadableFile
from app.objecten.status import Bestandsformaat

SILENCE_SECONDS = 300  # no batch for so long: it will not come
_MAX_LINE = 64 * 1024 * 1024
_MODULE = "app.objecten.adapters.lees"
_NAMES = {Bestandsformaat.XLSX: "spreadsheet", Bestandsformaat.GPKG: "GeoPackage"}
_ROOT = Path(__file__).resolve().parents[3]
_ENVIRONMENT = {
    "PYTHONPATH": str(_ROOT),
    "PYTHONDONTWRITEBYTECODE": "1",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "PROJ_NETWORK": "OFF",
    "GDAL_PAM_ENABLED": "NO",
    "GDAL_NUM_THREADS": "1",
    "GDAL_CACHEMAX": "16",
    "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
    "GDAL_DRIVER_PATH": "disable",
    "GDAL_HTTP_TIMEOUT": "1",
    "GDAL_HTTP_MAX_RETRY": "0",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "{none}",
    "OGR_SQLITE_LOAD_EXTENSIONS": "",
    "OGR_SQLITE_CACHE": "8",
}
log = logging.getLogger("veldwacht")


class ProcesBron:
    """A spreadsheet or GeoPackage, opened by a process of its own."""

    def __init__(self, path: Path, formaat: Bestandsformaat) -> None:
        self.formaat, self.afgekapt = formaat, False
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module; the path is one argument, never a shell
            [sys.executable, "-m", _MODULE, formaat.value, str(path.resolve())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env=_ENVIRONMENT,
            close_fds=True,
        )
        self._kept = b""
        self._ended = weakref.finalize(self, _end, self._process)
        told = self._ask()
        self.aantal = int(told["aantal"])
        self.tafels = [
            Tafel(one["naam"], [(line, cells) for line, cells in one["eerste"]], one["stelsel"], one["metGeometrie"])
            for one in told["tafels"]
        ]

    def sluit(self) -> None:
        """Ends the process."""
        self._ended()

    def rijen(self, tafel: int, kop: int, kolommen: Sequence[int]) -> Iterator[Ruwerij]:
        """The rows under the header; a source gives them once.

        Raises:
            UnreadableFile: while reading: the file is broken further on, or costs too much.
        """
        line = self.tafels[tafel].eerste[kop][0]
        asked = {"tafel": tafel, "regel": line, "kolommen": list(kolommen)}
        if self._process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):  # what went wrong is told by the answer
                self._process.stdin.write(json.dumps(asked).encode() + b"\n")
                self._process.stdin.flush()
        try:
            while batch := self._ask().get("rijen"):
                for place, values, geometry, numbers in batch:
                    yield Ruwerij(place, values, geometry, frozenset(numbers))
        finally:
            self.sluit()

    def _ask(self) -> dict[str, Any]:
        """The next message.

        Raises:
            UnreadableFile: a fault of the file, or the process ended or fell silent.
        """
        line = self._line()
        message: dict[str, Any] = json.loads(line) if line else {"fout": self._broke()}
        if "fout" in message:
            self.sluit()
            raise UnreadableFile(message["fout"])
        return message

    def _line(self) -> bytes:
        if self._process.stdout is None:
            return b""
        pipe = self._process.stdout.fileno()
        poll = select.poll()  # unlike select, it knows no highest number of a file
        poll.register(pipe, select.POLLIN)
        parts = [self._kept]
        size = len(self._kept)
        while b"\n" not in parts[-1]:
            part = os.read(pipe, 1 << 20) if poll.poll(SILENCE_SECONDS * 1000) else b""
            size += len(part)
            if not part or size > _MAX_LINE:
                return b""
            parts.append(part)
        line, _, self._kept = b"".join(parts).partition(b"\n")
        return line

    def _broke(self) -> str:
        self.sluit()
        log.warning("reading a %s ended with %s", self.formaat.value, self._process.returncode)
        name = _NAMES[self.formaat]
        return f"Het bestand is geen leesbare {name}: het is beschadigd, te groot of te ingewikkeld. Bewaar het opnieuw, of als CSV."


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
