"""Placing a visit by hand, judged by the independent checker: what is allowed holds every rule, what is refused cannot be."""

import random
from dataclasses import replace
from datetime import date

import pytest

from app.planning.solver.draft import Draft
from app.planning.solver.editing import Board, Placement, Regel, Standing
from app.planning.solver.index import Index
from app.planning.solver.problem import Opening, Problem, Slot, Visit
from app.planning.solver.result import DateRange
from app.planning.solver.weighing import Belang, Gevolgcode, alternatives
from tests.planning.cities import START, bezoek, dag, dienst, tiny
from tests.planning.plancheck import _shift_rules, days_apart

Plan = dict[str, Standing]


def some_plan(problem: Problem, rng: random.Random) -> Plan:
    """A plan that holds every rule, part of it fixed."""
    draft = Draft(Index(problem))
    for visit in problem.visits:
        for slot in rng.sample(problem.slots, len(problem.slots)):
            if draft.place(visit, slot):
                break
    return {
        timed.visit.key: Standing(timed.visit, slot.date, slot.key, timed.start, rng.random() < 0.4)
        for slot in problem.slots
        for timed in draft.timetable(slot)
    }


def board_of(problem: Problem, plan: Plan, today: date = START) -> Board:
    return Board(Index(problem), plan.values(), (), {}, today)


def wrong_with(problem: Problem, plan: Plan, visit: Visit, slot: Slot, starts: dict[str, int]) -> list[str]:
    """Every rule that a shift breaks with these starts, and the distance of the visit to the others of its object."""
    visits = {key: stop.visit for key, stop in plan.items()} | {visit.key: visit}
    order, here = [], slot.base
    for number, key in enumerate(sorted(starts, key=lambda key: (starts[key], key)), 1):
        point = visits[key].point
        travel = problem.travel(here, point) if here else 0
        order.append((number, travel, starts[key], starts[key] + visits[key].duration, visits[key]))
        here = point
    wrong = _shift_rules(problem, slot, order)
    for other in plan.values():
        same = other.visit.object_key == visit.object_key and other.visit.key != visit.key
        if same and abs((other.date - slot.date).days) < days_apart(visit, other.visit):
            wrong.append("too close")
    return wrong


def on_shift(plan: Plan, slot: Slot, visit: Visit) -> dict[str, int]:
    return {key: stop.start for key, stop in plan.items() if stop.slot_key == slot.key and key != visit.key}


@pytest.mark.parametrize("seed", range(60))
def test_what_is_allowed_holds_and_what_is_refused_cannot_be(seed: int) -> None:
    rng = random.Random(seed)
    problem = tiny(rng, acties=False)
    plan = some_plan(problem, rng)
    for visit in problem.visits:
        for slot in problem.slots:
            others = on_shift(plan, slot, visit)
            for start in (None, rng.randint(slot.start - 20, slot.end)):
                board = board_of(problem, plan)
                if visit.key in plan:
                    board.lift(visit)
                answer = board.place(visit, slot, start)
                if isinstance(answer, Placement):
                    starts = {timed.visit.key: timed.start for timed in answer.times}
                    assert wrong_with(problem, plan, visit, slot, starts) == []
                    assert start in (None, answer.start)
                    moved = {key for key, minute in others.items() if starts[key] != minute}
                    assert len(moved) == answer.shifted
                    assert not [key for key in moved if plan[key].fixed or start is not None]
                    board.accept(visit, answer)
                    assert board.times(slot) == answer.times
                else:
                    assert answer
                    tried = range(slot.start, slot.end) if start is None else [start]
                    assert all(wrong_with(problem, plan, visit, slot, others | {visit.key: t}) for t in tried)


def test_every_broken_rule_is_named_at_once() -> None:
    shift = dienst(3, competences=frozenset({"APV"}), capacity=60)
    near = bezoek("b", 0, 9, object_key="o", min_days_between=5)
    visit = bezoek(
        "a",
        4,
        9,
        object_key="o",
        min_days_between=5,
        competences=frozenset({"HUIS"}),
        duration=90,
        openings=(Opening(0, 600, 700),),
    )
    problem = Problem(dag(0), dag(9), (shift, dienst(5)), (near, visit))
    board = board_of(problem, {"b": Standing(near, dag(5), "d005", 1080)}, today=dag(4))
    answer = board.place(visit, shift)
    assert isinstance(answer, list)
    assert {broken.regel for broken in answer} == {
        Regel.VERLEDEN,
        Regel.DATUM,
        Regel.TUSSENTIJD,
        Regel.BEVOEGDHEID,
        Regel.OPENINGSTIJD,
        Regel.CAPACITEIT,
    }
    board.reserved.add(shift.key)
    assert Regel.ACTIE in {broken.regel for broken in board.place(visit, shift)}  # type: ignore[union-attr]  # it is refused


def test_opening_hours_run_past_midnight_and_unknown_is_not_closed() -> None:
    monday_evening = (Opening(0, 18 * 60, 26 * 60),)
    visit, always = bezoek("a", 0, 9, openings=monday_evening), bezoek("z", 0, 9)
    shifts = (dienst(0, 1080, 1620), dienst(1, 0, 180), dienst(2))
    board = board_of(Problem(dag(0), dag(9), shifts, (visit, always)), {})
    assert isinstance(board.place(visit, shifts[0], 1500), Placement)
    assert isinstance(board.place(visit, shifts[1], 60), Placement)
    for shift, start in ((shifts[0], 1530), (shifts[1], 90), (shifts[2], 1080)):
        answer = board.place(visit, shift, start)
        assert isinstance(answer, list)
        assert {broken.regel for broken in answer} == {Regel.OPENINGSTIJD}
    assert isinstance(board.place(always, shifts[2], 1080), Placement)


def test_alternatives_come_cheapest_first_and_say_what_they_cost() -> None:
    visit = bezoek("a", 0, 20, area="oost")
    other = bezoek("b", 0, 20, area="west")
    shifts = tuple(dienst(n) for n in range(0, 24, 2))
    plan = {
        "a": Standing(visit, dag(0), "d000", 1080),
        "b": Standing(other, dag(4), "d004", 1080),
    }
    problem = Problem(dag(0), dag(23), shifts, (visit, other))
    found = alternatives(board_of(problem, plan), visit, Belang(DateRange(dag(0), dag(7)), slack=5))
    assert len(found) == 10
    assert [option.slot.date for option in found[:3]] == [dag(2), dag(4), dag(6)]
    codes = {option.slot.date: {gevolg.code for gevolg in option.gevolgen} for option in found}
    assert codes[dag(2)] == set()
    assert Gevolgcode.GEBIED in codes[dag(4)]
    assert codes[dag(12)] == {Gevolgcode.VENSTER}
    assert codes[dag(18)] == {Gevolgcode.VENSTER, Gevolgcode.NORM}
    assert all(not option.broken for option in found)
    assert dag(22) not in codes
    round_trip = replace(visit, required=False, due=dag(9))
    problem = replace(problem, visits=(round_trip, other))
    plan["a"] = replace(plan["a"], visit=round_trip)
    found = alternatives(board_of(problem, plan), round_trip, Belang(None, slack=0))
    late = {option.slot.date for option in found for gevolg in option.gevolgen if gevolg.code is Gevolgcode.NORM}
    assert late == {option.slot.date for option in found if option.slot.date > dag(9)} != set()
