"""`replan`: the smallest change that mends a released plan after something happened (planning.md, layer 4).

Urgent visits and norms go first, then as few visits as possible change; what no norm asks for makes room before what a norm asks
for. A greedy answer comes first; the constraint model proves it the smallest or finds a smaller one. Every touched route is laid
again, and a plan that breaks a hard rule is never answered.
"""

from collections.abc import Iterator

from app.planning.solver.board import Board
from app.planning.solver.control import Control
from app.planning.solver.draft import Draft
from app.planning.solver.fewest import Fewest
from app.planning.solver.first_answer import FirstAnswer
from app.planning.solver.problem import Stop
from app.planning.solver.replanning import (
    Change,
    Entry,
    Planned,
    Replanned,
    ReplanProblem,
    ReplanQuestion,
    Wijziging,
)

EERSTE = "Eerste antwoord"


def replan(problem: ReplanProblem, stop: Stop, seed: int = 0) -> Replanned:
    """The smallest change that was found.

    The same problem and seed give the same result, unless the run was aborted.

    Args:
        problem: What happened to which plan.
        stop: When to stop; `deterministic_time` is for one call of the constraint solver. Progress 0.5 says that a first answer
            is there.
        seed: Seed of the constraint solver.

    Raises:
        ProblemError: The problem contradicts itself, such as a key that occurs twice.
    """
    control = Control(stop, seed)
    control.report(0.0, "Plan lezen")
    board = Board(problem)
    draft = FirstAnswer(board, control).mend().copy()
    control.report(0.5, EERSTE)
    proven = board.cost(draft) == board.floor()
    if not proven and not control.aborted:
        fewest = Fewest(board, draft, control)
        draft, proven = fewest.solve(), fewest.proven
    touched = _touched(board, draft)
    for key in touched:
        draft.shorten(board.index.slots[key], stop.iterations)
    control.report(1.0, "Klaar")
    routes = tuple(stop for key in touched for stop in _route(draft, key))
    return Replanned(
        changes=tuple(_changes(board, draft, {stop.visit_key: stop for stop in routes})),
        routes=routes,
        cost=board.cost(draft),
        proven=proven,
        aborted=control.aborted,
    )


def solve(question: ReplanQuestion) -> Replanned:
    """`replan` as the quick solver is asked it: with one argument, over a process border."""
    stop = Stop(deterministic_time=question.effort, wall_seconds=question.seconds)
    return replan(question.problem, stop, question.seed)


def _touched(board: Board, draft: Draft) -> list[str]:
    """Open shifts that hold other visits than before, by date and key."""
    return [
        key
        for key, slot in board.index.slots.items()
        if key in board.open and {v.key for v in draft.route(slot)} != board.before(key)
    ]


def _route(draft: Draft, key: str) -> Iterator[Planned]:
    for order, timed in enumerate(draft.timetable(draft.index.slots[key]), 1):
        yield Planned(timed.visit.key, key, order, timed.travel, timed.start, timed.end)


def _changes(board: Board, draft: Draft, routed: dict[str, Planned]) -> Iterator[Change]:
    for key, entry in board.entries.items():
        slot = draft.slot_of(key)
        kind = _kind(entry, None if slot is None else slot.key, routed.get(key))
        if kind is not None and not (entry.fixed and slot is None):
            yield Change(key, kind, entry.slot_key, None if slot is None else slot.key, key in board.forced)


def _kind(entry: Entry, now: str | None, planned: Planned | None) -> Wijziging | None:
    if entry.slot_key is None:
        return Wijziging.GEEN_PLEK if now is None else Wijziging.TOEGEVOEGD
    if now is None:
        return Wijziging.VERVALLEN
    if now != entry.slot_key:
        return Wijziging.VERPLAATST
    return Wijziging.TIJDSTIP if planned is not None and planned.start != entry.start else None
