"""Week routes: every hard rule holds, what is fixed stays, and the lot gets through."""

import random
from dataclasses import replace

from app.planning.solver.engine import solve
from app.planning.solver.problem import Lock, Opening, Point, Problem, Stop, StraightLine
from app.planning.solver.route import early_first, travel_minutes
from app.planning.solver.terms import Term, TermCode
from app.planning.solver.travel import travel_matrix
from tests.planning.cities import bezoek, dag, dienst, gemeente, tiny
from tests.planning.plancheck import violations

QUICK = Stop(deterministic_time=0.2, week_iterations=2)


def test_thirty_random_weeks_keep_every_hard_rule() -> None:
    for seed in range(30):
        problem = tiny(random.Random(seed), acties=seed % 3 == 0)
        assert violations(problem, solve(problem, QUICK, seed)) == [], seed


def test_routes_are_the_same_every_time() -> None:
    problem = gemeente(seed=4, days=28, seks=3, horeca=25, acties=0)
    first = solve(problem, QUICK, 3)
    assert violations(problem, first) == []
    assert all(solve(problem, QUICK, 3) == first for _ in range(3))


def test_what_is_locked_stays_and_what_was_drawn_by_lot_gets_through() -> None:
    problem = gemeente(seed=2, days=56, seks=3, horeca=20, acties=0)
    late = [s for s in problem.slots if s.team == "laat"]
    locked = replace(problem, locks=(Lock("h3", late[2].key), Lock("s1-0", late[5].key)))
    result = solve(locked, QUICK, 8)
    assert violations(locked, result) == []
    where = {a.visit_key: a.slot_key for a in result.assignments}
    assert where["h3"] == late[2].key
    assert where["s1-0"] == late[5].key
    assert result.drawn
    assert set(result.drawn) <= where.keys()


def test_few_shifts_are_opened_when_little_is_due() -> None:
    """A week with five shifts and work for one: what is near goes together, and four teams are free."""
    visits = tuple(
        bezoek(f"v{i}", 0, 6, required=False, point=Point(80_000 + 100 * i, 450_000), duration=30) for i in range(6)
    )
    problem = Problem(dag(0), dag(6), tuple(dienst(n) for n in range(5)), visits)
    result = solve(problem, QUICK, 1)
    assert len(result.assignments) == 6
    assert len({a.slot_key for a in result.assignments}) == 1


def test_a_place_that_opens_late_is_visited_while_it_is_open() -> None:
    late = tuple(Opening(d, 22 * 60, 26 * 60) for d in range(7))
    lunch = tuple(Opening(d, 17 * 60, 18 * 60) for d in range(7))
    twice = tuple(Opening(d, opens, opens + 45) for d in range(7) for opens in (17 * 60, 23 * 60))
    visits = tuple(bezoek(f"v{i}", 0, 6, required=False, openings=o) for i, o in enumerate((late, lunch, twice, None)))
    problem = Problem(dag(0), dag(6), (dienst(1), dienst(2, end=18 * 60)), visits)
    result = solve(problem, QUICK, 1)
    assert violations(problem, result) == []
    assert len(result.assignments) == 4


def test_what_goes_first_stands_early_where_that_costs_little() -> None:
    low = [bezoek(f"v{i}", 0, 6, point=Point(80_000 + 200 * i, 450_000)) for i in range(5)]
    first = replace(low[4], terms=(Term(TermCode.TERMIJN, 50),))
    order, slot, travel = (*low[:4], first), dienst(1), StraightLine(overhead=0)
    whole = {v.key: ((slot.start, slot.end),) for v in order}
    better = early_first(slot, order, lambda v, _s: whole[v.key], travel, 2)
    assert better[0] == first
    assert travel_minutes(slot, better, travel) <= travel_minutes(slot, order, travel) + 2


def test_travel_in_bulk_is_travel_pair_by_pair() -> None:
    rng = random.Random(1)
    points = [Point(rng.uniform(0, 9_000), rng.uniform(0, 9_000)) for _ in range(40)]
    points += points[:3]

    def own(a: Point, b: Point) -> int:
        return 0 if a == b else round(abs(a.x - b.x) + 2 * max(0.0, b.y - a.y)) + 1

    for travel in (StraightLine(), StraightLine(km_per_hour=25, detour=1.4, overhead=0), own):
        table = travel_matrix(travel, points)
        assert [[int(m) for m in row] for row in table] == [[travel(a, b) for b in points] for a in points]
