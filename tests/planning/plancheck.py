"""An independent judge of plans: reads a problem and a result and lists every hard rule that is broken.

Shares no code with the planner; only the data classes are the same.
"""

import math
from collections import Counter, defaultdict
from dataclasses import replace
from itertools import combinations, permutations

from app.planning.solver.problem import Opening, Problem, Slot, Visit
from app.planning.solver.result import Evening, EveningStop, Result

Stop = tuple[int, int, int, int, Visit]


def is_open(openings: tuple[Opening, ...] | None, slot: Slot, start: int, end: int) -> bool:
    """Minute by minute, so that it cannot share a mistake about midnight."""
    if openings is None:
        return True
    week = 7 * 1440
    base = slot.date.weekday() * 1440
    for minute in range(start, end):
        moment = base + minute
        hit = any((moment - (o.weekday * 1440 + o.opens)) % week < o.closes - o.opens for o in openings)
        if not hit:
            return False
    return True


def days_apart(one: Visit, other: Visit) -> int:
    exempt = one.spacing_exempt or other.spacing_exempt
    return 1 if exempt else max(one.min_days_between, other.min_days_between, 1)


def violations(problem: Problem, result: Result) -> list[str]:
    visits, slots = {v.key: v for v in problem.visits}, {s.key: s for s in problem.slots}
    stops: dict[str, list[Stop]] = defaultdict(list)
    for a in result.assignments:
        stops[a.slot_key].append((a.order, a.travel, a.start, a.end, visits[a.visit_key]))
    wrong = _reserved(result, set(stops))
    for e in result.evenings:
        for s in e.stops:
            stops[s.slot_key].append((s.order, s.travel, s.start, s.end, _actie_stop(problem, s)))
        wrong += _actie_rules(problem, e, slots)
    wrong += _between_acties(problem, result)
    wrong += _account(problem, result)
    for key, order in stops.items():
        wrong += _shift_rules(problem, slots[key], sorted(order, key=lambda x: x[0]))
    dated = [(slots[key], stop[-1]) for key, order in stops.items() for stop in order]
    wrong += [
        f"{one.key} and {other.key} too close"
        for (s1, one), (s2, other) in combinations(dated, 2)
        if one.object_key == other.object_key and abs((s1.date - s2.date).days) < days_apart(one, other)
    ]
    return wrong


def _reserved(result: Result, used: set[str]) -> list[str]:
    reserved = [key for e in result.evenings for key in e.slot_keys]
    wrong = ["a visit on the shift of an actie"] if set(reserved) & used else []
    return wrong + ["two acties on one shift" for n in Counter(reserved).values() if n > 1]


def _actie_stop(problem: Problem, stop: EveningStop) -> Visit:
    assert problem.integral is not None
    c = next(c for c in problem.integral.candidates if c.object_key == stop.object_key)
    if c.visit_key:
        own = next(v for v in problem.visits if v.key == c.visit_key)
        return replace(own, duration=c.duration)
    return Visit(
        key=c.object_key,
        object_key=c.object_key,
        point=c.point,
        area=c.area,
        duration=c.duration,
        competences=problem.integral.competences,
        earliest=problem.start,
        latest=problem.end,
        norm_key="",
        norm_clause="",
        required=False,
        openings=c.openings,
        min_days_between=c.min_days_between,
    )


def _account(problem: Problem, result: Result) -> list[str]:
    """Nothing lost or double, every reason adds up, locks are kept, and the status says what is so."""
    wrong = []
    visits = {v.key: v for v in problem.visits}
    for a in result.assignments:
        v = visits[a.visit_key]
        if (a.reason.legal.first, a.reason.legal.last, a.reason.norm_clause) != (
            v.earliest,
            v.latest,
            v.norm_clause,
        ):
            wrong.append(f"{a.visit_key}: wrong reason")
        if a.reason.priority != sum(t.punten for t in a.reason.terms):
            wrong.append(f"{a.visit_key}: priority is not the sum of its terms")
    left = [o.visit_key for o in result.left_out]
    seen = [a.visit_key for a in result.assignments]
    seen += [s.visit_key for e in result.evenings for s in e.stops if s.visit_key]
    if sorted([*seen, *left]) != sorted(visits):
        wrong.append("visits are double, lost or made up")
    wrong += [f"{o.visit_key}: no reason" for o in result.left_out if not o.reason]
    where = {a.visit_key: a.slot_key for a in result.assignments}
    broken = [lock for lock in problem.locks if where.get(lock.visit_key) != lock.slot_key]
    named = any(c.code == "vastzetting" for c in result.causes)
    wrong += [f"lock of {k.visit_key}" for k in broken if k.visit_key not in left or not named]
    missing = bool(broken) or any(o.required for o in result.left_out)
    missing |= problem.integral is not None and len(result.evenings) < problem.integral.count
    proved = any(c.proved for c in result.causes)
    if (result.status == "optimaal") == missing or (result.status == "onhaalbaar") != proved:
        wrong.append(f"status {result.status} does not fit the plan")
    return wrong


def _shift_rules(problem: Problem, slot: Slot, order: list[Stop]) -> list[str]:
    wrong = []
    if [o[0] for o in order] != list(range(1, len(order) + 1)):
        wrong.append(f"{slot.key}: order has gaps")
    if not problem.start <= slot.date <= problem.end:
        wrong.append(f"{slot.key}: outside the horizon")
    clock, here, work = slot.start, slot.base, 0
    for _, travel, start, end, visit in order:
        needed = problem.travel(here, visit.point) if here else 0
        if travel != needed or start < clock + needed or end - start != visit.duration:
            wrong.append(f"{slot.key}/{visit.key}: times do not add up")
        if not visit.earliest <= slot.date <= visit.latest:
            wrong.append(f"{slot.key}/{visit.key}: date")
        if not visit.competences <= slot.competences:
            wrong.append(f"{slot.key}/{visit.key}: competence")
        if not is_open(visit.openings, slot, start, end):
            wrong.append(f"{slot.key}/{visit.key}: closed")
        clock, here, work = end, visit.point, work + needed + visit.duration
    back = problem.travel(here, slot.base) if order and slot.base and here else 0
    if clock + back > slot.end or work + back > slot.capacity:
        wrong.append(f"{slot.key}: over time")
    return wrong


def _actie_rules(problem: Problem, e: Evening, slots: dict[str, Slot]) -> list[str]:
    integral = problem.integral
    assert integral is not None
    partners = {p.key: p for p in integral.partners}
    areas = {c.object_key: c.area for c in integral.candidates}
    taken = [slots[key] for key in e.slot_keys]
    rules = {
        "partners": len(set(e.partner_keys)) >= max(1, integral.min_partners),
        "partner not there": all(e.date in partners[k].dates for k in e.partner_keys),
        "required partner": all(p.key in e.partner_keys for p in integral.partners if p.required),
        "objects": integral.min_objects <= len(e.stops) <= integral.max_objects,
        "area": all(areas[s.object_key] == e.area for s in e.stops),
        "shift of a stop": all(s.slot_key in e.slot_keys for s in e.stops),
        "shifts": len(taken) == integral.team_shifts,
        "date of shifts": all(s.date == e.date for s in taken),
        "competence": all(integral.competences <= s.competences for s in taken),
        "hour": all(s.start >= integral.earliest_start for s in taken),
    }
    return [f"actie {e.date}: {name}" for name, kept in rules.items() if not kept]


def _between_acties(problem: Problem, result: Result) -> list[str]:
    integral = problem.integral
    if integral is None:
        return ["acties out of nowhere"] if result.evenings else []
    days = [e.date for e in result.evenings]
    least = max(1, integral.min_days_between)
    wrong = ["acties too close" for a, b in combinations(days, 2) if abs((a - b).days) < least]
    wrong += ["actie too close to an earlier one" for a in days for b in integral.previous if abs((a - b).days) < least]
    twice = Counter(s.object_key for e in result.evenings for s in e.stops)
    wrong += [f"{key} in two acties" for key, n in twice.items() if n > 1]
    for p in integral.partners:
        joined = sum(p.key in e.partner_keys for e in result.evenings)
        if joined > (math.inf if p.max_acties is None else p.max_acties):
            wrong.append(f"{p.key} joins too often")
    return wrong


def some_plan_holds_all(problem: Problem) -> bool:
    """Whether any plan holds every required visit; tries all, so only for tiny problems without acties."""
    required = [v for v in problem.visits if v.required]

    def route_exists(slot: Slot, members: list[Visit]) -> bool:
        return any(_earliest_works(problem, slot, order) for order in permutations(members))

    def search(at: int, load: dict[str, list[Visit]], dates: dict[str, Slot]) -> bool:
        if at == len(required):
            return all(route_exists(s, load[s.key]) for s in problem.slots)
        visit = required[at]
        for slot in problem.slots:
            near = any(
                o.object_key == visit.object_key and abs((dates[o.key].date - slot.date).days) < days_apart(o, visit)
                for o in required[:at]
            )
            if near or not visit.earliest <= slot.date <= visit.latest or not visit.competences <= slot.competences:
                continue
            load[slot.key].append(visit)
            if search(at + 1, load, dates | {visit.key: slot}):
                return True
            load[slot.key].pop()
        return False

    return search(0, {s.key: [] for s in problem.slots}, {})


def _earliest_works(problem: Problem, slot: Slot, order: tuple[Visit, ...]) -> bool:
    clock, here, work = slot.start, slot.base, 0
    for visit in order:
        travel = problem.travel(here, visit.point) if here else 0
        clock += travel
        while not is_open(visit.openings, slot, clock, clock + visit.duration):
            clock += 1
            if clock > slot.end:
                return False
        clock, here, work = clock + visit.duration, visit.point, work + travel + visit.duration
    back = problem.travel(here, slot.base) if order and slot.base and here else 0
    return clock + back <= slot.end and work + back <= slot.capacity
