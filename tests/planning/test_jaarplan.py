"""A year of the norm: spread over the whole year, every year again, whatever the length of the rounds (planning.md, unpredictability)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.planning.rules.behoefte import Ritme
from app.planning.rules.kalender import Periode
from app.planning.rules.seks import Seksnorm
from app.planning.solver.draft import Draft
from app.planning.solver.drawing import draw_dates, generator
from app.planning.solver.engine import solve
from app.planning.solver.filling import draw_share
from app.planning.solver.index import Index
from app.planning.solver.problem import Problem, Settings, Stop
from app.planning.solver.terms import TermCode
from app.planning.solver.yearly import Inrichting, Loting, extra_visits, norm_visits
from tests.planning.cities import bezoek, dag, dienst

NORM = Seksnorm(6, 14, telling_vanaf=date(2020, 1, 1))
PERMIT = [Periode(date(2015, 1, 1))]
FIRST = date(2021, 1, 1)


def even(key: str) -> list[date]:
    """Six dates of the first year, drawn."""
    span = (date(2020, 1, 1), date(2020, 12, 31))
    return draw_dates([span] * 6, 14, generator(1, "eerste jaar", key))


def dates_of(key: str, known: list[date], van: date, tot: date, ritme: Ritme, seed: int) -> list[date]:
    """The dates that a round draws for one establishment, extra ones included."""
    place = Inrichting(key, PERMIT, known)
    loting = Loting(seed, dict.fromkeys(range(2020, 2040), 7))
    needs = norm_visits(place, van, tot, NORM, ritme, loting) + extra_visits(place, van, tot, NORM, ritme, loting)
    legal = sorted((need.eerste, need.laatste) for need in needs)
    return draw_dates(legal, 14, generator(seed, "test", key, van.isoformat())) if legal else []


def played(key: str, years: int, weeks: int, ritme: Ritme) -> list[date]:
    """Years of rounds of some weeks one after the other; what a round draws is done."""
    done = even(key)
    for van, tot in rounds(years, weeks):
        done += dates_of(key, done, van, tot, ritme, seed=van.toordinal())
    return [day for day in done if day >= FIRST]


def rounds(years: int, weeks: int) -> Iterator[tuple[date, date]]:
    """Periods that cover whole years."""
    for year in range(FIRST.year, FIRST.year + years):
        van = date(year, 1, 1)
        while van.year == year:
            tot = min(date(year, 12, 31), van + timedelta(days=7 * weeks - 1))
            yield van, tot
            van = tot + timedelta(days=1)


@pytest.mark.parametrize("weeks", [53, 4])
def test_each_year_holds_its_number_and_no_year_is_drawn_earlier_than_the_last(weeks: int) -> None:
    ritme = Ritme(14, 60, 0.25)
    years = 6
    quarters: Counter[tuple[bool, int]] = Counter()
    for number in range(20):
        days = played(f"S{number}", years, weeks, ritme)
        per_year = Counter(day.year for day in days)
        assert all(6 <= per_year[year] <= 7 for year in range(FIRST.year, FIRST.year + years)), (number, per_year)
        quarters.update((day.year >= FIRST.year + 3, (day.month - 1) // 3) for day in days)
    for late in (False, True):
        total = sum(quarters[late, q] for q in range(4))
        assert all(0.16 < quarters[late, q] / total < 0.34 for q in range(4)), (late, quarters)


def test_without_extra_visits_the_year_is_the_norm_and_with_one_a_year_it_is_one_more() -> None:
    for extra, expected in ((0.0, 6), (1.0, 7)):
        days = played("S1", 3, 53, Ritme(14, 60, extra))
        assert Counter(day.year for day in days) == {2021: expected, 2022: expected, 2023: expected}


def test_another_round_over_the_year_does_not_draw_another_extra_visit() -> None:
    """Whether a year has one follows from the seed of the year, and one that stands is not asked for again."""
    ritme, whole = Ritme(14, 60, 0.5), (date(2021, 1, 1), date(2021, 12, 31))
    asked: list[set[str]] = []
    for seed in (1, 2, 3):
        loting = Loting(seed, {2021: 99})
        found = {
            key
            for key in map(str, range(40))
            if extra_visits(Inrichting(key, PERMIT, even(key)), *whole, NORM, ritme, loting)
        }
        asked.append(found)
    assert asked[0] == asked[1] == asked[2]
    assert 8 < len(asked[0]) < 32
    key = min(asked[0])
    seven = [date(2021, month, 9) for month in (1, 3, 5, 7, 9, 11, 12)]
    place = Inrichting(key, PERMIT, [*even(key), *seven])
    assert extra_visits(place, *whole, NORM, ritme, Loting(1, {2021: 99})) == []
    assert norm_visits(place, *whole, NORM, ritme, Loting(1, {2021: 99})) == []


def test_what_is_late_goes_before_what_is_new_and_nobody_waits_for_ever() -> None:
    """Room for one visit a day: the longest late is done, and a late one that takes the room of two is not put off for those."""
    room = dienst(0, capacity=90)
    late = bezoek("z laat", 0, 0, waiting=3)
    others = [bezoek(f"a{n}", 0, 0) for n in range(4)]
    settings = Settings(travel_allowance=0)
    result = solve(Problem(dag(0), dag(0), (room,), (*others, late), settings=settings), Stop(0.5), 1)
    assert "z laat" in {a.visit_key for a in result.assignments}
    assert len(result.assignments) == 2
    large = bezoek("z groot", 0, 0, waiting=3, duration=85)
    result = solve(Problem(dag(0), dag(0), (room,), (*others, large), settings=settings), Stop(0.5), 1)
    assert {a.visit_key for a in result.assignments} == {"z groot"}


def test_the_lot_fills_its_share_of_each_week_of_a_long_round() -> None:
    slots = tuple(dienst(7 * week + day) for week in range(12) for day in (1, 4))
    visits = tuple(bezoek(f"v{n}", 0, 83, required=False) for n in range(400))
    problem = Problem(dag(0), dag(83), slots, visits, settings=Settings(random_share=0.1))
    _, drawn = draw_share(Draft(Index(problem)), 3)
    weeks = Counter((day - dag(0)).days // 7 for day in drawn.values())
    assert weeks == dict.fromkeys(range(12), 2)  # a tenth of 960 minutes holds two visits of 48
    extra = replace(visits[0], key="extra", object_key="extra", by_lot=True)
    optional, more = draw_share(Draft(Index(replace(problem, visits=(*visits, extra)))), 3)
    assert extra.key in more
    assert any(term.code is TermCode.ASELECT for term in optional[extra.key].terms)
