"""Where a signal comes from: a business that reports (REG-08), the IKO (REG-11), and the listed sources (ROL-19)."""

from typing import Any

import httpx
import pytest

from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.gemeenten.status import Partnersoort
from app.objecten.status import Objecttype
from tests.objecten.stock import make_object
from tests.support.lijsten import seed_lists
from tests.support.municipality import BUUR
from tests.support.service import Service
from tests.support.signalen import Field


@pytest.fixture
def places(field: Field, runtime: Runtime) -> dict[str, str]:
    """The stock with two hotels, one of them in the other municipality, and the shipped lists."""
    seed_lists(runtime)
    with runtime.system_unit("test") as uow:
        hotel = make_object(uow, Objecttype.HOT, 70)
        there = make_object(uow, Objecttype.HOT, 71, BUUR)
    return {key: str(nr) for key, nr in field.objects.items()} | {"HOT": str(hotel.id), "HOT-BUUR": str(there.id)}


def submit(service: Service, sub: str, **data: object) -> httpx.Response:
    return service.as_(sub).post("/signalen", json={"id": str(new_id()), **data})


def content(service: Service, answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = service.as_("af-zorg").get(f"/signalen/{answer.json()['id']}").json()["inhoud"]
    return found


@pytest.mark.requirement("REG-08")
def test_a_hotel_is_the_reporting_organisation_and_nobody_who_works_there(
    service: Service, places: dict[str, str]
) -> None:
    report = {"objectId": places["HOT"], "melderObjectId": places["HOT"]}
    made = submit(service, "balie", **report, tekst="Drie kamers op een naam, steeds contant betaald.")
    shown = content(service, made)
    assert (shown["bron"], shown["melderObject"]["id"], shown["melderObject"]["type"]) == (
        "exploitant",
        places["HOT"],
        "HOT",
    )
    assert made.json()["tekstBewaard"] is True
    named = submit(service, "balie", **report, tekst="Gemeld door de receptionist.")
    assert (named.json()["tekstBewaard"], content(service, named)["tekst"]) == (False, None)  # the signal goes on
    assert submit(service, "balie", **report, melderNaam="x").status_code == 400
    for wrong in (places["WON"], places["SEKS"], places["HOT-BUUR"], str(new_id())):
        refused = submit(service, "balie", objectId=places["HOR"], melderObjectId=wrong)
        assert (refused.status_code, refused.json()["fouten"][0]["veld"]) == (400, "body.melderObjectId")
    assert submit(service, "balie", **report, bron="anders").status_code == 400
    listed = service.as_("af").get("/signalen").json()["resultaten"]
    assert {row["inhoud"]["melderObject"]["id"] for row in listed} == {places["HOT"]}
    leader = service.as_("teamleider").get(f"/signalen/{made.json()['id']}").json()
    assert leader["inhoud"] is None


@pytest.mark.requirement("REG-11")
def test_a_signal_from_the_iko_keeps_its_number(service: Service, places: dict[str, str]) -> None:
    signal = {"objectId": places["HOR"], "bron": "iko"}
    assert submit(service, "balie", **signal, bronkenmerk="IKO-2026-017").status_code == 403
    assert (
        content(service, submit(service, "af", **signal, bronkenmerk="IKO-2026-017"))["bronkenmerk"] == "IKO-2026-017"
    )
    for kenmerk in (None, "zonder cijfer", "x", "info1@voorbeeld.nl"):
        refused = submit(service, "af", **signal, bronkenmerk=kenmerk)
        assert (refused.status_code, refused.json()["fouten"][0]["veld"]) == (400, "body.bronkenmerk"), kenmerk
    mma = submit(service, "af", objectId=places["HOR"], bron="mma", bronkenmerk="M-1")
    assert mma.status_code == 400  # nothing leads back to who tipped


@pytest.mark.requirement("ROL-19")
def test_the_list_of_sources_holds_them_all_with_a_route(service: Service, places: dict[str, str]) -> None:
    values = service.as_("balie").get("/lijsten/signaalbronnen").json()["waarden"]
    wanted = "sociaal-team cjg jongerenwerk leerplicht wij halt school sociale-zaken jmo bedelverbod cit"
    assert set(wanted.split()) <= {value["code"] for value in values}
    assert all(value["kenmerken"]["geenMensenhandel"] in set(Partnersoort) for value in values)
    assert all(value["kenmerken"]["bron"] for value in values)
    shown = content(service, submit(service, "balie", objectId=places["HOR"], bronCode="school"))
    assert (shown["bron"], shown["bronCode"]) == ("anders", "school")
    assert content(service, submit(service, "af", objectId=places["HOR"], bronCode="cit"))["bron"] == "zorg"
    assert submit(service, "balie", objectId=places["HOR"], bronCode="bestaat-niet").status_code == 400
    assert submit(service, "af", objectId=places["HOR"], bronCode="cit", bron="politie").status_code == 400


def test_a_resend_from_before_these_fields_is_still_the_same(service: Service, places: dict[str, str]) -> None:
    body = {"id": str(new_id()), "objectId": places["HOR"]}
    first = service.as_("balie").post("/signalen", json=body)
    again = service.as_("balie").post("/signalen", json={**body, "bronCode": None, "bronkenmerk": None})
    assert (again.status_code, again.json()) == (201, first.json())
    other = service.as_("balie").post("/signalen", json={**body, "bronCode": "school"})
    assert other.status_code == 409
