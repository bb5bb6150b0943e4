"""A second try after a closed door, as a planner asks it of the service: a replan of what stands, in another part of the day.

The rules are those of the events `poging` and `dienst-uitgevallen` (docs/herplannen.md): from the next day until the term ends,
after a closed door in another part of the day where a shift can do that, and with as few other changes as possible.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.planning.solver.index import Index
from app.planning.solver.problem import Opening, Problem, Slot, Stop, TravelTime, Visit
from app.planning.solver.replan import replan
from app.planning.solver.replanning import Entry, ReplanProblem

VENSTER, VERLIES, SECONDEN = 28, 2, 2.5
"""Settings as the service ships them (checklists/planinstellingen-1.yaml)."""
_DELEN = ((6 * 60, 12 * 60), (12 * 60, 18 * 60), (18 * 60, 30 * 60))
_RUIM = 3_600.0
"""Seconds of the clock: the figures must not hang on how busy the machine is."""


@dataclass(frozen=True, slots=True)
class Plaats:
    """A visit of the plan with the shift and the minute at which it stands; no shift when it has no place."""

    visit: Visit
    dienst: str | None
    datum: date | None
    aanvang: int


def try_again(
    slots: Iterable[Slot], plan: Mapping[str, Plaats], again: Visit, failed: int | None, travel: TravelTime
) -> dict[str, Plaats]:
    """The plan with a second try in it; what changed has another place, or none.

    Args:
        slots: Shifts from the next day on, as far as is known.
        plan: What stands on them, by key of the visit.
        again: The visit that found a closed door; its dates are those of the second try.
        failed: Minute at which the door was closed; None when nobody came.
        travel: Travel times.
    """
    today = again.earliest
    end = today + timedelta(days=VENSTER - 1)
    here = tuple(sorted((s for s in slots if today <= s.date <= end), key=lambda s: (s.date, s.key)))
    entries = [
        Entry(replace(own.visit, earliest=max(today, own.visit.earliest)), own.dienst, own.datum, own.aanvang)
        for own in plan.values()
        if own.datum is not None and today <= own.datum <= end
    ]
    new = again if failed is None else _in_other_part(again, failed, here)
    question = ReplanProblem(today, end, here, (*entries, Entry(new)), loss=VERLIES, travel=travel)
    answer = replan(question, Stop(deterministic_time=2.0, wall_seconds=_RUIM))
    dates = {s.key: s.date for s in here}
    result = dict(plan)
    for change in answer.changes:
        visit = again if change.visit_key == again.key else plan[change.visit_key].visit
        day = None if change.to_slot is None else dates[change.to_slot]
        result[change.visit_key] = Plaats(visit, change.to_slot, day, 0)
    for stop in answer.routes:
        result[stop.visit_key] = replace(result[stop.visit_key], aanvang=stop.start)
    return result


def _in_other_part(visit: Visit, failed: int, slots: tuple[Slot, ...]) -> Visit:
    """The visit in the first other part of the day in which a shift could do it; else as it was."""
    for begin, end in _DELEN:
        if begin <= failed < end:
            continue
        openings = tuple(
            Opening(o.weekday, max(o.opens, begin), min(o.closes, end))
            for o in visit.openings or ()
            if min(o.closes, end) - max(o.opens, begin) >= visit.duration
        )
        tried = replace(visit, openings=openings)
        if openings and Index(Problem(visit.earliest, visit.latest, slots, (tried,))).candidates(tried):
            return tried
    return visit
