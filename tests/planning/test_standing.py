"""Visits that stand: how far a round may move them, that they never lose to others, and that terms do not wait where shifts are scarce."""

from dataclasses import replace

import pytest

from app.planning.solver.engine import solve
from app.planning.solver.problem import Lock, Problem, Slot, Stop, Visit
from app.planning.solver.standing import Place, stand
from app.planning.status import StaandeBezoeken
from tests.planning.cities import bezoek, dag, dienst

QUICK = Stop(deterministic_time=0.2, week_iterations=2)


def small(n: int, **more: object) -> Slot:
    """A shift that holds one visit of 40 minutes."""
    return dienst(n, start=1080, end=1130, **more)


def where(problem: Problem) -> dict[str, str]:
    return {a.visit_key: a.slot_key for a in solve(problem, QUICK, 1).assignments}


@pytest.mark.parametrize(
    ("choice", "days", "minutes"),
    [
        (StaandeBezoeken.TIJD, (9, 9), (1100, 1140)),
        (StaandeBezoeken.DIENST, (9, 9), None),
        (StaandeBezoeken.WEEK, (7, 13), None),
    ],
)
def test_the_choice_says_how_far_a_visit_may_go(
    choice: StaandeBezoeken, days: tuple[int, int], minutes: tuple[int, int] | None
) -> None:
    stood = stand(bezoek("s", 0, 40, draw_window=True), Place("d009", dag(9), 1100), choice, dag(0))
    assert (stood.visit.earliest, stood.visit.latest) == (dag(days[0]), dag(days[1]))
    assert stood.lock == Lock("s", "d009")
    assert stood.free is (choice is StaandeBezoeken.WEEK)
    hours = stood.visit.openings
    assert (None if hours is None else (hours[0].opens, hours[0].closes)) == minutes
    assert not stood.visit.draw_window  # its window was drawn when it was planned


@pytest.mark.parametrize(
    ("legal", "first", "others", "expected"),
    [
        ((8, 40), 0, (), (8, 13)),  # the drawn window begins in the week
        ((0, 11), 0, (), (7, 11)),
        ((0, 40), 9, (), (9, 13)),  # the round begins on Wednesday
        ((0, 40), 0, (6, 15), (8, 13)),  # two days to the visits before and after
        ((0, 40), 0, (8,), (10, 13)),  # closer than that already: it goes where it is not
        ((0, 40), 0, (10,), (7, 8)),
        ((0, 40), 0, (8, 10), (9, 9)),  # there is no such day in its week: it may stay, and go nowhere
        ((20, 40), 0, (), (9, 9)),
    ],
)
def test_a_week_never_goes_past_window_distance_or_today(
    legal: tuple[int, int], first: int, others: tuple[int, ...], expected: tuple[int, int]
) -> None:
    visit = bezoek("s", *legal, min_days_between=2)
    stood = stand(visit, Place("d009", dag(9), 0), StaandeBezoeken.WEEK, dag(first), [dag(n) for n in others])
    assert (stood.visit.earliest, stood.visit.latest) == (dag(expected[0]), dag(expected[1]))


def _with_standing(slots: tuple[Slot, ...], *others: Visit) -> Problem:
    stood = stand(bezoek("staat", 0, 6), Place("d002", dag(2), 1080), StaandeBezoeken.WEEK, dag(0))
    return Problem(dag(0), dag(6), slots, (stood.visit, *others), before=(stood.lock,))


def test_what_stands_stays_makes_room_and_never_goes_for_another() -> None:
    slots = (small(0), small(2), small(4))
    assert where(_with_standing(slots))["staat"] == "d002"
    only_there = bezoek("nieuw", 2, 2, waiting=30)
    found = where(_with_standing(slots, only_there))
    assert found["nieuw"] == "d002"
    assert found["staat"] in {"d000", "d004"}
    assert where(_with_standing((small(2),), only_there)) == {"staat": "d002"}
    lost = replace(_with_standing((small(0), small(4))), before=())
    assert where(lost)["staat"] in {"d000", "d004"}  # its shift is gone


def test_what_stands_too_near_another_visit_by_now_goes_where_it_does_not() -> None:
    """The visit before it was carried out on another day than it stood on, of a round of which the rest was withdrawn (CAD-01)."""
    stood = stand(
        bezoek("s", 7, 20, min_days_between=3), Place("d008", dag(8), 1080), StaandeBezoeken.WEEK, dag(7), [dag(6)]
    )
    problem = Problem(dag(7), dag(13), (small(8), small(9), small(11)), (stood.visit,), before=(stood.lock,))
    assert where(problem) == {"s": "d009"}


def test_a_visit_with_a_term_does_not_wait_where_shifts_are_scarce() -> None:
    """Its area is visited a week later anyway; with shifts to spare it waits for that, and goes at once when others would take all there is."""
    slots = tuple(dienst(n, end=17 * 60 + 240) for n in (0, 3, 7, 10))
    near = stand(bezoek("s", 0, 13, area="oost"), Place("d010", dag(10), 1080), StaandeBezoeken.DIENST, dag(0))
    here = stand(bezoek("t", 0, 13, area="west"), Place("d000", dag(0), 1080), StaandeBezoeken.DIENST, dag(0))
    term = bezoek("r", 0, 13, area="oost", spacing_exempt=True)
    calm = Problem(dag(0), dag(13), slots, (near.visit, here.visit, term), locks=(near.lock, here.lock))
    horeca = tuple(bezoek(f"h{n:02}", 0, 13, required=False, area="noord", due=dag(0)) for n in range(60))
    assert where(calm)["r"] == "d010"
    assert where(replace(calm, visits=(*calm.visits, *horeca)))["r"] in {"d000", "d003"}


@pytest.mark.parametrize(("early", "late", "end"), [(1, 5, 6), (1, 9, 10), (1, 5, 12), (1, 9, 12)])
def test_the_last_days_and_the_last_shift_of_a_term_are_for_a_second_try(early: int, late: int, end: int) -> None:
    """Its area is visited late in its term anyway; it goes before, and there only when nothing else is left (PLN-15).

    In one week and over two; with days after the late shift and without, for days on which nobody works are no second try.
    """
    neighbour = bezoek("b", late, late, area="oost")
    term = bezoek("r", 0, end, area="oost", spacing_exempt=True)
    slots = (dienst(early), dienst(late))
    assert where(Problem(dag(0), dag(13), slots, (neighbour, term)))["r"] == f"d{early:03}"
    assert where(Problem(dag(0), dag(13), slots[1:], (neighbour, term)))["r"] == f"d{late:03}"


def test_a_term_that_the_horizon_cuts_off_keeps_its_days_only() -> None:
    """What comes after the horizon may hold the second try, so the area that is visited anyway is not left for it."""
    neighbour = bezoek("b", 5, 5, area="oost")
    term = bezoek("r", 0, 13, area="oost", spacing_exempt=True)
    assert where(Problem(dag(0), dag(13), (dienst(1), dienst(5)), (neighbour, term)))["r"] == "d005"
