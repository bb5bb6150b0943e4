"""Rows of the requirements that are true of the whole service and stand in no one feature."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from app.core.identifiers import new_id
from app.gemeenten.adapters.bestanden import read_list_seeds
from app.gemeenten.rules.rechten import RECHTEN
from app.gemeenten.service.lijsten import seed_list_values
from app.gemeenten.status import Wet
from app.gemeenten.tables import Aanwijzing
from tests.controles.conftest import Field, Tablet, signals, today, veld
from tests.support.municipality import BUUR
from tests.support.service import Service

__all__ = ["veld"]
CONTENT = Path(__file__).parents[1] / "checklists"
KINDS = ("kmar", "ind", "belastingdienst", "douane", "nvwa", "uwv", "omgevingsdienst", "energiebedrijf", "nfi")


@pytest.mark.requirement("DEF-01")
def test_the_definition_is_a_help_text_with_a_date(service: Service, veld: Field) -> None:
    with veld.runtime.system_unit("test") as uow:
        seed_list_values(uow, "", read_list_seeds(CONTENT / "lijsten-1.yaml"))
    for sub in ("toezichthouder", "pandbrigade", "af"):
        answer = service.as_(sub).get("/lijsten/definities")
        assert answer.status_code == 200
        (text,) = (value["kenmerken"] for value in answer.json()["waarden"])
        assert date.fromisoformat(text["versiedatum"]) <= today()
        for word in ("werven", "vervoeren", "overbrengen", "opnemen", "huisvesten", "dwangmiddel", "uit te buiten"):
            assert word in text["tekst"].casefold()
        assert "273f" in text["grondslag"]


@pytest.mark.requirement("ROL-18")
def test_each_of_these_services_can_take_part(service: Service, veld: Field) -> None:
    controle = veld.plan("HOR")
    for kind in KINDS:
        partner = {"gemeentecode": "GM9901", "soort": kind, "naam": f"Dienst {kind}", "geldigVanaf": "2020-01-01"}
        made = service.as_("beheerder").post("/partners", json={"id": str(new_id()), **partner})
        assert made.status_code == 201, made.text
        joined = service.as_("planner").post(f"/controles/{controle}/deelnames", json={"partnerId": made.json()["id"]})
        assert joined.status_code == 201, joined.text
    shown = {row["dienst"] for row in service.as_("planner").get(f"/controles/{controle}/deelnames").json()}
    assert {f"Dienst {kind}" for kind in KINDS} <= shown


@pytest.mark.requirement("ROL-22")
def test_no_public_endpoint_accepts_a_signal(service: Service, veld: Field) -> None:
    public = {name for name, recht in RECHTEN.items() if recht.openbaar}
    assert (
        public
        == {
            "openapi_lezen",
            "algoritme_lezen",
            "agendas_team",
            "agendas_partner",
            "pakketten_ophalen",
            "synchronisaties_verzegeld",
        }
    )  # a calendar and a sealed document are read by their secret; sealed events are of the account whose proof they hold
    sealed = {"gebeurtenisId": str(new_id()), "jwe": "AAAA..AAAA.AAAAAAAA.AAAA"}
    answer = service.anonymous().post("/v1/synchronisaties/_verzegeld", json={"zendingen": [sealed]})
    assert [row["ontvangst"] for row in answer.json()["resultaten"]] == [None]
    paths = service.anonymous().get("/v1/openapi.json").json()["paths"]
    writing = [(m, p) for p, item in paths.items() for m in item if m in {"post", "put", "patch", "delete"}]
    assert ("post", "/signalen") in writing
    for method, path in writing:
        if path == "/synchronisaties/_verzegeld":
            continue
        url = "/v1" + path.replace("{", "").replace("}", "")
        assert service.anonymous().request(method, url).status_code == 401, path
    assert signals(veld.runtime) == []


@pytest.mark.requirement("ROL-23")
def test_an_inspector_works_where_he_is_designated_and_the_af_there_gets_the_signal(
    service: Service, veld: Field
) -> None:
    place = veld.objecten["buur-SEKS"]
    mine = Tablet(service.as_("toezichthouder"))
    assert mine.client.get(f"/objecten/{place}").status_code == 404
    refused = new_id()
    events = [
        mine.event("controle-aangemaakt", refused, {"objectId": str(place)}),
        mine.answers(refused, {"ARB-27": "ja"}),
    ]
    assert [result["status"] for result in mine.send(*events)] == ["quarantaine"] * 2
    with veld.runtime.system_unit("test") as uow:
        uow.session.add(
            Aanwijzing(
                account_id=veld.municipality.accounts["toezichthouder-2"],
                gemeentecode=BUUR,
                wet=Wet.APV,
                geldig_vanaf=today() - timedelta(days=1),
            )
        )
    regional = Tablet(service.as_("toezichthouder-2"))
    assert regional.client.get(f"/objecten/{place}").status_code == 200
    controle = new_id()
    results = regional.send(
        regional.event("controle-aangemaakt", controle, {"objectId": str(place)}),
        regional.answers(controle, {"ARB-27": "ja"}),
    )
    assert [result["status"] for result in results] == ["verwerkt"] * 2
    inbox = {sub: service.as_(sub).get("/signalen").json()["resultaten"] for sub in ("af", "af-zorg", "buur-af")}
    assert [len(rows) for rows in inbox.values()] == [0, 0, 1]
    assert mine.client.get(f"/controles/{controle}").status_code == 404


def test_an_acute_call_before_its_control_is_known_reaches_the_af_of_the_place(service: Service, veld: Field) -> None:
    with veld.runtime.system_unit("test") as uow:
        uow.session.add(
            Aanwijzing(
                account_id=veld.municipality.accounts["toezichthouder"],
                gemeentecode=BUUR,
                wet=Wet.APV,
                geldig_vanaf=today() - timedelta(days=1),
            )
        )
    tablet = Tablet(service.as_("toezichthouder"))
    controle = new_id()
    made = tablet.event("controle-aangemaakt", controle, {"objectId": str(veld.objecten["buur-SEKS"])})
    tablet.send(tablet.event("acuut", controle))  # overtook the event that made the control
    assert [len(service.as_(sub).get("/signalen").json()["resultaten"]) for sub in ("af", "buur-af")] == [1, 0]
    tablet.send(made)
    found = service.as_("buur-af").get("/signalen").json()["resultaten"]
    assert [(row["urgentie"], row["inhoud"]["object"]["id"]) for row in found] == [
        ("acuut", str(veld.objecten["buur-SEKS"]))
    ]
