"""Places in files: systems, surfaces, what is in the wrong order; a reason names the mend."""

from pathlib import Path
from typing import Any

import pytest
import shapely
from pyproj import Transformer

from app.objecten.adapters.bestand import UnreadableFile
from app.objecten.adapters.indelingen import open_file
from app.objecten.adapters.plaatsen import place_of_numbers, place_of_wkt, system_of
from app.objecten.status import Importindeling
from tests.objecten.bestanden import PLACELESS, ROW, as_csv, features, read, write_gpkg

OBJECTEN = Importindeling.OBJECTEN
LON, LAT = 5.387206, 52.155172  # RD 155000, 463000
SQUARE = shapely.box(154990, 462990, 155010, 463010)


@pytest.mark.parametrize(
    ("name", "system"),
    [
        ("urn:ogc:def:crs:EPSG::28992", "EPSG:28992"),
        ("EPSG:28992", "EPSG:28992"),
        ("http://www.opengis.net/def/crs/EPSG/0/7415", "EPSG:7415"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "CRS84"),
        ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", "CRS84"),
        ("+proj=longlat +nadgrids=/etc/passwd", "onbekend"),
        ("lokaal", "onbekend"),
    ],
)
def test_systems_by_name(name: str, system: str) -> None:
    assert system_of(name) == system


@pytest.mark.parametrize("code", [28992, 4326, 4258, 3857, 25831, 32631, 7415])
def test_any_system_gives_the_point_in_rd(tmp_path: Path, code: int) -> None:
    flat = 28992 if code == 7415 else code
    x, y = Transformer.from_crs("OGC:CRS84", f"EPSG:{flat}", always_xy=True).transform(LON, LAT)
    path = tmp_path / "a.gpkg"
    good, bad, _ = read(OBJECTEN, write_gpkg(path, "zaken", [PLACELESS], [shapely.Point(x, y)], f"EPSG:{code}"))
    assert bad == []
    assert good[0].adres.x == pytest.approx(155000, abs=1)
    assert good[0].adres.y == pytest.approx(463000, abs=1)


def test_of_a_surface_a_point_on_it(tmp_path: Path) -> None:
    shapes = [SQUARE, shapely.Polygon()]
    good, bad, _ = read(
        OBJECTEN, write_gpkg(tmp_path / "a.gpkg", "z", [PLACELESS, PLACELESS | {"objectnummer": "2"}], shapes)
    )
    assert bad == []
    punt = good[0].adres.punt
    assert punt is not None
    assert SQUARE.contains(shapely.Point(punt.x, punt.y))
    assert (good[1].adres.punt, good[1].opmerkingen[0].reden) == (None, "ontbreekt; het object staat niet op de kaart")
    wkt = as_csv(PLACELESS | {"geometrie": SQUARE.wkt}, PLACELESS | {"geometrie": f"SRID=28992;{SQUARE.wkt}"})
    (tmp_path / "b").write_text(wkt)
    good, bad, _ = read(OBJECTEN, tmp_path / "b")
    assert ([row.adres.x for row in good], bad) == ([155000, 155000], [])


@pytest.mark.parametrize(
    ("place", "members", "told"),
    [
        ([LAT, LON], {}, "verwisseld"),
        ([463000, 155000], {}, "verwisseld"),
        (
            [155000, 463000],
            {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}},
            "noem EPSG:28992",
        ),
        ([LON, LAT], {"crs": {"type": "name", "properties": {"name": "EPSG:28992"}}}, "zet ze om"),
        ([155000, 463000], {"crs": {"type": "name", "properties": {"name": "lokaal"}}}, "geen bruikbaar"),
        ([155000, 463000], {"crs": {"type": "name", "properties": {"name": "EPSG:999999"}}}, "geen bruikbaar"),
        ([2.35, 48.85], {}, "buiten Nederland"),
        ([float("nan"), 1.0], {}, "geen geometrie"),
        ({"type": "Point"}, {}, "geen geometrie"),
        ({"type": "Polygon", "coordinates": [[[1]]]}, {}, "geen geometrie"),
        ("hier", {}, "geen geometrie"),
    ],
)
def test_a_place_that_cannot_be_names_the_mend(
    tmp_path: Path, place: object, members: dict[str, Any], told: str
) -> None:
    path = tmp_path / "a"
    fine = PLACELESS | {"x": "155000", "y": "463000"}
    path.write_bytes(features([PLACELESS, fine], [place, None], **members))
    good, bad, _ = read(OBJECTEN, path)
    assert len(good) == 1
    assert [(row.regel, told in row.fouten[0].reden) for row in bad] == [(1, True)]


def test_a_file_that_is_swapped_as_a_whole_lands_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(features([PLACELESS] * 3, [[LAT, LON]] * 3))
    with pytest.raises(UnreadableFile, match=r"lengte en breedte zijn verwisseld.*niets ingelezen"):
        open_file(OBJECTEN, path)
    path.write_text(as_csv(*[ROW | {"x": ROW["y"], "y": "155000"}] * 3))
    with pytest.raises(UnreadableFile, match="x en y zijn verwisseld"):
        open_file(OBJECTEN, path)


def test_a_layer_without_system_is_refused_with_the_mend(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="crs"):
        path = write_gpkg(tmp_path / "a.gpkg", "z", [PLACELESS], [shapely.Point(155000, 463000)], crs=None)
    _, bad, _ = read(OBJECTEN, path)
    assert "EPSG:28992" in bad[0].fouten[0].reden


def test_numbers_and_text() -> None:
    assert place_of_numbers("155000,5", "463000").punt is not None
    assert place_of_numbers("155000", "").fout is not None
    assert place_of_numbers("1e999", "463000").fout is not None
    assert place_of_wkt("POINT Z (155000 463000 2.5)", "").punt is not None
    assert place_of_wkt("POINT EMPTY", "").fout is None
    assert place_of_wkt("DROP TABLE", "").fout is not None
