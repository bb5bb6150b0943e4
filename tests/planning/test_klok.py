"""The two nights of the clock: a shift, a route and a rest are as long as they really are (29 March and 25 October 2026)."""

import random
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest

from app.core.clock import clock_change, moment_of
from app.objecten.status import Objecttype
from app.planning.rules.bezetting import Roosterdienst, man_shifts
from app.planning.rules.diensten import Tijdvak
from app.planning.rules.rust import Roosterregels, is_night_shift, lacks_rest
from app.planning.service.dagroutes import minute_of
from app.planning.service.vastgezet import Dienst
from app.planning.solver.editing import Board, Breuk, Regel, Standing
from app.planning.solver.engine import solve
from app.planning.solver.index import Index
from app.planning.solver.problem import Opening, Point, Problem, Stop
from app.planning.solver.route import lay_times
from tests.planning.cities import START, bezoek

LENTE, HERFST, GEWOON = date(2026, 3, 28), date(2026, 10, 24), date(2026, 6, 13)
"""Saturdays; the clock changes in the night after."""
NACHTEN = [(LENTE, 7), (HERFST, 9), (GEWOON, 8)]
TEAM = UUID(int=7)
QUICK = Stop(deterministic_time=0.2, iterations=30)


def nacht(day: date) -> Dienst:
    """From 20:00 to 04:00 on the clock."""
    return Dienst(TEAM, day, 20 * 60, 28 * 60, frozenset({Objecttype.HOR}))


def on(day: date) -> tuple[int, int]:
    return (day - START).days, (day - START).days


def real(day: date, start: int, end: int) -> int:
    return int((moment_of(day, end) - moment_of(day, start)).total_seconds() // 60)


@pytest.mark.parametrize(("day", "hours"), NACHTEN)
def test_a_shift_holds_its_real_minutes(day: date, hours: int) -> None:
    slot = nacht(day).as_slot(30)
    assert (slot.start, slot.capacity) == (20 * 60, hours * 60 - 30)
    assert slot.on_clock(slot.end) == 28 * 60
    expected = {LENTE: (26 * 60, 60), HERFST: (27 * 60, -60), GEWOON: None}
    assert clock_change(day, 20 * 60, 28 * 60) == expected[day]
    assert clock_change(day, 20 * 60, 25 * 60) is None
    assert clock_change(day + timedelta(days=1), 8 * 60, 16 * 60) is None


def test_the_minute_of_a_day_shift_after_such_a_night_is_that_of_the_clock() -> None:
    for saturday in (LENTE, HERFST, GEWOON):
        sunday = saturday + timedelta(days=1)
        slot = Dienst(TEAM, sunday, 9 * 60, 17 * 60, frozenset()).as_slot(0)
        assert (slot.change, slot.capacity, minute_of(moment_of(sunday, 600), slot)) == (None, 480, 600)


@pytest.mark.parametrize(("day", "hours"), NACHTEN)
def test_a_round_fills_the_night_and_every_visit_lasts_as_long_as_it_must(day: date, hours: int) -> None:
    rng = random.Random(day.toordinal())
    visits = tuple(
        bezoek(
            f"v{i:02}",
            *on(day),
            duration=35,
            competences=frozenset({"HOR"}),
            point=Point(80_000 + rng.uniform(0, 900), 450_000),
        )
        for i in range(20)
    )
    problem = Problem(day, day, (nacht(day).as_slot(0),), visits)
    stops = solve(problem, QUICK, 1).assignments
    assert len(stops) >= (hours - 2) * 60 // 40  # the repeated hour of October holds no start
    for stop in stops:
        assert real(day, stop.start, stop.end) == 35 or day == HERFST  # an end may lie in the hour that comes twice
        assert stop.end <= 28 * 60
    for before, after in pairwise(sorted(stops, key=lambda s: s.order)):
        assert real(day, before.start, after.start) >= 35 + after.travel
    if day == LENTE:
        assert not [s.start for s in stops if 26 * 60 <= s.start < 27 * 60]  # that hour is not there
    if day == HERFST:
        starts = [s.start for s in stops if s.start >= 26 * 60]
        assert starts == sorted(starts)
        assert any(start >= 27 * 60 for start in starts)


@pytest.mark.parametrize(("day", "fits"), [(LENTE, False), (HERFST, True), (GEWOON, True)])
def test_by_hand_the_way_between_two_visits_takes_its_real_time(day: date, fits: bool) -> None:
    """One ends at 01:50, and an hour and ten minutes of the clock later the next one begins: in March those are ten minutes."""
    slot = nacht(day).as_slot(0)
    one, other = (
        bezoek(k, *on(day), competences=frozenset({"HOR"}), point=Point(x, 450_000))
        for k, x in (("a", 80_000), ("b", 85_000))
    )
    index = Index(Problem(day, day, (slot,), ()))
    board = Board(index, [Standing(one, day, slot.key, 25 * 60 + 10, fixed=True)], (), {}, day)
    placed = board.place(other, slot, 27 * 60)
    if fits:
        assert not isinstance(placed, list)
        assert placed.start == 27 * 60
    else:
        assert isinstance(placed, list)
        assert [broken.regel for broken in placed] == [Regel.REISTIJD]
        assert all(isinstance(broken, Breuk) for broken in placed)


@pytest.mark.parametrize(("day", "minutes"), [(LENTE, 120), (HERFST, 240), (GEWOON, 180)])
def test_a_door_is_open_for_its_real_hours(day: date, minutes: int) -> None:
    """From one to four on the clock; a visit of half an hour may start in none of the minutes that come twice."""
    open_ = (Opening(6, 60, 240),)
    visit = bezoek("v", *on(day), openings=open_, duration=30)
    slot = nacht(day).as_slot(0)
    windows = Index(Problem(day, day, (slot,), (visit,))).windows(visit, slot)
    assert windows[-1][1] - windows[0][0] == minutes
    for low, high in windows:
        span = ((low, high),)
        times = lay_times(slot, [visit], lambda _v, _s, span=span: span, lambda _a, _b: 0)  # type: ignore[misc]  # bound now
        assert times is not None
        (timed,) = times
        assert slot.real(timed.start) == low


@pytest.mark.parametrize(("day", "hours"), [(LENTE, 10), (HERFST, 12), (GEWOON, 11)])
def test_rest_is_real_rest(day: date, hours: int) -> None:
    """From one at night to noon the next day are eleven hours on the clock."""
    late, noon = Tijdvak(TEAM, day, 17 * 60, 25 * 60), Tijdvak(TEAM, day + timedelta(days=1), 12 * 60, 20 * 60)
    rules = Roosterregels(11 * 60, 14 * 60, 1)
    assert noon.begin - late.einde == hours * 60
    assert lacks_rest(late, noon, rules) is (hours < 11)
    crews = man_shifts(
        [Roosterdienst(UUID(int=1), late), Roosterdienst(UUID(int=2), noon)],
        {TEAM: [UUID(int=9)]},
        lambda _team, _account, _day: False,
        rules,
    )
    assert crews[UUID(int=2)].available() == (hours >= 11)
    just = Tijdvak(TEAM, day, 20 * 60, 27 * 60)
    assert is_night_shift(just)
    # From half past one to a quarter past three: three quarters of an hour in March, else more than an hour.
    assert is_night_shift(Tijdvak(TEAM, day, 25 * 60 + 30, 27 * 60 + 15)) is (day != LENTE)
