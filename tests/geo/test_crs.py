from concurrent.futures import ThreadPoolExecutor
from math import cos, hypot, inf, nan, radians

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.crs import (
    RD_MAX_X,
    RD_MAX_Y,
    RD_MIN_X,
    RD_MIN_Y,
    Crs,
    PuntNotFinite,
    PuntOutsideNederland,
    SwappedCoordinates,
    UnknownCrs,
    check_rd,
    check_wgs84,
    convert_all_to_rd,
    convert_all_to_wgs84,
    parse_crs,
    rd_to_wgs84,
    wgs84_to_rd,
)

# Pairs centroide_rd / centroide_ll of the PDOK Locatieserver v3.1: an address in Amsterdam, one in
# Nijmegen and two in Utrecht.
LOCATIESERVER = [
    (121828.874, 486751.728, 4.90016547, 52.3676456),
    (187136.056, 428140.256, 5.85351525, 51.84092097),
    (140246.991, 455234.367, 5.17196101, 52.08517866),
    (139802.572, 455524.228, 5.1654642, 52.08777191),
]
# Control points of the RDNAPTRANS2008 test sheet (Kadaster and Rijkswaterstaat); longitude and latitude
# in ETRS89.
RDNAPTRANS = [
    pytest.param(117380.12, 575040.34, 4.824761912, 53.160753042, id="Texel"),
    pytest.param(247380.56, 604580.78, 6.776726674, 53.41948205, id="Noord-Groningen"),
    pytest.param(155000.0, 463000.0, 5.387203657, 52.155172897, id="Amersfoort"),
    pytest.param(16460.91, 377380.23, 3.397588595, 51.368607152, id="Zeeuws-Vlaanderen"),
    pytest.param(182260.45, 311480.67, 5.773795548, 50.792584916, id="Zuid-Limburg"),
    pytest.param(64640.89, 440700.01, 4.072887101, 51.947393898, id="Maasvlakte"),
]
METRES_PER_DEGREE = 111_300

xs = st.floats(RD_MIN_X, RD_MAX_X)
ys = st.floats(RD_MIN_Y, RD_MAX_Y)


def metres_between(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    east = (lon - other_lon) * METRES_PER_DEGREE * cos(radians(lat))
    return hypot(east, (lat - other_lat) * METRES_PER_DEGREE)


@pytest.mark.parametrize(("x", "y", "lon", "lat"), LOCATIESERVER)
def test_agrees_with_the_locatieserver_to_a_millimetre(x: float, y: float, lon: float, lat: float) -> None:
    assert metres_between(*rd_to_wgs84(x, y), lon, lat) < 0.001
    there_x, there_y = wgs84_to_rd(lon, lat)
    assert hypot(there_x - x, there_y - y) < 0.0015  # the published degrees are rounded to a millimetre


@pytest.mark.parametrize(("x", "y", "lon", "lat"), RDNAPTRANS)
def test_agrees_with_the_official_control_points_to_25_cm(x: float, y: float, lon: float, lat: float) -> None:
    assert metres_between(*rd_to_wgs84(x, y), lon, lat) < 0.25


@settings(deadline=None)
@given(xs, ys)
def test_there_and_back_again_stays_within_a_millimetre(x: float, y: float) -> None:
    back_x, back_y = wgs84_to_rd(*rd_to_wgs84(x, y))
    check_rd(back_x, back_y)
    assert hypot(back_x - x, back_y - y) < 0.001


@settings(deadline=None)
@given(xs, ys)
def test_many_at_once_is_the_same_as_one_by_one(x: float, y: float) -> None:
    lons, lats = convert_all_to_wgs84(np.array([x]), np.array([y]))
    assert (lons[0], lats[0]) == rd_to_wgs84(x, y)
    back_xs, back_ys = convert_all_to_rd(lons, lats)
    assert hypot(back_xs[0] - x, back_ys[0] - y) < 0.001


def test_threads_may_share_the_conversion() -> None:
    places = [(100_000.0 + step, 450_000.0 + 3 * step) for step in range(2_000)]
    expected = [rd_to_wgs84(x, y) for x, y in places]
    with ThreadPoolExecutor(8) as pool:
        for _ in range(5):
            assert list(pool.map(lambda place: rd_to_wgs84(*place), places)) == expected


@pytest.mark.parametrize(
    ("x", "y", "told"),
    [
        (463_000, 155_000, "verwisseld"),
        (5.387, 52.155, "graden"),
        (52.155, 5.387, "graden"),
    ],
)
def test_swapped_rd_is_told_apart(x: float, y: float, told: str) -> None:
    with pytest.raises(SwappedCoordinates, match=told):
        check_rd(x, y)


@pytest.mark.parametrize(
    ("lon", "lat", "told"),
    [
        (52.155, 5.387, "Lengte en breedte zijn verwisseld"),
        (155_000, 463_000, "RD-coördinaten"),
        (463_000, 155_000, "RD-coördinaten"),
    ],
)
def test_swapped_degrees_are_told_apart(lon: float, lat: float, told: str) -> None:
    with pytest.raises(SwappedCoordinates, match=told):
        check_wgs84(lon, lat)


@pytest.mark.parametrize(
    ("x", "y"),
    [
        (0, 0),
        (-7_000.01, 400_000),
        (300_000.01, 400_000),
        (150_000, 288_999.9),
        (150_000, 629_000.1),
        (1e300, 1),
    ],
)
def test_rd_outside_the_country_is_refused(x: float, y: float) -> None:
    with pytest.raises(PuntOutsideNederland, match="buiten Nederland"):
        check_rd(x, y)
    with pytest.raises(PuntOutsideNederland):
        rd_to_wgs84(x, y)


@pytest.mark.parametrize(("lon", "lat"), [(0, 0), (13.4, 52.5), (2.35, 48.86), (2.91, 53.69), (7.59, 50.51)])
def test_degrees_outside_the_country_are_refused(lon: float, lat: float) -> None:
    with pytest.raises(PuntOutsideNederland):
        wgs84_to_rd(lon, lat)


@pytest.mark.parametrize("wrong", [nan, inf, -inf])
def test_what_is_no_number_is_refused(wrong: float) -> None:
    for first, second in [(wrong, 463_000.0), (155_000.0, wrong), (wrong, wrong)]:
        with pytest.raises(PuntNotFinite):
            check_rd(first, second)
        with pytest.raises(PuntNotFinite):
            check_wgs84(first, second)


def test_only_the_two_systems_of_the_api_are_known() -> None:
    assert parse_crs("http://www.opengis.net/def/crs/OGC/1.3/CRS84") is Crs.CRS84
    assert parse_crs("http://www.opengis.net/def/crs/EPSG/0/28992") is Crs.RD
    assert {parse_crs(name) for name in ("EPSG:28992", "urn:ogc:def:crs:EPSG::28992")} == {Crs.RD}
    assert parse_crs("urn:ogc:def:crs:OGC:1.3:CRS84") is Crs.CRS84
    for name in ("http://www.opengis.net/def/crs/EPSG/0/4258", "EPSG:4326", ""):
        with pytest.raises(UnknownCrs):
            parse_crs(name)
