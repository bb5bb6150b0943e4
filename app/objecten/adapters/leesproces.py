"""The side of the process that reads a spreadsheet or GeoPackage for the service, with limits that end it and nothing else.

It tells the tables of the file in one line of JSON, waits for the choice, and tells the rows in batches, a line of JSON each. It has
no keys in its environment, no network from Python, and at most so much memory and processor time. What it writes of faults are fixed sentences.
"""

import contextlib
import json
import resource
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from app.objecten.adapters.cellen import cell_text

MAX_MEMORY = 320 * 1024 * 1024
MAX_SECONDS = 900
_BATCH = 500
_CLOSED = (
    "socket.connect",
    "socket.bind",
    "socket.getaddrinfo",
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
)
TOO_LARGE = "Het bestand is te groot of te ingewikkeld om veilig te lezen. Deel het op, of bewaar het als CSV."
Line = tuple[int, Sequence[object], str]  # line or place, values, geometry as WKT


class Fault(Exception):
    """What is wrong with the file, as a Dutch sentence."""


class Tables(Protocol):
    """An opened file."""

    def told(self) -> dict[str, Any]:
        """Its tables: `tafels` (naam, eerste, stelsel, metGeometrie) and `aantal`."""

    def rows(self, tafel: int, line: int, kolommen: Sequence[int]) -> Iterable[Line]:
        """The rows of a table after a line, of each only these columns."""


def serve(open_file: Callable[[Path], Tables]) -> None:
    """Reads the file that the command names, for the process that holds both ends."""
    set_limits()
    warnings.simplefilter("ignore")
    try:
        tables = open_file(Path(sys.argv[2]))
        say(tables.told())
        asked = json.loads(sys.stdin.readline() or "null")
        if asked is not None:
            for batch in _batches(tables.rows(asked["tafel"], asked["regel"], asked["kolommen"])):
                say({"rijen": batch})
            say({"klaar": True})
    except Fault as fault:
        say({"fout": str(fault)})
    except (MemoryError, RecursionError):
        say({"fout": TOO_LARGE})


def set_limits() -> None:
    """No more memory or time than the limits, no files written, no way out."""
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError, OSError):  # not every system can set it
        resource.setrlimit(resource.RLIMIT_DATA, (MAX_MEMORY, MAX_MEMORY))
    sys.addaudithook(_refuse)


def _refuse(event: str, _args: tuple[object, ...]) -> None:
    if event in _CLOSED:
        raise PermissionError(event)


def say(message: dict[str, Any]) -> None:
    """Writes one line."""
    sys.stdout.write(json.dumps(message, ensure_ascii=True, separators=(",", ":")) + "\n")
    sys.stdout.flush()


def _batches(rows: Iterable[Line]) -> Iterator[list[list[object]]]:
    batch: list[list[object]] = []
    for line, values, geometry in rows:
        cells = [cell_text(value) for value in values]
        numbers = [at for at, (_, number) in enumerate(cells) if number]
        batch.append([line, [text for text, _ in cells], geometry, numbers])
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
