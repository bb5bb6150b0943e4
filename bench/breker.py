"""A TCP relay that breaks connections at any byte, in either direction: the network of a cellar."""

import random
import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self

CHUNK = 4096


class Breker:
    """Relays to a port on this machine; a part of the connections breaks after some bytes.

    Attributes:
        port: where to connect.
        broken: how many connections were cut.
    """

    def __init__(self, target: int, share: float, seed: int = 11) -> None:
        self._target, self._share, self._chance = target, share, random.Random(seed)
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._listener.getsockname()[1]
        self.broken, self.opened = 0, 0
        self._thread = threading.Thread(target=self._accept, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):  # the listener was closed: the end
            while True:
                near, _ = self._listener.accept()
                self.opened += 1
                # at any place: small requests break as well as large ones
                cut = int(10 ** self._chance.uniform(0, 4.3)) if self._chance.random() < self._share else None
                threading.Thread(target=self._relay, args=(near, cut), daemon=True).start()

    def _relay(self, near: socket.socket, cut: int | None) -> None:
        try:
            far = socket.create_connection(("127.0.0.1", self._target), timeout=30)
        except OSError:
            near.close()
            return
        passed = _Passed(cut)
        both = [
            threading.Thread(target=self._pump, args=(one, other, passed), daemon=True)
            for one, other in ((near, far), (far, near))
        ]
        for thread in both:
            thread.start()
        for thread in both:
            thread.join()
        near.close()
        far.close()
        self.broken += passed.cut_off

    @staticmethod
    def _pump(one: socket.socket, other: socket.socket, passed: "_Passed") -> None:
        with suppress(OSError):
            while data := one.recv(CHUNK):
                data = passed.let_through(data)
                other.sendall(data)
                if passed.cut_off:
                    break
        for side in (one, other):
            with suppress(OSError):
                side.shutdown(
                    socket.SHUT_RDWR if passed.cut_off else socket.SHUT_WR if side is other else socket.SHUT_RD
                )


class _Passed:
    """How much went through a connection, both ways together."""

    def __init__(self, cut: int | None) -> None:
        self._left, self._guard, self.cut_off = cut, threading.Lock(), False

    def let_through(self, data: bytes) -> bytes:
        with self._guard:
            if self._left is None:
                return data
            data = data[: self._left]
            self._left -= len(data)
            self.cut_off = self._left == 0
            return data
