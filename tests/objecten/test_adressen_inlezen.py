"""Addresses in bulk: the BAG and own lists, what stands is enriched and never doubled, a kill loses nothing."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from shapely import box
from sqlmodel import select

from app.core.runtime import Runtime
from app.objecten.adapters import bulkproces
from app.objecten.adapters.bestand import UnreadableFile
from app.objecten.service import adressen_inlezen
from app.objecten.status import Importindeling, Objecttype
from app.objecten.tables import Adres, Object
from geo.crs import rd_to_wgs84
from tests.objecten.bulk import (
    Killed,
    Units,
    add_import,
    addresses,
    bag_row,
    counts,
    division,
    faults,
    read,
    record_of,
    store,
    write_bag,
    write_csv,
)
from tests.objecten.stock import make_object
from tests.support.municipality import STAD

BAG, ADRESSEN = Importindeling.BAG, Importindeling.ADRESSEN


@pytest.mark.usefixtures("municipality")
def test_the_bag_lands_with_areas_and_the_same_file_twice_changes_nothing(runtime: Runtime, tmp_path: Path) -> None:
    store(runtime, 2025)
    pitch: dict[str, Any] = {"shape": box(146_510, 511_510, 146_520, 511_520)}
    rows = [
        bag_row(1),
        bag_row(2, 147_000, 512_000),  # the corner of four
        bag_row(3, 147_500, 512_500),  # in the lake
        bag_row(4, 150_000, 512_000),  # another municipality
        bag_row(5, postcode=None),
        bag_row(6, 150_000, 512_000, postcode="onzin"),  # a fault of another municipality is no concern
        bag_row(7, gebruiksdoel="winkelfunctie,onbekend", oppervlakte=999_999, huisletter="a", toevoeging="hs"),
    ]
    path = write_bag(tmp_path / "bag-light.gpkg", rows)
    write_bag(
        path,
        [bag_row(8, **pitch) | {"identificatie": "9901030000000008", "status": "Plaats aangewezen"}],
        "standplaats",
    )
    write_bag(
        path, [{"identificatie": "9901100000000001", "status": "Pand in gebruik", "x": 146_500, "y": 511_500}], "pand"
    )
    path = path.rename(tmp_path / "zonder-achtervoegsel")
    record, remarks = read(runtime, path, BAG)
    assert counts(record) == (5, 0, 0, 1)
    assert record.verwerkt == record.regels == 6
    assert faults(runtime, record) == [(4, "postcode")]
    assert "Rijen van andere gemeenten of uit het verleden overgeslagen: 2." in remarks
    assert any("Gebruiksdoelen" in remark and remark.endswith(": 1.") for remark in remarks)
    stored = addresses(runtime)
    first = stored["1"]
    assert (first.wijkcode, first.buurtcode, first.gebied_jaar, first.buiten_gemeente) == (
        "WK990101",
        "BU99010101",
        2025,
        False,
    )
    assert (first.bag_id, first.adresseerbaar_object_id, first.pand_id) == (
        "9901200000000001", "9901010000000001", "9901100000000001",
    )  # fmt: skip
    assert (first.gebruiksdoelen, first.oppervlakte, first.bron, first.import_id) == (
        ["woonfunctie", "winkelfunctie"], 81, "proef", record.id,
    )  # fmt: skip
    assert stored["2"].buurtcode == "BU99010101"
    assert (stored["3"].buurtcode, stored["3"].buiten_gemeente, stored["3"].gebied_jaar) == (None, False, 2025)
    assert (stored["7AHS"].gebruiksdoelen, stored["7AHS"].oppervlakte) == (["winkelfunctie"], None)
    assert (stored["8"].x, stored["8"].status_bag) == (146_515, "Plaats aangewezen")
    again, _ = read(runtime, path, BAG)
    assert counts(again) == (0, 0, 5, 1)
    assert addresses(runtime) == stored


@pytest.mark.usefixtures("municipality")
def test_what_stands_is_enriched_renumbered_or_marked_and_never_doubled(runtime: Runtime, tmp_path: Path) -> None:
    store(runtime, 2025)
    with runtime.system_unit("test") as uow:
        made = make_object(uow, Objecttype.HOR, 1, adres=_plain_address(1))
        for number in (2, 3, 4):
            uow.session.add(_standing(number, bag_id=f"990120{number:010d}"))
    rows = [
        bag_row(1),  # made by hand, without a point
        bag_row(2, huisnummer=20),  # has another number now
        bag_row(3, huisnummer=4),  # 3 and 4 changed places
        bag_row(4, huisnummer=3),
    ]
    path = write_bag(tmp_path / "bag.gpkg", rows)
    first, _ = read(runtime, path, BAG)
    assert counts(first) == (0, 4, 0, 0)
    stored = addresses(runtime)
    assert set(stored) == {"1", "20", "3", "4"}
    assert (stored["1"].id, stored["1"].bag_id) == (made.adres.id, "9901200000000001")
    assert (stored["4"].bag_id, stored["3"].bag_id) == ("9901200000000003", "9901200000000004")
    assert all(row.vervallen_op is None for row in stored.values())
    with runtime.system_unit("test", write=False) as uow:
        target = uow.session.get(Object, made.id)
        assert target is not None
        assert (target.x, target.buurtcode, target.versie) == (146_500, "BU99010101", made.versie + 1)
    gone = [bag_row(1, status="Verblijfsobject ingetrokken"), bag_row(9, status="Niet gerealiseerd verblijfsobject")]
    record, _ = read(runtime, write_bag(tmp_path / "weg.gpkg", gone), BAG)
    assert counts(record) == (0, 1, 1, 0)
    after = addresses(runtime)
    assert set(after) == set(stored)
    assert after["1"].vervallen_op is not None
    back, _ = read(runtime, path, BAG)
    assert counts(back) == (0, 1, 3, 0)
    assert addresses(runtime)["1"].vervallen_op is None


def _plain_address(number: int) -> dict[str, Any]:
    return {"straat": "Voorbeeldkade", "huisnummer": number, "postcode": "9901 AB", "woonplaats": "Voorbeeldstad"}


def _standing(number: int, **changes: object) -> Adres:
    values: dict[str, Any] = _plain_address(number) | {"postcode": "9901AB", "gemeentecode": STAD} | changes
    return Adres(**values)


@pytest.mark.parametrize("die_at", [2, 3, 4, 6])
@pytest.mark.usefixtures("municipality")
def test_a_kill_loses_and_doubles_nothing(
    runtime: Runtime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, die_at: int
) -> None:
    store(runtime, 2025)
    _small_blocks(monkeypatch)
    rows = [*(bag_row(number) for number in range(1, 6)), bag_row(2), bag_row(6, x=150_000.0)]
    path = write_csv(tmp_path / "bag.csv", rows)
    import_id = add_import(runtime, BAG)
    with pytest.raises(Killed):
        adressen_inlezen.read_addresses(Units(runtime, die_at), import_id, path)
    done = record_of(runtime, import_id).verwerkt
    assert (done, len(addresses(runtime))) == (max(0, die_at - 3) * 2, min(max(0, die_at - 3) * 2, 5))
    adressen_inlezen.read_addresses(Units(runtime), import_id, path)
    record = record_of(runtime, import_id)
    assert counts(record) == (5, 0, 0, 1)
    assert record.verwerkt == 7
    assert faults(runtime, record) == [(7, "rij")]
    assert len(addresses(runtime)) == 5


def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reading process reads in blocks of two."""
    monkeypatch.setattr(adressen_inlezen, "READER", "tests.objecten.kleine_blokken")


@pytest.mark.usefixtures("municipality")
def test_a_preview_counts_the_same_and_stores_nothing(
    runtime: Runtime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(runtime, 2025)
    _small_blocks(monkeypatch)
    with runtime.system_unit("test") as uow:
        uow.session.add_all([_standing(1), _standing(2, bag_id="9901200000000002")])
    rows = [*(bag_row(number) for number in range(1, 6)), bag_row(3), bag_row(7, huisnummer="geen")]
    path = write_csv(tmp_path / "bag.csv", rows)
    before = addresses(runtime)
    preview, _ = read(runtime, path, BAG, proef=True)
    assert addresses(runtime) == before
    real, _ = read(runtime, path, BAG)
    assert counts(preview) == counts(real) == (3, 2, 0, 2)


@pytest.mark.usefixtures("municipality")
def test_without_areas_the_identification_tells_whose_it_is(runtime: Runtime, tmp_path: Path) -> None:
    rows = [
        bag_row(1),
        bag_row(2, identificatie="0363010000000002", nummeraanduiding_hoofdadres_identificatie="0363200000000002"),
    ]
    record, remarks = read(runtime, write_bag(tmp_path / "bag.gpkg", rows), BAG)
    assert counts(record) == (1, 0, 0, 0)
    stored = addresses(runtime)["1"]
    assert (stored.buurtcode, stored.buiten_gemeente, stored.gebied_jaar) == (None, False, None)
    assert any("nog geen gebieden" in remark for remark in remarks)


OWN = {
    "straat": "Voorbeeldkade", "huisnummer": "12A-2", "huisletter": "", "toevoeging": "", "postcode": "9901 ab", "woonplaats": "Voorbeeldstad",
    "bagId": "9901200000000012", "x": "146500,5", "y": "511500", "gebruiksdoel": "", "oppervlakte": "",
}  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "xlsx", "geojson"])
@pytest.mark.usefixtures("municipality")
def test_an_own_list_lands_from_each_container(runtime: Runtime, tmp_path: Path, kind: str) -> None:
    store(runtime, 2025)
    rows: list[dict[str, Any]] = [
        OWN,
        OWN | {"huisnummer": 13, "bagId": "", "x": "150000"},
        OWN | {"huisnummer": "x", "postcode": "99"},
    ]
    path = tmp_path / f"lijst.{kind}"
    if kind == "csv":
        write_csv(path, rows)
    elif kind == "xlsx":
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(["Adressen van de gemeente"])
        sheet.append(list(OWN))
        for row in rows:
            sheet.append(list(row.values()))
        book.save(path)
    else:
        write_geojson(path, rows)
    record, remarks = read(runtime, path, ADRESSEN)
    assert counts(record) == (2, 0, 0, 1)
    assert {name for _, name in faults(runtime, record)} == {"huisnummer", "postcode"}
    stored = addresses(runtime)
    assert (stored["12A2"].bag_id, stored["12A2"].buurtcode) == ("9901200000000012", "BU99010101")
    assert stored["12A2"].x == pytest.approx(146_500.5, abs=0.01)
    assert stored["13"].buiten_gemeente
    assert "Adressen buiten de gemeentegrens: 1." in remarks


def write_geojson(path: Path, rows: list[dict[str, Any]]) -> None:
    """The rows with their points in degrees."""
    features = []
    for row in rows:
        x, y = (float(str(row[name]).replace(",", ".")) for name in ("x", "y"))
        told = {name: value for name, value in row.items() if name not in {"x", "y"}}
        point = {"type": "Point", "coordinates": rd_to_wgs84(x, y)}
        features.append({"type": "Feature", "properties": told, "geometry": point})
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")


@pytest.mark.usefixtures("municipality")
def test_lost_zeros_come_back_only_where_that_is_certain(runtime: Runtime, tmp_path: Path) -> None:
    rows = [
        OWN | {"huisnummer": str(n), "bagId": text}
        for n, text in enumerate(("9901200000000001", "363200000000002", "12"), 1)
    ]
    record, _ = read(runtime, write_csv(tmp_path / "lijst.csv", rows), ADRESSEN)
    assert counts(record) == (1, 0, 0, 2)
    assert faults(runtime, record) == [(3, "bagId"), (4, "bagId")]


@pytest.mark.usefixtures("municipality")
def test_an_address_that_names_another_municipality_is_passed_over(runtime: Runtime, tmp_path: Path) -> None:
    rows = [OWN | {"huisnummer": str(n), "gemeentecode": code} for n, code in enumerate(("GM9901", "9902", ""), 1)]
    record, remarks = read(runtime, write_csv(tmp_path / "lijst.csv", rows), ADRESSEN)
    assert (record.nieuw, len(addresses(runtime))) == (2, 2)
    assert any("andere gemeenten" in remark and remark.rstrip(".").endswith("1") for remark in remarks)


VRT = b'<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'


@pytest.mark.parametrize(
    "content",
    [
        b"",
        VRT,
        b"PK\x03\x04" + b"\x00" * 200,
        b'{"type": "FeatureCollection", "features": [',
        b"SQLite format 3\x00" + b"\x00" * 200,
    ],
)
def test_a_file_that_is_none_gives_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bestand"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=r"\.$"):
        _lines(path)


def test_a_broken_geopackage_and_swapped_points_give_one_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "half.gpkg"
    broken.write_bytes(write_bag(tmp_path / "heel.gpkg", [bag_row(1)]).read_bytes()[:9_000])
    with pytest.raises(UnreadableFile, match="afgebroken"):
        _lines(broken)
    swapped = write_bag(tmp_path / "om.gpkg", [bag_row(n, x=511_500.0, y=146_500.0) for n in (1, 2)])
    with pytest.raises(UnreadableFile, match="verwisseld"):
        _lines(swapped)


def test_a_reading_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "bag.csv", [bag_row(1)])
    with pytest.raises(UnreadableFile, match="te groot of te ingewikkeld"):
        list(bulkproces.lines_of(adressen_inlezen.READER, _order(path), seconds=0.01))


def _order(path: Path) -> dict[str, Any]:
    return {"pad": str(path), "gemeentecode": STAD, "indeling": ADRESSEN, "grens": None, "overslaan": 0}


def _lines(path: Path) -> list[dict[str, Any]]:
    return list(bulkproces.lines_of(adressen_inlezen.READER, _order(path)))


@pytest.mark.usefixtures("municipality")
def test_an_address_that_somebody_stores_meanwhile_is_no_error(
    runtime: Runtime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(runtime, 2025)
    path = write_csv(tmp_path / "bag.csv", [bag_row(1), bag_row(2)])
    import_id = add_import(runtime, BAG)
    begin = adressen_inlezen._begin

    def meanwhile(lezing: adressen_inlezen.Lezing, head: dict[str, Any], done: int) -> bool:
        with runtime.system_unit("test") as uow:
            uow.session.add(_standing(1))
        return begin(lezing, head, done)

    monkeypatch.setattr(adressen_inlezen, "_begin", meanwhile)
    adressen_inlezen.read_addresses(Units(runtime), import_id, path)
    assert counts(record_of(runtime, import_id)) == (1, 1, 0, 0)
    assert addresses(runtime)["1"].bag_id == "9901200000000001"


@pytest.mark.usefixtures("municipality")
def test_the_same_address_of_another_municipality_is_left_alone(runtime: Runtime, tmp_path: Path) -> None:
    store(runtime, 2025, division(whole=None))
    with runtime.system_unit("test") as uow:
        other = _standing(1, gemeentecode="GM9902", bag_id="9901200000000001")
        uow.session.add(other)
    read(runtime, write_csv(tmp_path / "bag.csv", [bag_row(1)]), BAG)
    with runtime.system_unit("test", write=False) as uow:
        rows = uow.session.exec(select(Adres).order_by(Adres.gemeentecode)).all()
        assert [(row.gemeentecode, row.x is None) for row in rows] == [(STAD, False), ("GM9902", True)]
