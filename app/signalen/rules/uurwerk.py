"""When a stored moment has come, also when the clock of the machine was moved (F21).

A deadline is a moment of the wall clock in the database, so that nothing is lost when a worker is away. A wall clock that is put back an
hour would make every running deadline an hour late: a worker therefore also remembers, on the clock that never goes back, when each
deadline that it saw comes due. Forward, the wall clock is followed at once: too early is the safe side, and each step is taken once.
"""

from collections.abc import Hashable, Iterable
from datetime import datetime, timedelta
from typing import TypeVar

K = TypeVar("K", bound=Hashable)

HORIZON = timedelta(minutes=75)
"""How far ahead is looked and remembered: a little more than a clock that is wrong by the hour of summer time."""


class Uurwerk:
    """Remembers what comes due soon; one per worker process."""

    def __init__(self) -> None:
        self._due: dict[Hashable, float] = {}

    def due(self, rows: Iterable[tuple[K, datetime]], wall: datetime, monotonic: float) -> list[K]:
        """Which of these have come.

        Args:
            rows: key (a deadline and its step) and stored moment of all that comes within `HORIZON`.
            wall: the wall clock now.
            monotonic: a clock in seconds that never goes back.
        """
        remembered: dict[Hashable, float] = {}
        come: list[K] = []
        for key, moment in rows:
            remembered[key] = self._due.get(key, monotonic + (moment - wall).total_seconds())
            if moment <= wall or remembered[key] <= monotonic:
                come.append(key)
        self._due = remembered
        return come
