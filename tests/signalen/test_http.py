"""Signals over real HTTP: who sees what, submitting by hand, acknowledging, and that nothing leaks."""

import logging
from typing import Any
from uuid import uuid4

import httpx
import pytest
import sqlalchemy as sa

from app.core.identifiers import new_id
from app.signalen.status import Urgentie
from tests.support.municipality import ACCOUNTS, STAD
from tests.support.service import Service
from tests.support.signalen import Field, hit

PLANT = "PLANT-5d2b91"
PHONE = "Bel 070 123 45 67"


def _submit(service: Service, sub: str = "toezichthouder", **changes: object) -> httpx.Response:
    return service.as_(sub).post("/signalen", json={"id": str(new_id()), **changes})


@pytest.fixture
def place(field: Field) -> dict[str, str]:
    return {key: str(object_id) for key, object_id in field.objects.items()}


@pytest.mark.requirement("RTE-24")
def test_a_gut_feeling_alone_is_a_signal_and_text_without_it_is_none(service: Service, place: dict[str, str]) -> None:
    answer = _submit(service, objectId=place["HOR"], nietPluis=True)
    assert answer.status_code == 201
    assert answer.json()["status"] == "verzonden"
    signaal = service.as_("af").get(f"/signalen/{answer.json()['id']}").json()
    assert signaal["urgentie"] == "regulier"
    assert signaal["inhoud"]["redenen"] == ["Niet-pluisgevoel"]
    refused = _submit(service, objectId=place["HOR"], nietPluis=False, tekst="Iets gezien.")
    assert refused.status_code == 400
    assert refused.json()["fouten"][0]["veld"] == "body.nietPluis"
    assert len(service.as_("af").get("/signalen").json()["resultaten"]) == 1


@pytest.mark.requirement("DAT-01")
@pytest.mark.parametrize("text", [PHONE, "zie https://voorbeeld.test/x"])
@pytest.mark.parametrize("soort", ["SEKS", "MASS", "WON"])
def test_a_refused_text_is_not_stored_and_the_signal_goes_on(
    service: Service, place: dict[str, str], text: str, soort: str
) -> None:
    answer = _submit(service, objectId=place[soort], tekst=f"{PLANT} {text}", tekstReden="vals-alarm")
    assert answer.status_code == 201
    assert answer.json()["tekstBewaard"] is False
    assert "Laat" in answer.json()["tekstMeldingen"][0]["melding"]
    assert PLANT not in answer.text
    signaal = service.as_("af").get(answer.headers["Location"].removeprefix("/v1")).json()
    assert signaal["inhoud"]["tekst"] is None
    assert signaal["inhoud"]["redenen"][0] == "Niet-pluisgevoel"
    assert signaal["inhoud"]["redenen"][1].startswith("Toelichting geweigerd: ")


def test_elsewhere_a_hit_needs_a_reason_and_the_objects_own_number_none(
    service: Service, place: dict[str, str]
) -> None:
    body = {"id": str(new_id()), "objectId": place["HOR"], "tekst": PHONE}
    client = service.as_("toezichthouder")
    first = client.post("/signalen", json=body)
    assert (first.status_code, first.json()["tekstBewaard"]) == (201, False)
    kept = client.post("/signalen", json={**body, "tekstReden": "gegeven-van-bedrijf"})
    assert (kept.status_code, kept.json()["tekstBewaard"]) == (201, True)
    assert client.post("/signalen", json={**body, "tekst": "Iets anders."}).status_code == 409
    own = _submit(service, objectId=place["HOR"], tekst="RSIN 111222333 klopt niet")
    assert own.json()["tekstBewaard"] is True
    assert len(service.as_("af").get("/signalen").json()["resultaten"]) == 2


def test_sending_again_is_safe_and_other_content_is_refused(service: Service, place: dict[str, str]) -> None:
    body = {"id": str(new_id()), "objectId": place["HOR"], "tekst": "Vier matrassen in de keuken."}
    answers = [service.as_("balie").post("/signalen", json=body) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201] * 3
    assert answers[0].json() == answers[2].json()
    assert service.as_("balie").post("/signalen", json={**body, "urgentie": "acuut"}).status_code == 409
    assert service.as_("toezichthouder").post("/signalen", json=body).status_code == 409
    assert service.as_("balie").post("/signalen", json={**body, "id": str(uuid4())}).status_code == 400
    events = service.as_("af").get(f"/signalen/{body['id']}/gebeurtenissen").json()["resultaten"]
    assert [event["actie"] for event in events] == ["opvoeren", "verzenden"]


def test_a_signal_can_be_discussed_anonymously(service: Service, place: dict[str, str]) -> None:
    answer = _submit(service, "af", anoniemBesproken=True, bron="zorg")
    assert answer.status_code == 201
    signaal = service.as_("af-zorg").get(f"/signalen/{answer.json()['id']}").json()["inhoud"]
    assert signaal["anoniemBesproken"] is True
    assert signaal["object"] is None
    assert signaal["gemeenteHerkomst"] is None
    assert _submit(service).status_code == 400
    assert _submit(service, anoniemBesproken=True, objectId=place["HOR"]).status_code == 400
    assert _submit(service, gemeentecode=STAD).status_code == 201
    assert _submit(service, gemeentecode="GM9902").status_code == 404


@pytest.mark.requirement("DAT-07")
@pytest.mark.parametrize("text", [PHONE, "De melder heet Jan.", "Gemeld door de buurman"])
def test_a_tip_to_mma_holds_nothing_of_its_reporter(service: Service, place: dict[str, str], text: str) -> None:
    answer = _submit(service, "af", objectId=place["HOR"], bron="mma", tekst=text, tekstReden="vals-alarm")
    assert answer.json()["tekstBewaard"] is False
    assert _submit(service, "af", objectId=place["HOR"], bron="mma", melder="x").status_code == 400
    assert _submit(service, objectId=place["HOR"], bron="mma").status_code == 403


def test_inbox_by_urgency_then_time_left_page_by_page(field: Field, service: Service) -> None:
    for urgentie in (Urgentie.REGULIER, Urgentie.SPOED, Urgentie.ACUUT, Urgentie.SPOED, Urgentie.REGULIER):
        field.control([hit("IDE-03")], urgentie, send=True)
    seen: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = service.as_("af").get("/signalen?limiet=2" + (f"&cursor={cursor}" if cursor else "")).json()
        seen += page["resultaten"]
        cursor = page["volgende"]
    assert [row["urgentie"] for row in seen] == ["acuut", "spoed", "spoed", "regulier", "regulier"]
    assert seen[1]["bevestigenVoor"] <= seen[2]["bevestigenVoor"]
    assert len({row["id"] for row in seen}) == 5
    assert seen[0]["inhoud"]["object"]["adres"] == "Voorbeeldstraat 3, 9999ZZ X"
    assert service.as_("af").get("/signalen?cursor=WyI5fHgiLCAieCJd").status_code == 400
    assert service.as_("af").get("/signalen?status=gesloten").json()["resultaten"] == []


def test_a_page_takes_a_constant_number_of_queries(field: Field, service: Service) -> None:
    statements: list[str] = []
    sa.event.listen(sa.Engine, "before_cursor_execute", counter := lambda *args: statements.append(args[2]))
    counts = []
    for _ in range(2):
        for _ in range(6):
            field.control([hit("IDE-03"), hit("IDE-13")], place="HOR")
        statements.clear()
        assert service.as_("af").get("/signalen").status_code == 200
        counts.append(len(statements))
    sa.event.remove(sa.Engine, "before_cursor_execute", counter)
    assert counts[0] == counts[1] > 0


def test_a_team_leader_sees_status_and_urgency_only(field: Field, service: Service) -> None:
    """Vector M41."""
    ref = field.control([hit("IDE-03", PLANT)])
    lists = service.as_("teamleider").get("/signalen")
    one = service.as_("teamleider").get(f"/signalen/{ref.id}")
    assert lists.json()["resultaten"][0]["urgentie"] == one.json()["urgentie"] == "spoed"
    assert one.json()["inhoud"] is lists.json()["resultaten"][0]["inhoud"] is None
    for answer in (lists, one):
        assert PLANT not in answer.text
        assert str(field.objects["HOR"]) not in answer.text
    assert service.as_("teamleider").get(f"/signalen/{ref.id}/gebeurtenissen").status_code == 403
    received = service.as_("teamleider").post(f"/signalen/{ref.id}/_ontvangen", headers={"If-Match": '"2"'})
    assert received.status_code == 403


@pytest.mark.requirement("ROL-07")
def test_the_pandbrigade_sees_the_status_of_its_own_signal_and_nothing_inside(
    service: Service, place: dict[str, str]
) -> None:
    own = _submit(service, "pandbrigade", objectId=place["WON"], tekst=f"Tien matrassen. {PLANT}").json()["id"]
    for path in (f"/signalen/{own}", f"/signalen/{own}/gebeurtenissen", "/signalen"):
        assert service.as_("pandbrigade").get(path).status_code == 403
    listed = service.as_("pandbrigade").get("/eigen-signalen")
    assert [set(row) for row in listed.json()["resultaten"]] == [
        {"id", "status", "ontstaanOp", "ongelezen", "terugkoppelingen"}
    ]
    assert service.as_("pandbrigade-2").get("/eigen-signalen").json()["resultaten"] == []
    assert PLANT not in listed.text
    assert PLANT in service.as_("af").get(f"/signalen/{own}").text


def test_acknowledging_needs_the_version_and_another_af(field: Field, service: Service) -> None:
    ref = field.control([hit("IDE-03")])
    read = service.as_("af").get(f"/signalen/{ref.id}")
    assert read.headers["ETag"] == '"2"'
    url = f"/signalen/{ref.id}/_ontvangen"
    assert service.as_("af").post(url).status_code == 428
    assert service.as_("af").post(url, headers={"If-Match": '"1"'}).status_code == 412
    assert service.as_("buur-af").post(url, headers={"If-Match": '"2"'}).status_code == 404
    done = service.as_("af").post(url, headers={"If-Match": read.headers["ETag"]})
    assert (done.status_code, done.json()["status"], done.headers["ETag"]) == (200, "ontvangen", '"3"')
    assert done.json()["ontvangenOp"] is not None
    assert service.as_("af").post(url, headers={"If-Match": '"3"'}).status_code == 409
    own = _submit(service, "af", gemeentecode=STAD).json()["id"]
    mine = service.as_("af").post(f"/signalen/{own}/_ontvangen", headers={"If-Match": '"2"'})
    assert (mine.status_code, "zelf" in mine.json()["detail"]) == (409, True)
    other = service.as_("af-zorg").post(f"/signalen/{own}/_ontvangen", headers={"If-Match": '"2"'})
    assert other.status_code == 200


def test_reading_is_audited_with_ids_only(field: Field, service: Service) -> None:
    ref = field.control([hit("IDE-03", PLANT)])
    service.as_("af").get(f"/signalen/{ref.id}")
    rows = _audit(field)
    assert ("signalen_lezen", str(ref.id)) in [(row["actie"], row["object_id"]) for row in rows]
    assert PLANT not in str(rows)


def test_each_look_and_each_refusal_is_one_audit_row(field: Field, service: Service) -> None:
    """Whoever asks for a signal is noted once, whether he sees it, may not call this at all, or is told that it is not there."""
    ref = field.control([hit("IDE-03", PLANT)])
    events = f"/signalen/{ref.id}/gebeurtenissen"
    for sub, method, path, status, outcome in (
        ("af", "GET", f"/signalen/{ref.id}", 200, "toegestaan"),
        ("teamleider", "GET", f"/signalen/{ref.id}", 200, "toegestaan"),
        ("af", "GET", events, 200, "toegestaan"),
        ("planner", "GET", f"/signalen/{ref.id}", 403, "geweigerd"),
        ("teamleider", "GET", events, 403, "geweigerd"),
        ("buur-af", "GET", f"/signalen/{ref.id}", 404, "geweigerd"),
        ("buur-af", "GET", events, 404, "geweigerd"),
        ("buur-af", "POST", f"/signalen/{ref.id}/_ontvangen", 404, "geweigerd"),
    ):
        before = len(_audit(field))
        assert service.as_(sub).request(method, path).status_code == status
        new = _audit(field)[before:]
        assert [(row["uitkomst"], row["object_id"]) for row in new] == [(outcome, str(ref.id))], (sub, path)
        assert (new[0]["actor"], PLANT in str(new)) == (str(field.accounts[sub]), False)


def test_planted_text_is_found_nowhere_but_with_the_af(
    field: Field, service: Service, place: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ref = field.control([hit("ENT-22", PLANT)])
    by_hand = _submit(service, objectId=place["HOR"], tekst=f"{PLANT} in de keuken")
    refused = _submit(service, objectId=place["SEKS"], tekst=f"{PLANT} {PHONE}")
    faulty = _submit(service, objectId=PLANT, tekst=PLANT)
    assert (by_hand.status_code, refused.status_code, faulty.status_code) == (201, 201, 400)
    found = [answer.text for answer in (by_hand, refused, faulty)]
    for sub, (_, rollen, _) in ACCOUNTS.items():
        if "aandachtsfunctionaris" in rollen and not sub.startswith("buur"):
            continue
        paths = (
            "/signalen",
            f"/signalen/{ref.id}",
            f"/signalen/{ref.id}/gebeurtenissen",
            "/eigen-signalen",
            "/taken",
            f"/bevindingen?objectId={place['HOR']}",
        )
        found += [service.as_(sub).get(path).text for path in paths]
    assert not any(PLANT in text for text in found)
    assert not any(place["HOR"] in text for text in found)
    assert PLANT not in caplog.text
    assert PLANT not in str(_audit(field))
    assert PLANT not in _whole_database(field)
    assert PLANT in service.as_("af").get(f"/signalen/{ref.id}").text


def _audit(field: Field) -> list[dict[str, Any]]:
    with field.runtime.database.session(write=False) as session:
        rows = session.connection().exec_driver_sql("select * from auditregels").mappings().all()
    return [dict(row) for row in rows]


def _whole_database(field: Field) -> str:
    engine = field.runtime.database.engine
    everything: list[str] = []
    with engine.connect() as connection:
        for table in sa.inspect(engine).get_table_names():
            rows = connection.exec_driver_sql(f'select * from "{table}"').all()  # noqa: S608 - names of our own tables
            everything += [_text(value) for row in rows for value in row]
    return "\n".join(everything)


def _text(value: object) -> str:
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)


def test_no_field_for_a_person_in_what_is_sent_or_shown(service: Service) -> None:
    """Only the place has a name, and the one who reported is at most an establishment by its id (REG-08)."""
    schemas = service.anonymous().get("/v1/openapi.json").json()["components"]["schemas"]
    fields = {
        (key, name) for key, schema in schemas.items() if "ignaal" in key for name in schema.get("properties", {})
    }
    words = ("naam", "melder", "geslacht", "nationaliteit", "geboorte", "telefoon", "taal")
    assert {pair for pair in fields if any(word in pair[1].lower() for word in words)} == {
        ("SignaalObject", "naam"),
        ("SignaalCreate", "melderObjectId"),
        ("SignaalInhoud", "melderObject"),
        ("SignaalDetailInhoud", "melderObject"),
    }
    assert schemas["SignaalCreate"]["properties"]["melderObjectId"]["format"] == "uuid"
    assert "SignaalObject" in str(schemas["SignaalDetailInhoud"]["properties"]["melderObject"])
