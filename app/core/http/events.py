"""Server-sent events: short looks in a thread, and in between neither a thread nor a connection to the database is held.

A stream ends by itself: when there is nothing more to come, or after a bounded time; a browser then asks again with the id of
the last event that it saw. A stream that nobody reads is noticed at the next event or the next sign of life.
"""

import json
import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Final

import anyio
from fastapi import Header
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.core.errors import Unavailable, VeldwachtError

MEDIA_TYPE: Final = "text/event-stream"
MOST_SECONDS: Final = 60.0
EVERY_SECONDS: Final = 0.5
SIGN_OF_LIFE_SECONDS: Final = 15.0
RETRY_MS: Final = 2_000
AT_ONCE: Final = 100
_SEATS = threading.BoundedSemaphore(AT_ONCE)

LastEventId = Annotated[
    str | None,
    Header(
        alias="Last-Event-ID",
        max_length=100,
        description="Kenmerk van de laatste gebeurtenis die u zag; een browser stuurt dit zelf als de verbinding wegviel.",
    ),
]


@dataclass(frozen=True, slots=True)
class Look:
    """What a look saw.

    Attributes:
        id: tells this state from every other; the same id is not sent twice.
        event: its name.
        data: its content, written as one line of JSON.
        is_last: nothing comes after it.
    """

    id: str
    event: str
    data: dict[str, Any]
    is_last: bool

    def text(self) -> bytes:
        """As it goes over the line."""
        return f"id: {self.id}\nevent: {self.event}\ndata: {json.dumps(self.data, ensure_ascii=False)}\n\n".encode()


def event_answer(look: Callable[[], Look], last_event_id: str | None) -> Response:
    """The answer to a request for events; call it in a thread.

    Args:
        look: looks once, in a transaction of its own, and checks each time that the caller may still look.
        last_event_id: what the client saw last.

    Returns:
        A stream; or 204, which ends the asking, when the client saw the last event already.

    Raises:
        VeldwachtError: what the first look refuses; it becomes a problem answer.
        Unavailable: too many streams at once.
    """
    first = look()
    if first.is_last and first.id == last_event_id:
        return Response(status_code=204)
    if not _SEATS.acquire(blocking=False):
        raise Unavailable(
            "Er kijken nu te veel schermen tegelijk mee. Probeer het zo opnieuw.", headers={"Retry-After": "5"}
        )
    return EventStream(look, first, last_event_id)


class EventStream(Response):
    """A running stream of events; gives its seat back when it ends."""

    def __init__(self, look: Callable[[], Look], first: Look, last_event_id: str | None) -> None:
        super().__init__(None, media_type=MEDIA_TYPE, headers={"X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._leave = weakref.finalize(self, _SEATS.release)  # once, also when this answer is never sent
        self._look = look
        self._next = first
        self._sent = last_event_id

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        """Sends events until the last one, until the time is over, or until the client is gone."""
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            await _part(send, f"retry: {RETRY_MS}\n\n".encode())
            with anyio.move_on_after(MOST_SECONDS):
                async with anyio.create_task_group() as group:
                    group.start_soon(_watch, receive, group.cancel_scope)
                    await self._run(send)
                    group.cancel_scope.cancel()
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            self._leave()

    async def _run(self, send: Send) -> None:
        silent = 0.0
        while True:
            if self._next.id != self._sent:
                await _part(send, self._next.text())
                self._sent, silent = self._next.id, 0.0
            if self._next.is_last:
                return
            await anyio.sleep(EVERY_SECONDS)
            silent += EVERY_SECONDS
            if silent >= SIGN_OF_LIFE_SECONDS:
                await _part(send, b":\n\n")
                silent = 0.0
            try:
                self._next = await run_in_threadpool(self._look)
            except VeldwachtError:
                return  # gone, signed out or no longer allowed: asking again gives the problem answer


async def _part(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _watch(receive: Receive, scope: anyio.CancelScope) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    scope.cancel()
