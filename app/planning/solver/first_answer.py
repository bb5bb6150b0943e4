"""The first answer: visits without a place go in where there is room, else one other visit makes room, else a short chain.

Greedy and quick; `fewest` proves it right or finds what is better.
"""

from collections.abc import Iterable, Iterator

from app.planning.solver.board import Board
from app.planning.solver.control import Control
from app.planning.solver.draft import Draft
from app.planning.solver.problem import Slot, Visit
from app.planning.solver.replanning import Cost

DEPTH = 3
"""Most visits that move for one other; more is left to the constraint model."""
_TRIES = 900
_ENOUGH = 20
_REORDERED = 12


class FirstAnswer:
    """Places what waits, each with the fewest changes that it finds."""

    def __init__(self, board: Board, control: Control) -> None:
        self.board = board
        self.control = control
        self._left = _TRIES  # for all visits together: the first answer must be quick on a full plan too

    def mend(self) -> Draft:
        """A draft in which as much as possible has a place."""
        board = self.board
        # First all that fits without touching anything, so that nobody makes room for what did not need it.
        refused = [visit for visit in board.pending if not self._insert(visit) and not self._reorder(visit)]
        for visit in refused:
            wanted = visit.required or board.entries[visit.key].urgent_by is not None
            if not (wanted and (self._make_room(visit) or self._take_place(visit))):
                self._insert(visit, late=True)
        return board.draft

    def _insert(self, visit: Visit, *, late: bool = False) -> bool:
        board = self.board
        return any(
            board.try_place(visit, slot) for slot in board.options(visit) if late or not board.is_late(visit, slot)
        )

    def _reorder(self, visit: Visit) -> bool:
        board = self.board
        slots = [slot for slot in board.options(visit) if not board.is_late(visit, slot)]
        return any(board.try_place(visit, slot, reorder=True) for slot in slots[:_REORDERED])

    def _make_room(self, visit: Visit) -> bool:
        """Takes the cheapest chain of the shortest length at which there is one."""
        start = self.board.draft.copy()
        before = self.board.cost(start)
        for depth in range(1, DEPTH + 1):
            best: tuple[Cost, Draft] | None = None
            for number, _ in enumerate(self._chains(visit, depth, frozenset({visit.key}))):
                cost = self.board.cost(self.board.draft)
                if best is None or cost < best[0]:
                    best = cost, self.board.draft.copy()
                if cost.changes <= before.changes + depth or number >= _ENOUGH:
                    break
            self.board.draft.restore(start)
            if best is not None and best[0] < before:
                self.board.draft.restore(best[1])
                return True
        return False

    def _take_place(self, visit: Visit) -> bool:
        """When there is no time left to look further: the place of a visit that no norm asks for."""
        board = self.board
        for slot in board.options(visit):
            if board.is_late(visit, slot):
                continue
            for other in [v for v in self._candidates(slot, frozenset()) if not v.required]:
                before = board.draft.route(slot)
                board.draft.remove(other)
                if board.try_place(visit, slot):
                    return True
                board.draft.put(other, slot, before)
        return False

    def _chains(self, visit: Visit, depth: int, moved: frozenset[str]) -> Iterator[None]:
        """Every way to place a visit by moving at most `depth` others; the draft holds it while the caller looks."""
        board = self.board
        slots = [slot for slot in board.options(visit) if not board.is_late(visit, slot)]
        for slot, other in _wanted_last((s, v) for s in slots for v in self._candidates(s, moved)):
            if self._left <= 0 or self.control.aborted:
                return
            self._left -= 1
            before = board.draft.copy()
            board.draft.remove(other)
            if board.try_place(visit, slot):
                yield from self._resettle(other, depth, moved | {other.key})
            board.draft.restore(before)

    def _resettle(self, other: Visit, depth: int, moved: frozenset[str]) -> Iterator[None]:
        """Ways to give a visit that made room another place; an optional one may lose it."""
        if self._insert(other):
            yield
        elif depth > 1:
            yield from self._chains(other, depth - 1, moved)
        if not other.required and self.board.draft.slot_of(other.key) is None:
            yield

    def _candidates(self, slot: Slot, moved: frozenset[str]) -> list[Visit]:
        """Visits on a shift that could make room."""
        board = self.board
        here = [v for v in board.draft.route(slot) if v.key not in moved and board.movable(v)]
        return [v for v in here if board.entries[v.key].urgent_by is None]


def _wanted_last(pairs: Iterable[tuple[Slot, Visit]]) -> list[tuple[Slot, Visit]]:
    """Visits that no norm asks for make room first."""
    return sorted(pairs, key=lambda pair: pair[1].required)
