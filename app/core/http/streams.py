"""Answers that are made while they are sent: nothing is held open by a client that left or stopped reading.

The first piece is made before the status line leaves, so that what goes wrong until then is a problem answer like any
other. What goes wrong later breaks the connection: a body without its end can never look complete.
"""

from collections.abc import Generator, Mapping

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

MOST_SECONDS = 600.0


class StreamedFile(Response):
    """A body from a generator. An empty piece is not sent: it says "still at work" and lets a lost client be noticed.

    Args:
        pieces: makes the body; runs in a thread, and is closed whatever happens.
        media_type: the media type.
        headers: further headers.
        most_seconds: after this time the connection is broken off, so that a client that reads a byte now and then
            cannot hold a snapshot of the database for ever.
    """

    def __init__(
        self,
        pieces: Generator[bytes, None, None],
        media_type: str,
        headers: Mapping[str, str],
        most_seconds: float = MOST_SECONDS,
    ) -> None:
        super().__init__(None, media_type=media_type, headers=dict(headers))
        del self.headers["content-length"]
        self._pieces = pieces
        self._most_seconds = most_seconds

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        """Sends the body until it ends, fails, takes too long, or the client is gone."""
        fault: Exception | None = None
        try:
            with anyio.move_on_after(self._most_seconds):
                async with anyio.create_task_group() as group:
                    group.start_soon(_watch, receive, group.cancel_scope)
                    try:
                        await self._send_all(send)
                    except Exception as error:  # noqa: BLE001 - told again below, outside the group that would wrap it
                        fault = error
                    group.cancel_scope.cancel()
        finally:
            with anyio.CancelScope(shield=True):
                await run_in_threadpool(self._pieces.close)
        if fault is not None:
            raise fault

    async def _send_all(self, send: Send) -> None:
        started = False
        while (piece := await run_in_threadpool(next, self._pieces, None)) is not None:
            if not started and piece:
                await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
                started = True
            if piece:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _watch(receive: Receive, scope: anyio.CancelScope) -> None:
    """Ends the work when the client is gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
    scope.cancel()
