"""The smallest change of a released plan, against every plan that there is."""

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, permutations, product

import pytest

from app.planning.solver.index import Index, gap
from app.planning.solver.problem import Opening, Point, Slot, Stop, StraightLine, Visit
from app.planning.solver.replan import replan
from app.planning.solver.replanning import Change, Cost, Entry, Replanned, ReplanProblem, Wijziging
from tests.planning.cities import bezoek, dag, dienst

BASE = Point(80_000, 450_000)


def fits(slot: Slot, visits: list[Visit], index: Index) -> bool:
    """Whether any order fits, by trying them all, minute by minute."""
    travel = StraightLine()
    for order in permutations(visits):
        clock, work, here = slot.start, 0, slot.base
        for visit in order:
            way = 0 if here is None else travel(here, visit.point)
            start = next(
                (
                    max(clock + way, a)
                    for a, b in index.windows(visit, slot)
                    if max(clock + way, a) + visit.duration <= b
                ),
                None,
            )
            if start is None:
                break
            clock, work, here = start + visit.duration, work + way + visit.duration, visit.point
        else:
            back = travel(here, slot.base) if slot.base is not None and here is not None else 0
            if clock + back <= slot.end and work + back <= slot.capacity:
                return True
    return not visits


def tiny(rng: random.Random) -> ReplanProblem:
    """A few shifts, one of which may be lost, with a plan that keeps the rules and some new visits."""
    base = rng.choice([None, BASE])
    slots = [
        dienst(
            rng.randint(0, 5), 17 * 60, 17 * 60 + rng.choice([90, 120, 180]), key=f"d{i}",
            competences=frozenset(rng.choice(["A", "AB"])), capacity=rng.choice([80, 100, 120, 150]), base=base,
        )
        for i in range(rng.randint(2, 3))
    ]  # fmt: skip
    lost = [dienst(rng.randint(0, 5), key="weg", competences=frozenset("AB"))] if rng.random() < 0.5 else []
    entries: list[Entry] = []
    for i in range(rng.randint(2, 6)):
        openings = (
            tuple(Opening(d, rng.choice([17, 18]) * 60, 20 * 60) for d in range(7)) if rng.random() < 0.5 else None
        )
        visit = bezoek(
            f"v{i}", 0, rng.choice([5, 9]), object_key=f"o{i if rng.random() < 0.8 else 0}",
            point=Point(80_000 + rng.randint(0, 3000), 450_000), duration=rng.choice([20, 30, 40]),
            competences=frozenset(rng.choice("AAB")), openings=openings, required=rng.random() < 0.4,
            min_days_between=rng.choice([1, 2, 3]),
        )  # fmt: skip
        able = [s for s in [*slots, *lost] if visit.competences <= s.competences]
        if rng.random() < 0.25 or not able:
            urgent = dag(rng.randint(0, 3)) if rng.random() < 0.5 else None
            entries.append(Entry(visit, urgent_by=urgent))
            continue
        slot = rng.choice(able)
        entry = Entry(visit, slot.key, slot.date, ended=rng.random() < 0.1)
        here = [e.visit for e in [*entries, entry] if e.slot_key == slot.key]
        index = Index(ReplanProblem(dag(0), dag(9), (slot,), ()).as_problem(tuple(here)))
        if slot.key == "weg" or (
            len({v.object_key for v in here}) == len(here)
            and all(index.suits(v, slot) for v in here)
            and fits(slot, here, index)
        ):
            entries.append(entry)
    return ReplanProblem(dag(0), dag(9), tuple(slots), tuple(_timed(slots, entries)))


def _timed(slots: list[Slot], entries: list[Entry]) -> Iterator[Entry]:
    """Starts in an order that fits."""
    for slot in slots:
        here = [e for e in entries if e.slot_key == slot.key]
        index = Index(ReplanProblem(dag(0), dag(9), (slot,), ()).as_problem(tuple(e.visit for e in here)))
        for order in permutations(here):
            if fits_in_order(slot, [e.visit for e in order], index):
                yield from (replace(e, start=slot.start + place) for place, e in enumerate(order))
                break
    yield from (e for e in entries if e.slot_key in {None, "weg"})


def fits_in_order(slot: Slot, visits: list[Visit], index: Index) -> bool:
    """Whether this order fits."""
    travel, clock, work, here = StraightLine(), slot.start, 0, slot.base
    for visit in visits:
        way = 0 if here is None else travel(here, visit.point)
        start = next(
            (max(clock + way, a) for a, b in index.windows(visit, slot) if max(clock + way, a) + visit.duration <= b),
            None,
        )
        if start is None:
            return False
        clock, work, here = start + visit.duration, work + way + visit.duration, visit.point
    back = travel(here, slot.base) if slot.base is not None and here is not None else 0
    return clock + back <= slot.end and work + back <= slot.capacity


def price(problem: ReplanProblem, where: list[Slot | None]) -> Cost:
    """What a plan costs, by the words of the description."""
    urgent = missed = changes = 0
    for entry, slot in zip(problem.entries, where, strict=True):
        late = entry.urgent_by is not None and (slot is None or slot.date > entry.urgent_by)
        urgent += late and not entry.ended
        missed += entry.visit.required and slot is None and not entry.ended
        if entry.slot_key is None:
            changes += slot is None and not entry.visit.required and entry.urgent_by is None
        elif slot is None:
            changes += 1 if entry.ended or entry.visit.required else problem.loss
        else:
            changes += slot.key != entry.slot_key
    return Cost(urgent, missed, changes)


def cheapest(problem: ReplanProblem) -> Cost:
    """The least that any plan costs, by trying them all."""
    visits = tuple(e.visit for e in problem.entries)
    index, best = Index(problem.as_problem(visits)), Cost(99, 99, 99)
    options = [[None, *(s for s in problem.slots if not e.ended and index.suits(e.visit, s))] for e in problem.entries]
    known: dict[tuple[str, frozenset[str]], bool] = {}
    for where in product(*options):
        cost = price(problem, list(where))
        if cost >= best or not _apart(problem, where):
            continue
        for slot in problem.slots:
            here = [v for v, s in zip(visits, where, strict=True) if s is slot]
            key = slot.key, frozenset(v.key for v in here)
            if key not in known:
                known[key] = fits(slot, here, index)
            if not known[key]:
                break
        else:
            best = cost
    return best


def _apart(problem: ReplanProblem, where: tuple[Slot | None, ...]) -> bool:
    for (one, a), (other, b) in combinations(zip(problem.entries, where, strict=True), 2):
        if one.visit.object_key != other.visit.object_key or a is None or b is None:
            continue
        if (a.key, b.key) == (one.slot_key, other.slot_key):
            continue  # both stay: nobody asked to move them
        if abs((a.date - b.date).days) < gap(one.visit, other.visit):
            return False
    return True


@pytest.mark.parametrize("start", range(0, 300, 100))
def test_no_plan_changes_less(start: int) -> None:
    proven = 0
    for seed in range(start, start + 100):
        problem = tiny(random.Random(seed))
        answer = replan(problem, Stop())
        assert answer.cost == cheapest(problem), seed
        assert where_it_stands(problem, answer) is not None
        proven += answer.proven
    assert proven == 100


def where_it_stands(problem: ReplanProblem, answer: Replanned) -> dict[str, str]:
    """Where each visit is after the changes; fails when a rule is broken or a route says something else."""
    slots, entries = {s.key: s for s in problem.slots}, {e.visit.key: e for e in problem.entries}
    where = {e.visit.key: e.slot_key for e in problem.entries if e.slot_key in slots}
    for change in answer.changes:
        where.pop(change.visit_key, None)
        if change.to_slot is not None:
            where[change.visit_key] = change.to_slot
    index = Index(problem.as_problem(tuple(e.visit for e in problem.entries)))
    for slot_key in {stop.slot_key for stop in answer.routes}:
        stops = sorted((s for s in answer.routes if s.slot_key == slot_key), key=lambda s: s.order)
        assert {s.visit_key for s in stops} == {key for key, slot in where.items() if slot == slot_key}
        assert fits_in_order(slots[slot_key], [entries[s.visit_key].visit for s in stops], index)
        for visit in (entries[s.visit_key].visit for s in stops):
            assert index.suits(visit, slots[slot_key])
    found: dict[str, str] = {key: slot for key, slot in where.items() if slot is not None}
    return found


def kinds(answer: Replanned) -> dict[str, Wijziging]:
    return {change.visit_key: change.kind for change in answer.changes}


def test_the_optional_visit_makes_room_and_the_same_question_has_the_same_answer() -> None:
    """One evening is full of a norm visit and a horeca visit; the urgent one must come on it."""
    slots = (dienst(0, capacity=90, end=19 * 60), dienst(5, capacity=90, end=19 * 60))
    norm = bezoek("norm", 0, 9, duration=40)
    horeca = bezoek("horeca", 0, 9, duration=40, required=False)
    urgent = bezoek("spoed", 0, 9, duration=40)
    entries = (
        Entry(norm, "d000", dag(0), 17 * 60),
        Entry(horeca, "d000", dag(0), 17 * 60 + 42),
        Entry(urgent, urgent_by=dag(3)),
    )
    problem = ReplanProblem(dag(0), dag(9), slots, entries)
    answer = replan(problem, Stop())
    assert kinds(answer)["horeca"] is Wijziging.VERPLAATST
    assert kinds(answer)["spoed"] is Wijziging.TOEGEVOEGD
    assert "norm" not in kinds(answer) or kinds(answer)["norm"] is Wijziging.TIJDSTIP
    assert (answer.changed, answer.proven) == (1, True)
    assert replan(replace(problem, entries=entries[::-1]), Stop()) == answer


def test_what_is_fixed_or_closed_stays() -> None:
    slots = (dienst(0, capacity=45, end=18 * 60), dienst(1, capacity=45, end=18 * 60))
    entries = (
        Entry(bezoek("begonnen", 0, 9, required=False), "d000", dag(0), 17 * 60, fixed=True),
        Entry(bezoek("dicht", 0, 9, required=False), "d001", dag(1), 17 * 60),
        Entry(bezoek("spoed", 0, 9), urgent_by=dag(3)),
    )
    answer = replan(ReplanProblem(dag(0), dag(9), slots, entries, closed=frozenset({"d001"})), Stop())
    assert answer.changes == (Change("spoed", Wijziging.GEEN_PLEK, None, None, forced=False),)
    assert answer.cost == Cost(urgent=1, missed=1, changes=0)


def test_a_plan_made_by_hand_against_the_rules_is_left_alone() -> None:
    """A visit that stands outside the openings keeps its time; another fits beside it."""
    early = tuple(Opening(d, 8 * 60, 12 * 60) for d in range(7))
    entries = (
        Entry(bezoek("hand", 0, 9, openings=early), "d000", dag(0), 18 * 60),
        Entry(bezoek("spoed", 0, 9), urgent_by=dag(3)),
    )
    answer = replan(ReplanProblem(dag(0), dag(9), (dienst(0),), entries), Stop())
    assert kinds(answer) == {"spoed": Wijziging.TOEGEVOEGD}
    assert {s.visit_key: s.start for s in answer.routes}["hand"] == 18 * 60
