"""What a period needs, what overlaps, and where a visit may stand: the pure rules behind a round."""

from datetime import date, timedelta
from itertools import pairwise, product
from operator import le
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.planning.rules.behoefte import Ritme, repeat_needs, seks_needs, share_per_year, within
from app.planning.rules.diensten import Tijdvak, find_overlaps
from app.planning.rules.kalender import Periode
from app.planning.rules.seks import Seksnorm
from app.planning.rules.tussenruimten import fill_gaps

NORM = Seksnorm(6, 14)
RITME = Ritme(14, 60, 0.25)
JAAR = (date(2027, 1, 1), date(2027, 12, 31))
ALTIJD = [Periode(date(2020, 1, 1))]


def even(year: int, count: int = 6) -> list[date]:
    return [date(year, 1, 15) + timedelta(days=61 * k) for k in range(count)]


def test_a_whole_year_needs_six_each_a_year_after_the_one_before() -> None:
    needs = seks_needs(*JAAR, NORM, ALTIJD, even(2026), RITME)
    assert [need.uiterste for need in needs] == even(2027)
    assert all(need.eerste <= need.uiterste < need.laatste for need in needs)


def test_planned_controls_are_not_asked_again() -> None:
    assert len(seks_needs(*JAAR, NORM, ALTIJD, even(2026) + even(2027, 4), RITME)) == 2
    assert seks_needs(*JAAR, NORM, ALTIJD, even(2026) + even(2027), RITME) == []


def test_half_a_permit_year_needs_three_and_no_permit_needs_none() -> None:
    assert len(seks_needs(*JAAR, NORM, [Periode(date(2027, 7, 1))], [], RITME)) == 3
    assert seks_needs(*JAAR, NORM, [Periode(date(2020, 1, 1), date(2026, 12, 31))], [], RITME) == []


def test_what_is_late_comes_soon_with_the_days_between() -> None:
    van = date(2027, 6, 1)
    needs = seks_needs(van, date(2027, 9, 30), Seksnorm(6, 14, telling_vanaf=date(2026, 6, 1)), ALTIJD, [], RITME)
    late = [need for need in needs if need.uiterste < van]
    assert late
    assert late[0].laatste == van + timedelta(days=14)
    assert all(b.laatste - a.laatste >= timedelta(days=14) for a, b in pairwise(late))


def test_what_fell_out_comes_in_the_gaps_and_not_behind_all_that_stands() -> None:
    done, standing = date(2027, 2, 10), [date(2027, 8, 12), date(2027, 10, 12), date(2027, 12, 10)]
    needs = seks_needs(date(2027, 3, 1), JAAR[1], NORM, ALTIJD, [*even(2026), done, *standing], RITME)
    assert [need.uiterste.month for need in needs] == [4, 6]
    assert all(done < need.eerste <= need.laatste < standing[0] for need in needs)
    late = seks_needs(date(2027, 7, 20), JAAR[1], NORM, ALTIJD, [*even(2026), done, *standing], RITME)
    assert late[0].laatste <= date(2027, 8, 3)  # there is little left before August: soon, and the other one later
    assert late[1].eerste > standing[0]
    full = [date(2027, 12, 1) + timedelta(days=14 * k) for k in range(2)]
    assert (
        len(seks_needs(date(2027, 11, 25), JAAR[1], NORM, ALTIJD, full, RITME)) == 4
    )  # more than fits is asked all the same


@given(st.lists(st.integers(0, 364), max_size=4, unique=True), st.integers(0, 340), st.integers(1, 4))
def test_the_longest_wait_is_as_short_as_the_dates_that_stand_allow(known: list[int], begin: int, count: int) -> None:
    year, least = JAAR[0], 14
    standing = [year + timedelta(days=n) for n in known]
    van, tot = year + timedelta(days=begin), JAAR[1]
    found = fill_gaps(count, standing, date(2020, 1, 1), (van, tot), 60, least)
    last = max((dag for dag in standing if dag < van), default=date(2020, 1, 1))
    stones = [max(last, van - timedelta(days=60)), *sorted(d for d in standing if d >= van), tot + timedelta(days=30)]
    gaps = [
        ((b - a).days, min(tot, b - timedelta(days=least)) - max(van, a + timedelta(days=least)))
        for a, b in pairwise(stones)
    ]
    rooms = [max(0, left.days // least + 1) for _, left in gaps]
    ways = [w for w in product(range(count + 1), repeat=len(gaps)) if sum(w) == count and all(map(le, w, rooms))]
    assert (found is None) == (not ways)
    if found is not None:
        held = [sum(a < plek.dag < b for plek in found) for a, b in pairwise(stones)]
        longest = [max(length / (n + 1) for (length, _), n in zip(gaps, way, strict=True)) for way in (held, *ways)]
        assert sum(held) == count
        assert longest[0] == min(longest)
        assert all(van <= plek.eerste <= plek.laatste <= tot for plek in found)
        assert all((d - plek.eerste).days not in range(1 - least, least) for plek in found for d in standing)


@given(
    st.lists(st.dates(date(2025, 6, 1), date(2027, 3, 31)), max_size=14),
    st.integers(0, 400),
    st.integers(0, 399),
    st.integers(0, 12),
)
def test_needs_lie_in_the_period_and_are_never_more_than_two_years_of_norm(
    known: list[date], start: int, days: int, per_jaar: int
) -> None:
    van = date(2026, 6, 1) + timedelta(days=start)
    tot = van + timedelta(days=days)
    norm = Seksnorm(per_jaar, 14, telling_vanaf=date(2025, 6, 1))
    needs = within(seks_needs(van, tot, norm, ALTIJD, known, RITME), tot)
    assert all(van <= need.eerste <= need.laatste <= tot for need in needs)
    assert len(needs) <= 3 * per_jaar


def test_horeca_comes_round_again() -> None:
    van, tot = JAAR
    needs = repeat_needs(van, tot, 6, date(2020, 1, 1), [date(2026, 10, 1)], 90)
    assert [need.uiterste for need in needs] == [date(2027, 4, 1), date(2027, 10, 1)]
    assert needs[0].eerste <= date(2027, 4, 1) <= needs[0].laatste
    assert repeat_needs(van, date(2027, 2, 1), 36, date(2020, 1, 1), [date(2026, 10, 1)], 540) == []
    (late,) = repeat_needs(van, tot, 12, date(2020, 1, 1), [], 180)  # once, not again half a year later
    assert late.eerste == van


def test_acties_are_shared_out_over_the_year() -> None:
    assert share_per_year(4, *JAAR, []) == {2027: 4}
    assert share_per_year(4, date(2027, 7, 1), JAAR[1], [date(2027, 3, 1)]) == {2027: 3}
    assert share_per_year(4, date(2027, 1, 1), date(2027, 6, 30), []) == {2027: 2}
    assert share_per_year(4, *JAAR, [date(2027, 1, n) for n in range(1, 6)]) == {2027: 0}


def test_each_calendar_year_asks_for_its_own_acties() -> None:
    """A round over a year's end: what is planned in either year already is not asked for again."""
    van, tot = date(2026, 11, 22), date(2027, 11, 21)
    assert share_per_year(4, van, tot, []) == {2026: 4, 2027: 4}
    planned = [date(2026, 12, 3), date(2027, 2, 9), date(2027, 5, 28), date(2027, 8, 24)]
    assert share_per_year(4, van, tot, planned) == {2026: 3, 2027: 1}
    assert share_per_year(4, van, tot, planned, minstens=6) == {2026: 3, 2027: 3}


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 1439), st.integers(1, 900)), max_size=8), st.integers(0, 8))
def test_no_overlap_is_missed(spans: list[tuple[int, int, int]], cut: int) -> None:
    team = UUID(int=1)
    made = [Tijdvak(team, date(2027, 1, 1) + timedelta(days=d), van, van + length) for d, van, length in spans]

    def clash(one: Tijdvak, other: Tijdvak) -> bool:
        return one.begin < other.einde and other.begin < one.einde

    stored: list[Tijdvak] = []
    for span in made[:cut]:
        if not any(clash(span, other) for other in stored):
            stored.append(span)
    new = made[cut:]
    found = find_overlaps(stored, new)
    left = [span for position, span in enumerate(new) if position not in found]
    assert all(clash(new[position], met) for position, met in found.items())
    both = [*stored, *left]
    assert not [1 for i, one in enumerate(both) for other in both[i + 1 :] if clash(one, other)]
