"""Week routes: what the norms leave of the capacity, filled and routed a week at a time over all teams together.

Required visits stay on the shift that the norm layer gave them, or move to another of the same week inside their drawn window. Optional
visits come by their prize (`urgency`). A week opens as few shifts as its fair part of the work needs. Every route is laid out in minutes
again before it is kept; a week whose routes would not hold stays as it was.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from app.planning.solver.control import Control
from app.planning.solver.draft import Draft
from app.planning.solver.drawing import Drawn, generator
from app.planning.solver.problem import Slot, Visit
from app.planning.solver.route import early_first, extra_travel, lay_times
from app.planning.solver.urgency import FULL, Wish, deadline, last_with_second_try, strain, wish
from app.planning.solver.weekmodel import Order, WeekModel, days_of_week, steps_for

# None of these is a rule of the work: they say how hard the search looks and what it may round off; what counts is in `Settings`.
_MOST = 400
_PER_PLACE = 3
"""Most visits that the router chooses from, in all and per place in a shift: more costs time and changes next to nothing."""
_OPENING = 2_000
"""Minutes of travel that an extra shift must be worth: less than one urgent visit, more than all that can wait together."""
_MARGIN = 1.05
"""So much more room than the fair part of a week is kept open, for the same reason."""


class WeekLayer:
    """Fills and routes the weeks of a horizon one after another.

    Args:
        draft: The plan with everything that norms and locks asked for.
        drawn: Windows of the required visits.
        optional: Optional visits by key; those drawn by lot have the term that says so.
        by_lot: Of each visit that was drawn by lot the day from which it goes before all others.
        control: Stops and reports.
    """

    def __init__(
        self,
        draft: Draft,
        drawn: Mapping[str, Drawn],
        optional: Mapping[str, Visit],
        by_lot: Mapping[str, date],
        control: Control,
    ) -> None:
        self._draft = draft
        self._drawn = drawn
        self._control = control
        self._waiting = dict(optional)
        self._from = by_lot
        self._stood = {lock.visit_key for lock in draft.index.problem.before}

    def fill(self) -> None:
        """Fills all weeks; an aborted run leaves the rest as it is."""
        weeks = days_of_week(self._draft.index.dates)
        for number, week in enumerate(weeks):
            if self._control.aborted:
                return
            self._control.report(0.6 + 0.35 * number / len(weeks), "Weekroutes leggen")
            self._week(week)

    def _week(self, week: Sequence[date]) -> None:
        draft, first, last = self._draft, week[0], week[-1]
        slots = [s for day in week for s in draft.index.slots_on(day) if s.key not in draft.reserved]
        share = self._strain(first) if slots else 0.0
        scarce = share >= FULL
        fixed = [
            Order(v, self._places(v, slot, week, scarce=scarce), None) for slot in slots for v in draft.route(slot)
        ]
        busy = {order.visit.object_key for order in fixed}
        wishes = self._wishes(first, last, busy)
        options = {w.visit.key: self._options(w.visit, slots) for w in wishes}
        wishes = [w for w in wishes if options[w.visit.key]]
        if not slots or not (wishes or fixed):
            return
        used = self._open_few(slots, fixed, share)
        cost = {s.key: _OPENING for s in slots if s.key not in used}
        chosen = self._shortlist(slots, fixed, wishes)
        orders = [*fixed, *(Order(w.visit, options[w.visit.key], w.worth) for w in chosen)]
        model = WeekModel(draft.index, slots, cost, orders)
        steps = steps_for(len(orders), self._control.stop.week_iterations)
        seed = generator(self._control.seed, "week", first.isoformat()).randrange(2**31)
        model.improve(self._control, seed, steps, {s.key: draft.route(s) for s in slots})
        self._keep(slots, model.routes)

    def _places(self, visit: Visit, slot: Slot, week: Sequence[date], *, scarce: bool) -> tuple[Slot, ...]:
        """Where a required visit may go this week: its own shift, or one inside the drawn window that keeps the days between.

        The last days of a term are for a second try at a closed door; where capacity is scarce, all days after the one on which the norm
        layer put it (PLN-15).
        """
        draft, index = self._draft, self._draft.index
        drawn = self._drawn.get(visit.key)
        alone = all(
            other.key == visit.key or draft.where[other.key].date not in week
            for other in draft.per_object[visit.object_key]
        )
        if visit.key in index.locks or not alone or not visit.required:
            return (slot,)
        first, last = (drawn.window.first, drawn.window.last) if drawn else (visit.earliest, visit.latest)
        if drawn is None and visit.key not in self._stood:
            strict = scarce and visit.latest < index.problem.end
            last = slot.date if strict else max(slot.date, last_with_second_try(index, visit, draft.reserved))
        return tuple(
            other
            for day in week
            if day == slot.date or (first <= day <= last and draft.spacing_allows(visit, day))
            for other in index.slots_on(day)
            if other.key == slot.key or (other.key not in draft.reserved and index.suits(visit, other))
        )

    def _wishes(self, first: date, last: date, busy: set[str]) -> list[Wish]:
        """Optional visits that may be done this week, the most urgent first; one per object, none beside a required one."""
        found: dict[str, Wish] = {}
        for visit in self._waiting.values():
            if visit.earliest <= last and visit.latest >= first and visit.object_key not in busy:
                wanted = wish(self._draft.index, visit, last, self._from.get(visit.key))
                other = found.get(visit.object_key)
                if wanted is not None and (other is None or _rank(wanted) < _rank(other)):
                    found[visit.object_key] = wanted
        return sorted(found.values(), key=_rank)

    def _options(self, visit: Visit, slots: Sequence[Slot]) -> tuple[Slot, ...]:
        index, draft = self._draft.index, self._draft
        apart = {day: draft.spacing_allows(visit, day) for day in {s.date for s in slots}}
        return tuple(s for s in slots if apart[s.date] and index.suits(visit, s))

    def _open_few(self, slots: Sequence[Slot], fixed: Sequence[Order], share: float) -> set[str]:
        """Empties shifts that this week does not need for its fair part of the work, and tells which stay in use.

        Required visits go to other shifts of the week where they may stand; a shift whose visits cannot all go stays. Which shifts these
        are is left to chance where nothing else tells them apart, so that no weekday is spared.
        """
        draft, allowance = self._draft, self._draft.index.problem.settings.travel_allowance
        used = {s.key for s in slots}
        if share >= FULL:
            return used
        room = {s.key: max(0, self._room(s)) for s in slots}
        need = _MARGIN * share * sum(room.values()) + sum(o.visit.duration + allowance for o in fixed)
        left = sum(s.capacity for s in slots)
        places = {o.visit.key: o.slots for o in fixed}
        chance = generator(self._control.seed, "diensten", slots[0].date.isoformat())
        tie = {slot.key: chance.random() for slot in slots}
        for slot in sorted(slots, key=lambda s: (len(draft.route(s)), tie[s.key])):
            if left - slot.capacity >= need and self._empty(slot, places, used - {slot.key}):
                used.discard(slot.key)
                left -= slot.capacity
        return used

    def _empty(self, slot: Slot, places: Mapping[str, Sequence[Slot]], used: set[str]) -> bool:
        """Moves the visits of a shift to others that are in use; leaves everything as it was when one cannot go."""
        draft, before = self._draft, self._draft.copy()
        for visit in draft.route(slot):
            draft.remove(visit)
            others = [s for s in places[visit.key] if s.key in used]
            others.sort(key=lambda s: (self._extra(visit, s), s.key))
            if not any(draft.place(visit, other) for other in others):
                draft.restore(before)
                return False
        return True

    def _extra(self, visit: Visit, slot: Slot) -> int:
        order, travel = self._draft.route(slot), self._draft.index.problem.travel
        return min(extra_travel(slot, order, visit, at, travel) for at in range(len(order) + 1))

    def _room(self, slot: Slot) -> int:
        allowance = self._draft.index.problem.settings.travel_allowance
        return slot.capacity - sum(v.duration + allowance for v in self._draft.route(slot))

    def _strain(self, first: date) -> float:
        """How tight the capacity is from this week to the end of the horizon, for what is due by then."""
        index = self._draft.index
        allowance = index.problem.settings.travel_allowance
        capacity = {
            day: sum(max(0, self._room(s)) for s in index.slots_on(day) if s.key not in self._draft.reserved)
            for day in index.dates[bisect_left(index.dates, first) :]
        }
        waiting: dict[date, int] = defaultdict(int)
        for visit in self._waiting.values():
            if visit.latest >= first:
                waiting[max(deadline(visit, index.problem.end), first)] += visit.duration + allowance
        return strain(waiting, capacity, first, index.problem.end)

    def _shortlist(self, slots: Sequence[Slot], fixed: Sequence[Order], wishes: Sequence[Wish]) -> list[Wish]:
        """What the router gets to choose from: the most urgent, and then what lies near them and near what is fixed."""
        if not wishes:
            return []
        mean = sum(w.visit.duration for w in wishes) / len(wishes) + self._draft.index.problem.settings.travel_allowance
        places = sum(max(0, self._room(s)) for s in slots) / mean
        most = min(_MOST, 12 + int(_PER_PLACE * places))
        if len(wishes) <= most:
            return list(wishes)
        urgent = sum(w.urgent for w in wishes)
        sure = max(min(urgent, most), most // 2)
        anchors = np.array(
            [(o.visit.point.x, o.visit.point.y) for o in fixed]
            + [(w.visit.point.x, w.visit.point.y) for w in wishes[:sure]]
        )
        rest = wishes[sure:]
        away = np.array([(w.visit.point.x, w.visit.point.y) for w in rest])
        near = np.sqrt(((away[:, np.newaxis, :] - anchors[np.newaxis, :, :]) ** 2).sum(axis=2)).min(axis=1)
        ranked = sorted(
            range(len(rest)), key=lambda i: (round(float(near[i]) / 100) - rest[i].worth, rest[i].visit.key)
        )
        return [*wishes[:sure], *(rest[i] for i in ranked[: most - sure])]

    def _keep(self, slots: Sequence[Slot], routes: Mapping[str, Sequence[Visit]]) -> None:
        """Takes the routes over, each laid out in minutes; what the timetable does not hold is left out or goes back."""
        draft, problem = self._draft, self._draft.index.problem
        before = draft.copy()
        for slot in slots:
            for visit in draft.route(slot):
                draft.remove(visit)
        for slot in slots:
            order = tuple(routes[slot.key])
            if lay_times(slot, order, draft.index.windows, problem.travel) is None:
                draft.restore(before)
                return
            order = early_first(slot, order, draft.index.windows, problem.travel, problem.settings.early_minutes)
            for visit in order:
                draft.put(visit, slot, order)
        stays = all(draft.slot_of(v.key) is not None for slot in slots for v in before.route(slot))
        apart = all(draft.spacing_allows(v, slot.date) for slot in slots for v in draft.route(slot))
        if not (stays and apart):
            draft.restore(before)
            return
        for slot in slots:
            for visit in draft.route(slot):
                self._waiting.pop(visit.key, None)


def _rank(one: Wish) -> tuple[float, date, str]:
    return -one.worth, one.visit.latest, one.visit.key
