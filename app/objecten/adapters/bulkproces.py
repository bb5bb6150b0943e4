"""A process of its own for reading what strangers made: a crash or a bomb ends that process, and gives one sentence.

Both ends: `serve` is the reading process, `lines_of` its owner. They speak JSON lines over a pipe.
"""

import gc
import json
import logging
import os
import resource
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from app.objecten.adapters.bestand import UnreadableFile

MEMORY_BYTES = 1_000_000_000
"""Address space of the reading process; what it really uses is a third of that, the rest are libraries that are not touched."""
SECONDS = 3 * 3600.0
"""After this a reading ends: the whole country takes a few minutes."""
_BROKEN = "Het bestand kon niet worden gelezen: het is beschadigd, of te groot of te ingewikkeld. Bewaar het opnieuw en stuur het nog eens."
_TOO_BIG = "Het bestand vraagt te veel geheugen om te lezen. Deel het in kleinere bestanden en stuur ze na elkaar."
_FEW_THREADS = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "GDAL_NUM_THREADS"), "1")

ROOT = Path(__file__).parents[3]
log = logging.getLogger("veldwacht")
Read = Callable[[dict[str, Any]], Iterator[dict[str, Any]]]


def serve(read: Read) -> None:
    """Reads what the order on the command line asks, within the memory that is allowed, and writes it to the pipe."""
    gc.disable()  # rows hold no circles; whoever makes some collects them himself
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    out = sys.stdout
    try:
        for line in read(json.loads(sys.argv[1])):
            out.write(json.dumps(line, ensure_ascii=True, separators=(",", ":")))
            out.write("\n")
            out.flush()
    except UnreadableFile as fault:
        out.write(json.dumps({"fout": str(fault)}) + "\n")
    except MemoryError:
        out.write(json.dumps({"fout": _TOO_BIG}) + "\n")
    except BrokenPipeError:
        # Its owner is gone; nobody is left to tell.
        os._exit(1)
    out.flush()


def lines_of(module: str, order: dict[str, Any], seconds: float = SECONDS) -> Generator[dict[str, Any], None, None]:
    """What a reading process answers to an order; closing the iterator ends the process.

    Raises:
        UnreadableFile: it said why the file cannot be read, or it ended without a word.
    """
    environment = {**os.environ, **_FEW_THREADS, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(  # noqa: S603 - our own program, the order is one argument
            [sys.executable, "-m", module, json.dumps(order)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=environment,
            cwd=ROOT,
        )
        watch = threading.Timer(seconds, process.kill)
        watch.daemon = True
        watch.start()
        try:
            ended = False
            assert process.stdout is not None  # noqa: S101 - asked for above
            for text in process.stdout:
                try:
                    line: dict[str, Any] = json.loads(text)
                except ValueError:
                    break
                if "fout" in line:
                    raise UnreadableFile(str(line["fout"]))
                yield line
                ended = "einde" in line
            if not ended:
                log.error("a reading process broke off: %s", _why(process, errors))
                raise UnreadableFile(_BROKEN)
        finally:
            watch.cancel()
            with suppress(ProcessLookupError):
                process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()


def _why(process: subprocess.Popen[bytes], errors: IO[bytes]) -> str:
    """How a process ended: its code and the kind of its last error, without the text, which may quote the file."""
    code = process.wait(10)
    errors.seek(0)
    last = errors.read()[-4000:].decode("utf-8", "replace").strip().rsplit("\n", 1)[-1]
    return f"code {code}, {last.split(':', 1)[0][:80]}"
