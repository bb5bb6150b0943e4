"""Streamed answers: a fault before the first byte is told, one after it breaks off, and a slow reader is let go."""

from collections.abc import Generator

import anyio
import pytest
from starlette.types import Message

from app.core.http.streams import StreamedFile


class Client:
    """What a client saw; `reads` pieces, then it stops reading."""

    def __init__(self, reads: int = 100) -> None:
        self.seen: list[Message] = []
        self.reads = reads
        self.asked = False

    async def send(self, message: Message) -> None:
        if len(self.seen) >= self.reads:
            await anyio.sleep_forever()
        self.seen.append(message)

    async def receive(self) -> Message:
        if not self.asked:
            self.asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await anyio.sleep_forever()
        raise AssertionError


class Source:
    """Pieces of a body, and whether it was closed."""

    def __init__(self, *pieces: bytes | Exception) -> None:
        self.closed = False
        self._pieces = pieces

    def run(self) -> Generator[bytes, None, None]:
        try:
            for piece in self._pieces:
                if isinstance(piece, Exception):
                    raise piece
                yield piece
        finally:
            self.closed = True


def _serve(source: Source, client: Client, most_seconds: float = 10.0) -> list[str]:
    answer = StreamedFile(source.run(), "text/csv", {"X-Proef": "1"}, most_seconds)
    anyio.run(answer, {"type": "http"}, client.receive, client.send)
    return [message["type"] for message in client.seen]


def test_whole_body_without_its_empty_pieces() -> None:
    source, client = Source(b"", b"een", b"", b"twee"), Client()
    assert _serve(source, client) == ["http.response.start", *["http.response.body"] * 3]
    assert [message.get("more_body") for message in client.seen[1:]] == [True, True, False]
    assert b"".join(message["body"] for message in client.seen[1:]) == b"eentwee"
    headers = dict(client.seen[0]["headers"])
    assert (headers[b"x-proef"], b"content-length" in headers, source.closed) == (b"1", False, True)


@pytest.mark.parametrize(
    ("pieces", "started"), [((b"", ValueError("stuk")), False), ((b"een", ValueError("stuk")), True)]
)
def test_a_fault_comes_out_as_it_is_and_no_end_is_sent(pieces: tuple[bytes | Exception, ...], started: bool) -> None:
    source, client = Source(*pieces), Client()
    with pytest.raises(ValueError, match="stuk"):
        _serve(source, client)
    assert source.closed
    assert bool(client.seen) == started
    assert all(message.get("more_body", True) for message in client.seen)


def test_a_client_that_stops_reading_is_let_go() -> None:
    source, client = Source(b"een", b"twee"), Client(reads=2)
    assert _serve(source, client, most_seconds=0.2) == ["http.response.start", "http.response.body"]
    assert source.closed
