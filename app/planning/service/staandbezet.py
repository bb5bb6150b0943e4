"""What confirmed rounds hold, laid beside the released plan for a replanning: it takes its minutes and keeps its distances, and never moves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from app.objecten.schemas.objecten import PlanbaarObject
from app.planning.service.staand import Staandbezoek
from app.planning.service.vastgezet import Dienst, shift_of
from app.planning.solver.problem import Opening, Slot
from app.planning.solver.replanning import Entry


@dataclass(frozen=True)
class Bezet:
    """What stands beside the released plan.

    Attributes:
        entries: The visits, each at its own minute.
        slots: Places for those whose shift is gone, so that they still keep their distances.
        closed: Keys of shifts on which nothing comes or goes because of them.
    """

    entries: list[Entry] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    closed: set[str] = field(default_factory=set)


def stand_beside(
    staand: Sequence[Staandbezoek], places: Mapping[UUID, PlanbaarObject], shifts: Mapping[str, Dienst], tot: date
) -> Bezet:
    """The visits of confirmed rounds up to a day, for the solver.

    Args:
        staand: What rounds hold from today on.
        places: Active objects.
        shifts: Shifts that are there, by key.
        tot: Last day that may change.
    """
    found = Bezet()
    for one in staand:
        rule = one.regel
        if rule.datum > tot:
            continue
        own = shift_of(shifts.values(), rule.team_id, rule.datum, rule.aanvang)
        minute = Opening(rule.datum.weekday(), rule.aanvang, rule.aanvang + rule.duur)
        visit = replace(one.visit(places[rule.object_id]), earliest=rule.datum, latest=rule.datum, openings=(minute,))
        slot_key = visit.key if own is None else own.key
        if own is None:
            found.slots.append(Slot(slot_key, rule.datum, "", 0, 2880, visit.competences, 2880))
        if own is None or rule.actie_id is not None:
            found.closed.add(slot_key)
        found.entries.append(Entry(visit, slot_key, rule.datum, rule.aanvang, fixed=True))
    return found
