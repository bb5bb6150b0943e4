"""Geocoding as background work: exact or not at all, once, and an outage stops nothing else (ADR 0014, REG-20)."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from app.core.runtime import Runtime
from app.core.settings import Settings
from app.core.tables import Auditregel
from app.gemeenten.service.gebieden import store_areas
from app.objecten.schemas.objecten import AdresInput
from app.objecten.service.adressen import ensure_adres
from app.objecten.service.geocoderen import geocode_waiting
from app.objecten.status import Geocodestatus, Importindeling, Objecttype
from app.objecten.tables import Adres, Object
from app.objecten.tasks import import_file
from geo.crs import Crs
from tests.objecten.bronnen import KEY, at, bag_address, doc, envelope, hal, sources
from tests.objecten.stock import RD, address_body, make_object
from tests.support.bronserver import Bronserver, hang_up, reply
from tests.support.issuer import Issuer
from tests.support.municipality import BUUR, STAD, Municipality
from tests.support.service import Service, running

NOT_PLACED = {"punt": None}


@pytest.fixture(scope="module")
def server() -> Iterator[Bronserver]:
    made = Bronserver()
    yield made
    made.stop()


@pytest.fixture
def near(settings: Settings, server: Bronserver) -> Settings:
    return at(settings, server)


@pytest.fixture
def city(near: Settings, municipality: Municipality, issuer: Issuer) -> Iterator[Service]:  # noqa: ARG001 - the municipality must be stored
    """The service with its sources on loopback."""
    with running(near, issuer) as made:
        yield made


def _store(runtime: Runtime, number: int = 1, gemeentecode: str = STAD, **changes: object) -> UUID:
    body = AdresInput.model_validate(address_body(number, **NOT_PLACED, **changes))
    with runtime.system_unit("test") as uow:
        return ensure_adres(uow, gemeentecode, body).id


def _row(runtime: Runtime, adres_id: UUID) -> Adres:
    with runtime.system_unit("test", write=False) as uow:
        row = uow.session.get(Adres, adres_id)
        assert row is not None
        return row


def _due(runtime: Runtime) -> None:
    """Makes all that waits due now."""
    with runtime.system_unit("test") as uow:
        for row in uow.session.exec(select(Adres)).all():
            row.geocode_na = None


def _sweep(runtime: Runtime, chosen: Settings) -> int:
    with sources(runtime, chosen) as made:
        return geocode_waiting(runtime.system_unit, made)


def _areas(runtime: Runtime) -> None:
    ring = [
        [155000.0, 462000.0],
        [156000.0, 462000.0],
        [156000.0, 464000.0],
        [155000.0, 464000.0],
        [155000.0, 462000.0],
    ]
    feature = {
        "type": "Feature",
        "properties": {"code": "BU99010101", "naam": "Kade"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    collection = {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}},
        "features": [feature],
    }
    with runtime.system_unit("test") as uow:
        store_areas(uow, STAD, 2026, collection, "proef")


@pytest.mark.usefixtures("municipality")
def test_an_address_gets_its_point_areas_and_objects(runtime: Runtime, near: Settings, server: Bronserver) -> None:
    _areas(runtime)
    with runtime.system_unit("test") as uow:
        adres = AdresInput.model_validate(address_body(1, **NOT_PLACED))
        place = make_object(uow, Objecttype.HOR, adres=adres).id
    server.will(reply(envelope(doc(2), doc(1), doc(1, huisletter="A"))))
    assert _sweep(runtime, near) == 1
    with runtime.system_unit("test", write=False) as uow:
        thing = uow.session.get(Object, place)
        assert thing is not None
        row = uow.session.get(Adres, thing.adres_id)
        assert row is not None
        audits = uow.session.exec(select(Auditregel).where(Auditregel.object_id == str(row.id))).all()
    assert (row.x, row.y, row.buurtcode, row.geocode_status) == (155100.0, 463000.0, "BU99010101", "gevonden")
    assert (row.bag_id, row.adresseerbaar_object_id) == ("9901200000000001", "9901010000000001")
    assert (thing.x, thing.y, thing.buurtcode, thing.versie) == (155100.0, 463000.0, "BU99010101", 1)
    assert audits[-1].actie == "adressen_geocoderen"
    assert _sweep(runtime, near) == 0
    assert len(server.asked) == 1


@pytest.mark.usefixtures("municipality")
def test_the_bag_goes_first_and_its_facts_are_kept(runtime: Runtime, near: Settings, server: Bronserver) -> None:
    adres = _store(runtime)
    server.will(reply(hal(bag_address())))
    _sweep(runtime, at(near, server, bag_api_key=KEY))
    row = _row(runtime, adres)
    assert (row.x, row.status_bag, row.oppervlakte) == (155200.0, "Verblijfsobject in gebruik", 48)
    assert row.gebruiksdoelen == ["woonfunctie"]
    assert [path for path, _, _ in server.asked] == ["/adressenuitgebreid"]


@pytest.mark.usefixtures("municipality")
def test_when_the_bag_is_away_the_locatieserver_is_asked(runtime: Runtime, near: Settings, server: Bronserver) -> None:
    adres = _store(runtime)
    server.will(reply(status=500), reply(status=500), reply(envelope(doc())))
    _sweep(runtime, at(near, server, bag_api_key=KEY))
    assert _row(runtime, adres).x == 155100.0


@pytest.mark.usefixtures("municipality")
def test_outside_the_municipality_is_flagged(runtime: Runtime, near: Settings, server: Bronserver) -> None:
    by_source, by_area = _store(runtime, 1), _store(runtime, 2)
    server.will(reply(envelope(doc(1, gemeentecode="9902"), doc(2, gemeentecode="9902"))))
    with sources(runtime, near) as made:
        geocode_waiting(runtime.system_unit, made)
    assert _row(runtime, by_source).geocode_status is Geocodestatus.BUITEN_GEMEENTE
    assert _row(runtime, by_area).buiten_gemeente
    _areas(runtime)
    third = _store(runtime, 3)
    server.will(reply(envelope(doc(3, x=200000.0))))
    _sweep(runtime, near)
    assert _row(runtime, third).geocode_status is Geocodestatus.BUITEN_GEMEENTE


@pytest.mark.usefixtures("municipality")
def test_what_the_own_bag_writes_otherwise_needs_no_call(runtime: Runtime, near: Settings, server: Bronserver) -> None:
    with runtime.system_unit("test") as uow:
        body = AdresInput.model_validate(address_body(1, bagId="9901200000000001", huisletter="A"))
        ensure_adres(uow, STAD, body, Crs.RD)
    adres = _store(runtime, toevoeging="A")
    server.will(hang_up)
    _sweep(runtime, near)
    assert _row(runtime, adres).geocode_status is Geocodestatus.MEERDERE
    assert server.asked == []


def _import(city: Service, runtime: Runtime) -> None:
    """Reads a file with one object in, over HTTP and by the task."""
    planner = city.as_("planner")
    columns = "objectnummer;type;naam;straat;huisnummer;postcode;woonplaats"
    content = f"{columns}\r\nO-77;HOR;Zaak 77;Voorbeeldkade;77;9901 AB;Voorbeeldstad\r\n"
    fields = {"gemeentecode": STAD, "indeling": Importindeling.OBJECTEN.value, "bron": "register"}
    sent = planner.post("/importen", data=fields, files={"bestand": ("lijst.csv", content.encode())})
    assert sent.status_code == 202, sent.text
    import_file(runtime.system_unit, UUID(sent.json()["id"]))
    read = planner.get(f"/importen/{sent.json()['id']}").json()
    assert (read["status"], read["nieuw"]) == ("klaar", 1)


OUTAGES = {"dead": None, "broken": reply(status=500), "babbles": reply(body=b"<html>")}


@pytest.mark.parametrize("outage", OUTAGES)
def test_during_an_outage_everything_else_goes_on(
    city: Service, runtime: Runtime, near: Settings, server: Bronserver, outage: str
) -> None:
    answer = OUTAGES[outage]
    if answer is not None:
        server.will(answer)
    chosen = near if answer is not None else at(near, server, locatieserver_url="http://127.0.0.1:9")
    adres = _store(runtime)
    for _ in range(2):
        _due(runtime)
        assert _sweep(runtime, chosen) == 1
    row = _row(runtime, adres)
    assert (row.geocode_status, row.geocode_pogingen) == (Geocodestatus.WACHT, 2)
    assert row.geocode_na is not None
    assert "later vanzelf opnieuw" in (row.geocode_melding or "")
    brigade = city.as_("pandbrigade")
    flag = {
        "id": "01980000-0000-7000-8000-000000000001",
        "soort": "malafide-kamerverhuur",
        "adres": address_body(9, **NOT_PLACED),
        "m2": 60.0,
        "bedden": 4,
        "personen": 4,
    }
    sent = brigade.post("/vlaggen", json=flag)
    assert sent.status_code == 201, sent.text
    _import(city, runtime)
    waiting = city.as_("planner").get("/adressen", params={"geocodeStatus": "wacht"}).json()["resultaten"]
    assert str(adres) in {one["id"] for one in waiting}
    assert any(one["geocodeMelding"] for one in waiting)
    found = city.as_("planner").post("/adressen/_zoek", json={"tekst": "Voorbeeldkade 9", "ookLandelijk": True})
    assert [one["huisnummer"] for one in found.json()["resultaten"]][:1] == [9]


@pytest.mark.usefixtures("municipality")
def test_after_an_outage_it_is_found_after_all(runtime: Runtime, near: Settings, server: Bronserver) -> None:
    adres = _store(runtime)
    server.will(reply(status=503, headers={"Retry-After": "0"}))
    _sweep(runtime, near)
    assert _sweep(runtime, near) == 0  # its time has not come
    server.will(reply(envelope(doc())))
    _due(runtime)
    _sweep(runtime, near)
    row = _row(runtime, adres)
    assert (row.geocode_status, row.geocode_melding) == (Geocodestatus.GEVONDEN, None)


@pytest.mark.usefixtures("municipality")
def test_a_killed_worker_gives_its_addresses_back(
    runtime: Runtime, near: Settings, server: Bronserver, monkeypatch: pytest.MonkeyPatch
) -> None:
    adres = _store(runtime)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("app.objecten.service.geocoderen._store", killed)
    server.will(reply(envelope(doc())))
    with pytest.raises(KeyboardInterrupt):
        _sweep(runtime, near)
    monkeypatch.undo()
    assert _sweep(runtime, near) == 0
    with runtime.system_unit("test") as uow:
        row = uow.session.get(Adres, adres)
        assert row is not None
        assert row.geocode_na is not None
        row.geocode_na -= timedelta(minutes=4)
    assert _sweep(runtime, near) == 1
    assert _row(runtime, adres).x == 155100.0


@pytest.mark.usefixtures("municipality")
def test_two_workers_never_ask_the_same(runtime: Runtime, near: Settings, server: Bronserver) -> None:
    for number in range(1, 31):
        _store(runtime, number)
    server.will(reply(envelope(*[doc(number) for number in range(1, 31)])))
    workers = [threading.Thread(target=_sweep, args=(runtime, near)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    asked = [dict(query)["q"] for _, query, _ in server.asked]
    assert len(asked) == len(set(asked)) == 30
    with runtime.system_unit("test", write=False) as uow:
        assert uow.session.exec(select(Adres).where(col(Adres.x).is_(None))).all() == []


@pytest.mark.usefixtures("municipality")
def test_without_any_source_it_waits_and_says_so(runtime: Runtime, near: Settings, server: Bronserver) -> None:
    adres = _store(runtime)
    _sweep(runtime, at(near, server, locatieserver_enabled=False))
    row = _row(runtime, adres)
    assert row.geocode_status is Geocodestatus.WACHT
    assert "geen bron ingesteld" in (row.geocode_melding or "")


def test_a_choice_is_shown_and_made_by_hand(city: Service, runtime: Runtime, server: Bronserver) -> None:
    adres = _store(runtime)
    planner = city.as_("planner")
    server.will(reply(envelope(doc(huisletter="A", nummeraanduiding_id="9901200000000011"), doc(huisletter="B"))))
    told = planner.post(f"/adressen/{adres}/_geocodeer", json={}).json()
    assert told["adres"]["geocodeStatus"] == "meerdere"
    assert [one["huisletter"] for one in told["keuzes"]] == ["A", "B"]
    assert [(one["bron"], one["stand"]) for one in told["bronnen"]] == [("bag", "uit"), ("locatieserver", "gevraagd")]
    chosen = {"punt": {"type": "Point", "coordinates": [155111.0, 463000.0]}, "bagId": "9901200000000011"}
    url = f"/adressen/{adres}"
    assert planner.patch(url, json=chosen, headers=RD).status_code == 428
    etag = planner.get(url).headers["etag"]
    for role, status in (("toezichthouder", 403), ("buur-planner", 404)):
        assert city.as_(role).patch(url, json=chosen, headers={**RD, "If-Match": etag}).status_code == status
    placed = planner.patch(url, json=chosen, headers={**RD, "If-Match": etag})
    assert (placed.status_code, placed.json()["geocodeStatus"]) == (200, "met-de-hand")
    assert planner.patch(url, json=chosen, headers={**RD, "If-Match": etag}).status_code == 412
    again = planner.post(f"{url}/_geocodeer", json={}).json()
    assert (again["adres"]["geocodeStatus"], again["bronnen"][0]["stand"]) == ("met-de-hand", "niet-gevraagd")
    assert len(server.asked) == 1
    listed = planner.get("/adressen", params={"geocodeStatus": "met-de-hand"}).json()["resultaten"]
    assert [one["id"] for one in listed] == [str(adres)]
    with runtime.system_unit("test", write=False) as uow:
        done = uow.session.exec(select(Auditregel.actie).where(Auditregel.object_id == str(adres))).all()
    assert {"adressen_wijzigen", "adressen_geocoderen"} <= set(done)


def test_the_list_pages_and_stays_within_the_municipality(city: Service, runtime: Runtime) -> None:
    for number in range(1, 6):
        _store(runtime, number)
    _store(runtime, 1, BUUR)
    planner, seen, cursor = city.as_("planner"), [], None
    while True:
        params: dict[str, Any] = {"limiet": 2, "geocodeStatus": "wacht", **({"cursor": cursor} if cursor else {})}
        page = planner.get("/adressen", params=params).json()
        seen += [(one["gemeentecode"], one["huisnummer"]) for one in page["resultaten"]]
        cursor = page["volgende"]
        if cursor is None:
            break
    assert seen == [(STAD, number) for number in range(1, 6)]
    assert planner.get("/adressen", params={"geocodeStatus": "gevonden"}).json()["resultaten"] == []


def test_no_transaction_is_open_while_the_source_lets_us_wait(
    city: Service, runtime: Runtime, server: Bronserver
) -> None:
    adres, arrived, go_on = _store(runtime), threading.Event(), threading.Event()
    answers: list[int] = []

    def slow(handler: BaseHTTPRequestHandler) -> None:
        arrived.set()
        go_on.wait(5)
        reply(envelope(doc()))(handler)

    server.will(slow)
    client = city.as_("planner")
    waiting = threading.Thread(
        target=lambda: answers.append(client.post(f"/adressen/{adres}/_geocodeer", json={}).status_code)
    )
    waiting.start()
    assert arrived.wait(5)
    with runtime.system_unit("test") as uow:  # the very row is free, and on SQLite the write lock
        row = uow.session.exec(select(Adres).where(Adres.id == adres).with_for_update(nowait=True)).one()
        row.straat = "Andere kade"
    go_on.set()
    waiting.join(10)
    assert answers == [200]
    assert _row(runtime, adres).x is None  # what was asked is no longer what stands


def test_search_gives_own_addresses_whatever_the_source_does(
    city: Service, runtime: Runtime, server: Bronserver
) -> None:
    _store(runtime, 1)
    _store(runtime, 1, BUUR)
    planner = city.as_("planner")
    server.will(reply(envelope(doc(1), doc(1, huisletter="B", nummeraanduiding_id="9901200000000012"))))
    wide = {"postcode": "9901 AB", "huisnummer": 1, "ookLandelijk": True}
    found = planner.post("/adressen/_zoek", json=wide).json()
    assert [(one["bron"], one["huisletter"], one["id"] is None) for one in found["resultaten"]] == [
        ("eigen", "", False),
        ("locatieserver", "B", True),
    ]
    server.will(hang_up)
    for _ in range(4):  # also when the source rests
        found = planner.post("/adressen/_zoek", json=wide)
        assert found.status_code == 200
        assert [one["bron"] for one in found.json()["resultaten"]] == ["eigen"]
        assert found.json()["bronnen"][1]["stand"] == "onbereikbaar"
    assert len(server.asked) == 3
    server.will(hang_up)
    assert planner.post("/adressen/_zoek", json={"tekst": "voorbeeldk"}).json()["bronnen"] == [
        {"bron": "eigen", "stand": "gevraagd", "melding": None}
    ]
    street_only = planner.post("/adressen/_zoek", json={"tekst": "voorbeeldk", "ookLandelijk": True}).json()
    assert street_only["bronnen"][1]["stand"] == "niet-gevraagd"
    assert server.asked == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"tekst": "x"},
        {"postcode": "9901AB"},
        {"tekst": "Kade 1", "postcode": "9901AB", "huisnummer": 1},
        {"tekst": "*:* OR bron:BAG"},
        {"tekst": "iemand@voorbeeld.example 1"},
    ],
)
def test_a_question_that_is_none_is_refused(city: Service, body: dict[str, Any]) -> None:
    assert city.as_("planner").post("/adressen/_zoek", json=body).status_code == 400
