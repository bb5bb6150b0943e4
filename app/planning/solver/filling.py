"""The share of the free capacity that is drawn by lot over the stock, so that a plan does not only confirm itself."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.planning.solver.draft import Draft
from app.planning.solver.drawing import draw_stock, generator
from app.planning.solver.problem import Visit
from app.planning.solver.terms import Term, TermCode
from app.planning.solver.urgency import deadline
from app.planning.solver.weekmodel import days_of_week


def draw_share(draft: Draft, seed: int) -> tuple[dict[str, Visit], dict[str, date]]:
    """Optional visits by key, those drawn by lot with the term that says so; and the day from which each of these goes first.

    In each week the draw covers the set share of the minutes that norms and acties left over, of the visits that may be done in it: of a
    long round too, where a draw over the whole would leave some weeks without. The lot brings a visit forward and never puts one off:
    what is due before a week is not drawn for it, since it is visited by then. A visit that the lot asks for by itself (`by_lot`)
    gets any day on which it may be done, all alike.
    """
    index, settings = draft.index, draft.index.problem.settings
    optional = {
        v.key: v
        for v in index.visits.values()
        if not v.required and draft.slot_of(v.key) is None and v.key not in index.locks
    }
    days = {key: frozenset(slot.date for slot in index.candidates(visit)) for key, visit in optional.items()}
    in_time = {
        key: days[key] & _until(deadline(visit, index.problem.end), index.dates) for key, visit in optional.items()
    }
    drawn: dict[str, date] = {}

    def draw(visit: Visit, among: list[date]) -> None:
        term = Term(TermCode.ASELECT, settings.random_points)
        optional[visit.key] = replace(visit, terms=(*visit.terms, term))
        drawn[visit.key] = generator(seed, "lotdag", visit.key).choice(among)

    for visit in [v for v in optional.values() if v.by_lot and days[v.key]]:
        draw(visit, sorted(days[visit.key]))
    for week in days_of_week(index.dates):
        slots = [s for day in week for s in index.slots_on(day) if s.key not in draft.reserved]
        free = sum(s.capacity - sum(v.duration + settings.travel_allowance for v in draft.route(s)) for s in slots)
        here = frozenset(week)
        stock = [v for v in optional.values() if v.key not in drawn and not here.isdisjoint(in_time[v.key])]
        rng = generator(seed, "steekproef", week[0].isoformat())
        for visit in draw_stock(stock, int(max(0, free) * settings.random_share), settings.travel_allowance, rng):
            draw(visit, sorted(here & in_time[visit.key]))
    return optional, drawn


def _until(last: date, dates: Sequence[date]) -> frozenset[date]:
    return frozenset(dates[: bisect_right(dates, last)])
