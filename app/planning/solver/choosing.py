"""Which dates, areas and partners the integral acties get: one small constraint model, asked twice.

First as many acties as can be, spread over the quarters and the parts of the horizon; then, with that held fast, the most priority
covered. One sum of both, the first weighed above all of the second, was tried: the large weights keep the solver from proving anything.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ortools.sat.python import cp_model

from app.planning.solver.control import Control
from app.planning.solver.problem import IntegralActies, Partner

NOISE = 5
"""Points of chance per date and area, so that the areas cannot be guessed."""
_LINEAR = 2
"""Every rule in the linear relaxation: with partners that have a limit the proof comes from there."""
Place = tuple[date, str]


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
class Choice:
    """A date and an area, with the partners that join."""

    date: date
    area: str
    partner_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be chosen from.

    Attributes:
        acties: What is asked for.
        horizon: First and last day.
        wanted: How many acties are still to be chosen.
        value: Priority of the best objects per possible day and area, chance included.
        partners: Partners that can join, per possible day.
        stock: Priorities of the objects that are left per area, the highest first.
        standing: Acties that stand already.
        taken: Dates of these and of those that were held before.
    """

    acties: IntegralActies
    horizon: tuple[date, date]
    wanted: int
    value: Mapping[Place, int]
    partners: Mapping[date, Sequence[Partner]]
    stock: Mapping[str, Sequence[int]]
    standing: Sequence[Chosen]
    taken: Sequence[date]

    def turns_left(self, partner: Partner) -> int | None:
        """How many more acties a partner can join; None when there is no limit."""
        if partner.max_acties is None:
            return None
        return max(0, partner.max_acties - sum(partner.key in c.partner_keys for c in self.standing))


class EveningModel:
    """The model of one choice.

    Attributes:
        proved: Whether it was proved that no choice is better.
    """

    def __init__(self, offer: Offer, partners: Sequence[Partner]) -> None:
        self.offer = offer
        self.proved = False
        self.model = cp_model.CpModel()
        places = _worth_looking_at(offer.value, offer.wanted)
        self.on = {place: self.model.new_bool_var("") for place in places}
        self.days = sorted({day for day, _ in places})
        self.held = {day: sum(var for (d, _), var in self.on.items() if d == day) for day in self.days}
        self.joins = {(day, p.key): self.model.new_bool_var("") for day in self.days for p in offer.partners[day]}
        self._apart()
        self._join(partners)
        self._numbers()

    def solve(self, control: Control) -> list[Choice]:
        """The best choice found; empty when there is none."""
        if not self.on:
            return []
        filled = [*self._spread(), *self._quarters()]
        risk = cp_model.LinearExpr.sum(self._risk())
        number = cp_model.LinearExpr.sum(list(self.on.values()))
        first = (len(filled) + 1) * number + cp_model.LinearExpr.sum(filled)
        self.model.maximize(first)
        held = control.run(self.model, _LINEAR)
        if held is None:
            return []
        self.model.add(first >= round(held.objective_value))
        for variable in (*self.on.values(), *self.joins.values()):
            self.model.add_hint(variable, held.value(variable))
        self.model.maximize(risk)
        best = control.run(self.model, _LINEAR)
        self.proved = best is not None and all(s.response_proto.status == cp_model.OPTIMAL for s in (held, best))
        return self._chosen(best or held)

    def _chosen(self, solver: cp_model.CpSolver) -> list[Choice]:
        return [
            Choice(day, area, tuple(k for (d, k), var in self.joins.items() if d == day and solver.boolean_value(var)))
            for (day, area), var in self.on.items()
            if solver.boolean_value(var)
        ]

    def _apart(self) -> None:
        apart = max(1, self.offer.acties.min_days_between)
        for day in self.days:
            self.model.add(sum(self.held[d] for d in self.days if 0 <= (d - day).days < apart) <= 1)

    def _join(self, partners: Sequence[Partner]) -> None:
        """Enough partners on each day; with a limit to its acties one joins where it is needed, without, wherever it can."""
        model, least = self.model, self.offer.acties.min_partners
        for day in self.days:
            there = self.offer.partners[day]
            model.add(sum(self.joins[day, p.key] for p in there) >= least * self.held[day])
            for partner in there:
                joins, held = self.joins[day, partner.key], self.held[day]
                model.add(joins == held if partner.required or partner.max_acties is None else joins <= held)
        turns = {p.key: left for p in partners if (left := self.offer.turns_left(p)) is not None}
        for key, left in turns.items():
            model.add(sum(var for (_, k), var in self.joins.items() if k == key) <= left)
        each = least - (len(partners) - len(turns))
        if each > 0:  # follows from these limits, and spares a long search
            model.add(each * sum(self.on.values()) <= sum(turns.values()))

    def _numbers(self) -> None:
        """No more than wanted, in all and per calendar year, and no more in an area than its objects allow."""
        model, offer = self.model, self.offer
        for area in sorted({a for _, a in self.on}):
            both = [var for (_, a), var in self.on.items() if a == area]
            model.add(offer.acties.min_objects * sum(both) <= len(offer.stock[area]))
        model.add(sum(self.on.values()) <= offer.wanted)
        for first, last, number in offer.acties.shares(*offer.horizon):
            standing = sum(first <= c.date <= last for c in offer.standing)
            model.add(sum(self.held[d] for d in self.days if first <= d <= last) <= max(0, number - standing))

    def _spread(self) -> list[cp_model.IntVar]:
        """For each equal part of the time that has none yet: whether it gets one."""
        spread = []
        for first, last, parts in self.offer.acties.shares(*self.offer.horizon):
            length = (last - first).days + 1

            def part_of(day: date, first: date = first, parts: int = parts, length: int = length) -> int:
                return (day - first).days * parts // length

            taken = {part_of(c.date) for c in self.offer.standing}
            for part in sorted(set(range(parts)) - taken):
                members = [self.held[d] for d in self.days if part_of(d) == part]
                if members:
                    filled = self.model.new_bool_var("")
                    self.model.add(filled <= sum(members))
                    spread.append(filled)
        return spread

    def _quarters(self) -> list[cp_model.IntVar]:
        """For each quarter of the calendar how many of the acties that it must hold it gets, on top of what stands."""
        least, filled = self.offer.acties.per_quarter, []
        for key in sorted({quarter(d) for d in self.days}) if least else ():
            open_places = least - sum(quarter(d) == key for d in self.offer.taken)
            if open_places > 0:
                got = self.model.new_int_var(0, open_places, "")
                self.model.add(got <= sum(self.held[d] for d in self.days if quarter(d) == key))
                filled.append(got)
        return filled

    def _risk(self) -> list[cp_model.IntVar]:
        """The priority that is covered, per area; a second actie in an area finds the best objects gone."""
        per_area: dict[str, list[Place]] = defaultdict(list)
        for place in self.on:
            per_area[place[1]].append(place)
        value, most, covered = self.offer.value, self.offer.acties.max_objects, []
        for area, keys in per_area.items():
            stock = self.offer.stock[area]
            part = self.model.new_int_var(0, sum(max(0, value[k]) for k in keys), "")
            self.model.add(part <= sum(value[k] * self.on[k] for k in keys))
            shares = [max(0, sum(stock[n : n + most])) + NOISE for n in range(0, len(stock), most)]
            uses = [self.model.new_bool_var("") for _ in shares]
            self.model.add(sum(uses) == sum(self.on[k] for k in keys))
            for one, other in pairwise(uses):
                self.model.add_implication(other, one)
            self.model.add(part <= sum(share * use for share, use in zip(shares, uses, strict=True)))
            covered.append(part)
        return covered


def _worth_looking_at(value: Mapping[Place, int], wanted: int) -> list[Place]:
    """On every day the best few areas: as many as there are acties.

    No plan loses by it: the other acties use fewer areas than that, so the best that is left is always among them.
    """
    per_day: dict[date, list[str]] = defaultdict(list)
    for day, area in sorted(value, key=lambda k: (k[0], -value[k], k[1])):
        if len(per_day[day]) < wanted:
            per_day[day].append(area)
    return [(day, area) for day, areas in per_day.items() for area in areas]
