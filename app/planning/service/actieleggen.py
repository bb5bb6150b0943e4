"""The addresses of an integral action on free shifts of one date, or all that stands in the way (CAD-04)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from app.planning.solver.editing import Board
from app.planning.solver.problem import Slot, Visit
from app.planning.solver.route import Timed

Gelegd = dict[str, tuple[Timed, ...]]
"""Timetable per key of a shift."""


def narrowed(
    vrij: Sequence[tuple[Slot, UUID]], teams: Collection[UUID], aanvang: int | None
) -> list[tuple[Slot, UUID]]:
    """Of free shifts those of the wanted teams (all without any), each from the wanted minute of the clock on."""
    found = []
    for slot, team in vrij:
        start = slot.start if aanvang is None else max(slot.start, slot.real(aanvang))
        if start < slot.end and (not teams or team in teams):
            found.append((replace(slot, start=start, capacity=min(slot.capacity, slot.end - start)), team))
    return found


def lay_action(
    board: Board,
    vrij: Sequence[tuple[Slot, UUID]],
    needed: int,
    visits: Sequence[Visit],
    namen: Mapping[str, str],
    datum: date,
    liever: UUID | None,
) -> Gelegd | list[tuple[str, str]]:
    """Timetables on the free shifts of a date, or why the addresses cannot be visited there.

    Args:
        board: What stands; it keeps the days between two visits.
        vrij: Free shifts, each with its team.
        needed: How many shifts an action takes.
        visits: The addresses; not on the board.
        namen: Names of the objects.
        datum: The date.
        liever: The team that goes first.
    """
    free = [slot for slot, team in sorted(vrij, key=lambda one: (one[1] != liever, -one[0].capacity, one[0].key))]
    if len(free) < needed:
        return [
            (
                "datum",
                f"er zijn op {datum:%d-%m-%Y} niet genoeg vrije diensten met genoeg mensen: {len(free)} van de {needed}",
            )
        ]
    answers = [_on(board, free[at : at + needed], visits, namen) for at in range(len(free) - needed + 1)]
    return next((answer for answer in answers if isinstance(answer, dict)), answers[0])


def _on(
    board: Board, slots: Sequence[Slot], visits: Sequence[Visit], namen: Mapping[str, str]
) -> Gelegd | list[tuple[str, str]]:
    faults = []
    for visit in visits:
        answers = [board.broken(visit, slot) for slot in slots]
        if answers and all(answers):
            name = namen.get(visit.object_key, "een object")
            faults += [("datum", f"{name}: {broken.tekst}") for broken in min(answers, key=len)]
    if faults:
        return faults
    laid = board.lay_evening(visits, slots)
    if isinstance(laid, list):
        names = ", ".join(sorted(namen.get(visit.object_key, "een object") for visit in laid))
        return [("datum", f"niet alle adressen passen met reistijd in de dienst; over blijven: {names}")]
    return laid
