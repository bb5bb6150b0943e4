"""Why norms or acties cannot be kept: the clash is real, nothing in it is too much, and its mend works."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest

from app.planning.solver.actiecauses import ActieCourt, actie_causes
from app.planning.solver.bounding import City
from app.planning.solver.conflict import Court, Regel, Rule, cores
from app.planning.solver.control import Control
from app.planning.solver.draft import Draft
from app.planning.solver.drawing import draw_dates, generator
from app.planning.solver.engine import solve
from app.planning.solver.evenings import EveningLayer
from app.planning.solver.index import Index
from app.planning.solver.mending import Mender
from app.planning.solver.norms import NormLayer
from app.planning.solver.problem import (
    ActieObject,
    IntegralActies,
    Lock,
    Opening,
    Partner,
    Point,
    Problem,
    Stop,
    Visit,
)
from app.planning.solver.result import Oorzaak, Uitkomst
from tests.planning.cities import START, bezoek, dag, dienst, gemeente, tiny
from tests.planning.plancheck import some_plan_holds_all, violations

QUICK = Stop(deterministic_time=0.5, iterations=20)


def relaxed(problem: Problem, visits: tuple[Visit, ...], gone: set[Rule]) -> Problem:
    """The problem without some rules, made anew here so that a mistake is not shared; travel costs nothing."""

    def out(kind: Regel, visit: Visit) -> bool:
        return Rule(kind, visit.norm_key) in gone

    def freed(visit: Visit) -> Visit:
        visit = replace(visit, openings=None) if out(Regel.OPENINGSTIJD, visit) else visit
        visit = replace(visit, competences=frozenset()) if out(Regel.BEVOEGDHEID, visit) else visit
        visit = replace(visit, min_days_between=1) if out(Regel.TUSSENTIJD, visit) else visit
        return replace(visit, earliest=dag(0), latest=dag(9)) if out(Regel.PERIODE, visit) else visit

    teams = {rule.subject for rule in gone if rule.kind is Regel.CAPACITEIT}
    slots = [replace(s, base=None) for s in problem.slots]
    # A shift without a limit is as many shifts as there are visits.
    slots = [
        replace(s, key=f"{s.key}/{n}", capacity=s.end - s.start if s.team in teams else s.capacity)
        for s in slots
        for n in range(len(visits) if s.team in teams else 1)
    ]
    kept = tuple(freed(v) for v in visits if not out(Regel.NORM, v))
    return replace(problem, slots=tuple(slots), visits=kept, locks=(), travel=lambda _a, _b: 0)


def test_a_clash_is_real_and_without_any_one_of_its_rules_it_is_gone() -> None:
    found = 0
    for seed in range(120):
        problem = tiny(random.Random(seed), acties=False)
        norms = [replace(v, norm_key=f"norm{i % 2}", required=True) for i, v in enumerate(problem.visits)]
        problem = replace(problem, visits=tuple(norms), locks=(), travel=lambda _a, _b: 0)
        court = Court(problem, frozenset())
        for core in cores(court, norms, norms):
            conflict = court.irreducible(core.visits)
            rules = {replace(rule, month=(0, 0)) for rule in conflict.rules}
            found += 1
            others = {r for group in court.rules(core.visits) for r in group} - set(conflict.rules)
            gone = {replace(rule, month=(0, 0)) for rule in others}
            assert not some_plan_holds_all(relaxed(problem, core.visits, gone)), (seed, rules)
            for rule in rules:
                assert some_plan_holds_all(relaxed(problem, core.visits, gone | {rule})), (seed, rule, rules)
    assert found > 40


def test_the_extra_shifts_that_are_told_mend_the_plan_and_one_less_does_not() -> None:
    visits = tuple(bezoek(f"v{i}", 0, 6) for i in range(7))
    problem = Problem(dag(0), dag(6), (dienst(1, capacity=80),), visits)
    cause = solve(problem, QUICK, 1).causes[0]
    assert cause.mend.startswith("Oplossing: 3 diensten van team erbij (17:00-01:00)")
    for extra, outcome in ((3, Uitkomst.OPTIMAAL), (2, Uitkomst.ONHAALBAAR)):
        more = tuple(dienst(2 + n, capacity=80) for n in range(extra))
        assert solve(replace(problem, slots=(*problem.slots, *more)), QUICK, 1).status is outcome


@pytest.mark.parametrize(
    ("per_year", "mend"),
    [
        (40, "Oplossing: hoogstens 8 dagen tussentijd (nagerekend)."),
        (400, "Oplossing: vraag van elk object hoogstens 26 bezoeken in deze periode (geteld)."),
    ],
)
def test_a_norm_that_no_calendar_holds_says_how_many_do_fit(per_year: int, mend: str) -> None:
    visits = tuple(
        bezoek(f"s{k:03}", 0, 363, object_key="s", min_days_between=14, draw_window=True, norm_key="SEKS")
        for k in range(per_year)
    )
    problem = Problem(dag(0), dag(363), tuple(dienst(n) for n in range(0, 364, 2)), visits)
    result = solve(problem, QUICK, 1)
    assert (len(result.assignments), result.status) == (26, Uitkomst.ONHAALBAAR)
    assert [(c.code, c.mend) for c in result.causes] == [(Oorzaak.TUSSENTIJD, mend)]  # no shift more would help
    assert f"{per_year} bezoeken" in result.causes[0].text
    assert "passen er hoogstens 26" in result.causes[0].text
    assert "Dit gaat niet samen: minstens 14 dagen tussen twee bezoeken aan een object." in result.causes[0].text
    assert violations(problem, result) == []


def test_what_the_objects_hold_and_the_shifts_do_not_is_a_clash_of_its_own_with_the_shifts_that_are_short() -> None:
    visits = tuple(
        bezoek(f"s{i}-{k}", 0, 27, object_key=f"s{i}", min_days_between=7, norm_key="SEKS")
        for i in range(3)
        for k in range(5)
    )
    problem = Problem(dag(0), dag(27), tuple(dienst(n, capacity=40) for n in range(0, 28, 4)), visits)
    causes = solve(problem, QUICK, 1).causes
    assert [c.code for c in causes] == [Oorzaak.TUSSENTIJD, Oorzaak.CAPACITEIT]
    assert "5 bezoeken" in causes[0].text
    assert "elk van 3 objecten" in causes[0].text
    assert causes[1].proved
    assert "12 bezoeken" in causes[1].text
    assert "passen er hoogstens 7" in causes[1].text
    assert causes[1].mend.startswith("Oplossing: ")


def test_a_shortage_too_large_to_try_a_mend_for_is_counted() -> None:
    visits = tuple(bezoek(f"v{i:04}", 0, 363) for i in range(1_000))
    problem = Problem(dag(0), dag(363), tuple(dienst(n, capacity=80) for n in range(0, 364, 2)), visits)
    court = Court(problem, frozenset())
    (core,) = cores(court, visits[400:], visits)
    conflict = court.irreducible(core.visits)
    # 182 shifts of two visits each hold 364; the other 636 ask for 318 shifts.
    assert Mender(court, conflict, visits, 636).sentence() == (
        "Tekort: minstens 318 diensten van team (17:00-01:00), uiterlijk in week 53 van 2026 (geteld, zonder reistijd)."
    )


def test_a_team_without_shifts_and_locks_that_clash_get_a_clear_answer() -> None:
    nobody = Problem(dag(0), dag(6), (), (bezoek("v", 0, 6),))
    assert "0 dagen met een passende dienst" in solve(nobody, QUICK, 1).causes[0].text
    close = tuple(bezoek(f"v{i}", 0, 6, object_key="o", min_days_between=3) for i in range(2))
    locked = Problem(dag(0), dag(6), (dienst(1), dienst(2)), close, locks=(Lock("v0", "d001"), Lock("v1", "d002")))
    result = solve(locked, QUICK, 1)
    assert [(c.code, c.proved) for c in result.causes] == [(Oorzaak.VASTZETTING, True)]
    assert violations(locked, result) == []


def test_proof_of_no_miss_and_of_the_fewest_misses_is_true() -> None:
    proofs = 0
    for seed in range(60):
        problem = replace(tiny(random.Random(seed), acties=False), locks=())
        layer = NormLayer(Draft(Index(problem)), {}, Control(QUICK, seed))
        plan = layer.solve()
        missed = len(layer.missed(plan))
        if missed and layer.bound == missed:
            proofs += 1
            fewer = [v for v in problem.visits if v.required]
            for some in combinations(fewer, len(fewer) - missed + 1):
                assert not some_plan_holds_all(replace(problem, visits=some)), seed
    assert proofs > 5


def test_dates_are_drawn_evenly_over_all_that_the_rules_allow() -> None:
    legal = [(date(2026, 1, 1), date(2026, 1, 6)), (date(2026, 1, 3), date(2026, 1, 8))]
    drawn: dict[tuple[date, ...], int] = {}
    for seed in range(6000):
        dates = tuple(draw_dates(legal, 2, generator(seed, "proef")))
        drawn[dates] = drawn.get(dates, 0) + 1
    first, second = ([low + timedelta(days=n) for n in range(6)] for low, _ in legal)
    allowed = {(a, b) for a in first for b in second if (b - a).days >= 2}
    assert set(drawn) == allowed
    expected = 6000 / len(allowed)
    assert sum((n - expected) ** 2 / expected for n in drawn.values()) < 3 * len(allowed)


def test_a_plan_that_stood_decides_between_equals_only() -> None:
    problem = gemeente()
    index = Index(problem)
    first = NormLayer(Draft(index), {}, Control(QUICK, 1)).solve()
    before = {key: slot.key for key, slot in first.where.items()}
    again = NormLayer(Draft(index), {}, Control(QUICK, 2), before).solve()
    free = NormLayer(Draft(index), {}, Control(QUICK, 2)).solve()
    changes = [sum(before.get(k) != s.key for k, s in plan.where.items()) for plan in (again, free)]
    assert changes[0] <= changes[1]
    assert len(again.where) == len(free.where)


def evenings(**more: object) -> EveningLayer:
    days = frozenset(dag(n) for n in range(0, 84, 7))
    partners = (Partner("p", "Politie", days, required=True), Partner("b", "Belastingdienst", days, 3))
    stock = tuple(ActieObject(f"o{i}", Point(0, i), f"w{i // 4}", 20) for i in range(40))
    facts: dict[str, object] = {"min_objects": 2, "max_objects": 4} | more
    acties = IntegralActies(4, 14, partners, stock, "ACTIES", "Acties")
    acties = replace(acties, **facts)  # type: ignore[arg-type]  # fields of the test's choice
    slots = tuple(dienst(n) for n in range(0, 84, 7))
    return EveningLayer(Draft(Index(Problem(dag(0), dag(83), slots, (), acties))), acties, Control(QUICK, 1))


@pytest.mark.parametrize(
    ("more", "kinds"),
    [
        ({}, set()),
        ({"min_days_between": 28}, {"tussentijd"}),
        ({"min_partners": 2}, {"grens"}),
        ({"min_objects": 50, "max_objects": 50}, {"objecten"}),
    ],
)
def test_the_clash_of_acties_is_the_smallest(more: dict[str, object], kinds: set[str]) -> None:
    layer = evenings(**more)
    court = ActieCourt(layer)
    clash = court.clash()
    assert {rule.kind.value for rule in clash} == kinds
    assert len(layer.choose()) == 4 if not kinds else len(layer.choose()) < 4
    for rule in clash:
        assert not court.impossible(frozenset({rule}))


@pytest.mark.parametrize(
    "more",
    [
        {"partners": ()},
        {"partners": (Partner("p", "Politie", frozenset()),)},
        {"min_objects": 50, "max_objects": 50},
        {"candidates": ()},
        {"previous": (dag(40),), "min_days_between": 84},
    ],
)
def test_a_single_action_that_cannot_be_held_is_told_with_what_would_mend_it(more: dict[str, object]) -> None:
    layer = evenings(count=1, **more)
    assert layer.choose() == []
    (cause,) = actie_causes(layer)
    assert "de actie past niet" in cause.text
    assert cause.mend.startswith("Oplossing: ")


def test_each_quarter_gets_its_acties() -> None:
    layer = evenings(per_quarter=1, count=1)
    assert {c.date.month for c in layer.choose()} <= {1, 2, 3}


def test_what_stands_at_its_own_minute_makes_no_family_of_its_own() -> None:
    """Each combination of doors is looked at; a round full of fixed visits, each with its own minute, must not multiply them."""
    stands = [
        bezoek(
            f"vast{n}", 0, 6, competences=frozenset(), openings=tuple(Opening(d, 1020 + n, 1060 + n) for d in range(7))
        )
        for n in range(12)
    ]
    free = [bezoek(f"los{n}", 0, 6) for n in range(3)]
    slots = tuple(dienst(n) for n in range(3))
    locks = tuple(Lock(visit.key, slots[n % 3].key) for n, visit in enumerate(stands))
    problem = Problem(start=START, end=dag(6), slots=slots, visits=(*stands, *free), locks=locks)

    class Counting(City):
        families = 0

        def _worst(self, family: Sequence[Visit]) -> None:
            assert family
            type(self).families += 1

    assert Counting(Index(problem), problem.visits).shortages() == []
    assert 0 < Counting.families < 10
