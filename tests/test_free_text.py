"""Every free text that reaches storage passes the text filter (design section 7), whatever screen it comes from."""

from datetime import date
from typing import Any

import pytest

from app.core.identifiers import new_id
from tests.controles.conftest import Field, veld
from tests.support.municipality import STAD
from tests.support.service import Service

__all__ = ["veld"]
NUMBER = 12345678  # put together, so that no number stands in the repository
PHONE, CITIZEN, ACCOUNT = f"bel 06-{NUMBER}", "nummer 111222333", "NL91ABNA0417164300"
DAY = date(2026, 5, 4).isoformat()
NORM = {
    "gemeentecode": STAD,
    "sleutel": "RISICOADRES_DAGEN",
    "waarde": 14,
    "eenheid": "dagen",
    "bron": "besluit",
    "geldigVanaf": DAY,
}
PARTNER = {"gemeentecode": STAD, "soort": "overig", "naam": "Dienst", "geldigVanaf": DAY}
ACCOUNT_FIELDS = {"gemeentecode": STAD, "sub": "nieuw", "rollen": ["planner"], "actiefVanaf": DAY}


@pytest.mark.usefixtures("municipality")
@pytest.mark.parametrize(
    ("sub", "path", "body", "field"),
    [
        ("planner", "/acties", {"datum": DAY, "verzamelpunt": PHONE}, "verzamelpunt"),
        ("planner", "/acties", {"datum": DAY, "gebied": CITIZEN}, "gebied"),
        ("beheerder", "/normen", {**NORM, "bron": PHONE}, "bron"),
        ("beheerder", "/normen", {**NORM, "eenheid": CITIZEN}, "eenheid"),
        ("beheerder", "/partners", {**PARTNER, "naam": CITIZEN}, "naam"),
        ("beheerder", "/partners", {**PARTNER, "taken": ACCOUNT}, "taken"),
        ("beheerder", "/partners", {**PARTNER, "aliassen": ["x@voorbeeld.nl"]}, "aliassen"),
        ("beheerder", "/teams", {"gemeentecode": STAD, "naam": PHONE, "soort": "toezicht"}, "naam"),
        ("beheerder", "/accounts", {**ACCOUNT_FIELDS, "functie": CITIZEN}, "functie"),
    ],
)
def test_desk_fields_refuse_what_is_a_persons(
    service: Service, sub: str, path: str, body: dict[str, Any], field: str
) -> None:
    answer = service.as_(sub).post(path, json={"id": str(new_id()), **body})
    assert answer.status_code == 400, answer.text
    assert any(field in fout["veld"] for fout in answer.json()["fouten"])
    assert not any(secret in answer.text for secret in (PHONE, CITIZEN, ACCOUNT))


def test_controls_refuse_what_is_a_persons(service: Service, veld: Field) -> None:
    planner = service.as_("planner")
    controle = veld.plan("HOR")
    plan = {"objectId": str(veld.objecten["HOR"]), "datum": DAY, "aangekondigd": True, "aangekondigdReden": PHONE}
    answers = [
        planner.post("/controles", json=plan),
        planner.post(f"/controles/{controle}/_vervallen", json={"reden": PHONE}),
        planner.post(f"/controles/{controle}/deelnames", json={"dienst": PHONE}),
        service.as_("toezichthouder").post(f"/controles/{controle}/_afronden", json={"bedrijfsplanVersie": PHONE}),
    ]
    assert [answer.status_code for answer in answers] == [400] * 4
    assert planner.get(f"/controles/{controle}").json()["status"] == "vrijgegeven"


@pytest.mark.usefixtures("veld")
def test_the_channel_of_a_team_and_the_date_of_a_decision_are_no_persons(service: Service) -> None:
    partner = {"kanaal": "team@voorbeeld.nl, 070-1234567", "grondslag": "Convenant 12-03-2014, www.voorbeeld.nl"}
    made = service.as_("beheerder").post("/partners", json={"id": str(new_id()), **PARTNER, **partner})
    assert made.status_code == 201, made.text
    norm = {**NORM, "bron": "Raadsbesluit 12-05-2011, https://voorbeeld.nl"}
    stored = service.as_("beheerder").post("/normen", json={"id": str(new_id()), **norm})
    assert stored.status_code == 201, stored.text
