"""The process that calculates for the service: `python -m app.planning.rekenen`; its owner is `adapters.rekenproces`.

It loads what one kind of question needs when that is asked for the first time, and stays warm for the next. It ends by itself when its
owner is gone, at the deadline of a question, whatever a library is doing then, and when nobody asks for a while; the one that the service
starts beforehand (`blijvend`) loads everything at once and waits as long as its owner is there.
"""

import importlib
import pickle
import select
import signal
import struct
import sys
from collections.abc import Callable
from typing import IO, Any, Final

FUNCTIONS: Final = {
    "dagroute": "app.planning.solver.dayroute:reorder",
    "daglijst": "app.planning.solver.daylist:compose",
    "herplannen": "app.planning.solver.replan:solve",
    "warmlopen": "app.planning.rekenen:load_all",
}
"""What can be asked: a pure function of one argument per name, as module and function."""
IDLE_SECONDS = 900
BLIJVEND = "blijvend"
_LENGTH = struct.Struct("!Q")


def send(pipe: IO[bytes], value: object) -> None:
    """Writes one value."""
    body = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(_LENGTH.pack(len(body)))
    pipe.write(body)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:  # noqa: ANN401 - whatever the other side sent
    """Reads one value.

    Raises:
        EOFError: the other side is gone.
    """
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    body = pipe.read(length)
    if len(body) < length:
        raise EOFError
    return pickle.loads(body)  # noqa: S301 - both ends are this program, over a pipe that nobody else holds


def load_all(_question: None) -> int:
    """Loads what every kind of question needs; answers how many kinds there are."""
    return len([_function(name) for name in FUNCTIONS])


def _function(name: str) -> Callable[[Any], Any]:
    module, function = FUNCTIONS[name].split(":")
    found: Callable[[Any], Any] = getattr(importlib.import_module(module), function)
    return found


def main() -> None:
    """Answers one question after another: first its name, then the seconds it may take and what it is about."""
    asked, told = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints must not end up between the answers
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # its owner ends it
    known: dict[str, Callable[[Any], Any]] = {}
    patience = None if BLIJVEND in sys.argv[1:] else IDLE_SECONDS
    while select.select([asked], [], [], patience)[0]:
        try:
            name = receive(asked)
            if name not in known:
                known[name] = _function(name)
            send(told, "klaar")
            seconds, question = receive(asked)
        except EOFError:
            return
        signal.setitimer(signal.ITIMER_REAL, seconds)  # nobody handles this alarm: it ends the process
        try:
            answer = ("antwoord", known[name](question))
        except Exception as fault:  # noqa: BLE001 - a fault must reach the owner by its kind, never by its text
            answer = ("fout", type(fault).__name__)
        signal.setitimer(signal.ITIMER_REAL, 0)
        send(told, answer)


if __name__ == "__main__":
    main()
