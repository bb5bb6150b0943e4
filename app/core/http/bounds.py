"""A bound on how often one sign-in asks: a fault in an app that asks without end must not bring the service down for the others.

A bucket per session or token and process: a burst as large as a minute's share, refilled evenly. It is kept in memory on purpose: a row in
the database for each request would cost more than most of the requests that it protects against (docs/adr/0023).
"""

import hashlib
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from fastapi import Depends, Request

from app.core.auth.sessions import COOKIE
from app.core.errors import TooManyRequests
from app.core.http.openapi import PROBLEM_REF
from app.core.http.problems import MEDIA_TYPE

REMEMBERED = 20_000
"""Sign-ins whose bucket is kept; the one that asked longest ago goes first, and has a full one again."""
PAUSE = 0.1
"""A refused sign-in is told to wait until this share of its bucket is back, so that it does not knock for every request."""
TE_VAAK = "Dit apparaat vraagt nu te veel achter elkaar. Er is niets bewaard en er gaat niets verloren; probeer het zo opnieuw."


class Bounds:
    """The buckets of one process.

    Args:
        per_minute: requests of one sign-in a minute; 0 sets no bound.
        clock: seconds that only go up.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._size, self._clock = float(per_minute), clock
        self._buckets: OrderedDict[bytes, tuple[float, float]] = OrderedDict()

    def wait(self, key: bytes) -> int:
        """Takes a turn; 0 when there was one, else after how many seconds to come back."""
        if self._size == 0:
            return 0
        now, per_second = self._clock(), self._size / 60
        left, since = self._buckets.pop(key, (self._size, now))
        left = min(self._size, left + (now - since) * per_second)
        allowed = left >= 1
        self._buckets[key] = (left - 1 if allowed else left, now)
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        return 0 if allowed else max(1, math.ceil((self._size * PAUSE - left) / per_second))


def check_bound(request: Request) -> None:
    """Takes a turn of whoever asks.

    Raises:
        TooManyRequests: none is left; `Retry-After` says when to come back.
    """
    bounds: Bounds = request.app.state.bounds
    known = request.headers.get("authorization") or request.cookies.get(COOKIE) or ""
    wait = bounds.wait(hashlib.sha256(known.encode()).digest())
    if wait:
        raise TooManyRequests(TE_VAAK, headers={"Retry-After": str(wait)})


async def bounded(request: Request) -> None:
    """For path operations that an app calls by itself, again and again; in the event loop, before anything else is done."""
    check_bound(request)


Bounded = Depends(bounded)
TOO_OFTEN: dict[int | str, dict[str, Any]] = {
    429: {
        "description": "Te vaak gevraagd; 'Retry-After' zegt hoeveel seconden te wachten. Er is niets bewaard.",
        "content": {MEDIA_TYPE: {"schema": PROBLEM_REF}},
    }
}
