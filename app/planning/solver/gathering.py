"""Visits of one area together on one shift: fewer areas per shift without one miss more.

Simulated annealing on real routes: a visit moves to another shift of its window, uphill steps grow rare. One constraint model
of the year, and models of four weeks at a time, were tried and did not better the greedy plan within the time.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.planning.solver.control import Control
from app.planning.solver.draft import Draft
from app.planning.solver.drawing import generator
from app.planning.solver.problem import Slot, Visit

_HOT, _COLD = 12.0, 0.5
_CHECK = 1_000
_MOST_OF_OBJECT = 30
"""An object with more visits than this has no room to move them in."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a place of a visit costs.

    Attributes:
        area: What one more area in a shift costs.
        days: What the distance of a shift to the drawn date costs.
        before: Shift of a visit in the plan that stood before; a change from it decides between equals only.
    """

    area: int
    days: Callable[[Visit, Slot], int]
    before: Mapping[str, str]

    def of(self, draft: Draft, visits: Sequence[Visit]) -> tuple[int, int]:
        """Cost of a draft for some visits: areas and days, then changes."""
        placed = [(v, slot) for v in visits if (slot := draft.slot_of(v.key)) is not None]
        areas = len({(slot.key, v.area) for v, slot in placed})
        changes = sum(self.before.get(v.key, slot.key) != slot.key for v, slot in placed)
        return self.area * areas + sum(self.days(v, slot) for v, slot in placed), changes


class Gathering:
    """Moves the visits of one draft."""

    def __init__(self, draft: Draft, choices: Mapping[str, Sequence[Slot]], wishes: Wishes, control: Control) -> None:
        self.draft = draft
        self.choices = choices
        self.wishes = wishes
        self.control = control
        self.rng = generator(control.seed, "gebieden")
        visits = draft.index.visits
        placed = (visits[key] for key in sorted(choices) if draft.slot_of(key) is not None and choices[key])
        self.movable = [v for v in placed if len(draft.per_object[v.object_key]) <= _MOST_OF_OBJECT]
        self.areas: dict[str, Counter[str]] = defaultdict(Counter)
        for slot_key, route in draft.routes.items():
            self.areas[slot_key].update(v.area for v in route)

    def run(self) -> None:
        """Improve the draft; as many tries per visit as the stop rule gives iterations."""
        tries = self.control.stop.iterations * len(self.movable)
        for number in range(tries):
            if number % _CHECK == 0 and self.control.aborted:
                return
            heat = _HOT * (_COLD / _HOT) ** (number / tries)
            visit = self.movable[self.rng.randrange(len(self.movable))]
            slots = self.choices[visit.key]
            slot = slots[self.rng.randrange(len(slots))]
            loss = self._loss(visit, slot)
            if loss <= 0 or self.rng.random() < math.exp(-loss / heat):
                self._move(visit, slot)

    def _loss(self, visit: Visit, slot: Slot) -> float:
        now = self.draft.where[visit.key]
        opens = self.areas[slot.key][visit.area] == 0
        closes = self.areas[now.key][visit.area] == 1
        loss = self.wishes.area * (opens - closes) + self.wishes.days(visit, slot) - self.wishes.days(visit, now)
        old = self.wishes.before.get(visit.key)
        changes = 0 if old is None else (slot.key != old) - (now.key != old)
        return loss + changes / (len(self.movable) + 1)

    def _move(self, visit: Visit, slot: Slot) -> None:
        now = self.draft.where[visit.key]
        if slot.key == now.key or self.draft.room(slot) < visit.duration:
            return
        route = self.draft.route(now)
        self.draft.remove(visit)
        if self.draft.place(visit, slot):
            self.areas[now.key][visit.area] -= 1
            self.areas[slot.key][visit.area] += 1
        else:
            self.draft.put(visit, now, route)
