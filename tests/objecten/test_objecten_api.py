"""/objecten over real HTTP: store, list, search, change; nothing tells dwellings apart (REG-05, REG-20)."""

import json
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from app.core.runtime import Runtime
from app.gemeenten.service.gebieden import store_areas
from tests.objecten.stock import RD, address_body, object_body
from tests.support.description import description
from tests.support.municipality import BUUR, STAD
from tests.support.service import Service


def _square(code: str, x: float, y: float, side: float = 1000) -> dict[str, Any]:
    ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
    return {
        "type": "Feature",
        "properties": {"code": code, "naam": code},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def _add(service: Service, number: int = 1, **changes: object) -> dict[str, Any]:
    answer = service.as_("planner").post("/objecten", json=object_body(number, **changes), headers=RD)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def test_store_read_and_change_with_etag(service: Service) -> None:
    planner = service.as_("planner")
    made = planner.post("/objecten", json=object_body(kvkNummer="99 12 34 56", capaciteit=40), headers=RD)
    assert made.status_code == 201
    assert made.headers["location"] == f"/v1/objecten/{made.json()['id']}"
    assert made.headers["content-crs"] == RD["Content-Crs"]
    url = f"/objecten/{made.json()['id']}"
    read = planner.get(url)
    assert read.json()["kvkNummer"] == "99123456"
    assert read.json()["adres"]["postcode"] == "9901AB"
    assert read.headers["content-crs"] == "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>"
    lon, lat = read.json()["punt"]["coordinates"]
    assert (round(lon, 2), round(lat, 2)) == (5.39, 52.16)
    etag = read.headers["etag"]
    assert planner.patch(url, json={"capaciteit": 50}).status_code == 428
    changed = planner.patch(url, json={"capaciteit": 50}, headers={"If-Match": etag})
    assert (changed.status_code, changed.json()["capaciteit"], changed.json()["naam"]) == (200, 50, "Zaak 1")
    assert planner.patch(url, json={"capaciteit": 60}, headers={"If-Match": etag}).status_code == 412


def test_the_same_id_again_is_safe_and_other_content_is_refused(service: Service) -> None:
    key = str(uuid4())
    first = _add(service, id=key)
    assert _add(service, id=key) == first
    other = object_body(id=key, naam="Anders")
    assert service.as_("planner").post("/objecten", json=other, headers=RD).status_code == 409
    same_number = object_body(naam="Anders")
    assert service.as_("planner").post("/objecten", json=same_number, headers=RD).status_code == 409


def test_all_faults_in_one_answer_without_the_values(service: Service) -> None:
    adres = address_body(0, postcode="ABC123", bagId="0" * 16)
    body = object_body(kvkNummer="9912345X", adres=adres, capaciteit=-1, openingstijden={"1": [[600, 500]]}, extra=1)
    answer = service.as_("planner").post("/objecten", json=body, headers=RD)
    assert answer.status_code == 400
    fields = {fault["veld"] for fault in answer.json()["fouten"]}
    wanted = {"kvkNummer", "adres.huisnummer", "adres.postcode", "adres.bagId", "capaciteit", "openingstijden", "extra"}
    assert fields == {f"body.{field}" for field in wanted}
    assert "9912345X" not in answer.text
    assert "ABC123" not in answer.text


@pytest.mark.parametrize(
    ("coordinates", "crs", "told"),
    [
        ([463000.0, 155000.0], RD["Content-Crs"], "verwisseld"),
        ([5.39, 52.16], RD["Content-Crs"], "graden"),
        ([52.16, 5.39], "http://www.opengis.net/def/crs/OGC/1.3/CRS84", "verwisseld"),
        ([13.4, 52.5], "http://www.opengis.net/def/crs/OGC/1.3/CRS84", "buiten Nederland"),
        ([5.39, 52.16], "http://www.opengis.net/def/crs/EPSG/0/4258", "Onbekend"),
    ],
)
def test_a_wrong_place_is_refused_in_plain_words(
    service: Service, coordinates: list[float], crs: str, told: str
) -> None:
    body = object_body(adres=address_body(punt={"type": "Point", "coordinates": coordinates}))
    answer = service.as_("planner").post("/objecten", json=body, headers={"Content-Crs": crs})
    assert answer.status_code == 400
    assert told in answer.json()["fouten"][0]["melding"]


@pytest.mark.requirement("REG-19")
def test_the_kvk_number_is_shown_to_who_keeps_the_register_or_sees_links(service: Service) -> None:
    made = _add(service, number=1, kvkNummer="99123456")
    seen = {}
    for sub in ("toezichthouder", "teamleider", "pandbrigade", "planner", "hoofdplanner", "af", "vergunningverlener"):
        client = service.as_(sub)
        listed = client.get("/objecten").json()["resultaten"]
        found = client.post("/objecten/_zoek", json={"tekst": "99123456"}).json()["resultaten"]
        read = client.get(f"/objecten/{made['id']}").json()
        numbers = {row["kvkNummer"] for row in (*listed, *found, read)}
        assert (len(listed), len(found), len(numbers)) == (1, 1, 1)
        seen[sub] = numbers != {None}
    assert [sub for sub, shown in seen.items() if shown] == ["planner", "hoofdplanner", "af", "vergunningverlener"]


@pytest.mark.requirement("REG-05")
def test_a_dwelling_has_no_kvk_and_nothing_can_select_by_its_use(service: Service, runtime: Runtime) -> None:
    planner = service.as_("planner")
    refused = planner.post("/objecten", json=object_body(type="WON", kvkNummer="99123456"), headers=RD)
    assert refused.status_code == 400
    dwelling = _add(service, number=2, type="WON")
    answer = planner.patch(f"/objecten/{dwelling['id']}", json={"kvkNummer": "99123456"}, headers={"If-Match": '"1"'})
    assert answer.status_code == 400
    with runtime.system_unit("test") as uow, pytest.raises(sa.exc.IntegrityError):
        uow.session.connection().execute(sa.text("UPDATE objecten SET kvk_nummer = '99123456'"))
    risk = {
        "objectId": dwelling["id"],
        "reden": "Vermoeden van prostitutie",
        "bron": "melding",
        "inBeeldOp": "2026-01-01",
        "herzienOp": "2027-01-01",
    }
    assert planner.post("/risicoadressen", json=risk).status_code == 400


@pytest.mark.requirement("REG-20")
def test_objects_are_counted_right_at_the_border_and_no_layer_knows_a_use(service: Service, runtime: Runtime) -> None:
    with runtime.system_unit("test") as uow:
        areas = [_square("BU99010000", 154000, 462000), _square("BU99010001", 155000, 462000)]
        document = {
            "type": "FeatureCollection",
            "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}},
            "features": areas,
        }
        store_areas(uow, STAD, 2026, document, "proef")
    for number, x in ((1, 154500.0), (2, 155000.0), (3, 155000.1), (4, 157000.0)):
        place = {"type": "Point", "coordinates": [x, 462500.0]}
        _add(service, number=number, adres=address_body(number, punt=place))
    planner = service.as_("planner")
    shown = {
        code: [row["nummer"] for row in planner.get("/objecten", params={"buurtcode": code}).json()["resultaten"]]
        for code in ("BU99010000", "BU99010001")
    }
    assert shown == {"BU99010000": ["O-00001", "O-00002"], "BU99010001": ["O-00003"]}
    outside = planner.get("/objecten").json()["resultaten"][3]
    assert (outside["buurtcode"], outside["adres"]["buitenGemeente"]) == (None, True)
    # No parameter and no field of the stock names a use, in whatever words.
    api = description()
    stock = ("/objecten", "/vergunningen", "/risicoadressen", "/bibob", "/importen", "/gebieden")
    told = json.dumps(
        [methods for path, methods in api["paths"].items() if path.startswith(stock)]
        + [
            body
            for name, body in api["components"]["schemas"].items()
            if name.startswith(("Object", "Risico", "Adres"))
        ]
    )
    assert not any(word in told.lower() for word in ("woongebruik", "hui-21", "sekswerk", "prostitutie", "aanleiding"))


def test_window_and_pages(service: Service) -> None:
    for number in range(1, 8):
        _add(service, number=number)
    planner = service.as_("planner")
    rd = "http://www.opengis.net/def/crs/EPSG/0/28992"
    window = {"bbox": "155002,462999,155005,463001", "bbox-crs": rd, "crs": rd, "limiet": "2"}
    numbers, cursor = [], None
    while True:
        page = planner.get("/objecten", params=window | ({"cursor": cursor} if cursor else {}))
        assert page.headers["content-crs"] == f"<{rd}>"
        numbers += [row["nummer"] for row in page.json()["resultaten"]]
        cursor = page.json()["volgende"]
        if cursor is None:
            break
        assert 'rel="next"' in page.headers["link"]
    assert numbers == [f"O-{number:05d}" for number in range(2, 6)]
    first = planner.get("/objecten", params={"limiet": "1"}).json()["resultaten"][0]
    lon, lat = first["punt"]["coordinates"]
    tiny = {"bbox": f"{lon - 1e-6},{lat - 1e-6},{lon + 1e-6},{lat + 1e-6}"}
    assert [row["nummer"] for row in planner.get("/objecten", params=tiny).json()["resultaten"]] == ["O-00001"]
    for wrong in ({"bbox": "1,2,3"}, {"bbox": "52.1,5.3,52.2,5.4"}, {"crs": "EPSG:4326"}, {"type": "WINKEL"}):
        assert planner.get("/objecten", params=wrong).status_code == 400


@pytest.mark.parametrize("words", ["zaak 1", "9901ab 1", "voorbeeldkade 1", "99123456", "9912 3456", "V-1", "O-00001"])
def test_search_by_address_name_and_number(service: Service, words: str) -> None:
    made = _add(service, number=1, kvkNummer="99123456")
    _add(service, number=2)
    permit = {
        "objectId": made["id"],
        "soort": "horeca-exploitatie",
        "nummer": "V-1",
        "geldigVanaf": "2026-01-01",
        "bron": "register",
    }
    assert service.as_("vergunningverlener").post("/vergunningen", json=permit).status_code == 201
    found = service.as_("toezichthouder").post("/objecten/_zoek", json={"tekst": words})
    assert found.status_code == 200
    assert [row["nummer"] for row in found.json()["resultaten"]] == ["O-00001"]


def test_another_municipality_sees_nothing(service: Service) -> None:
    made = _add(service)
    neighbour = service.as_("buur-planner")
    assert neighbour.get(f"/objecten/{made['id']}").status_code == 404
    patched = neighbour.patch(f"/objecten/{made['id']}", json={"naam": "X"}, headers={"If-Match": '"1"'})
    assert patched.status_code == 404
    assert neighbour.get("/objecten").json()["resultaten"] == []
    assert neighbour.get("/objecten", params={"gemeentecode": STAD}).json()["resultaten"] == []
    assert neighbour.post("/objecten/_zoek", json={"tekst": "zaak"}).json()["resultaten"] == []
    assert neighbour.post("/objecten", json=object_body(), headers=RD).status_code == 404
    theirs = object_body(gemeentecode=BUUR, adres=None, adresId=made["adres"]["id"])
    assert neighbour.post("/objecten", json=theirs, headers=RD).status_code == 404


def test_a_page_costs_a_fixed_number_of_queries(service: Service, runtime: Runtime) -> None:
    from app.core.http.paging import Paging  # noqa: PLC0415 - only here
    from app.objecten.schemas.filters import Objectfilter  # noqa: PLC0415
    from app.objecten.service.zoeken import find_objects  # noqa: PLC0415
    from geo.crs import Crs  # noqa: PLC0415

    for number in range(1, 6):
        _add(service, number=number)
    counted: list[str] = []
    with runtime.system_unit("test", write=False) as uow:
        sa.event.listen(runtime.database.engine, "before_cursor_execute", lambda *given: counted.append(given[2]))
        rows = find_objects(uow, Objectfilter(), None, Paging(limit=50, after=None), Crs.CRS84).rows
    assert len(rows) == 5
    assert len([statement for statement in counted if statement.startswith("SELECT")]) == 1
