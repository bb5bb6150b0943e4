"""Integral acties: dates, areas, partners and objects, with their shifts reserved before anything else.

The number of acties comes first, then that every part of the horizon has one, then the priority of the
objects. What was chosen is laid out on real routes; a date and area that turn out too tight are ruled out
and the choice is made again.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from ortools.sat.python import cp_model

from app.planning.solver.control import Control
from app.planning.solver.draft import Draft
from app.planning.solver.drawing import generator
from app.planning.solver.index import gap
from app.planning.solver.problem import ActieObject, IntegralActies, LockedActie, Partner, Slot, Visit
from app.planning.solver.terms import priority

_ROUNDS = 25
_NOISE = 5


def quarter(day: date) -> tuple[int, int]:
    """Calendar year and quarter of a day."""
    return day.year, (day.month - 1) // 3


@dataclass(frozen=True, slots=True)
class Chosen:
    """An actie in the draft: its shifts are reserved and its objects are on their routes."""

    date: date
    area: str
    slot_keys: tuple[str, ...]
    partner_keys: tuple[str, ...]
    locked: bool


@dataclass(frozen=True, slots=True)
class _Choice:
    date: date
    area: str
    partner_keys: tuple[str, ...]


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
        """Objects per area that an actie on that day could visit, the highest priority first."""
        found = self._eligible.get(day)
        if found is None:
            per_area: dict[str, list[ActieObject]] = defaultdict(list)
            slots = self.free_slots(day)
            for candidate in self.candidates:
                visit = self.visits[candidate.object_key]
                if any(self.index.suits(visit, s) for s in slots) and self._leaves_norms_room(visit, day):
                    per_area[candidate.area].append(candidate)
            for members in per_area.values():
                members.sort(key=lambda c: (-priority(c.terms), c.object_key))
            found = self._eligible[day] = dict(per_area)
        return {
            area: left
            for area, members in found.items()
            if len(left := [c for c in members if self._free(c, day)]) >= self.acties.min_objects
        }

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

    def _place(self, pick: _Choice) -> bool:
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

    def _pick(self, wanted: int, ruled_out: set[tuple[date, str]]) -> list[_Choice]:
        """Dates, areas and partners for the acties still wanted, by one small constraint model."""
        self.control.report(0.1, "Integrale acties kiezen")
        problem, acties = self.index.problem, self.acties
        noise = generator(self.control.seed, "acties")
        value = {
            (day, area): points + noise.randint(0, _NOISE)
            for day, values in self._options(ruled_out).items()
            for area, points in sorted(values.items())
        }
        options = self._worth_looking_at(value, wanted)
        model = cp_model.CpModel()
        on = {(day, area): model.new_bool_var(f"{day}/{area}") for day, areas in options.items() for area in areas}
        held = {day: sum(var for (d, _), var in on.items() if d == day) for day in options}
        joins = {
            (day, p.key): model.new_bool_var(f"{day}+{p.key}") for day in options for p in self.available(day) or ()
        }
        for day in options:
            there = self.available(day) or []
            window = [held[d] for d in options if 0 <= (d - day).days < max(1, acties.min_days_between)]
            model.add(sum(window) <= 1)
            model.add(sum(joins[day, p.key] for p in there) >= acties.min_partners * held[day])
            for partner in there:
                # With a limit to each partner's acties, one joins where it is needed; without, wherever it
                # can.
                free = partner.required or partner.max_acties is None
                model.add(joins[day, partner.key] == held[day] if free else joins[day, partner.key] <= held[day])
        free_partners = sum(p.max_acties is None for p in self.partners)
        turns = sum(
            max(0, p.max_acties - sum(p.key in c.partner_keys for c in self.chosen))
            for p in self.partners
            if p.max_acties is not None
        )
        if acties.min_partners > free_partners:
            # Follows from the limits below, and spares the solver a long search.
            model.add((acties.min_partners - free_partners) * sum(on.values()) <= turns)
        for partner in self.partners:
            if partner.max_acties is not None:
                done = sum(partner.key in c.partner_keys for c in self.chosen)
                joined = [var for (_, key), var in joins.items() if key == partner.key]
                model.add(sum(joined) <= max(0, partner.max_acties - done))
        for area in sorted({a for _, a in on}):
            stock = sum(c.area == area and c.object_key not in self.used for c in self.candidates)
            both = [var for (_, a), var in on.items() if a == area]
            model.add(acties.min_objects * sum(both) <= stock)
        model.add(sum(on.values()) <= wanted)
        for first, last, number in acties.shares(problem.start, problem.end):
            standing = sum(first <= c.date <= last for c in self.chosen)
            model.add(sum(held[d] for d in options if first <= d <= last) <= max(0, number - standing))
        spread = self._spread(model, held)
        parts = max(1, acties.count)
        spread += self._quarters(model, held)
        parts += len(spread)
        top = max(1, sum(sorted(value.values())[-wanted:])) + 1
        model.maximize(
            top * (parts + 1) * cp_model.LinearExpr.sum(list(on.values()))
            + top * cp_model.LinearExpr.sum(spread)
            + cp_model.LinearExpr.sum(self._risk(model, on, value))
        )
        solver = self.control.run(model) if on else None
        if solver is None:
            self.optimal = False
            return []
        self.optimal = solver.response_proto.status == cp_model.OPTIMAL
        return [
            _Choice(day, area, tuple(k for (d, k), var in joins.items() if d == day and solver.boolean_value(var)))
            for (day, area), var in on.items()
            if solver.boolean_value(var)
        ]

    def _spread(self, model: cp_model.CpModel, held: Mapping[date, cp_model.LinearExprT]) -> list[cp_model.IntVar]:
        """For each equal part of the time that has none yet: whether it gets one."""
        spread = []
        for first, last, parts in self.acties.shares(self.index.problem.start, self.index.problem.end):
            length = (last - first).days + 1
            for part in range(parts):

                def inside(
                    day: date, part: int = part, first: date = first, parts: int = parts, length: int = length
                ) -> bool:
                    return (day - first).days * parts // length == part

                members = [var for day, var in held.items() if inside(day)]
                if members and not any(inside(c.date) for c in self.chosen):
                    filled = model.new_bool_var(f"deel {first} {part}")
                    model.add(filled <= sum(members))
                    spread.append(filled)
        return spread

    def _options(self, ruled_out: set[tuple[date, str]]) -> dict[date, dict[str, int]]:
        """Per possible day the areas with the priority of the best objects there."""
        options = {}
        for day in self.index.dates:
            if len(self.free_slots(day)) < self.acties.team_shifts:
                continue
            if self.available(day) is None or not self.far_enough(day):
                continue
            values = {
                area: max(0, sum(priority(c.terms) for c in members[: self.acties.max_objects]))
                for area, members in self.eligible(day).items()
                if (day, area) not in ruled_out
            }
            if values:
                options[day] = values
        return options

    def _quarters(self, model: cp_model.CpModel, held: Mapping[date, cp_model.LinearExprT]) -> list[cp_model.IntVar]:
        """For each quarter of the calendar how many of the acties that it must hold it gets, on top of what stands."""
        least, filled = self.acties.per_quarter, []
        days: dict[tuple[int, int], list[date]] = defaultdict(list)
        for day in held if least else ():
            days[quarter(day)].append(day)
        for key, members in sorted(days.items()):
            open_places = least - sum(quarter(d) == key for d in self.taken_dates())
            if open_places > 0:
                got = model.new_int_var(0, open_places, "")
                model.add(got <= sum(held[d] for d in members))
                filled.append(got)
        return filled

    def _worth_looking_at(self, value: Mapping[tuple[date, str], int], wanted: int) -> dict[date, list[str]]:
        """On every day the best few areas: as many as there are acties.

        No plan loses by it: the other acties use fewer areas than that, so the best that is left is always among them.
        """
        per_day: dict[date, list[str]] = defaultdict(list)
        for day, area in sorted(value, key=lambda k: (k[0], -value[k], k[1])):
            if len(per_day[day]) < wanted:
                per_day[day].append(area)
        return dict(per_day)

    def _risk(
        self,
        model: cp_model.CpModel,
        on: Mapping[tuple[date, str], cp_model.IntVar],
        value: Mapping[tuple[date, str], int],
    ) -> list[cp_model.IntVar]:
        """The priority that is covered, per area; a second actie in an area finds the best objects gone."""
        per_area: dict[str, list[tuple[date, str]]] = defaultdict(list)
        for day, area in on:
            per_area[area].append((day, area))
        covered = []
        for area, keys in per_area.items():
            left = [c for c in self.candidates if c.area == area and c.object_key not in self.used]
            stock = sorted((priority(c.terms) for c in left), reverse=True)
            most = self.acties.max_objects
            part = model.new_int_var(0, sum(max(0, value[k]) for k in keys), "")
            model.add(part <= sum(value[k] * on[k] for k in keys))
            shares = [max(0, sum(stock[n : n + most])) + _NOISE for n in range(0, len(stock), most)]
            uses = [model.new_bool_var("") for _ in shares]
            model.add(sum(uses) == sum(on[k] for k in keys))
            for one, other in pairwise(uses):
                model.add_implication(other, one)
            model.add(part <= sum(share * use for share, use in zip(shares, uses, strict=True)))
            covered.append(part)
        return covered
