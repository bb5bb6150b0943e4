"""The first answer: visits without a place go in where there is room, else one other visit makes room, else a short chain.

Greedy and quick; `fewest` proves it right or finds what is better.
"""

from collections.abc import Iterator
from itertools import chain

from app.planning.solver.board import Board
from app.planning.solver.draft import Draft
from app.planning.solver.problem import Slot, Visit
from app.planning.solver.replanning import Cost

DEPTH = 3
"""Most visits that move for one other; more is left to the constraint model."""
_TRIES = 1_500


class Mender:
    """Places what waits, each with the fewest changes that it finds."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self._left = _TRIES

    def mend(self) -> Draft:
        """A draft in which as much as possible has a place."""
        board = self.board
        # First all that fits without touching anything, so that nobody makes room for what did not need it.
        refused = [visit for visit in board.pending if not self._insert(visit, in_time=True)]
        for visit in refused:
            wanted = visit.required or board.entries[visit.key].urgent_by is not None
            if (wanted and self._make_room(visit)) or self._insert(visit):
                continue
        return board.draft

    def _insert(self, visit: Visit, *, in_time: bool = False) -> bool:
        board = self.board
        return any(
            board.try_place(visit, slot)
            for slot in board.options(visit)
            if not (in_time and board.is_late(visit, slot))
        )

    def _make_room(self, visit: Visit) -> bool:
        """Takes the cheapest chain, the shortest first."""
        for depth in range(1, DEPTH + 1):
            self._left = _TRIES
            before = self.board.draft.copy()
            best: tuple[Cost, Draft] | None = None
            for _ in self._chains(visit, depth, frozenset({visit.key})):
                cost = self.board.cost(self.board.draft)
                if best is None or cost < best[0]:
                    best = cost, self.board.draft.copy()
            self.board.draft.restore(before)
            if best is not None and best[0] < self.board.cost(before):
                self.board.draft.restore(best[1])
                return True
        return False

    def _chains(self, visit: Visit, depth: int, moved: frozenset[str]) -> Iterator[None]:
        """Every way to place a visit by moving at most `depth` others; the draft holds it while the caller looks."""
        board = self.board
        for slot in [s for s in board.options(visit) if not board.is_late(visit, s)]:
            for other in self._candidates(slot, moved):
                if self._left <= 0:
                    return
                self._left -= 1
                before = board.draft.copy()
                board.draft.remove(other)
                if board.try_place(visit, slot):
                    yield from self._resettle(other, depth, moved | {other.key})
                board.draft.restore(before)

    def _resettle(self, other: Visit, depth: int, moved: frozenset[str]) -> Iterator[None]:
        """Ways to give a visit that made room another place; an optional one may lose it."""
        entry = self.board.entries[other.key]
        if self._insert(other, in_time=True):
            yield
        elif depth > 1:
            yield from self._chains(other, depth - 1, moved)
        if not other.required and entry.urgent_by is None and self.board.draft.slot_of(other.key) is None:
            yield

    def _candidates(self, slot: Slot, moved: frozenset[str]) -> Iterator[Visit]:
        """Visits on a shift that could make room: those that no norm asks for first."""
        board = self.board
        here = [v for v in board.draft.route(slot) if v.key not in moved and board.movable(v)]
        here = [v for v in here if board.entries[v.key].urgent_by is None]
        return chain((v for v in here if not v.required), (v for v in here if v.required))
