from math import inf, nan
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.crs import Punt, PuntNotFinite
from geo.distances import (
    InvalidTravelParameters,
    TravelMode,
    TravelParameters,
    Vervoerwijze,
    distance,
    travel_matrix,
    travel_minutes,
    travel_seconds,
)

modes: st.SearchStrategy[Vervoerwijze] = st.sampled_from(["fiets", "auto", "lopend"])
# Positions to the millimetre, as address files give them.
punten = st.builds(
    Punt,
    st.integers(70_000_000, 90_000_000).map(lambda mm: mm / 1000),
    st.integers(440_000_000, 460_000_000).map(lambda mm: mm / 1000),
)


def test_known_times() -> None:
    start, end = Punt(80_000, 450_000), Punt(80_900, 451_200)  # 900 and 1200: 1500 metres
    assert distance(start, end) == 1500
    assert travel_matrix([start, end], "fiets") == [[0, 468], [468, 0]]  # 1950 m at 15 km/h
    assert travel_seconds(start, end, "auto") == 303  # 2100 m at 25 km/h: 302.4 s
    assert travel_seconds(start, end, "lopend") == 1296  # 1800 m at 5 km/h
    assert travel_minutes(start, end, "fiets") == 8
    assert travel_minutes(start, start, "fiets") == 0


def test_a_municipality_sets_its_own_parameters() -> None:
    own = TravelParameters(fiets=TravelMode(detour_factor=1.0, speed_kmh=18.0))
    assert travel_seconds(Punt(80_000, 450_000), Punt(81_000, 450_000), "fiets", own) == 200


def test_the_noise_of_floating_point_adds_no_second() -> None:
    slow = TravelParameters(lopend=TravelMode(detour_factor=1.1, speed_kmh=4.0))
    # 110 m at 4 km/h takes 99 s; as a float a little more.
    assert travel_seconds(Punt(80_000, 450_000), Punt(80_100, 450_000), "lopend", slow) == 99


@settings(deadline=None)
@given(st.lists(punten, max_size=8), modes)
def test_a_matrix_is_symmetric_and_repeatable_and_never_shortens(points: list[Punt], mode: Vervoerwijze) -> None:
    matrix = travel_matrix(points, mode)
    assert matrix == travel_matrix(points, mode)
    assert len(matrix) == len(points)
    per_metre = TravelParameters().of(mode).seconds_per_metre
    for row, start in enumerate(points):
        assert matrix[row][row] == 0
        for column, end in enumerate(points):
            seconds = distance(start, end) * per_metre
            assert matrix[row][column] == matrix[column][row]
            assert seconds - 1e-5 <= matrix[row][column] < seconds + 1
            assert type(matrix[row][column]) is int
            assert matrix[row][column] == travel_seconds(start, end, mode)


@settings(deadline=None)
@given(punten, punten, punten, modes)
def test_a_detour_is_never_quicker_by_more_than_rounding(a: Punt, b: Punt, c: Punt, mode: Vervoerwijze) -> None:
    direct = travel_seconds(a, c, mode)
    assert direct <= travel_seconds(a, b, mode) + travel_seconds(b, c, mode) + 1


@pytest.mark.parametrize(("factor", "speed"), [(0.99, 15), (nan, 15), (inf, 15), (1.3, 0), (1.3, -5), (1.3, nan)])
def test_parameters_that_cannot_be_are_refused(factor: float, speed: float) -> None:
    with pytest.raises(InvalidTravelParameters):
        TravelMode(factor, speed)


def test_an_unknown_way_to_travel_and_a_point_that_is_no_number_are_refused() -> None:
    unknown: Any = "helikopter"
    with pytest.raises(InvalidTravelParameters, match="fiets, auto of lopend"):
        travel_matrix([], unknown)
    with pytest.raises(PuntNotFinite):
        travel_matrix([Punt(nan, 1)], "fiets")
