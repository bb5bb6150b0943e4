from math import hypot
from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Polygon, box

from geo.area_faults import Area, find_area_faults
from geo.areas import Areas
from geo.crs import Crs, Punt, PuntOutsideNederland, SwappedCoordinates, rd_to_wgs84, wgs84_to_rd
from geo.faults import GeoFault
from geo.geojson import InvalidGeoJson, read_features, read_point, read_polygon, write_point, write_polygon

SQUARE = [[4.30, 52.07], [4.31, 52.07], [4.31, 52.08], [4.30, 52.08], [4.30, 52.07]]


def polygon(*rings: object) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def feature(geometry: object, **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


@settings(deadline=None)
@given(st.floats(20_000, 270_000), st.floats(310_000, 610_000), st.sampled_from(Crs))
def test_a_point_comes_back_within_a_millimetre(x: float, y: float, crs: Crs) -> None:
    written = write_point(Punt(x, y), crs)
    back = read_point(written, crs)
    assert hypot(back.x - x, back.y - y) < 0.001


def test_longitude_comes_first() -> None:
    lon, lat = write_point(Punt(155_000, 463_000))["coordinates"]
    assert (round(lon, 3), round(lat, 3)) == (5.387, 52.155)
    assert write_point(Punt(155_000.12346, 463_000), Crs.RD) == {
        "type": "Point",
        "coordinates": [155000.1235, 463000.0],
    }


def test_a_polygon_with_a_hole_is_written_counterclockwise_and_comes_back() -> None:
    clockwise = Polygon(
        [(80_000, 450_000), (80_000, 450_100), (80_100, 450_100), (80_100, 450_000)],
        [[(80_020, 450_020), (80_040, 450_020), (80_040, 450_040), (80_020, 450_040)]],
    )
    for shape in (clockwise, shapely.MultiPolygon([clockwise, box(80_200, 450_000, 80_300, 450_100)])):
        for crs in Crs:
            written = write_polygon(shape, crs)
            parts = [written["coordinates"]] if written["type"] == "Polygon" else written["coordinates"]
            assert shapely.LinearRing(parts[0][0]).is_ccw
            assert not shapely.LinearRing(parts[0][1]).is_ccw
            assert shapely.hausdorff_distance(read_polygon(written, crs), shape) < 0.002
            assert read_polygon(written, crs).geom_type == shape.geom_type


def test_a_long_edge_in_degrees_stays_on_its_parallel() -> None:
    wide = read_polygon(polygon([[4.0, 52.0], [4.5, 52.0], [4.5, 52.3], [4.0, 52.3], [4.0, 52.0]]))
    for lon in (4.0517, 4.25, 4.4321):  # a straight chord in RD would be 70 m off
        place = shapely.Point(*wgs84_to_rd(lon, 52.0))
        assert wide.boundary.distance(place) < 0.001


def test_neighbours_in_degrees_leave_no_gap_in_rd_even_where_only_one_has_a_vertex() -> None:
    south = read_polygon(polygon([[4.2, 52.0], [4.3, 52.0], [4.3013, 52.1007], [4.2, 52.1], [4.2, 52.0]]))
    north = read_polygon(
        polygon([[4.2, 52.1], [4.25065, 52.10035], [4.3013, 52.1007], [4.3, 52.2], [4.2, 52.2], [4.2, 52.1]])
    )
    areas = Areas([Area("A", south), Area("B", north)])
    for step in range(1, 200):
        part = step / 200
        assert areas.assign(*wgs84_to_rd(4.2 + part * 0.1013, 52.1 + part * 0.0007)) in {"A", "B"}
    start, end = wgs84_to_rd(4.2, 52.1), wgs84_to_rd(4.3013, 52.1007)
    assert (areas.assign(*start), areas.assign(*end)) == ("A", "A")


def test_a_file_gives_the_good_features_and_a_reason_for_each_other_one() -> None:
    collection = {
        "type": "FeatureCollection",
        "features": [
            feature(polygon(SQUARE), code="BU1"),
            feature(polygon(SQUARE[:-1]), code="open"),
            feature({"type": "Point", "coordinates": [4.3, 52.07]}),
            feature(polygon([position[::-1] for position in SQUARE])),
            feature(None),
            "geen feature",
            feature({"type": "MultiPolygon", "coordinates": [[SQUARE]]}, code="BU2"),
            {"type": "Feature", "properties": None, "geometry": polygon(SQUARE)},
            {"type": "Feature", "properties": ["x"], "geometry": polygon(SQUARE)},
        ],
    }
    read, faults = read_features(collection)
    assert [(item.index, item.properties.get("code")) for item in read] == [(0, "BU1"), (6, "BU2"), (7, None)]
    assert [fault.index for fault in faults] == [1, 2, 3, 4, 5, 8]
    assert "niet gesloten" in faults[0].reason
    assert "verwisseld" in faults[2].reason


def test_the_crs_member_of_the_file_goes_before_the_argument() -> None:
    ring = [list(rd) for rd in [(80_000, 450_000), (80_100, 450_000), (80_100, 450_100), (80_000, 450_000)]]
    collection: dict[str, Any] = {"type": "FeatureCollection", "features": [feature(polygon(ring))]}
    collection["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
    read, faults = read_features(collection)
    assert not faults
    assert read[0].polygon.bounds == (80_000, 450_000, 80_100, 450_100)
    for name in ("urn:ogc:def:crs:EPSG::3857", ["EPSG:28992"], None):
        collection["crs"] = {"type": "name", "properties": {"name": name}}
        with pytest.raises(InvalidGeoJson, match="coördinatenstelsel"):
            read_features(collection)


def test_a_crossing_ring_is_read_as_it_stands_and_then_reported() -> None:
    bow_tie = read_polygon(polygon([SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]]))
    assert "kruist" in find_area_faults([Area("BU1", bow_tie)])[0].reason


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        [],
        {"type": "LineString", "coordinates": SQUARE},
        polygon(),
        polygon([]),
        polygon(SQUARE[:1]),
        polygon([SQUARE[0], SQUARE[1], SQUARE[0]]),
        polygon([[4.3], *SQUARE[1:]]),
        polygon([["4.3", 52.07], *SQUARE[1:]]),
        polygon([[True, 52.07], *SQUARE[1:]]),
        polygon([[10**400, 52.07], *SQUARE[1:-1], [10**400, 52.07]]),
        polygon([[float("nan"), 52.07], *SQUARE[1:]]),
        polygon(SQUARE, "gat"),
        {"type": "MultiPolygon", "coordinates": SQUARE},
    ],
)
def test_what_is_no_polygon_is_refused(geometry: object) -> None:
    with pytest.raises(GeoFault):
        read_polygon(geometry)


def test_a_point_elsewhere_or_swapped_is_refused() -> None:
    lon, lat = rd_to_wgs84(155_000, 463_000)
    assert read_point({"type": "Point", "coordinates": [lon, lat, 12.5]}).x == pytest.approx(155_000, abs=0.001)
    with pytest.raises(SwappedCoordinates):
        read_point({"type": "Point", "coordinates": [lat, lon]})
    with pytest.raises(SwappedCoordinates):
        read_point({"type": "Point", "coordinates": [lon, lat]}, Crs.RD)
    with pytest.raises(PuntOutsideNederland):
        read_point({"type": "Point", "coordinates": [2.35, 48.86]})
    with pytest.raises(InvalidGeoJson):
        read_point(polygon(SQUARE))


@pytest.mark.parametrize("document", [None, [], {"type": "Feature"}, {"type": "FeatureCollection", "features": {}}])
def test_what_is_no_feature_collection_is_refused(document: object) -> None:
    with pytest.raises(InvalidGeoJson):
        read_features(document)
