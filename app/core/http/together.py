"""One look at the database for all who ask the same at one moment, such as the tablets of a team that come up together (F12).

Whoever asks while a look is under way joins the next one, never that one: so each answer holds all that was committed before its question
came in, as if everybody had looked alone. Nothing is kept once it was answered.
"""

import asyncio
from collections.abc import Callable, Hashable

from starlette.concurrency import run_in_threadpool

AT_ONCE = 4
"""Looks of different questions at one moment: they share the connections to the database with all other work."""


class Together:
    """Shares answers within one process and one event loop."""

    def __init__(self) -> None:
        self._turns: dict[Hashable, asyncio.Lock] = {}
        self._next: dict[Hashable, asyncio.Task[bytes]] = {}
        self._seats = asyncio.Semaphore(AT_ONCE)

    async def answer(self, key: Hashable, look: Callable[[], bytes]) -> bytes:
        """What `look` gives; an error of it is that of all who share it.

        Args:
            key: all that the answer depends on, who may see it included; the same key is the same question.
            look: asks the database in a transaction of its own; called in a thread.
        """
        task = self._next.get(key)
        if task is None:
            task = self._next[key] = asyncio.create_task(self._look(key, look))
        return await asyncio.shield(task)  # whoever hangs up does not take the answer of the others along

    async def _look(self, key: Hashable, look: Callable[[], bytes]) -> bytes:
        turn = self._turns.setdefault(key, asyncio.Lock())
        async with turn, self._seats:
            del self._next[key]  # from here on it is too late to join
            try:
                return await run_in_threadpool(look)
            finally:
                if key not in self._next:
                    del self._turns[key]
