from itertools import permutations
from random import Random
from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, box

from geo.area_faults import Area, InvalidAreas, find_area_faults, find_overlaps
from geo.area_repair import find_gaps, repair_area, same_ground
from geo.areas import MANY, Areas, points_within
from geo.crs import Punt, PuntNotFinite

WEST, SOUTH, SIDE, CELLS = 80_000.0, 450_000.0, 100.0, 4

# Four areas that meet in one corner, and a lake with an island in the north-east one.
LAKE = [(170.0, 170.0), (190.0, 170.0), (190.0, 190.0), (170.0, 190.0)]
QUARTERS = [
    Area("BU0003", box(0, 0, 100, 100), "WK01"),
    Area("BU0001", box(100, 0, 200, 100), "WK02"),
    Area("BU0004", box(0, 100, 100, 200), "WK01"),
    Area("BU0002", Polygon(box(100, 100, 200, 200).exterior, [LAKE]), "WK02"),
]


@pytest.mark.requirement("REG-20")
@pytest.mark.parametrize("order", list(permutations(QUARTERS)))
def test_objects_are_counted_right_at_the_border(order: tuple[Area, ...]) -> None:
    areas = Areas(order)
    expected = {
        (50, 50): "BU0003",  # inside
        (100, 50): "BU0001",  # on the border of 3 and 1
        (50, 100): "BU0003",  # on the border of 3 and 4
        (100, 100): "BU0001",  # in the corner of all four
        (200, 100): "BU0001",  # where two areas meet on the outer border
        (0, 0): "BU0003",  # outer corner
        (170, 180): "BU0002",  # on the shore of the lake
        (180, 180): None,  # in the lake
        (200.001, 50): None,  # a millimetre outside
    }
    points = [Punt(x, y) for x, y in expected]
    assert areas.assign_all(points) == list(expected.values())
    assert [areas.assign(point.x, point.y) for point in points] == list(expected.values())
    assert areas.count(points) == {"BU0001": 3, "BU0002": 1, "BU0003": 3, "BU0004": 0}
    # Two objects at one address are two objects, and nobody on the border is lost or counted double.
    assert sum(areas.count(points * 2).values()) == 2 * 7


def test_many_points_get_the_same_areas_as_one_by_one() -> None:
    areas = Areas(QUARTERS)
    steps = [Punt(x * 5.0, y * 5.0) for x in range(-2, 43) for y in range(-2, 43)]
    assert len(steps) > MANY
    assert areas.assign_all(steps) == [areas.assign(point.x, point.y) for point in steps]
    assert areas.assign_all([Punt(-50.0, -50.0)] * (MANY + 1)) == [None] * (MANY + 1)
    assert Areas([]).assign_all(steps) == [None] * len(steps)
    assert areas.bounds == (0.0, 0.0, 200.0, 200.0)


@pytest.mark.parametrize(
    ("whole", "holes"),
    [(box(0, 0, 200, 200), [400.0]), (box(0, 0, 210, 200), [2000.0, 400.0]), (None, [400.0])],
)
def test_ground_that_no_area_covers_is_told(whole: Polygon | None, holes: list[float]) -> None:
    assert [gap.square_metres for gap in find_gaps(QUARTERS, whole)] == holes
    shifted = [Area("a", box(0, 0, 100, 100)), Area("b", box(100.01, 0, 200, 100))]  # a sliver of a centimetre
    assert find_gaps(shifted, box(0, 0, 200, 100)) == []


def test_a_ring_is_mended_only_where_it_is_certain_what_was_meant() -> None:
    sound = box(0, 0, 100, 100)
    assert repair_area(sound) is sound
    kink = Polygon([(0, 0), (100, 0), (100, 100), (0, 100), (0, 50), (-0.01, 50.01), (0.01, 50.02)])
    mended = repair_area(kink)
    assert mended is not None
    assert mended.is_valid
    assert mended.area == pytest.approx(10_000, rel=1e-4)
    assert repair_area(Polygon([(0, 0), (100, 100), (100, 0), (0, 100)])) is None  # a bow tie: half or all of it?
    doubled = Polygon([(0, 0), (100, 0), (100, 100), (0, 100)], [[(0, 0), (100, 0), (100, 100), (0, 100)]])
    assert repair_area(doubled) is None
    assert same_ground(sound, box(0, 0, 100, 100.05))
    assert not same_ground(sound, box(0, 0, 100, 101))


@pytest.mark.requirement("REG-20")
def test_a_drawn_polygon_holds_its_border_and_not_its_hole() -> None:
    lake_shore = QUARTERS[3].polygon
    points = [
        Punt(150, 150),
        Punt(180, 180),
        Punt(170, 175),
        Punt(100, 100),
        Punt(99.999999, 150),
        Punt(150, 150),
    ]
    assert points_within(lake_shore, points) == [0, 2, 3, 5]
    assert points_within(lake_shore, []) == []
    two_parts = MultiPolygon([box(0, 0, 1, 1), box(5, 5, 6, 6)])
    assert points_within(two_parts, [Punt(3, 3), Punt(6, 5.5), Punt(0, 0)]) == [1, 2]


@st.composite
def tessellations(draw: st.DrawFn) -> tuple[list[Area], list[Punt]]:
    """Draw a grid with crooked corners, some cells split, and points inside, on edges and on corners."""
    shift = st.floats(-20, 20)  # so little that every cell stays convex
    corners = {
        (column, row): (
            WEST + column * SIDE + (draw(shift) if 0 < column < CELLS else 0),
            SOUTH + row * SIDE + (draw(shift) if 0 < row < CELLS else 0),
        )
        for column in range(CELLS + 1)
        for row in range(CELLS + 1)
    }
    shapes: list[list[tuple[float, float]]] = []
    for column in range(CELLS):
        for row in range(CELLS):
            a, b, c, d = (corners[column + east, row + north] for east, north in [(0, 0), (1, 0), (1, 1), (0, 1)])
            shapes += [[c, a, b], [a, c, d]] if draw(st.booleans()) else [[a, b, c, d]]
    codes = draw(st.permutations(range(len(shapes))))
    areas = [Area(f"BU{code:03}", Polygon(shape)) for code, shape in zip(codes, shapes, strict=True)]
    extent = st.floats(0, CELLS * SIDE)
    points = [Punt(WEST + draw(extent), SOUTH + draw(extent)) for _ in range(10)]
    points += [Punt(x, y) for x, y in corners.values()]
    for shape in shapes:
        (x, y), (other_x, other_y) = shape[0], shape[1]
        part = draw(st.sampled_from([0.5, 0.25, 1 / 3, 0.1]))
        points.append(Punt(x + part * (other_x - x), y + part * (other_y - y)))
    return areas, points


@settings(max_examples=40, deadline=None)
@given(tessellations(), st.randoms())
def test_every_point_of_a_tessellation_has_exactly_one_area(
    drawn: tuple[list[Area], list[Punt]], order: Random
) -> None:
    areas, points = drawn
    assigned = Areas(areas).assign_all(points)
    for point, code in zip(points, assigned, strict=True):
        place = shapely.Point(point.x, point.y)
        assert code == min(area.code for area in areas if area.polygon.covers(place))
    assert sum(Areas(areas).count(points).values()) == len(points)
    order.shuffle(areas)
    assert Areas(areas).assign_all(points) == assigned


def test_a_gap_by_rounding_between_neighbours_belongs_to_the_lowest_code() -> None:
    areas = Areas([Area("B", box(0, 0, 10, 10)), Area("A", box(10.0004, 0, 20, 10))])
    assert areas.assign(10.0002, 5) == "A"
    assert areas.assign(10, 5) == "B"  # on its own border, the other does not touch
    assert areas.assign(-0.0002, 5) is None  # as near to one area only: outside
    assert Areas([Area("B", box(0, 0, 10, 10)), Area("A", box(10.01, 0, 20, 10))]).assign(10.005, 5) is None


def test_an_overlap_is_told_and_belongs_to_the_lowest_code() -> None:
    given_areas = [
        Area("B", box(0, 0, 10, 10)),
        Area("A", box(9, 0, 20, 10)),
        Area("C", box(10, 0, 10.01, 10)),
    ]
    assert Areas(given_areas).assign(9.5, 5) == "A"
    (overlap,) = find_overlaps(given_areas)
    assert (overlap.code, overlap.other_code, overlap.square_metres) == ("A", "B", 10.0)
    bow_tie = Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])
    assert find_overlaps([*given_areas, Area("D", bow_tie)]) == [overlap]
    assert find_overlaps([]) == []


def test_an_area_of_parts_and_the_level_above() -> None:
    areas = Areas([Area("BU1", MultiPolygon([box(0, 0, 1, 1), box(5, 5, 6, 6)]), "WK1"), Area("BU2", box(2, 2, 3, 3))])
    assert (areas.assign(0.5, 0.5), areas.assign(5.5, 6), areas.assign(4, 4)) == ("BU1", "BU1", None)
    assert (areas.parent("BU1"), areas.parent("BU2")) == ("WK1", None)
    with pytest.raises(KeyError):
        areas.parent("BU9")


def test_no_areas_own_nothing() -> None:
    assert Areas([]).assign(100_000, 400_000) is None
    assert Areas(QUARTERS).assign_all([]) == []


@pytest.mark.parametrize(
    ("wkt", "told"),
    [
        ("POLYGON((0 0,2 2,2 0,0 2,0 0))", r"kruist of overlapt zichzelf \(bij RD 1, 1\)"),
        ("POLYGON((0 0,4 0,4 4,2 0,0 4,0 0))", "raakt zichzelf"),
        ("POLYGON((0 0,4 0,4 4,0 4,0 0),(5 5,6 5,6 6,5 5))", "gat ligt buiten"),
        ("POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,8 1,8 8,1 8,1 1),(2 2,3 2,3 3,2 2))", "in een ander gat"),
        ("MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)),((1 1,2 1,2 2,1 1)))", "in een ander deelvlak"),
        ("POLYGON((0 0,9 0,9 9,0 9,0 0),(0 4,4 0,9 4,4 9,0 4))", "in tweeën"),
        ("POLYGON((0 0,1 0,0 0,0 0))", "te weinig punten"),
        ("POLYGON EMPTY", "leeg"),
        ("LINESTRING(0 0,1 1)", "geen vlak"),
    ],
)
def test_an_invalid_shape_is_reported_and_not_repaired(wkt: str, told: str) -> None:
    shape: Any = shapely.from_wkt(wkt)
    with pytest.raises(InvalidAreas, match=told) as refused:
        Areas([Area("BU1", shape), Area("BU2", box(20, 20, 30, 30))])
    assert [fault.code for fault in refused.value.faults] == ["BU1"]
    with pytest.raises(InvalidAreas, match="Ongeldig gebied"):
        points_within(shape, [Punt(1, 1)])


def test_a_code_that_stands_twice_is_reported() -> None:
    faults = find_area_faults([*QUARTERS, Area("BU0001", box(300, 0, 400, 100))])
    assert [(fault.code, fault.reason) for fault in faults] == [("BU0001", "deze code komt vaker voor")]


def test_a_point_that_is_no_number_is_refused() -> None:
    with pytest.raises(PuntNotFinite):
        Areas(QUARTERS).assign(float("nan"), 50)
    with pytest.raises(PuntNotFinite):
        points_within(box(0, 0, 1, 1), [Punt(0, float("inf"))])
