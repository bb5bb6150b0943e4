"""Rows of the requirements that only a real control can show."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import SQLModel, select

from app.bevindingen.schemas.bevindingen import BevindingCreate, ControleRef
from app.bevindingen.service.bevindingen import record_hits
from app.bevindingen.status import Barriere, Klasse
from app.bevindingen.tables import Bevinding
from app.checklists.service import current_versions, get_catalogue
from app.controles.service.planning import NormControle, controles_for_norm
from app.controles.status import Controlestatus
from app.controles.tables import Antwoorden
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.objecten.tables import Bedrijfsplan
from tests.controles.conftest import KERN, Field, Tablet, signals, today
from tests.support.municipality import STAD
from tests.support.service import Service


def norm_controls(runtime: Runtime, year: int) -> list[NormControle]:
    with runtime.system_unit("test", write=False) as uow:
        return controles_for_norm(uow, STAD, year)


@pytest.mark.requirement("CAD-01")
def test_six_controls_of_which_one_leaves_the_plan_open(
    veld: Field, tablet: Tablet, service: Service, runtime: Runtime
) -> None:
    day = date(today().year, 6, 1)
    for nr in range(6):
        answers: dict[str, Any] = {**KERN["SEKS"], "ARB-02": "niet vastgesteld" if nr == 3 else "nee"}
        tablet.send(*tablet.whole(veld.plan("SEKS", day + timedelta(days=nr)), answers))
    body = {"objectId": str(veld.objecten["SEKS"]), "datum": day.isoformat(), "aangekondigd": True}
    more = {"aangekondigdReden": "eerste bezoek", "teamId": str(veld.municipality.teams["toezicht"])}
    announced = service.as_("planner").post("/controles", json={**body, **more}).json()["id"]
    tablet.send(*tablet.whole(announced, KERN["SEKS"]))
    rows = norm_controls(runtime, day.year)
    assert len(rows) == 7
    counted = [
        row
        for row in rows
        if row.status is Controlestatus.AFGEROND and row.bedrijfsplan_beantwoord and row.binnen and not row.aangekondigd
    ]
    assert len(counted) == 5


@pytest.mark.requirement("CAD-05")
def test_integral_only_with_a_partner(veld: Field, service: Service, runtime: Runtime) -> None:
    planner = service.as_("planner")
    alone = planner.post("/acties", json={"datum": today().isoformat()}).json()
    assert (alone["integraal"], alone["diensten"]) == (False, ["gemeente toezicht"])
    with_police = {"datum": today().isoformat(), "partnerIds": [str(veld.partners["politie"])], "id": str(new_id())}
    made = planner.post("/acties", json=with_police)
    assert (made.status_code, made.json()["integraal"]) == (201, True)
    assert planner.post("/acties", json=with_police).status_code == 200
    assert planner.post("/acties", json={**with_police, "gebied": "x"}).status_code == 409
    ended = planner.post("/acties", json={"datum": today().isoformat(), "partnerIds": [str(veld.partners["oud"])]})
    assert ended.status_code == 400
    controle = veld.plan("HOR")
    path = f"/controles/{controle}/deelnames"
    assert planner.post(path, json={"dienst": "Team horeca"}).status_code == 201
    assert planner.get(f"/controles/{controle}").json()["integraal"] is False
    assert planner.post(path, json={"partnerId": str(veld.partners["oud"])}).status_code == 400
    assert planner.post(path, json={"partnerId": str(veld.partners["nla"])}).status_code == 201
    assert planner.post(path, json={"partnerId": str(veld.partners["nla"])}).status_code == 200
    assert planner.get(f"/controles/{controle}").json()["integraal"] is True
    in_actie = veld.plan("BEDR", actie_id=UUID(made.json()["id"]))
    partners = {row.controle_id: row.partners for row in norm_controls(runtime, today().year)}
    assert partners == {controle: 1, in_actie: 1}
    assert service.as_("toezichthouder").post("/acties", json=with_police).status_code == 403


def test_a_partner_opens_and_prefills_its_items(
    veld: Field, service: Service, tablet: Tablet, runtime: Runtime
) -> None:
    controle = veld.plan("HOR")
    service.as_("planner").post(f"/controles/{controle}/deelnames", json={"partnerId": str(veld.partners["nla"])})
    package = service.as_("toezichthouder").get(f"/werkpakketten/{today()}").json()
    assert package["controles"][0]["partners"] == ["Arbeidsinspectie"]
    result = tablet.send(tablet.answers(controle, {"BEV-11": "nee", "ARB-12": 3, "IDE-15": "ja"}))[0]
    assert result["status"] == "verwerkt", result
    with runtime.system_unit("test", write=False) as uow:
        row = uow.session.get(Antwoorden, controle)
        assert row is not None
        assert row.naleving["BEV-08"] == ["Arbeidsinspectie"]


def test_a_dwelling_has_a_neutral_trigger_and_no_way_to_find_it(
    veld: Field, service: Service, tablet: Tablet, runtime: Runtime
) -> None:
    controle, field = new_id(), service.as_("toezichthouder")
    made = tablet.send(tablet.event("controle-aangemaakt", controle, {"objectId": str(veld.objecten["WON"])}))
    veld.release(controle)
    made += tablet.send(
        tablet.event("controle-gestart", controle, {"grond": "toestemming van een bewoner"}),
        tablet.answers(controle, {"HUI-21": "ja", "ENT-02": 3}),
        tablet.event("controle-afgerond", controle),
    )
    assert [r["status"] for r in made] == ["verwerkt", "verwerkt", "verwerkt-met-fouten", "verwerkt"]
    read = field.get(f"/controles/{controle}").json()
    assert read["aanleiding"] == "woongebruik"
    assert {o["item"]: o["oordeel"] for o in made[2]["oordelen"]} == {
        "HUI-21": "geldig",
        "ENT-02": "fout",
    }  # no BRP count
    for value, verdict in (("misschien", "verwerkt-met-fouten"), ("nee", "verwerkt"), ("niet vastgesteld", "verwerkt")):
        assert tablet.send(tablet.answers(controle, {"HUI-21": value}))[0]["status"] == verdict
    with runtime.system_unit("test", write=False) as uow:
        row = uow.session.exec(select(Antwoorden)).one()
        assert not {"HUI-21", "ENT-02"} & row.naleving.keys()
    document = service.as_("planner").get("/openapi.json").json()
    for path, methods in document["paths"].items():
        for parameter in methods.get("get", {}).get("parameters", []):
            assert parameter["name"].lower() not in {"aanleiding", "item", "antwoord"}, path
    for key in ("aanleiding=woongebruik", "antwoord=ja"):
        listed = field.get(f"/controles?{key}").json()["resultaten"]
        assert len(listed) == 1  # the key narrows nothing


@pytest.mark.requirement("REG-13")
def test_a_control_keeps_the_plan_version_that_was_checked(
    veld: Field, tablet: Tablet, service: Service, runtime: Runtime
) -> None:
    with runtime.system_unit("test") as uow:
        for naam, jaar in (("2021", 2021), ("2024", 2024)):
            uow.session.add(
                Bedrijfsplan(
                    gemeentecode=STAD,
                    object_id=veld.objecten["SEKS"],
                    versienaam=naam,
                    goedgekeurd_op=date(jaar, 1, 1),
                    onderdelen=["hygiëne"],
                )
            )
    first, second = veld.plan("SEKS"), veld.plan("SEKS")
    package = service.as_("toezichthouder").get(f"/werkpakketten/{today()}").json()
    assert package["controles"][0]["object"]["bedrijfsplanVersie"] == "2024"
    tablet.send(*tablet.whole(first, KERN["SEKS"]))
    events = tablet.whole(second, KERN["SEKS"])
    events[-1]["inhoud"] = {"bedrijfsplanVersie": "2021"}
    tablet.send(*events)
    field = service.as_("toezichthouder")
    versions = [field.get(f"/controles/{nr}").json()["bedrijfsplanVersie"] for nr in (first, second)]
    assert versions == ["2024", "2021"]


@pytest.mark.requirement("ROL-20")
def test_breach_of_the_duty_to_report_makes_a_licence_finding(veld: Field, tablet: Tablet, service: Service) -> None:
    controle = veld.plan("SEKS")
    tablet.send(*tablet.whole(controle, {**KERN["SEKS"], "ARB-05": "ja"}))
    permits = service.as_("vergunningverlener")
    found = permits.get("/bevindingen", params={"objectId": str(veld.objecten["SEKS"])}).json()["resultaten"]
    assert [(b["item"], b["controleId"]) for b in found if b["item"] == "ARB-05"] == [("ARB-05", str(controle))]
    tasks = permits.get("/taken").json()["resultaten"]
    assert [task["onderwerpId"] for task in tasks if task["soort"] == "vergunning-meldplicht"] == [str(controle)]


def test_a_control_ends_the_waiting_of_a_risk_address(veld: Field, tablet: Tablet, service: Service) -> None:
    adres = {"straat": "Teststraat", "huisnummer": 5, "postcode": "9999ZZ", "woonplaats": "Voorbeeldstad"}
    flag = {"id": str(new_id()), "soort": "woonoverlast", "adres": adres, "m2": 50.0, "bedden": 2, "personen": 2}
    made = service.as_("pandbrigade").post("/vlaggen", json=flag).json()
    risk = service.as_("planner").get(f"/risicoadressen/{made['risicoadresId']}").json()
    assert risk["status"] == "open"
    controle = veld.plan("WON")
    tablet.send(*tablet.whole(controle, {"BEV-02": "ja"}))
    assert service.as_("planner").get(f"/risicoadressen/{made['risicoadresId']}").json()["status"] == "bezocht"


@pytest.mark.requirement("DAT-02")
def test_no_intake_talks(veld: Field, tablet: Tablet) -> None:
    tables = set(SQLModel.metadata.tables) - {"exploitantgesprekken"}  # a date and a code about an operator (PLN-20)
    assert not {name for name in tables if "intake" in name or "gesprek" in name or "advies" in name}
    regels = get_catalogue(current_versions(today())).regels.values()
    voluntary = {r.item.code for r in regels if r.item.vrijwillig and "SEKS" in r.item.objecttypen}
    assert voluntary == {"ARB-22", "ARB-27"}
    result = tablet.send(tablet.answers(veld.plan("SEKS"), {"ENT-09": "ja", "ARB-15": "ja"}))[0]
    assert {o["oordeel"] for o in result["oordelen"]} == {"fout"}


@pytest.mark.requirement("INS-01")
def test_a_finding_can_carry_each_of_the_seven_barriers(veld: Field, runtime: Runtime) -> None:
    seven = {Barriere.WERVING, Barriere.ENTREE, Barriere.HUISVESTING, Barriere.IDENTITEIT, Barriere.VERVOER}
    seven |= {Barriere.ARBEID, Barriere.FINANCIEN}
    assert seven == set(Barriere) - {Barriere.VOORBLOK}

    controle = veld.plan("SEKS")
    hits = [BevindingCreate(barriere, f"X-{barriere}", "X-1", Klasse.NALEVING, "N", "ja") for barriere in sorted(seven)]
    with runtime.system_unit("test") as uow:
        record_hits(uow, ControleRef(controle, STAD, veld.objecten["SEKS"], uow.now), hits)
    with runtime.system_unit("test", write=False) as uow:
        assert {row.barriere for row in uow.session.exec(select(Bevinding))} == seven
    assert signals(runtime) == []
