"""What it would cost to put a visit elsewhere: soft consequences in words, and the best other shifts (planning.md, "Reasons").

Nothing here refuses anything; hard rules stand in `editing`.
"""

import heapq
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.planning.solver.editing import Board, Breuk, Placement
from app.planning.solver.problem import Slot, Visit
from app.planning.solver.result import DateRange


class Gevolgcode(StrEnum):
    """Kind of a soft consequence."""

    NORM = "norm-in-gevaar"
    REISTIJD = "extra-reistijd"
    GEBIED = "gebied-apart-geopend"
    VENSTER = "buiten-geloot-venster"
    TIJDEN = "andere-tijden"
    ACTIE = "actienorm-in-gevaar"
    DUBBEL = "staat-al-in-het-plan"
    AFSTEMMING = "opnieuw-afstemmen"
    AANKONDIGING = "was-aangekondigd"
    TEAM = "ander-team"


@dataclass(frozen=True, slots=True)
class Gevolg:
    """A soft consequence of a change.

    Attributes:
        code: Its kind.
        tekst: Dutch sentence.
        minuten: Minutes, where it is about travel; negative when the change saves them.
    """

    code: Gevolgcode
    tekst: str
    minuten: int | None = None


@dataclass(frozen=True, slots=True)
class Belang:
    """What is known of a visit besides the visit itself.

    Attributes:
        drawn: The window that was drawn by lot.
        slack: Days before the last legal date from which a closed door can hardly be made good in time.
    """

    drawn: DateRange | None
    slack: int


@dataclass(frozen=True, slots=True)
class Alternatief:
    """Another shift for a visit.

    Attributes:
        slot: The shift.
        start: Minute at which it would start; None when it cannot stand there.
        travel: Minutes of travel more (or less) in the whole plan; None when it cannot stand there.
        broken: Hard rules that it would break.
        gevolgen: Soft consequences.
    """

    slot: Slot
    start: int | None
    travel: int | None
    broken: tuple[Breuk, ...]
    gevolgen: tuple[Gevolg, ...]


def consequences(visit: Visit, placement: Placement, saved: int, belang: Belang) -> list[Gevolg]:
    """The soft consequences of a place.

    Args:
        visit: The visit.
        placement: Where it goes.
        saved: Minutes of travel that its old shift saves.
        belang: What else is known of it.
    """
    found: list[Gevolg] = []
    day = placement.slot.date
    left = (visit.latest - day).days
    if visit.required and left < belang.slack:
        found.append(
            Gevolg(
                Gevolgcode.NORM,
                f"{visit.norm_clause}: er blijven na deze datum {left} dagen over als de deur dicht is "
                f"(uiterlijk {visit.latest:%d-%m-%Y}).",
            )
        )
    if passes_due(visit, day):
        found.append(Gevolg(Gevolgcode.NORM, f"{visit.norm_clause}: dat is na de uiterste dag, {visit.due:%d-%m-%Y}."))
    extra = placement.travel - saved
    if extra:
        text = f"{extra} minuten meer reistijd." if extra > 0 else f"{-extra} minuten minder reistijd."
        found.append(Gevolg(Gevolgcode.REISTIJD, text, extra))
    if placement.alone:
        found.append(Gevolg(Gevolgcode.GEBIED, "Het team komt in die dienst alleen voor dit bezoek in dit gebied."))
    if belang.drawn is not None and not belang.drawn.first <= day <= belang.drawn.last:
        found.append(
            Gevolg(Gevolgcode.VENSTER, "De datum ligt buiten het gelote venster en is daardoor beter te raden.")
        )
    if placement.shifted:
        number = placement.shifted
        text = "1 ander bezoek" if number == 1 else f"{number} andere bezoeken"
        found.append(Gevolg(Gevolgcode.TIJDEN, f"In die dienst krijgt {text} een andere tijd."))
    return found


def passes_due(visit: Visit, day: date) -> bool:
    """Whether a day comes after the one on which an optional visit is due; what was late before the round is so on any day."""
    return not visit.by_lot and visit.due is not None and visit.earliest <= visit.due < day


def best_place(board: Board, visit: Visit, slots: list[Slot], near: date | None = None) -> Placement | None:
    """The place that adds least travel; of equal ones that which lies nearest to a date, else the first."""
    found = []
    for slot in slots:
        placement = board.place(visit, slot)
        if isinstance(placement, Placement):
            away = 0 if near is None else abs((slot.date - near).days)
            found.append(((placement.travel, away, slot.date, slot.key), placement))
    return min(found, key=lambda item: item[0])[1] if found else None


def alternatives(board: Board, visit: Visit, belang: Belang, number: int = 10) -> list[Alternatief]:
    """The best other shifts: first those where it fits, by travel and distance in days, then those that break fewest rules.

    The visit is taken off the board for it.
    """
    now, saved = board.lift(visit)
    day = visit.earliest if now is None else now.date
    options = [_option(board, visit, slot, saved, belang) for slot in board.index.slots.values() if slot != now]
    return heapq.nsmallest(number, options, key=lambda option: _rank(option, day))


def _option(board: Board, visit: Visit, slot: Slot, saved: int, belang: Belang) -> Alternatief:
    found = board.place(visit, slot)
    if isinstance(found, Placement):
        gevolgen = tuple(consequences(visit, found, saved, belang))
        return Alternatief(slot, found.start, found.travel - saved, (), gevolgen)
    return Alternatief(slot, None, None, tuple(found), ())


def _rank(option: Alternatief, day: date) -> tuple[int, int, int, str]:
    return len(option.broken), option.travel or 0, abs((option.slot.date - day).days), option.slot.key
