"""Integral acties: dates, areas, partners and objects, with their shifts reserved before anything else.

What is chosen first stands in `choosing`. What was chosen is laid out on real routes; a date and area that turn out too tight are ruled out
and the choice is made again.
"""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

from app.planning.solver.choosing import NOISE, Choice, Chosen, EveningModel, Offer
from app.planning.solver.control import Control
from app.planning.solver.draft import Draft
from app.planning.solver.drawing import generator
from app.planning.solver.index import gap
from app.planning.solver.problem import ActieObject, IntegralActies, LockedActie, Partner, Slot, Visit
from app.planning.solver.terms import priority
from app.planning.solver.urgency import deadline

_ROUNDS = 25


class EveningLayer:
    """Chooses the acties of one problem and puts them into a draft.

    Attributes:
        optimal: Whether dates, areas and partners were chosen with proof that no choice covers more, and all could be laid
            out; a few points of chance per area, so that the areas cannot be guessed, are part of what is covered.
    """

    def __init__(self, draft: Draft, acties: IntegralActies, control: Control) -> None:
        self.draft = draft
        self.index = draft.index
        self.acties = acties
        self.control = control
        self.partners = sorted(acties.partners, key=lambda p: p.key)
        self.candidates = sorted(acties.candidates, key=lambda c: c.object_key)
        self.visits = {c.object_key: self.as_visit(c) for c in self.candidates}
        self.used: set[str] = set()
        self.chosen: list[Chosen] = []
        self.broken_locks: list[LockedActie] = []
        self.optimal = True
        only = [self.index.candidates(v) for v in self.index.visits.values() if v.required]
        self.last_chances = {slots[0].key for slots in only if len(slots) == 1}
        self._eligible: dict[date, dict[str, list[ActieObject]]] = {}

    def as_visit(self, candidate: ActieObject) -> Visit:
        """The object as a stop; it takes over the visit that it stands for."""
        problem = self.index.problem
        own = self.index.visits[candidate.visit_key] if candidate.visit_key else None
        base = own or Visit(
            key=f"actie:{candidate.object_key}",
            object_key=candidate.object_key,
            point=candidate.point,
            area=candidate.area,
            duration=candidate.duration,
            competences=self.acties.competences,
            earliest=problem.start,
            latest=problem.end,
            norm_key=self.acties.norm_key,
            norm_clause=self.acties.norm_clause,
            required=False,
            openings=candidate.openings,
            min_days_between=candidate.min_days_between,
        )
        return replace(base, duration=candidate.duration, terms=candidate.terms)

    def choose(self) -> list[Chosen]:
        """Fill the draft with as many acties as are asked for, or as many as can be."""
        for lock in sorted(self.acties.locked, key=lambda a: (a.date, a.slot_keys)):
            if not self._place_locked(lock):
                self.broken_locks.append(lock)
        ruled_out: set[tuple[date, str]] = set()
        for _ in range(_ROUNDS):
            wanted = self.acties.count - len(self.chosen)
            if wanted <= 0 or self.control.aborted:
                break
            picks = self._pick(wanted, ruled_out)
            self.optimal = self.optimal and not ruled_out
            failed = [p for p in picks if not self._place(p)]
            ruled_out |= {(p.date, p.area) for p in failed}
            if not picks or (not failed and len(picks) < wanted):
                break
        return sorted(self.chosen, key=lambda c: c.date)

    def free_slots(self, day: date) -> list[Slot]:
        """Shifts that an actie could take on a day: nothing on them, and no norm visit's only chance."""
        return [
            s
            for s in self.index.slots_on(day)
            if self.able(s) and not self.draft.route(s) and s.key not in self.last_chances
        ]

    def able(self, slot: Slot) -> bool:
        """Whether the shift may serve an actie at all."""
        return self.acties.competences <= slot.competences and slot.start >= self.acties.earliest_start

    def available(self, day: date) -> list[Partner] | None:
        """Partners that can join on a day; None when that is not enough or a required one cannot."""
        there = [p for p in self.partners if day in p.dates]
        if len(there) < self.acties.min_partners or any(p.required and p not in there for p in self.partners):
            return None
        return there

    def eligible(self, day: date) -> dict[str, list[ActieObject]]:
        """Objects per area that an actie on that day could visit: those that are still in time, the highest priority first.

        What falls due before the day is visited by itself, and joins only where the actie would have too few addresses without it.
        """
        found = self._eligible.get(day)
        if found is None:
            per_area: dict[str, list[ActieObject]] = defaultdict(list)
            slots = self.free_slots(day)
            for candidate in self.candidates:
                visit = self.visits[candidate.object_key]
                if any(self.index.suits(visit, s) for s in slots) and self._leaves_norms_room(visit, day):
                    per_area[candidate.area].append(candidate)
            for members in per_area.values():
                members.sort(key=lambda c: (not self._in_time(c, day), -priority(c.terms), c.object_key))
            found = self._eligible[day] = dict(per_area)
        chosen = {}
        for area, members in found.items():
            left = [c for c in members if self._free(c, day)]
            if len(left) >= self.acties.min_objects:
                in_time = sum(self._in_time(c, day) for c in left)
                chosen[area] = left[: max(in_time, self.acties.min_objects)]
        return chosen

    def _in_time(self, candidate: ActieObject, day: date) -> bool:
        """Whether an actie on the day does not put the visit off that it takes over; what is late already is in time for a while."""
        problem = self.index.problem
        soon = problem.start + timedelta(days=problem.settings.soon_days)
        return day <= max(soon, deadline(self.visits[candidate.object_key], problem.end))

    def _free(self, candidate: ActieObject, day: date) -> bool:
        visit = self.visits[candidate.object_key]
        return (
            candidate.object_key not in self.used
            and visit.key not in self.index.locks
            and self.draft.slot_of(visit.key) is None
            and self.draft.spacing_allows(visit, day)
        )

    def _leaves_norms_room(self, visit: Visit, day: date) -> bool:
        """Every other required visit of the object keeps a shift that is far enough from the day."""
        return all(
            other.key == visit.key
            or not other.required
            or any(abs((s.date - day).days) >= gap(visit, other) for s in self.index.candidates(other))
            for other in self.index.by_object.get(visit.object_key, ())
        )

    def taken_dates(self) -> list[date]:
        """Dates of acties that were held, are agreed or have been chosen."""
        return [*self.acties.previous, *(c.date for c in self.chosen)]

    def far_enough(self, day: date) -> bool:
        """Whether the day keeps the distance to all acties so far."""
        return all(abs((day - d).days) >= max(1, self.acties.min_days_between) for d in self.taken_dates())

    def _place_locked(self, lock: LockedActie) -> bool:
        slots = [self.index.slots[key] for key in sorted(lock.slot_keys)]
        partners = {p.key for p in self.partners if lock.date in p.dates}
        fits_rules = (
            all(s.date == lock.date and s.key not in self.draft.reserved for s in slots)
            and set(lock.partner_keys) <= partners
            and len(set(lock.partner_keys)) >= self.acties.min_partners
            and self.index.problem.start <= lock.date <= self.index.problem.end
            and self.far_enough(lock.date)
            and not self.used & set(lock.object_keys)
            and not any(self.draft.route(s) for s in slots)
        )
        if not fits_rules:
            return False
        before = self.draft.copy()
        joined = tuple(sorted(lock.partner_keys))
        members = [self.visits[key] for key in sorted(lock.object_keys)]
        if not self._lay_out(members, slots, len(members)):
            self.draft.restore(before)
            return False
        self._accept(Chosen(lock.date, lock.area, tuple(s.key for s in slots), joined, locked=True))
        return True

    def _place(self, pick: Choice) -> bool:
        slots = sorted(self.free_slots(pick.date), key=lambda s: (-s.capacity, s.key))[: self.acties.team_shifts]
        members = self.eligible(pick.date).get(pick.area, [])
        if len(slots) < self.acties.team_shifts or not self.far_enough(pick.date):
            return False
        before = self.draft.copy()
        if not self._lay_out([self.visits[c.object_key] for c in members], slots, self.acties.min_objects):
            self.draft.restore(before)
            return False
        keys = tuple(s.key for s in slots)
        self._accept(Chosen(pick.date, pick.area, keys, pick.partner_keys, locked=False))
        return True

    def _lay_out(self, members: list[Visit], slots: list[Slot], least: int) -> bool:
        placed = 0
        for visit in members:
            if placed == max(least, self.acties.max_objects):
                break
            placed += any(self.draft.place(visit, slot) for slot in slots)
        return placed >= least

    def _accept(self, chosen: Chosen) -> None:
        self.chosen.append(chosen)
        for key in chosen.slot_keys:
            slot = self.index.slots[key]
            self.draft.shorten(slot, self.control.stop.iterations)
            self.draft.reserved.add(key)
            self.used |= {v.object_key for v in self.draft.route(slot)}

    def _pick(self, wanted: int, ruled_out: set[tuple[date, str]]) -> list[Choice]:
        """Dates, areas and partners for the acties still wanted, by one small constraint model."""
        self.control.report(0.1, "Integrale acties kiezen")
        noise = generator(self.control.seed, "acties")
        value = {
            (day, area): points + noise.randint(0, NOISE)
            for day, values in self._options(ruled_out).items()
            for area, points in sorted(values.items())
        }
        stock: dict[str, list[int]] = defaultdict(list)
        for candidate in self.candidates:
            if candidate.object_key not in self.used:
                stock[candidate.area].append(priority(candidate.terms))
        offer = Offer(
            self.acties,
            (self.index.problem.start, self.index.problem.end),
            wanted,
            value,
            {day: self.available(day) or [] for day, _ in value},
            {area: sorted(points, reverse=True) for area, points in stock.items()},
            self.chosen,
            self.taken_dates(),
        )
        model = EveningModel(offer, self.partners)
        picks = model.solve(self.control)
        self.optimal = model.proved
        return picks

    def _options(self, ruled_out: set[tuple[date, str]]) -> dict[date, dict[str, int]]:
        """Per possible day the areas with the priority of the best objects there."""
        options = {}
        for day in self.index.dates:
            if len(self.free_slots(day)) < self.acties.team_shifts:
                continue
            if self.available(day) is None or not self.far_enough(day):
                continue
            values = {
                area: max(0, sum(self._worth(c, day) for c in members[: self.acties.max_objects]))
                for area, members in self.eligible(day).items()
                if (day, area) not in ruled_out
            }
            if values:
                options[day] = values
        return options

    def _worth(self, candidate: ActieObject, day: date) -> int:
        """What an object adds to an actie; one that comes too late adds nothing."""
        return priority(candidate.terms) if self._in_time(candidate, day) else 0
