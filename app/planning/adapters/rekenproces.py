"""Quick calculations for a request, in a process of their own: the API process loads no solver and stays free for others.

At most `AT_ONCE` such processes, kept warm. A calculation that takes too long ends its process, never the service; the next question gets
a fresh one. Never ask inside a transaction: the caller waits here (`app.core.http.work.Steps`).
"""

import atexit
import logging
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from app.core.errors import Unavailable
from app.core.settings import ROOT

AT_ONCE = 2
WAIT_SECONDS = 3.0
"""How long a question waits for a free process before it is told to come back."""
START_SECONDS = 20.0
"""For starting a process and loading its libraries; not counted as calculating."""
_ENVIRONMENT = ("PATH", "LANG", "TMPDIR", "LD_LIBRARY_PATH", "SYSTEMROOT")  # none of the secrets of the service
_ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_MODULE, _STAYS = "app.planning.rekenen", "blijvend"

log = logging.getLogger("veldwacht")
T = TypeVar("T")


@dataclass(frozen=True)
class Rekenwerk(Generic[T]):
    """One question.

    Attributes:
        naam: Which function answers it; the fixed table stands in `app.planning.rekenen`.
        vraag: Its argument; plain data that can be pickled.
        antwoord: The type of the answer.
    """

    naam: Literal["dagroute", "daglijst", "herplannen", "warmlopen"]
    vraag: object
    antwoord: type[T]


class Rekenfout(Unavailable):
    """A calculation that gave no answer; nothing was changed."""

    code = "berekening-mislukt"


class _Child:
    """A process and both ends of its pipe."""

    def __init__(self, *words: str) -> None:
        environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        self.process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", _MODULE, *words],
            cwd=ROOT,
            env={**environment, **_ONE_THREAD, "PYTHONUTF8": "1", "PYTHONHASHSEED": "0"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a traceback may show values
        )

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def ask(self, naam: str, vraag: object, seconds: float) -> tuple[str, Any]:
        """The answer of the process; `OSError` or `EOFError` when it ended first."""
        with self._deadline(START_SECONDS):
            self._send(naam)
            self._receive()
        with self._deadline(seconds):
            self._send((seconds + 1.0, vraag))
            answer: tuple[str, Any] = self._receive()
            return answer

    def end(self) -> None:
        """Ends the process and its pipe."""
        with suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()

    @contextmanager
    def _deadline(self, seconds: float) -> Generator[None, None, None]:
        watchdog = threading.Timer(seconds, self.process.kill)
        watchdog.daemon = True
        watchdog.start()
        try:
            yield
        finally:
            watchdog.cancel()

    def _send(self, value: object) -> None:
        assert self.process.stdin is not None  # noqa: S101 - opened as a pipe
        body = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
        self.process.stdin.write(len(body).to_bytes(8, "big") + body)
        self.process.stdin.flush()

    def _receive(self) -> Any:  # noqa: ANN401 - what the function of the question gives
        assert self.process.stdout is not None  # noqa: S101 - opened as a pipe
        length = self.process.stdout.read(8)
        body = self.process.stdout.read(int.from_bytes(length, "big")) if len(length) == 8 else b""
        if not body or len(body) != int.from_bytes(length, "big"):
            raise EOFError
        return pickle.loads(body)  # noqa: S301 - our own program answers, over a pipe that nobody else holds


class Rekenprocessen:
    """The warm processes of this service."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._seats = threading.BoundedSemaphore(at_once)
        self._lock = threading.Lock()
        self._idle: list[_Child] = []

    def calculate(self, work: Rekenwerk[T], seconds: float, wait: float = WAIT_SECONDS) -> T:
        """See the function of this name."""
        if not self._seats.acquire(timeout=wait):
            raise Unavailable(
                "Er wordt nu te veel tegelijk berekend. Probeer het zo opnieuw.", headers={"Retry-After": "3"}
            )
        try:
            child = self._take()
            try:
                kind, answer = child.ask(work.naam, work.vraag, seconds)
            except (OSError, EOFError):
                child.end()
                log.warning("calculation %s ended with code %s", work.naam, child.process.returncode)
                raise Rekenfout(
                    "De berekening duurde te lang of is afgebroken; er is niets gewijzigd. "
                    "Probeer het zo opnieuw, of vraag minder tegelijk.",
                    headers={"Retry-After": "5"},
                ) from None
            except BaseException:
                child.end()
                raise
            with self._lock:
                self._idle.append(child)
        finally:
            self._seats.release()
        if kind != "antwoord" or not isinstance(answer, work.antwoord):
            log.error("calculation %s failed: %s", work.naam, answer if kind == "fout" else type(answer).__name__)
            raise Rekenfout(
                "De berekening is mislukt; er is niets gewijzigd. Meld dit aan de beheerder.",
                headers={"Retry-After": "30"},
            )
        return answer

    def warm_up(self) -> None:
        """Starts one process that stays and has loaded everything; what asks meanwhile takes another seat."""
        with self._seats:
            try:
                child = _Child(_STAYS)
                try:
                    child.ask("warmlopen", None, START_SECONDS)
                except (OSError, EOFError):
                    child.end()
                    raise
            except (OSError, EOFError):
                log.warning("no process for calculations could be started beforehand; the first question starts one")
                return
            with self._lock:
                self._idle.append(child)

    def stop(self) -> None:
        """Ends the processes that wait for a question."""
        with self._lock:
            idle, self._idle = self._idle, []
        for child in idle:
            child.end()

    def _take(self) -> _Child:
        while True:
            with self._lock:
                child = self._idle.pop() if self._idle else None
            if child is None:
                return _Child()
            if child.alive:
                return child
            child.end()  # it ended by itself: nobody asked for a while


_PROCESSES = Rekenprocessen()
atexit.register(_PROCESSES.stop)


def warm_up() -> None:
    """Has a process ready before the first question, so that nobody waits for solvers to load; for the start of the service."""
    threading.Thread(target=_PROCESSES.warm_up, name="warmlopen", daemon=True).start()


def calculate(work: Rekenwerk[T], seconds: float) -> T:
    """Runs a pure function in a warm process of its own.

    Args:
        work: The question.
        seconds: Time for the calculation; at its end the process is killed.

    Raises:
        Unavailable: too many at work; the caller may come back in a few seconds.
        Rekenfout: it took too long, was killed, or failed; nothing was changed.
    """
    return _PROCESSES.calculate(work, seconds)
