"""Visits that a planner put on a shift: they stay, or the plan says why they cannot."""

from collections import defaultdict

from app.planning.solver.control import Control
from app.planning.solver.draft import Draft
from app.planning.solver.index import competent
from app.planning.solver.problem import Slot, Visit
from app.planning.solver.result import Cause, Oorzaak


def place_locks(draft: Draft, control: Control) -> list[Cause]:
    """Put every locked visit on its shift.

    Returns:
        A cause for each lock that breaks a hard rule; such a visit is left out.
    """
    index, causes = draft.index, []
    per_slot: dict[str, list[Visit]] = defaultdict(list)
    for visit_key, slot_key in index.locks.items():
        visit, slot = index.visits[visit_key], index.slots[slot_key]
        why = _breaks(draft, visit, slot)
        if why:
            causes.append(_cause(visit, slot, why, proved=True))
        else:
            per_slot[slot_key].append(visit)
    for slot_key, visits in per_slot.items():
        slot = index.slots[slot_key]
        for visit in draft.place_together(visits, slot, control.stop.iterations):
            close = not draft.spacing_allows(visit, slot.date)
            why = (
                "het staat te dicht op een ander vastgezet bezoek aan hetzelfde object"
                if close
                else "het past met reistijd niet naast de andere vastgezette bezoeken"
            )
            causes.append(_cause(visit, slot, why, proved=close))
    return causes


def _breaks(draft: Draft, visit: Visit, slot: Slot) -> str | None:
    problem = draft.index.problem
    if not problem.start <= slot.date <= problem.end:
        return "de dienst ligt buiten de planperiode"
    if not visit.earliest <= slot.date <= visit.latest:
        return f"het mag alleen van {visit.earliest:%d-%m-%Y} tot en met {visit.latest:%d-%m-%Y}"
    if not competent(visit, slot):
        missing = ", ".join(sorted(visit.competences - slot.competences))
        return f"de ploeg mist de bevoegdheid {missing}"
    if not draft.index.windows(visit, slot):
        return "het object is in die dienst niet lang genoeg open"
    if visit.duration > slot.capacity:
        return f"het duurt {visit.duration} minuten en de dienst heeft er {slot.capacity}"
    return None


def _cause(visit: Visit, slot: Slot, why: str, *, proved: bool) -> Cause:
    text = f"Het bezoek {visit.key} kan niet vast staan op {slot.date:%d-%m-%Y} bij {slot.team}: {why}."
    return Cause(Oorzaak.VASTZETTING, visit.norm_key, text, proved)
