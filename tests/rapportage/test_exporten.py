"""Exports: who may take what out, what never goes out, and each format read back by another program."""

import csv
import io
import json
import socket
import threading
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import openpyxl
import pytest
from pyogrio import raw
from pyogrio.core import list_layers, read_info
from sqlmodel import select

from app.core.formules import guard
from app.core.runtime import Runtime
from app.core.tables import Auditregel
from app.gemeenten.rules.rollen import Rol
from app.objecten.adapters.eigen_csv import OBJECT_COLUMNS, RISICO_COLUMNS
from app.objecten.repository import uitvoer
from app.objecten.rules.openingstijden import format_openingstijden, parse_openingstijden
from app.objecten.schemas.importen import Aanvraag
from app.objecten.service import importen, inlezen
from app.objecten.status import Importindeling, Objecttype
from app.objecten.tables import Object
from app.rapportage.adapters import kindproces
from app.rapportage.rules.kolommen import CONTROLES, OBJECTEN, RISICOADRESSEN, VERGUNNINGEN
from app.rapportage.schemas.exporten import Formaat
from app.rapportage.service import exporten
from geo.crs import Crs, rd_to_wgs84
from tests.objecten.stock import make_object
from tests.rapportage.exportvoorraad import SECRETS, Stock, store_stock
from tests.support.municipality import ACCOUNTS, BUUR, STAD, Municipality
from tests.support.service import Service

SOORTEN = ("objecten", "vergunningen", "risicoadressen", "controles")
FORMATEN = ("csv", "xlsx", "geojson", "gpkg")
MAY = {
    "objecten": {Rol.PLANNER, Rol.HOOFDPLANNER, Rol.VERGUNNINGVERLENER},
    "vergunningen": {Rol.PLANNER, Rol.HOOFDPLANNER, Rol.VERGUNNINGVERLENER},
    "risicoadressen": {Rol.PLANNER, Rol.HOOFDPLANNER, Rol.AF},
    "controles": {Rol.PLANNER, Rol.HOOFDPLANNER, Rol.AF},
}


@pytest.fixture
def stock(runtime: Runtime, municipality: Municipality) -> Stock:
    return store_stock(runtime, municipality)


def _get(service: Service, soort: str, sub: str = "planner", **query: object) -> httpx.Response:
    return service.as_(sub).get(f"/exporten/{soort}", params={name: str(value) for name, value in query.items()})


def _rows(answer: httpx.Response) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))


def _text_of(formaat: str, content: bytes, folder: Path) -> str:
    """Everything that a file says, unpacked."""
    if formaat == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        return str([[list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets])
    if formaat == "gpkg":
        path = folder / "all.gpkg"
        path.write_bytes(content)
        layers = [raw.read(path, layer=name)[3] for name, _ in list_layers(path)]
        return str([[list(column) for column in layer] for layer in layers]) + content.decode("latin-1")
    return content.decode()


@pytest.mark.usefixtures("stock")
def test_role_by_export(service: Service) -> None:
    wrong = []
    for sub, (_, rollen, _) in ACCOUNTS.items():
        for soort in SOORTEN:
            allowed = not MAY[soort].isdisjoint(rollen)
            status = _get(service, soort, sub).status_code
            if status != (200 if allowed else 403):
                wrong.append(f"{soort} as {sub}: {status}")
    assert wrong == []
    assert service.anonymous().get("/v1/exporten/objecten").status_code == 401


@pytest.mark.parametrize("formaat", FORMATEN)
@pytest.mark.usefixtures("stock")
def test_no_secret_and_no_neighbour_in_any_file(service: Service, formaat: str, tmp_path: Path) -> None:
    """DAT-13, REG-05: confidential answers, free text, reasons at dwellings, and records of another municipality."""
    for soort in SOORTEN:
        answer = _get(service, soort, formaat=formaat)
        assert answer.status_code == 200, answer.text
        text = _text_of(formaat, answer.content, tmp_path)
        assert [secret for secret in SECRETS if secret in text] == []
        assert "woongebruik" not in text
        assert STAD in text
        assert BUUR not in text
    foreign = _get(service, "objecten", formaat=formaat, gemeentecode=BUUR)
    assert "GEHEIM-BUUR" not in _text_of(formaat, foreign.content, tmp_path)


def test_nothing_tells_dwellings_apart(service: Service, stock: Stock) -> None:
    """REG-05: two controls of a dwelling, one for 'woongebruik', differ in nothing but what they have of their own."""
    homes = [row for row in _rows(_get(service, "controles")) if row["type"] == "WON"]
    assert {row["id"] for row in homes} == {str(stock.controles[key]) for key in ("WON-1", "WON-2")}
    one, other = ({name: value for name, value in row.items() if name not in {"id", "afgerondOp"}} for row in homes)
    assert one == other
    assert (one["aanleiding"], one["team"], one["bevindingenNaleving"]) == ("", "", "")
    home = next(row for row in _rows(_get(service, "objecten")) if row["type"] == "WON")
    assert (home["kvkNummer"], home["sector"]) == ("", "")
    risk = next(row for row in _rows(_get(service, "risicoadressen")) if row["type"] == "WON")
    assert (risk["reden"], risk["bron"]) == ("", "")
    keys = service.anonymous().get("/v1/openapi.json").json()["paths"]["/exporten/controles"]["get"]["parameters"]
    assert {key["name"] for key in keys} == {
        "formaat", "crs", "gemeentecode", "jaar", "van", "tot", "status", "objectId"
    }  # fmt: skip


def test_controls_hold_their_figures_and_filters(service: Service, stock: Stock) -> None:
    rows = {row["id"]: row for row in _rows(_get(service, "controles"))}
    first = rows[str(stock.controles["HOR-1"])]
    assert (first["bevindingenNaleving"], first["team"], first["aanvang"]) == ("1", "Team toezicht", "20:30")
    assert (first["binnen"], first["aangekondigd"], first["aanleiding"]) == ("ja", "nee", "norm")
    assert rows[str(stock.controles["BEDR-1"])]["pogingreden"] == "gesloten"
    assert rows[str(stock.controles["HOR-2"])]["pogingreden"] == ""
    of_2025 = _rows(_get(service, "controles", jaar=2025))
    assert [row["id"] for row in of_2025] == [str(stock.controles["HOR-2"])]
    assert _rows(_get(service, "controles", jaar=2025, van="2025-07-01")) == []
    assert len(_rows(_get(service, "controles", status="poging"))) == 1


@pytest.mark.usefixtures("stock")
def test_every_export_is_noted_with_its_rows_and_filters(service: Service, runtime: Runtime) -> None:
    answer = _get(service, "objecten", type="HOR", bbox="154000,462000,156000,464000", **{"bbox-crs": Crs.RD.value})
    assert len(_rows(answer)) == 1
    with runtime.database.session(write=False) as session:
        row = session.exec(select(Auditregel).where(Auditregel.actie == "exporten_objecten")).one()
    assert (row.soort, row.gemeentecode) == ("objecten", STAD)
    assert row.bijzonderheden == ("formaat=csv; rijen=1; types=HOR; bbox=154000.0,462000.0,156000.0,464000.0 (RD)")
    shown = service.as_("beheerder").get("/auditregels").json()["resultaten"]
    assert row.bijzonderheden in {one["bijzonderheden"] for one in shown}


def test_headers_of_a_file(service: Service, stock: Stock) -> None:
    answer = _get(service, "objecten")
    assert stock
    assert answer.headers["content-disposition"].startswith(f'attachment; filename="veldwacht-objecten-{STAD}-20')
    assert answer.headers["content-disposition"].endswith('.csv"')
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert (answer.headers["x-content-type-options"], answer.headers["cache-control"]) == ("nosniff", "no-store")
    assert answer.headers["content-crs"] == f"<{Crs.RD.value}>"
    wrong = _get(service, "objecten", formaat="xlsx", crs=Crs.CRS84.value)
    assert (wrong.status_code, wrong.json()["fouten"][0]["veld"]) == (400, "query.crs")


@pytest.mark.usefixtures("stock")
def test_csv_read_back_by_the_importer_changes_nothing(service: Service, runtime: Runtime) -> None:
    answer = _get(service, "objecten")
    assert tuple(_rows(answer)[0])[: len(OBJECT_COLUMNS)] == OBJECT_COLUMNS
    assert tuple(_rows(_get(service, "risicoadressen"))[0])[: len(RISICO_COLUMNS)] == RISICO_COLUMNS
    with runtime.database.session(write=False) as session:
        before = {row.id: row.model_dump() for row in session.exec(select(Object))}
    with runtime.system_unit("test") as uow:
        wanted = Aanvraag(STAD, "elders", Importindeling.OBJECTEN)
        import_id = importen.add_import(uow, wanted, "uit.csv", io.BytesIO(answer.content)).id
    inlezen.run_import(runtime.system_unit, import_id)
    with runtime.system_unit("test", write=False) as uow:
        done = importen.get_import(uow, import_id)
        after = {row.id: row.model_dump() for row in uow.session.exec(select(Object))}
    assert (done.regels, done.ongewijzigd, done.afgewezen) == (4, 4, 0), done
    assert after == before


@pytest.mark.parametrize("crs", list(Crs))
def test_geojson_and_geopackage_give_the_same_features(
    service: Service, stock: Stock, runtime: Runtime, crs: Crs, tmp_path: Path
) -> None:
    """Read back by GDAL: ids, types and points to the millimetre, in both systems; a place without a point stays."""
    with runtime.system_unit("test") as uow:
        place = uow.session.get_one(Object, stock.objecten["HOR"])
        place.x = place.y = None
    files = {}
    for formaat in ("geojson", "gpkg"):
        answer = _get(service, "objecten", formaat=formaat, crs=crs.value)
        assert answer.headers["content-crs"] == f"<{crs.value}>"
        files[formaat] = tmp_path / f"objecten.{formaat}"
        files[formaat].write_bytes(answer.content)
        assert read_info(files[formaat], layer="objecten")["crs"] == {
            ("geojson", Crs.CRS84): "EPSG:4326", ("gpkg", Crs.CRS84): "EPSG:4326",
        }.get((formaat, crs), "EPSG:28992")  # fmt: skip
    geo, package = (_features(path) for path in files.values())
    assert set(geo) == set(package) == {str(stock.objecten[key]) for key in ("SEKS", "HOR", "BEDR", "WON")}
    assert geo[str(stock.objecten["HOR"])]["punt"] is package[str(stock.objecten["HOR"])]["punt"] is None
    assert package[str(stock.objecten["HOR"])]["capaciteit"] == 12
    expected = {Crs.RD: (155001.0, 463000.0), Crs.CRS84: rd_to_wgs84(155001.0, 463000.0)}[crs]
    near = {Crs.RD: 1e-3, Crs.CRS84: 1e-8}[crs]
    for row_id, feature in geo.items():
        other = package[row_id]
        assert {**feature, "punt": None} == {**other, "punt": None}
        if feature["punt"] is not None:
            np.testing.assert_allclose(feature["punt"], other["punt"], rtol=0, atol=near)
    np.testing.assert_allclose(geo[str(stock.objecten["SEKS"])]["punt"], expected, rtol=0, atol=near)
    assert geo[str(stock.objecten["SEKS"])]["vergunningTot"] == "2027-12-31"
    document = json.loads(files["geojson"].read_text())
    assert set(document["toelichting"]) == {column.naam for column in OBJECTEN} - {"id", "x", "y"}


def _features(path: Path) -> dict[str, dict[str, Any]]:
    meta, _, geometry, columns = raw.read(path, layer="objecten")
    found = {}
    for at in range(len(columns[0])):
        values = {name: _plain(column[at]) for name, column in zip(meta["fields"], columns, strict=True)}
        point = None if geometry[at] is None else np.frombuffer(geometry[at], dtype="<f8", offset=5).tolist()
        found[str(values["id"])] = {**values, "punt": point}
    return found


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    """A value of a field, by what it means: GeoJSON and GeoPackage differ in how they keep what is unknown."""
    if value is None or str(value) in {"nan", "NaT"}:
        return None
    if isinstance(value, np.datetime64):
        return str(value)[:10]
    return value.item() if isinstance(value, np.generic) else value


def test_geopackage_is_a_whole_one(service: Service, stock: Stock, tmp_path: Path) -> None:
    path = tmp_path / "controles.gpkg"
    path.write_bytes(_get(service, "controles", formaat="gpkg").content)
    assert stock
    assert dict(list_layers(path).tolist()) == {"controles": "Point", "toelichting": None}
    info = read_info(path, layer="controles")
    types = dict(zip(info["fields"].tolist(), info["ogr_types"], strict=True))
    assert (types["datum"], types["afgerondOp"], types["duur"], types["aangekondigd"]) == (
        "OFTDate", "OFTDateTime", "OFTInteger64", "OFTInteger"
    )  # fmt: skip
    assert list(info["fields"]) == [column.naam for column in CONTROLES if column.naam not in {"x", "y"}]
    assert b"rtree_controles_geom" in path.read_bytes()
    meaning = raw.read(path, layer="toelichting")[3][0].tolist()
    assert {"datum", "bevindingenNaleving", "aantal rijen"} <= set(meaning)
    empty = tmp_path / "leeg.gpkg"
    empty.write_bytes(_get(service, "controles", formaat="gpkg", jaar=2001).content)
    assert read_info(empty, layer="controles")["features"] == 0


def test_spreadsheet_holds_text_as_text(service: Service, stock: Stock) -> None:
    book = openpyxl.load_workbook(io.BytesIO(_get(service, "objecten", formaat="xlsx").content))
    header, *rows = book["objecten"].iter_rows()
    assert [cell.value for cell in header] == [column.naam for column in OBJECTEN]
    by_id = {row[[cell.value for cell in header].index("id")].value: row for row in rows}
    horeca = {name.value: cell for name, cell in zip(header, by_id[str(stock.objecten["HOR"])], strict=True)}
    assert (horeca["naam"].value, horeca["naam"].data_type) == ("=HYPERLINK(1)", "s")
    assert (horeca["kvkNummer"].value, horeca["capaciteit"].value) == ("12345678", 12)
    seks = {name.value: cell for name, cell in zip(header, by_id[str(stock.objecten["SEKS"])], strict=True)}
    assert seks["vergunningTot"].value == datetime(2027, 12, 31)  # noqa: DTZ001 - a spreadsheet knows no zones
    assert "objectnummer" in [row[0] for row in book["toelichting"].iter_rows(values_only=True)]
    permits = openpyxl.load_workbook(io.BytesIO(_get(service, "vergunningen", formaat="xlsx").content))["vergunningen"]
    assert [cell.value for cell in permits[1]] == [column.naam for column in VERGUNNINGEN]
    assert permits.max_row == 2


def test_a_spreadsheet_of_too_many_rows_is_refused(
    service: Service, stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(exporten.MOST_ROWS, Formaat.XLSX, 3)
    answer = _get(service, "objecten", formaat="xlsx")
    assert stock
    assert (answer.status_code, answer.json()["fouten"][0]["veld"]) == (400, "query.formaat")
    assert "CSV of GeoPackage" in answer.json()["detail"]
    assert _get(service, "objecten", formaat="gpkg").status_code == 200


@pytest.mark.usefixtures("stock")
def test_too_many_at_once_wait_outside(service: Service) -> None:
    for _ in range(kindproces.AT_ONCE):
        assert kindproces._SEATS.acquire(blocking=False)
    try:
        answer = _get(service, "objecten", formaat="gpkg")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
        assert _get(service, "objecten").status_code == 200
    finally:
        for _ in range(kindproces.AT_ONCE):
            kindproces._SEATS.release()


def _many(runtime: Runtime, count: int) -> None:
    with runtime.system_unit("test") as uow:
        first = make_object(uow, Objecttype.HOR, 1)
        row = uow.session.get_one(Object, first.id)
        fields = row.model_dump(exclude={"id", "nummer"})
        for number in range(count):
            uow.session.add(Object(nummer=f"M-{number:06d}", **fields))


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uitvoer, "BATCH", 50)


@pytest.mark.usefixtures("small_batches")
def test_an_export_is_of_one_moment(service: Service, runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an import commits while a file goes out, and what it closes, stays out of the file; nor does it have to wait."""
    _many(runtime, 300)
    real = uitvoer.latest_plans
    seen: list[int] = []

    def commit_meanwhile(*arguments: Any) -> dict[str, Any]:  # noqa: ANN401 - passes on what it got
        seen.append(1)
        if len(seen) == 2:
            with runtime.system_unit("test") as uow:
                make_object(uow, Objecttype.MASS, 900, nummer="Z-999")
                for row in uow.session.exec(select(Object).where(Object.type == Objecttype.HOR)):
                    row.naam = "GEWIJZIGD"
        return real(*arguments)

    monkeypatch.setattr(uitvoer, "latest_plans", commit_meanwhile)
    rows = _rows(_get(service, "objecten"))
    assert len(seen) > 5
    assert (len(rows), {row["naam"] for row in rows}) == (301, {"Zaak 1"})
    assert len(_rows(_get(service, "objecten"))) == 302


@pytest.mark.parametrize("formaat", ["csv", "geojson"])
@pytest.mark.usefixtures("small_batches")
def test_a_broken_stream_never_looks_complete(
    service: Service, runtime: Runtime, monkeypatch: pytest.MonkeyPatch, formaat: str
) -> None:
    _many(runtime, 300)
    real = uitvoer.latest_plans
    seen: list[int] = []

    def break_down(*arguments: Any) -> dict[str, Any]:  # noqa: ANN401 - passes on what it got
        seen.append(1)
        if len(seen) == 3:
            raise ZeroDivisionError
        return real(*arguments)

    monkeypatch.setattr(uitvoer, "latest_plans", break_down)
    with pytest.raises(httpx.RemoteProtocolError):
        _get(service, "objecten", formaat=formaat)
    assert _seats_free()


@pytest.mark.parametrize("formaat", ["geojson", "gpkg"])
@pytest.mark.usefixtures("small_batches")
def test_a_client_that_leaves_ends_the_work(
    service: Service, runtime: Runtime, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, formaat: str
) -> None:
    """Query, snapshot, child and temporary file are gone soon after the client is."""
    folder = tmp_path / "tijdelijk"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    _many(runtime, 300)
    real = uitvoer.latest_plans
    asked, gone = threading.Event(), threading.Event()
    seen: list[int] = []

    def wait_for_the_client(*arguments: Any) -> dict[str, Any]:  # noqa: ANN401 - passes on what it got
        seen.append(1)
        if len(seen) == 2:
            asked.set()
            assert gone.wait(10)
            time.sleep(0.2)
        return real(*arguments)

    monkeypatch.setattr(uitvoer, "latest_plans", wait_for_the_client)
    host = service.url.removeprefix("http://")
    request = (
        f"GET /v1/exporten/objecten?formaat={formaat} HTTP/1.1\r\nHost: {host}\r\n"
        f"Authorization: Bearer {service.issuer.token('planner')}\r\n\r\n"
    )
    name, port = host.split(":")
    with socket.create_connection((name, int(port)), timeout=10) as client:
        client.sendall(request.encode())
        assert asked.wait(10)
    gone.set()
    deadline = time.monotonic() + 10
    while not _seats_free() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert _seats_free()
    assert len(seen) <= 3
    assert list(folder.iterdir()) == []


def _seats_free() -> bool:
    return exporten._SEATS._value == exporten.AT_ONCE and kindproces._SEATS._value == kindproces.AT_ONCE


def test_window_in_degrees_gives_what_the_list_gives(service: Service, stock: Stock) -> None:
    """The audit row counts what went out, not what the wider box of the database held."""
    window = {"bbox": "5.38770,52.1550,5.38775,52.1553"}
    listed = service.as_("planner").get("/objecten", params=window).json()["resultaten"]
    rows = _rows(_get(service, "objecten", **window))
    assert stock
    assert {row["id"] for row in rows} == {row["id"] for row in listed}
    shown = service.as_("beheerder").get("/auditregels").json()["resultaten"]
    risks = service.as_("planner").get("/risicoadressen", params=window).json()["resultaten"]
    assert {row["id"] for row in _rows(_get(service, "risicoadressen", **window))} == {row["id"] for row in risks}
    noted = next(row["bijzonderheden"] for row in shown if row["actie"] == "exporten_objecten")
    assert f"rijen={len(rows)};" in noted


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@x", "'@x"),
        ("-2", "'-2"),
        ("'=1", "''=1"),
        ("'s-Graven", "'s-Graven"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_guard(text: str, written: str) -> None:
    assert guard(text) == written


@pytest.mark.parametrize(
    "text", ["1-5 10:00-02:00, 6-7 10:00-03:00", "1 00:00-00:00", "1-2 09:00-12:00, 1-2 13:00-17:00, 4 09:00-12:00"]
)
def test_opening_hours_there_and_back(text: str) -> None:
    assert parse_openingstijden(format_openingstijden(parse_openingstijden(text))) == parse_openingstijden(text)


def test_every_column_is_described() -> None:
    described = (Path(__file__).parents[2] / "docs" / "exporteren.md").read_text()
    for columns in (OBJECTEN, VERGUNNINGEN, RISICOADRESSEN, CONTROLES):
        assert [column.naam for column in columns if f"| {column.naam} |" not in described] == []
