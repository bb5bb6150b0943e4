"""Turns for who is not signed in: of one address a few requests at work, however many it sends, so that others need not queue behind it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
from fastapi import Request


class Turns:
    """The turns of one process; who waits holds no thread and no connection.

    Args:
        at_once: requests of one address that may be at work.
    """

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._lanes: dict[str, tuple[anyio.Semaphore, int]] = {}

    @asynccontextmanager
    async def turn(self, address: str) -> AsyncIterator[None]:
        """Waits for a turn of this address, in order."""
        lane, users = self._lanes.get(address) or (anyio.Semaphore(self._at_once), 0)
        self._lanes[address] = (lane, users + 1)
        try:
            async with lane:
                yield
        finally:
            users = self._lanes[address][1] - 1
            if users:
                self._lanes[address] = (lane, users)
            else:
                del self._lanes[address]


def address_of(request: Request) -> str:
    """The address that asks; behind a proxy on this machine the one that it names."""
    return request.client.host if request.client is not None else ""
