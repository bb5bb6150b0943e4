"""Divisions by year: reading them in, refusing what is none, and all places following when another holds."""

import json
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely
from shapely import Polygon, box
from sqlmodel import col, select

from app.core.runtime import Runtime
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.gebiedscodes import AreaCodes
from app.gemeenten.service import gebieden
from app.gemeenten.tables import Gebied
from app.objecten.adapters.bestand import UnreadableFile
from app.objecten.service import toewijzen
from app.objecten.status import Importindeling, Objecttype
from app.objecten.tables import Adres, Gebiedstoewijzing, Object
from app.objecten.tasks import assign_areas, follow_divisions
from geo.crs import Punt, rd_to_wgs84
from tests.objecten.bulk import LAKE, SHAPES, Killed, Units, counts, division, read, store
from tests.objecten.stock import address_body, make_object, on_day
from tests.support.municipality import STAD
from tests.support.service import Service

CBS = Importindeling.CBS_GEBIEDEN
SAMPLE_LIKE = {"name": "Belgisch Park", "cartodb_id": 1}
pytestmark = pytest.mark.usefixtures("municipality")


def cbs_features(jaar: int = 2025, water: bool = True) -> list[dict[str, Any]]:
    """The neighbourhoods as CBS has them: the water of one is a feature of its own with the same code."""
    shapes = [(code, shape, "NEE") for code, shape in SHAPES.items()]
    if water:
        shapes.append(("BU99010202", LAKE, "JA"))
    return [
        {
            "buurtcode": code,
            "buurtnaam": "" if wet == "JA" else f"Buurt {code[-2:]}",
            "wijkcode": f"WK{code[2:8]}",
            "gemeentecode": STAD,
            "gemeentenaam": "Voorbeeldstad",
            "jrstatcode": f"{jaar}{code}",
            "water": wet,
            "shape": shape,
        }
        for code, shape, wet in shapes
    ]


ELSEWHERE = cbs_features()[0] | {
    "buurtcode": "BU03630101",
    "wijkcode": "WK036301",
    "gemeentecode": "GM0363",
    "jrstatcode": "2025BU03630101",
}


def write_cbs(path: Path, rows: list[dict[str, Any]]) -> Path:
    """A GeoPackage in RD, or GeoJSON in degrees."""
    if path.suffix == ".gpkg":
        names = [name for name in rows[0] if name != "shape"]
        columns = [np.array([row[name] for row in rows], dtype=object) for name in names]
        shapes = shapely.to_wkb(np.array([shapely.multipolygons([row["shape"]]) for row in rows], dtype=object))
        pyogrio.raw.write(
            path, shapes, columns, names, layer="buurten", driver="GPKG", geometry_type="MultiPolygon", crs="EPSG:28992"
        )
        return path
    features = []
    for row in rows:
        degrees = shapely.transform(row["shape"], lambda places: np.array([rd_to_wgs84(*place) for place in places]))
        told = {name: value for name, value in row.items() if name != "shape"}
        features.append({"type": "Feature", "properties": told, "geometry": json.loads(shapely.to_geojson(degrees))})
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def stored_areas(uow: UnitOfWork) -> dict[str, Gebied]:
    return {row.code: row for row in uow.session.exec(select(Gebied)).all()}


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson"])
def test_a_division_of_cbs_lands_and_a_repeat_changes_nothing(runtime: Runtime, tmp_path: Path, suffix: str) -> None:
    rows = [*cbs_features(), ELSEWHERE]
    path = write_cbs(tmp_path / f"buurten{suffix}", rows)
    assert counts(read(runtime, path, CBS, proef=True)[0]) == (5, 0, 0, 0)
    path = path.rename(tmp_path / "zonder-achtervoegsel")
    record, remarks = read(runtime, path, CBS)
    assert counts(record) == (5, 0, 0, 0)
    assert "Gebieden van andere gemeenten overgeslagen: 1." in remarks
    with runtime.system_unit("test", write=False) as uow:
        areas = stored_areas(uow)
        assert set(areas) == set(SHAPES)
        assert {(row.jaar, row.ouder) for row in areas.values()} == {(2025, "WK990101"), (2025, "WK990102")}
        assert areas["BU99010202"].naam == "Buurt 02"
        (wet,) = gebieden.locate_all(uow, STAD, [Punt(147_500, 512_500)])
        assert wet.buurt == "BU99010202"
    other = ".geojson" if suffix == ".gpkg" else ".gpkg"
    again, _ = read(runtime, write_cbs(tmp_path / f"weer{other}", rows), CBS)
    assert counts(again) == (0, 0, 5, 0)


def test_what_is_no_division_is_refused_with_what_is_needed(runtime: Runtime, tmp_path: Path) -> None:
    own = {
        "type": "Feature",
        "properties": SAMPLE_LIKE,
        "geometry": json.loads(shapely.to_geojson(box(4.2, 52.1, 4.3, 52.2))),
    }
    path = tmp_path / "den-haag-buurten.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [own]}))
    with pytest.raises(UnreadableFile, match=r"buurtcode en buurtnaam.*gevonden: cartodb_id, name"):
        read(runtime, path, CBS)
    without_year = [{name: value for name, value in row.items() if name != "jrstatcode"} for row in cbs_features()]
    path = write_cbs(tmp_path / "zonder.gpkg", without_year)
    with pytest.raises(UnreadableFile, match="jaar van de indeling is onbekend"):
        read(runtime, path, CBS)
    assert counts(read(runtime, path, CBS, bestandsnaam="wijkenbuurten_2024_v1.gpkg")[0]) == (5, 0, 0, 0)
    assert counts(read(runtime, path, CBS, jaar=2023)[0]) == (5, 0, 0, 0)
    with pytest.raises(UnreadableFile, match="van 2025, maar bij het insturen is 2024"):
        read(runtime, write_cbs(tmp_path / "b.gpkg", cbs_features()), CBS, jaar=2024)
    moved = [
        row | {"shape": box(146_000, 511_000, 146_900, 512_000)} if row["buurtcode"] == "BU99010101" else row
        for row in without_year
    ]
    with pytest.raises(UnreadableFile, match="staan vast"):
        read(runtime, write_cbs(tmp_path / "c.gpkg", moved), CBS, jaar=2023)


def test_rings_are_mended_only_where_no_ground_changes(runtime: Runtime, tmp_path: Path) -> None:
    sliver = Polygon(
        [
            (146_000, 511_000),
            (147_000, 511_000),
            (147_000, 512_000),
            (146_000, 512_000),
            (146_000, 511_500),
            (145_999.99, 511_500.01),
            (146_000.01, 511_500.02),
        ]
    )
    bow = Polygon([(147_000, 511_000), (148_000, 512_000), (148_000, 511_000), (147_000, 512_000)])
    rows = {row["buurtcode"]: row for row in cbs_features(water=False)}
    rows["BU99010101"]["shape"] = sliver
    record, remarks = read(runtime, write_cbs(tmp_path / "a.gpkg", list(rows.values())), CBS)
    assert counts(record) == (4, 0, 0, 0)
    assert "Hersteld, zonder dat de grond veranderde: BU99010101." in remarks
    assert any("in geen gebied ligt: 40000 m²" in remark for remark in remarks)
    rows["BU99010102"]["shape"] = bow
    for row in rows.values():
        row["jrstatcode"] = f"2026{row['buurtcode']}"
    with pytest.raises(UnreadableFile, match="niets bewaard"):
        read(runtime, write_cbs(tmp_path / "b.gpkg", list(rows.values())), CBS)
    with runtime.system_unit("test", write=False) as uow:
        assert {row.jaar for row in stored_areas(uow).values()} == {2025}


@pytest.mark.requirement("REG-20")
def test_each_place_has_one_area_also_on_borders_holes_and_edges(runtime: Runtime) -> None:
    places = {
        (146_500, 511_500): "BU99010101",
        (147_000, 511_500): "BU99010101",  # a border
        (147_000, 512_000): "BU99010101",  # the corner of four
        (147_000, 512_500): "BU99010201",  # a border further north
        (147_400, 512_500): "BU99010202",  # the shore
        (147_500, 512_500): None,  # the lake: within the municipality
        (148_000, 511_500): "BU99010102",  # the edge of the municipality
        (148_000.01, 511_500): "buiten",
    }
    many = [Punt(*place) for place in places] * 100
    with runtime.system_unit("test") as uow:
        assert set(gebieden.locate_all(uow, STAD, many)) == {AreaCodes()}
    store(runtime, 2025)
    with runtime.system_unit("test", write=False) as uow:
        for points in (many, many[: len(places)]):
            found = [
                "buiten" if codes.buiten_gemeente else codes.buurt for codes in gebieden.locate_all(uow, STAD, points)
            ]
            assert found == [*places.values()] * (len(points) // len(places))


# In 2027 the first neighbourhood is split, and the last loses its eastern half to another municipality.
SPLIT = {
    "BU99010101": box(146_000, 511_000, 146_500, 512_000),
    "BU99010103": box(146_500, 511_000, 147_000, 512_000),
    "BU99010102": SHAPES["BU99010102"],
    "BU99010201": SHAPES["BU99010201"],
    "BU99010202": box(147_000, 512_000, 147_300, 513_000),
}
SPLIT_WHOLE = Polygon(
    [
        (146_000, 511_000),
        (148_000, 511_000),
        (148_000, 512_000),
        (147_300, 512_000),
        (147_300, 513_000),
        (146_000, 513_000),
    ]
)
POINTS = ((146_250.0, 511_500.0), (146_750.0, 511_500.0), (147_900.0, 512_900.0))


def test_on_the_first_of_january_all_places_follow_the_new_division(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toewijzen, "BATCH", 2)
    store(runtime, 2025)
    with on_day(runtime, date(2026, 6, 1)) as uow:
        for number, (x, y) in enumerate(POINTS, start=1):
            make_object(
                uow, Objecttype.HOR, number, adres=address_body(number, punt={"type": "Point", "coordinates": [x, y]})
            )
        assert toewijzen.schedule_assignment(uow, STAD) is not None
    assert codes_of(runtime) == [("BU99010101", False, 2025)] * 2 + [("BU99010202", False, 2025)]
    store(runtime, 2027, division(SPLIT, SPLIT_WHOLE))
    progress = run(runtime, date(2026, 12, 31))
    assert progress.gewijzigd == 0
    with on_day(runtime, date(2027, 1, 1)) as uow:
        assert toewijzen.due_municipalities(uow) == [STAD]
        assert toewijzen.schedule_assignment(uow, STAD) == progress.id
    units = DayUnits(runtime, date(2027, 1, 1), die_at=3)
    with pytest.raises(Killed):
        assign_areas(units, progress.id)
    done = run(runtime, date(2027, 1, 1))
    assert (done.gewijzigd, done.jaar) == (6, 2027)
    assert codes_of(runtime) == [("BU99010101", False, 2027), ("BU99010103", False, 2027), (None, True, 2027)]
    with on_day(runtime, date(2027, 1, 1)) as uow:
        assert toewijzen.due_municipalities(uow) == []
        assert toewijzen.schedule_assignment(uow, STAD) is None
        past = gebieden.locate_all(uow, STAD, [Punt(*point) for point in POINTS], 2026)
        assert [codes.buurt for codes in past] == ["BU99010101", "BU99010101", "BU99010202"]
        uow.session.exec(select(Adres)).all()[0].gebied_jaar = 2025  # stored by the old division while the new one came
    with on_day(runtime, date(2027, 1, 2)) as uow:
        assert toewijzen.schedule_assignment(uow, STAD) == progress.id
    assert run(runtime, date(2027, 1, 2)).gewijzigd == 1


class DayUnits(Units):
    """Units of work on a day."""

    def __init__(self, runtime: Runtime, day: date, die_at: int | None = None) -> None:
        super().__init__(runtime, die_at)
        self.day = day

    def unit(self, _action: str, *, write: bool) -> AbstractContextManager[UnitOfWork]:
        assert write
        return on_day(self.runtime, self.day)


def run(runtime: Runtime, day: date) -> Gebiedstoewijzing:
    """Works the pass of the municipality off."""
    with on_day(runtime, day) as uow:
        progress_id = uow.session.exec(select(Gebiedstoewijzing)).one().id
    assign_areas(DayUnits(runtime, day), progress_id)
    with on_day(runtime, day) as uow:
        progress = uow.session.exec(select(Gebiedstoewijzing)).one()
        assert progress.klaar_op is not None
        return progress


def codes_of(runtime: Runtime) -> list[tuple[str | None, bool, int | None]]:
    """The areas of addresses, which must be those of their objects, by number."""
    with runtime.system_unit("test", write=False) as uow:
        rows = uow.session.exec(select(Adres, Object).join(Object).order_by(col(Adres.huisnummer))).all()
        told = [[(row.buurtcode, row.buiten_gemeente, row.gebied_jaar) for row in pair] for pair in rows]
        assert all(one == other for one, other in told)
        return [one for one, _ in told]


def test_reading_a_division_in_has_all_places_assigned(runtime: Runtime, service: Service, tmp_path: Path) -> None:
    x, y = POINTS[0]
    with runtime.system_unit("test") as uow:
        make_object(uow, Objecttype.HOR, 1, adres=address_body(1, punt={"type": "Point", "coordinates": [x, y]}))
        make_object(
            uow, Objecttype.HOR, 2, adres=address_body(2, punt={"type": "Point", "coordinates": [150_000.0, y]})
        )
    read(runtime, write_cbs(tmp_path / "buurten.gpkg", cbs_features()), CBS)
    follow_divisions(Units(runtime))
    run(runtime, date(2026, 6, 1))
    shown = service.as_("planner").get("/objecten", params={"buitenGemeente": "true"}).json()["resultaten"]
    assert [(row["nummer"], row["buitenGemeente"], row["gebiedJaar"]) for row in shown] == [("HOR-00002", True, 2025)]
    inside = service.as_("planner").get("/objecten", params={"buitenGemeente": "false"}).json()["resultaten"]
    assert [(row["nummer"], row["buurtcode"]) for row in inside] == [("HOR-00001", "BU99010101")]
