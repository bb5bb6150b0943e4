"""What the norms leave of the capacity: optional visits by published priority, part of them drawn by lot."""

from collections.abc import Sequence
from dataclasses import replace

from app.planning.solver.control import Control
from app.planning.solver.draft import Draft
from app.planning.solver.drawing import draw_stock, generator
from app.planning.solver.problem import Slot, Visit
from app.planning.solver.route import extra_travel
from app.planning.solver.terms import Term, TermCode, priority

_SHORTLIST = 40


def draw_share(draft: Draft, seed: int) -> dict[str, Visit]:
    """Optional visits by key, those drawn by lot with the term that says so.

    The draw covers the set share of the minutes that norms and acties left over.
    """
    index, settings = draft.index, draft.index.problem.settings
    optional = {
        v.key: v
        for v in index.visits.values()
        if not v.required and draft.slot_of(v.key) is None and v.key not in index.locks
    }
    free = sum(
        slot.capacity - sum(v.duration + settings.travel_allowance for v in draft.route(slot))
        for day in index.dates
        for slot in index.slots_on(day)
        if slot.key not in draft.reserved
    )
    stock = [v for v in optional.values() if v.earliest <= index.problem.end and v.latest >= index.problem.start]
    minutes = int(max(0, free) * settings.random_share)
    for visit in draw_stock(stock, minutes, settings.travel_allowance, generator(seed, "steekproef")):
        term = Term(TermCode.ASELECT, settings.random_points)
        optional[visit.key] = replace(visit, terms=(*visit.terms, term))
    return optional


def fill(draft: Draft, optional: Sequence[Visit], control: Control) -> None:
    """Put optional visits on the shifts day by day, by priority less the travel that they add."""
    ranked = sorted(optional, key=lambda v: (-priority(v.terms), v.latest, v.key))
    days = draft.index.dates
    for number, day in enumerate(days):
        if control.aborted:
            return
        control.report(0.6 + 0.3 * number / len(days), "Vrije ruimte vullen")
        for slot in draft.index.slots_on(day):
            if slot.key not in draft.reserved:
                _fill_slot(draft, slot, [v for v in ranked if v.earliest <= day <= v.latest])
        ranked = [v for v in ranked if draft.slot_of(v.key) is None and v.latest > day]


def _fill_slot(draft: Draft, slot: Slot, ranked: Sequence[Visit]) -> None:
    room = slot.capacity - sum(v.duration for v in draft.route(slot))
    shortlist: list[Visit] = []
    for visit in ranked:
        if len(shortlist) == _SHORTLIST:
            break
        if visit.duration <= room and draft.slot_of(visit.key) is None and draft.index.suits(visit, slot):
            shortlist.append(visit)
    while shortlist:
        best = min(shortlist, key=lambda v: _rank(draft, slot, v))
        shortlist.remove(best)
        draft.place(best, slot)


def _rank(draft: Draft, slot: Slot, visit: Visit) -> tuple[int, str]:
    problem, order = draft.index.problem, draft.route(slot)
    extra = min(extra_travel(slot, order, visit, i, problem.travel) for i in range(len(order) + 1))
    return extra * problem.settings.travel_weight - priority(visit.terms), visit.key
