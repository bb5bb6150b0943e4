"""Formats that are files, not streams: written by a child process to a temporary file, which is then sent.

The API process loads no GDAL and no spreadsheet writer, keeps its interpreter free for others, and holds one batch at a
time. The child is fed lines of JSON through a pipe: what to write, a line per batch with its columns, and `null` as the
end. Without that end it writes nothing that could be taken for complete.
"""

import json
import logging
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.core.errors import Unavailable
from app.core.settings import ROOT
from app.rapportage.rules.kolommen import Kolom
from app.rapportage.rules.waarden import Kolommen, json_values

log = logging.getLogger("veldwacht")

AT_ONCE = 2
MOST_SECONDS = 300.0
_PIECE = 256 * 1024
_SEATS = threading.BoundedSemaphore(AT_ONCE)
_ENVIRONMENT = ("PATH", "LANG", "TMPDIR", "LD_LIBRARY_PATH", "SYSTEMROOT")  # none of the secrets of the service


def child_pieces(
    module: str, task: Mapping[str, object], columns: Sequence[Kolom], batches: Iterable[Kolommen]
) -> Generator[bytes, None, None]:
    """Runs the child and gives its file; empty pieces while it is at work, so that a lost client is noticed.

    Args:
        module: the module to run, with `python -m`.
        task: what it is told besides the path of its file and the columns.
        columns: the columns that it writes.
        batches: the rows; x and y are passed on as they are.

    Raises:
        Unavailable: too many at work, or the child failed (a full disk, too long); nothing was sent.
    """
    with _seat(), tempfile.TemporaryDirectory(prefix="veldwacht-export-") as folder:
        path = Path(folder) / "export"
        first = {**task, "pad": str(path), "kolommen": [(c.naam, c.soort, c.uitleg) for c in columns]}
        with _child(module) as process:
            assert process.stdin is not None  # noqa: S101 - it was opened as a pipe
            try:
                for line in _lines(first, columns, batches):
                    process.stdin.write(line)
                    yield b""
                process.stdin.close()
            except BrokenPipeError:
                log.warning("export child %s stopped reading", module)
            if process.wait() != 0:
                log.error("export child %s ended with %s", module, process.returncode)
                raise Unavailable(
                    "Het bestand kon nu niet worden gemaakt. Probeer het zo opnieuw, of kies CSV.",
                    headers={"Retry-After": "30"},
                )
        with path.open("rb") as made:
            path.unlink()  # the open file lives until it is closed; a killed service leaves nothing behind
            while piece := made.read(_PIECE):
                yield piece


def _lines(first: Mapping[str, object], columns: Sequence[Kolom], batches: Iterable[Kolommen]) -> Iterable[bytes]:
    yield _line(first)
    for batch in batches:
        yield _line([json_values(column.soort, batch[column.naam]) for column in columns])
    yield _line(None)


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


@contextmanager
def _seat() -> Generator[None, None, None]:
    if not _SEATS.acquire(blocking=False):
        raise Unavailable(
            "Er worden nu te veel bestanden tegelijk gemaakt. Probeer het zo opnieuw, of kies CSV.",
            headers={"Retry-After": "10"},
        )
    try:
        yield
    finally:
        _SEATS.release()


@contextmanager
def _child(module: str) -> Generator["subprocess.Popen[bytes]", None, None]:
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    process = subprocess.Popen(  # noqa: S603 - our own modules
        [sys.executable, "-m", module],
        cwd=ROOT,
        env={**environment, "PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,  # a traceback may show values
    )
    watchdog = threading.Timer(MOST_SECONDS, process.kill)
    watchdog.daemon = True
    watchdog.start()
    try:
        yield process
    finally:
        watchdog.cancel()
        process.kill()
        process.wait()
        if process.stdin is not None and not process.stdin.closed:
            try:
                process.stdin.close()
            except BrokenPipeError:
                log.debug("export child %s was gone before its pipe was closed", module)
