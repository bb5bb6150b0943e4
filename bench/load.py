"""A lean HTTP load on loopback: kept-alive connections, prepared requests, bounded in count; measures each answer.

A general client would cost more processor time per request than the service under test, on the same two cores.
"""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """What a run gave. Times in milliseconds."""

    requests: int
    seconds: float
    latencies: list[float]
    statuses: dict[int, int]
    bodies: list[bytes]

    @property
    def rate(self) -> float:
        """Requests per second."""
        return self.requests / self.seconds

    def percentile(self, share: float) -> float:
        """The latency below which this share of the answers lies."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def post(host: str, path: str, token: str, body: bytes) -> bytes:
    """A prepared POST of JSON."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def get(host: str, path: str, token: str, known: str | None = None) -> bytes:
    """A prepared GET; with the ETag of what the client has already."""
    tag = "" if known is None else f"If-None-Match: {known}\r\n"
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n{tag}\r\n".encode()


def run(port: int, requests: Sequence[bytes], connections: int) -> Measured:
    """Sends all requests once over `connections` connections."""
    return asyncio.run(_run(port, requests, connections))


async def _run(port: int, requests: Sequence[bytes], connections: int) -> Measured:
    queue = iter(requests)
    latencies: list[float] = []
    statuses: dict[int, int] = {}
    bodies: list[bytes] = []
    started = time.perf_counter()
    workers = [_connection(port, queue, latencies, statuses, bodies) for _ in range(connections)]
    await asyncio.gather(*workers)
    return Measured(len(latencies), time.perf_counter() - started, latencies, statuses, bodies)


async def _connection(
    port: int, queue: Iterator[bytes], latencies: list[float], statuses: dict[int, int], bodies: list[bytes]
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for request in queue:
            begun = time.perf_counter()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            lengths = (
                int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")
            )
            length = next(lengths, 0)  # a 304 has none
            body = await reader.readexactly(length)
            latencies.append((time.perf_counter() - begun) * 1000)
            status = int(head[9:12])
            statuses[status] = statuses.get(status, 0) + 1
            bodies.append(body)
    finally:
        writer.close()
