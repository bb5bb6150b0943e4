"""F6: replanning after an urgent address, a lost shift, and two lost shifts with an urgent address.

    python -m bench.f6_herplannen [--seed 1] [--gebeurtenissen 50] [--weken 52]

One generated city with its year as one released plan; then events on random days of it, each on the
whole plan again. The answer is checked here, by its own rules: dates, openings, powers, spacing, length of shifts.
"""

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from math import ceil

from app.planning.solver.draft import Draft
from app.planning.solver.index import Index
from app.planning.solver.problem import Opening, Point, Problem, Slot, Stop, StraightLine, Visit
from app.planning.solver.replan import replan
from app.planning.solver.replanning import Entry, Replanned, ReplanProblem, Wijziging
from app.planning.solver.route import extra_travel
from bench.gegevens import TERMIJN, WONING, Plek, Stad
from bench.stad import MATEN, first_weeks, make_city

VENSTER, SPOED, VERLIES = 28, 3, 2
"""Settings as the service ships them (checklists/planinstellingen-1.yaml)."""
SECONDEN = 2.5
DOEL = {"eerste": 1.0, "klaar": 5.0}


@dataclass(frozen=True)
class Plan:
    """The released plan of a year: where each visit stands and when."""

    problem: Problem
    visits: dict[str, Visit]
    places: dict[str, tuple[str, int]]

    @property
    def slots(self) -> dict[str, Slot]:
        """Shifts by key."""
        return {slot.key: slot for slot in self.problem.slots}


@dataclass(frozen=True)
class Meting:
    """What one event gave."""

    kind: str
    first: float
    done: float
    answer: Replanned
    urgent_ok: bool
    avoidable: int
    faults: tuple[str, ...]


def release(stad: Stad, seed: int) -> Plan:
    """A year as a municipality has released it: norms on drawn dates, risk addresses within their terms, horeca that is due nearby.

    Laid by a plain rule and not by the planner: what is measured is what happens to it afterwards.
    """
    places = {p.sleutel: p for p in stad.plekken}
    visits: list[Visit] = []
    days = (stad.eind - stad.start).days + 1
    for plek in stad.plekken:
        for k in range(plek.per_jaar):
            # Each in its own part of the year, so that the released plan keeps the rolling year.
            first = stad.start + timedelta(days=days * k // plek.per_jaar)
            last = stad.start + timedelta(days=days * (k + 1) // plek.per_jaar - 1)
            visits.append(_visit(stad, f"{plek.sleutel}/{k}", plek, first, last, required=True))
    for eis in stad.eisen:
        required = eis.soort == TERMIJN
        visits.append(_visit(stad, eis.sleutel, places[eis.plek], max(eis.van, eis.bekend), eis.tot, required=required))
    slots = tuple(
        Slot(d.sleutel, d.datum, d.team, d.van, d.tot, frozenset(d.bevoegd), d.tot - d.van - d.pauze)
        for d in stad.diensten
        if d.bezetting >= 2
    )
    travel = StraightLine(km_per_hour=stad.km_per_uur, detour=stad.omweg, overhead=0)
    problem = Problem(stad.start, stad.eind, slots, tuple(visits), travel=travel)
    draft = Draft(Index(problem))
    rng = random.Random(f"vrijgave|{seed}")
    target = {v.key: v.earliest + timedelta(days=rng.randint(0, (v.latest - v.earliest).days * 3 // 4)) for v in visits}
    waiting = sorted(visits, key=lambda v: (target[v.key], v.key))
    for slot in draft.index.slots.values():
        _fill(draft, slot, waiting, target)
        waiting = [v for v in waiting if draft.slot_of(v.key) is None and v.latest > slot.date]
    stands = {
        timed.visit.key: (slot.key, timed.start)
        for slot in draft.index.slots.values()
        for timed in draft.timetable(slot)
    }
    return Plan(problem, {v.key: v for v in visits}, stands)


def _fill(draft: Draft, slot: Slot, waiting: Sequence[Visit], target: dict[str, date]) -> None:
    """Required visits whose day has come, then what is due nearest to the route."""
    due = [v for v in waiting if target[v.key] <= slot.date and draft.index.suits(v, slot)]
    for visit in [v for v in due if v.required][:5]:
        draft.place(visit, slot)
    near = [v for v in due if not v.required][:30]
    while near and sum(v.duration for v in draft.route(slot)) + near[0].duration <= slot.capacity:
        route = draft.route(slot)
        nearest = min(
            near,
            key=lambda v: min(
                extra_travel(slot, route, v, i, draft.index.problem.travel) for i in range(len(route) + 1)
            ),
        )
        near.remove(nearest)
        draft.place(nearest, slot)


def _visit(stad: Stad, key: str, plek: Plek, first: date, last: date, *, required: bool) -> Visit:
    return Visit(
        key=key,
        object_key=plek.sleutel,
        point=Point(plek.x, plek.y),
        area=plek.wijk,
        duration=plek.duur,
        competences=frozenset({plek.soort}),
        earliest=first,
        latest=last,
        norm_key=plek.soort,
        norm_clause=plek.soort,
        required=required,
        openings=tuple(Opening(*opening) for opening in plek.open),
        min_days_between=stad.tussentijd,
        spacing_exempt=plek.soort == WONING,
    )


def events(plan: Plan, stad: Stad, kind: str, number: int, seed: int) -> Iterator[tuple[ReplanProblem, Visit | None]]:
    """Windows of the plan with something that happened in them."""
    rng = random.Random(f"{kind}|{seed}")
    length = (stad.eind - stad.start).days
    while number > 0:
        today = stad.start + timedelta(days=rng.randrange(1, length - VENSTER))
        end = today + timedelta(days=VENSTER - 1)
        slots = [s for s in plan.problem.slots if today <= s.date <= end]
        lost = [
            s for s in slots if s.date <= today + timedelta(days=7) and any(k == s.key for k, _ in plan.places.values())
        ]
        count = {"spoed": 0, "dienst": 1, "twee diensten en spoed": 2}[kind]
        if len(lost) < count:
            continue
        gone = frozenset(s.key for s in rng.sample(lost, count))
        urgent = None
        if "spoed" in kind:
            centre = rng.choice(list(plan.visits.values())).point
            point = Point(centre.x + rng.uniform(-900, 900), centre.y + rng.uniform(-900, 900))
            urgent = Visit(
                key="spoed", object_key="spoed", point=point, area="", duration=45, competences=frozenset({WONING}),
                earliest=today, latest=today + timedelta(days=13), norm_key="SPOED", norm_clause="spoed", required=True,
                openings=tuple(Opening(day, 8 * 60, 22 * 60) for day in range(7)), spacing_exempt=True,
            )  # fmt: skip
        yield _window(plan, slots, gone, urgent, today, end), urgent
        number -= 1


def _window(
    plan: Plan, slots: list[Slot], gone: frozenset[str], urgent: Visit | None, today: date, end: date
) -> ReplanProblem:
    """The plan within the window; dates are those of the norm, and keep the distance to what lies outside it."""
    by_key, all_slots = {s.key: s for s in slots}, plan.slots
    near: dict[str, list[date]] = {}
    for key, (slot_key, _) in plan.places.items():
        near.setdefault(plan.visits[key].object_key, []).append(all_slots[slot_key].date)
    entries = []
    for key, (slot_key, start) in plan.places.items():
        if slot_key not in by_key:
            continue
        visit, day = plan.visits[key], by_key[slot_key].date
        gap = timedelta(days=visit.min_days_between)
        others = near[visit.object_key]
        low = max([today, visit.earliest, *(d + gap for d in others if d < today)])
        high = min([end, visit.latest, *(d - gap for d in others if d > end)])
        entries.append(Entry(replace(visit, earliest=min(day, low), latest=max(day, high)), slot_key, day, start))
    if urgent is not None:
        entries.append(Entry(urgent, urgent_by=today + timedelta(days=SPOED)))
    stay = tuple(s for s in slots if s.key not in gone)
    return ReplanProblem(today, end, stay, tuple(entries), loss=VERLIES, travel=plan.problem.travel)


def measure(kind: str, problem: ReplanProblem, urgent: Visit | None) -> Meting:
    """One event: how long it took and what it gave."""
    begin, moments = time.perf_counter(), {"eerste": 0.0}

    def note(share: float, _what: str) -> None:
        if share == 0.5:
            moments["eerste"] = time.perf_counter() - begin

    answer = replan(problem, Stop(deterministic_time=2.0, wall_seconds=SECONDEN, progress=note))
    done = time.perf_counter() - begin
    added = next((c for c in answer.changes if c.visit_key == "spoed"), None)
    slots = {s.key: s for s in problem.slots}
    in_time = urgent is None or (
        added is not None
        and added.to_slot is not None
        and slots[added.to_slot].date <= problem.start + timedelta(days=SPOED)
    )
    # A norm visit that was left out although nobody proved that it could not be kept.
    avoidable = 0 if answer.proven else answer.cost.missed
    return Meting(kind, moments["eerste"], done, answer, in_time, avoidable, tuple(check(problem, answer)))


def check(problem: ReplanProblem, answer: Replanned) -> Iterator[str]:
    """Every hard rule that the new plan breaks, by rules of this file's own."""
    slots, entries = {s.key: s for s in problem.slots}, {e.visit.key: e for e in problem.entries}
    where = {e.visit.key: e.slot_key for e in problem.entries if e.slot_key in slots}
    for change in answer.changes:
        where.pop(change.visit_key, None)
        if change.to_slot is not None:
            where[change.visit_key] = change.to_slot
    dates: dict[str, list[tuple[date, int]]] = {}
    for key, slot_key in where.items():
        visit, slot = entries[key].visit, slots[slot_key or ""]
        if not visit.earliest <= slot.date <= visit.latest or not visit.competences <= slot.competences:
            yield f"{key}: date or powers"
        dates.setdefault(visit.object_key, []).append(
            (slot.date, 1 if visit.spacing_exempt else visit.min_days_between)
        )
    for found in dates.values():
        if any((b[0] - a[0]).days < max(a[1], b[1]) for a, b in pairwise(sorted(found))):
            yield f"spacing {sorted(found)}"
    routes: dict[str, list[tuple[int, int, Visit]]] = {}
    for stop in answer.routes:
        routes.setdefault(stop.slot_key, []).append((stop.start, stop.end, entries[stop.visit_key].visit))
    for slot_key, stops in routes.items():
        if {v.key for _, _, v in stops} != {k for k, s in where.items() if s == slot_key}:
            yield f"{slot_key}: stops"
        yield from _check_route(problem, slots[slot_key], sorted(stops, key=lambda s: s[0]))


def _check_route(problem: ReplanProblem, slot: Slot, stops: Sequence[tuple[int, int, Visit]]) -> Iterator[str]:
    here, clock, work = None, slot.start, 0
    for start, end, visit in stops:
        way = 0 if here is None else problem.travel(here, visit.point)
        is_open = visit.openings is None or any(
            o.opens + shift * 1440 <= start and end <= o.closes + shift * 1440
            for shift in (-1, 0, 1)
            for o in visit.openings
            if o.weekday == (slot.date.weekday() + shift) % 7
        )
        if start < clock + way or end - start != visit.duration or not is_open:
            yield f"{visit.key}: time"
        here, clock, work = visit.point, end, work + way + visit.duration
    if clock > slot.end or work > slot.capacity:
        yield f"{slot.key}: too long"


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


def report(metingen: Sequence[Meting]) -> None:
    """One line per kind of event, the goal beside it."""
    for kind in dict.fromkeys(m.kind for m in metingen):
        own = [m for m in metingen if m.kind == kind]
        extra = [m.answer.changed - (0 if kind == "spoed" else m.answer.forced) for m in own]
        forced = sum(m.answer.forced for m in own)
        changed = sum(m.answer.changed for m in own)
        lost = sum(c.kind is Wijziging.VERVALLEN for m in own for c in m.answer.changes)
        print(f"{kind}: {len(own)} gebeurtenissen")
        for name, values in (("eerste", [m.first for m in own]), ("klaar", [m.done for m in own])):
            worst = max(values)
            print(
                f"  {name:8} p50 {percentile(values, 0.5):.2f} s, max {worst:.2f} s; doel {DOEL[name]:.0f} s; verhouding {worst / DOEL[name]:.2f}"
            )
        print(
            f"  gewijzigde bezoeken boven de gedwongen: mediaan {percentile(extra, 0.5)}, p90 {percentile(extra, 0.9)}"
        )
        if forced:
            print(f"  gewijzigd / gedwongen {changed}/{forced} = {changed / forced:.2f}; doel 1.50; vervallen {lost}")
        if "spoed" in kind:
            print(f"  spoed binnen {SPOED} dagen: {sum(m.urgent_ok for m in own)} van {len(own)}")
        print(f"  bewezen {sum(m.answer.proven for m in own)}, afgebroken {sum(m.answer.aborted for m in own)}")
        print(
            f"  normbezoeken gemist {sum(m.answer.cost.missed for m in own)}, waarvan vermijdbaar {sum(m.avoidable for m in own)}"
        )
        print(f"  gebroken regels {sum(len(m.faults) for m in own)} {[f for m in own for f in m.faults][:3]}")


def main() -> None:
    """The figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--maat", choices=tuple(MATEN), default="stad")
    parser.add_argument("--gebeurtenissen", type=int, default=50)
    parser.add_argument("--weken", type=int, default=52)
    asked = parser.parse_args()
    stad = first_weeks(make_city(MATEN[asked.maat], asked.seed), asked.weken)
    begin = time.perf_counter()
    plan = release(stad, asked.seed)
    print(
        f"jaar {stad.naam}: {len(plan.places)} bezoeken op {len(plan.slots)} diensten, gepland in {time.perf_counter() - begin:.0f} s"
    )
    metingen = [
        measure(kind, problem, urgent)
        for kind in ("spoed", "dienst", "twee diensten en spoed")
        for problem, urgent in events(plan, stad, kind, asked.gebeurtenissen, asked.seed)
    ]
    report(metingen)


if __name__ == "__main__":
    main()
