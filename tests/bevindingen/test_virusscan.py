"""The socket of a virus scanner: what clamd says decides, and no verdict is never a clean one."""

import socket
import struct
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from app.bevindingen.adapters.virusscan import ScannerAway, scan_with_clamd

PHOTO = bytes(range(256)) * 1000


def scanner(path: Path, answer: Callable[[bytes], bytes]) -> threading.Thread:
    """A listener that reads one stream as clamd does, and answers by what it read."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(path))
    listener.listen(1)

    def serve() -> None:
        with listener, listener.accept()[0] as connection, connection.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            read = b""
            while size := struct.unpack("!I", stream.read(4))[0]:
                read += stream.read(size)
            connection.sendall(answer(read))

    thread = threading.Thread(target=serve)
    thread.start()
    return thread


@pytest.mark.parametrize(("said", "found"), [(b"stream: OK\0", False), (b"stream: Eicar-Test-Signature FOUND\0", True)])
def test_a_verdict_about_all_bytes(tmp_path: Path, said: bytes, found: bool) -> None:
    seen: list[bytes] = []
    thread = scanner(tmp_path / "clamd", lambda read: seen.append(read) or said)  # type: ignore[func-returns-value]  # None
    assert scan_with_clamd(PHOTO, f"unix:{tmp_path / 'clamd'}") is found
    thread.join(5)
    assert seen == [PHOTO]


def test_no_verdict_is_never_clean(tmp_path: Path) -> None:
    thread = scanner(tmp_path / "clamd", lambda _read: b"INSTREAM size limit exceeded. ERROR\0")
    with pytest.raises(ScannerAway):
        scan_with_clamd(PHOTO, f"unix:{tmp_path / 'clamd'}")
    thread.join(5)
    for address in (f"unix:{tmp_path / 'nergens'}", "tcp:127.0.0.1:1", "tcp:niets", "http://x"):
        with pytest.raises(ScannerAway):
            scan_with_clamd(b"x", address)
