"""The share of the free capacity that is drawn by lot over the stock, so that a plan does not only confirm itself."""

from dataclasses import replace

from app.planning.solver.draft import Draft
from app.planning.solver.drawing import draw_stock, generator
from app.planning.solver.problem import Visit
from app.planning.solver.terms import Term, TermCode


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
