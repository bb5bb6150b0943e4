"""Intake by desk and telephone: a short form per source, behaviour and never identity, and an acute signal with nearly nothing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.gemeenten.rules.rollen import Rol
from app.objecten.status import Objecttype
from app.signalen.schemas.signalen import SignaalCreate
from app.signalen.service.intake import load_forms
from app.signalen.status import Bronsoort
from tests.objecten.stock import make_object
from tests.support.municipality import STAD
from tests.support.service import Service
from tests.support.signalen import Field


def submit(service: Service, sub: str, **data: object) -> httpx.Response:
    return service.as_(sub).post("/signalen", json={"id": str(new_id()), **data})


def content(service: Service, answer: httpx.Response, sub: str = "af-zorg") -> dict[str, Any]:
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = service.as_(sub).get(f"/signalen/{answer.json()['id']}").json()
    return found


def faults(answer: httpx.Response) -> set[str]:
    assert answer.status_code == 400, answer.text
    return {fault["veld"].removeprefix("body.") for fault in answer.json()["fouten"]}


def test_every_question_is_a_field_and_every_source_has_a_form() -> None:
    forms = load_forms()
    fields = {field.alias or name for name, field in SignaalCreate.model_fields.items()}
    asked = {name for form in forms.formulieren for name in forms.fields_of(form)}
    assert asked | {"id", "bron"} == fields
    assert {form.bron for form in forms.formulieren} == set(Bronsoort)
    through_af = {Bronsoort.VEILIG_THUIS, Bronsoort.POLITIE, Bronsoort.ZORG, Bronsoort.MMA, Bronsoort.IKO}
    assert {form.bron for form in forms.formulieren if form.rollen == (Rol.AF,)} == through_af, "table G"


@pytest.mark.requirement("ROL-09")
@pytest.mark.usefixtures("field")
def test_the_desk_form_asks_behaviour_and_not_identity(service: Service) -> None:
    forms = {form["bron"]: form for form in service.as_("balie").get("/signaalformulieren").json()}
    assert set(forms) == {"balie", "gemeente-overig", "exploitant", "anders"}
    questions = {question["veld"]: question for question in forms["balie"]["vragen"]}
    choices = {choice["code"] for choice in questions["waarnemingen"]["keuzes"]}
    assert {"ander-voert-woord", "ander-houdt-papieren"} <= choices
    text = str(forms["balie"]).casefold()
    for word in ("nationaliteit", "geboorte", "bsn", "geslacht", "telefoonnummer"):
        assert word not in text.replace("geen namen, nummers, nationaliteit of taal", "")
    seen = content(service, submit(service, "balie", gemeentecode=STAD, waarnemingen=["ander-voert-woord"]))
    assert (seen["urgentie"], "Een ander voert steeds het woord." in seen["inhoud"]["redenen"]) == ("regulier", True)
    held = content(service, submit(service, "balie", gemeentecode=STAD, waarnemingen=["ander-houdt-papieren"]))
    assert held["urgentie"] == "spoed", "table A3: papers held by another"
    assert submit(service, "balie", gemeentecode=STAD, naam="x").status_code == 400


def test_what_does_not_fit_the_source_is_refused_with_every_fault_at_once(service: Service, field: Field) -> None:
    place = str(field.objects["HOR"])
    wrong = submit(
        service, "balie", objectId=place, adres={"postcode": "9999ZZ", "huisnummer": 3}, bronkenmerk="K-1",
        waarnemingen=["haarkleur"], nietPluis=False, betrokkenDomein="zorg",
    )  # fmt: skip
    assert faults(wrong) == {"objectId", "adres", "bronkenmerk", "waarnemingen", "betrokkenDomein"}
    assert faults(submit(service, "af", bron="iko", nietPluis=False)) == {"bronkenmerk", "objectId"}
    assert faults(submit(service, "toezichthouder", objectId=place, waarnemingen=["gespannen"])) == {"waarnemingen"}
    assert submit(service, "toezichthouder", objectId=place, bron="balie").status_code == 403
    assert service.as_("af").get("/signalen").json()["resultaten"] == []


@pytest.mark.requirement("ROL-17", "RTE-17")
def test_m14_a_tip_to_mma_has_no_reporter_field_at_all(service: Service, field: Field) -> None:
    place = str(field.objects["HOR"])
    (form,) = (form for form in service.as_("af").get("/signaalformulieren").json() if form["bron"] == "mma")
    asked = {question["veld"] for question in form["vragen"]}
    assert not asked & {"melderObjectId", "bronkenmerk", "bronCode", "waarnemingen"}
    for extra in ({"melder": "x"}, {"melderObjectId": place}, {"bronkenmerk": "M-12"}, {"waarnemingen": ["gespannen"]}):
        assert submit(service, "af", objectId=place, bron="mma", **extra).status_code == 400, extra
    for text in ("Bel 070 123 45 67", "De tipgever heet Jan."):
        made = submit(service, "af", objectId=place, bron="mma", tekst=text, tekstReden="vals-alarm")
        assert made.json()["tekstBewaard"] is False
        assert made.json()["tekstMeldingen"][0]["melding"]
        shown = content(service, made)["inhoud"]
        assert (shown["bron"], shown["tekst"], shown["melderObject"], shown["bronkenmerk"]) == ("mma", None, None, None)


@pytest.mark.requirement("RTE-18")
def test_the_source_of_an_inbound_signal_is_recorded(service: Service, field: Field) -> None:
    for bron in ("veilig-thuis", "zorg"):
        made = submit(service, "af", objectId=str(field.objects["WON"]), bron=bron, bronkenmerk="VT-2026-1")
        shown = content(service, made)["inhoud"]
        assert (shown["bron"], shown["bronkenmerk"]) == (bron, "VT-2026-1")
        named = submit(
            service, "af", objectId=str(field.objects["HOR"]), bron=bron, tekst="Gemeld door de maatschappelijk werker."
        )
        assert (named.json()["tekstBewaard"], content(service, named)["inhoud"]["tekst"]) == (False, None)
        assert submit(service, "balie", objectId=str(field.objects["HOR"]), bron=bron).status_code == 403


def test_an_acute_signal_is_saved_with_place_and_time_and_logs_the_call(service: Service, field: Field) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    acute = {"urgentie": "acuut", "tijdstip": now.isoformat()}
    by_object = submit(service, "toezichthouder", objectId=str(field.objects["HOR"]), **acute)
    assert content(service, by_object)["status"] == "verzonden"
    body = {"id": str(new_id()), **acute, "punt": {"type": "Point", "coordinates": [5.3876, 52.1562]}}
    by_point = service.as_("toezichthouder").post("/signalen", json=body)
    shown = content(service, by_point)["inhoud"]
    assert shown["object"] is None
    assert shown["punt"]["coordinates"] == pytest.approx([5.3876, 52.1562])
    assert shown["gebeldOp"] is None
    called = {"gebeldNaar": "112", "gebeldOp": (now + timedelta(minutes=2)).isoformat()}
    for _ in range(2):  # the time of the call is filled in afterwards, and sent twice
        assert service.as_("toezichthouder").post("/signalen", json={**body, **called}).status_code == 201
    after = content(service, by_point)["inhoud"]
    assert (after["gebeldNaar"], datetime.fromisoformat(after["gebeldOp"])) == ("112", now + timedelta(minutes=2))
    events = service.as_("af").get(f"/signalen/{body['id']}/gebeurtenissen").json()["resultaten"]
    assert [event["actie"] for event in events] == ["opvoeren", "verzenden", "aanvullen"]
    assert events[2]["toelichting"].startswith("Gebeld om")
    abroad = {"punt": {"type": "Point", "coordinates": [2.35, 48.85]}}
    assert faults(submit(service, "toezichthouder", **acute, **abroad)) == {"punt"}


def test_an_address_finds_its_object_and_the_answer_never_tells(
    service: Service, field: Field, runtime: Runtime
) -> None:
    known = {"postcode": "9999ZZ", "huisnummer": 3}
    answers = [submit(service, "balie", adres=known), submit(service, "balie", adres={**known, "huisnummer": 77})]
    shapes = [{key: value for key, value in one.json().items() if key not in {"id", "ontstaanOp"}} for one in answers]
    assert shapes[0] == shapes[1]
    first, second = (content(service, answer)["inhoud"] for answer in answers)
    assert (first["object"]["id"], first["adres"]) == (str(field.objects["HOR"]), None)
    assert (second["object"], second["adres"]) == (None, "9999ZZ 77")
    with runtime.system_unit("test") as uow:
        make_object(uow, Objecttype.BEDR, 3)
    assert content(service, submit(service, "balie", adres=known))["status"] == "verzonden"
