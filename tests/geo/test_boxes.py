import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.boxes import RD_DOMAIN, Bbox, Box, InvalidBbox, box_contains, parse_bbox
from geo.crs import Crs, rd_to_wgs84, wgs84_to_rd
from geo.faults import GeoFault

fractions = st.floats(0, 1)


def test_a_window_in_rd_is_its_own_cover() -> None:
    bbox = parse_bbox("80000, 450000,81000.5,+451000", Crs.RD)
    window = Box(80000, 450000, 81000.5, 451000)
    assert bbox == Bbox(Crs.RD, window, window, window)
    assert box_contains(bbox, 80000, 451000)  # edges are inside
    assert not box_contains(bbox, 79999.99, 450500)


def test_a_window_in_degrees_is_refined_where_its_cover_is_too_wide() -> None:
    bbox = parse_bbox("4.2,52.0,4.4,52.1")
    outside = Box(bbox.cover.min_x, bbox.cover.min_y, bbox.cover.max_x, bbox.cover.max_y)
    assert not box_contains(bbox, outside.min_x, outside.min_y)
    assert box_contains(bbox, *wgs84_to_rd(4.3, 52.05))


@settings(deadline=None)
@given(
    st.tuples(st.floats(3.4, 7.1), st.floats(3.4, 7.1)).map(sorted),
    st.tuples(st.floats(50.8, 53.5), st.floats(50.8, 53.5)).map(sorted),
    fractions,
    fractions,
    st.sampled_from(["inside", "south", "north", "west", "east"]),
)
def test_the_cover_holds_every_point_of_the_window(
    lons: list[float], lats: list[float], east: float, north: float, side: str
) -> None:
    bbox = parse_bbox(f"{lons[0]!r},{lats[0]!r},{lons[1]!r},{lats[1]!r}")
    lon = {"west": lons[0], "east": lons[1]}.get(side, lons[0] + east * (lons[1] - lons[0]))
    lat = {"south": lats[0], "north": lats[1]}.get(side, lats[0] + north * (lats[1] - lats[0]))
    try:
        x, y = wgs84_to_rd(min(lon, lons[1]), min(lat, lats[1]))
    except GeoFault:  # a corner of the window beyond the domain of RD holds no objects
        return
    assert bbox.cover.contains(x, y)


@settings(deadline=None)
@given(
    st.floats(20_000, 270_000),
    st.floats(310_000, 610_000),
    st.lists(st.floats(-0.1, 0.1), min_size=4, max_size=4),
)
def test_refined_points_are_those_with_their_degrees_in_the_window(x: float, y: float, shifts: list[float]) -> None:
    lon, lat = rd_to_wgs84(x, y)
    west, east = sorted(lon + shift for shift in shifts[:2])
    south, north = sorted(lat + shift for shift in shifts[2:])
    bbox = parse_bbox(f"{west!r},{south!r},{east!r},{north!r}")
    assert box_contains(bbox, x, y) is (west <= lon <= east and south <= lat <= north)


def test_the_cover_is_not_much_wider_than_the_window() -> None:
    bbox = parse_bbox("4.30,52.07,4.32,52.08")
    corners = [wgs84_to_rd(lon, lat) for lon in (4.30, 4.32) for lat in (52.07, 52.08)]
    assert bbox.cover.min_x > min(x for x, _ in corners) - 1
    assert bbox.cover.max_y < max(y for _, y in corners) + 1


def test_a_window_on_the_whole_world_covers_the_country() -> None:
    assert parse_bbox("-180,-90,180,90").cover == RD_DOMAIN
    assert parse_bbox("-1e6,-1e6,1e6,1e6", Crs.RD).cover == RD_DOMAIN


@pytest.mark.parametrize(
    ("text", "crs", "told"),
    [
        ("", Crs.CRS84, "vier getallen"),
        ("4.2,52.0,4.4", Crs.CRS84, "vier getallen"),
        ("4.2,52.0,0,4.4,52.1,9", Crs.CRS84, "vier getallen"),
        ("4.2,52.0,4.4,nan", Crs.CRS84, "gewone getallen"),
        ("4.2,52.0,4.4,inf", Crs.CRS84, "gewone getallen"),
        ("4.2,52.0,4.4,5_2", Crs.CRS84, "gewone getallen"),
        ("4.2,52.0,4.4,٥٢", Crs.CRS84, "gewone getallen"),
        ("4.2,52.0,4.4,", Crs.CRS84, "gewone getallen"),
        ("4.4,52.0,4.2,52.1", Crs.CRS84, "west ten oosten"),
        ("4.2,52.1,4.4,52.0", Crs.CRS84, "zuid ten noorden"),
        ("52.0,4.2,52.1,4.4", Crs.CRS84, "verwisseld"),
        ("450000,80000,451000,81000", Crs.RD, "verwisseld"),
        ("80000,450000,81000,451000", Crs.CRS84, "ander stelsel"),
        ("4.2,52.0,4.4,52.1", Crs.RD, "ander stelsel"),
        ("13.3,52.4,13.5,52.6", Crs.CRS84, "buiten Nederland"),
        ("2.9,53.69,2.91,53.7", Crs.CRS84, "buiten Nederland"),
        ("0,0,10,10", Crs.RD, "buiten Nederland"),
    ],
)
def test_a_wrong_window_is_explained_without_repeating_it(text: str, crs: Crs, told: str) -> None:
    with pytest.raises(InvalidBbox, match=told) as refused:
        parse_bbox(text, crs)
    assert not text or text not in str(refused.value)
