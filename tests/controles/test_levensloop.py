"""The life cycle: named transitions and their guards, at a desk and from a tablet."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app.controles.rules.afstemming import needs_release
from app.controles.rules.levensloop import (
    INTEGRALE_BEDRIJFSTYPEN,
    OVERGANGEN,
    Feiten,
    document,
    draw,
    refusals,
)
from app.controles.status import Aanleiding, Controlestatus
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.core.settings import ROOT
from app.gemeenten.status import Wet
from app.gemeenten.tables import Aanwijzing
from app.objecten.status import Objecttype
from tests.controles.conftest import Field, Tablet, today
from tests.support.service import Service


def test_every_state_is_reached_and_the_diagram_shows_every_transition() -> None:
    assert {overgang.naar for overgang in OVERGANGEN.values()} == set(Controlestatus)
    drawn = draw()
    for overgang in OVERGANGEN.values():
        for van in overgang.van:
            assert f"{van or '[*]'} --> {overgang.naar}: {overgang.naam}" in drawn
    assert "afgerond --> [*]" in drawn


def test_the_document_of_the_states_is_current() -> None:
    assert document() in (ROOT / "docs" / "statusdiagrammen.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("objecttype", Objecttype)
@pytest.mark.parametrize("integraal", [True, False])
def test_labour_core_guards_integral_business_controls_only(objecttype: Objecttype, integraal: bool) -> None:
    feiten = Feiten(status=Controlestatus.BEZIG, objecttype=objecttype, aanleiding=Aanleiding.NORM, integraal=integraal)
    assert bool(refusals("afronden", feiten)) is (integraal and objecttype in INTEGRALE_BEDRIJFSTYPEN)


def test_release_is_needed_for_actions_risk_addresses_and_dwellings() -> None:
    assert not needs_release(Aanleiding.NORM, Objecttype.SEKS, in_actie=False)
    assert needs_release(Aanleiding.NORM, Objecttype.SEKS, in_actie=True)
    assert needs_release(Aanleiding.RISICOADRES, Objecttype.BEDR, in_actie=False)
    assert needs_release(Aanleiding.WOONGEBRUIK, Objecttype.WON, in_actie=False)


@pytest.mark.requirement("PLN-14")
def test_announced_needs_a_reason(veld: Field, service: Service) -> None:
    planner = service.as_("planner")
    body = {"id": str(new_id()), "objectId": str(veld.objecten["SEKS"]), "datum": today().isoformat()}
    refused = planner.post("/controles", json={**body, "aangekondigd": True})
    assert refused.status_code == 400
    assert refused.json()["fouten"][0]["veld"] == "aangekondigdReden"
    made = planner.post("/controles", json={**body, "aangekondigd": True, "aangekondigdReden": "eerste bezoek"})
    assert made.status_code == 201
    assert (
        planner.post(
            "/controles", json={**body, "aangekondigd": True, "aangekondigdReden": "eerste bezoek"}
        ).status_code
        == 200
    )
    assert planner.post("/controles", json={**body, "objectId": str(veld.objecten["HOR"])}).status_code == 409
    plain = planner.post("/controles", json={**body, "id": str(new_id())}).json()
    assert (plain["aangekondigd"], plain["aanleiding"], plain["status"]) == (False, "eigen-analyse", "gepland")


@pytest.mark.requirement("CAD-03")
def test_integral_control_stays_open_until_the_labour_core_is_answered(
    veld: Field, service: Service, tablet: Tablet
) -> None:
    controle = veld.plan("HOR", integraal=True)

    def counted() -> bool:
        return bool(service.as_("planner").get(f"/controles/{controle}").json()["arbeidBeantwoord"])

    kern = {"BEV-11": "nee", "ARB-01": "nee", "ARB-04": "nee", "ARB-12": 3, "ARB-20": "nee"}
    results = tablet.send(*tablet.whole(controle, kern))
    assert results[2]["status"] == "verwerkt-met-fouten"
    assert results[2]["controle"]["status"] == "bezig"
    assert results[2]["controle"]["uitkomst"] is None
    assert service.as_("toezichthouder").post(f"/controles/{controle}/_afronden").status_code == 409
    assert "vastgesteld" in results[2]["oordelen"][0]["reden"]
    inzet = service.as_("toezichthouder").get(f"/controles/{controle}/inzet").json()
    assert inzet
    assert all(row["uitgechecktOp"] for row in inzet)  # they left, whatever is still to be filled in
    later = tablet.send(tablet.answers(controle, {"ARB-14": "niet vastgesteld"}))[0]
    assert later["controle"]["status"] == "afgerond"  # the tap came before; the answer was all that was missing
    assert not counted()  # closed, and the counter does not move
    tablet.send(tablet.answers(controle, {"ARB-14": "op of boven het minimumloon"}))
    assert counted()


@pytest.mark.requirement("CAD-03", "RPT-02")
def test_a_list_closed_by_an_offence_can_be_left_and_counts_for_nothing(
    veld: Field, service: Service, tablet: Tablet
) -> None:
    controle = veld.plan("HOR", integraal=True)
    results = tablet.send(
        tablet.event("controle-gestart", controle),
        tablet.event("sfeerovergang", controle),
        tablet.event("controle-afgerond", controle),
    )
    assert results[2]["controle"]["status"] == "afgerond"
    assert service.as_("planner").get(f"/controles/{controle}").json()["arbeidBeantwoord"] is False


def test_a_closed_door_is_an_attempt(veld: Field, tablet: Tablet, service: Service) -> None:
    controle, other = veld.plan("HOR"), veld.plan("HOR")
    result = tablet.send(
        tablet.event("controle-gestart", controle), tablet.event("poging", controle, {"reden": "gesloten"})
    )
    assert result[1]["controle"]["status"] == "poging"
    late = tablet.send(tablet.event("controle-afgerond", controle))[0]
    assert (late["status"], late["controle"]["status"]) == ("verwerkt-met-fouten", "poging")
    online = service.as_("toezichthouder").post(f"/controles/{other}/_poging", json={"reden": "toegang-geweigerd"})
    assert (online.status_code, online.json()["status"], online.json()["reden"]) == (200, "poging", "toegang-geweigerd")


def test_what_is_not_released_cannot_start_but_acute_goes_before(veld: Field, tablet: Tablet, service: Service) -> None:
    woning = veld.plan("WON", release=False, aanleiding=Aanleiding.WOONGEBRUIK)
    regular = veld.plan("SEKS", release=False)
    client = service.as_("toezichthouder")
    assert client.post(f"/controles/{regular}/_starten").json()["status"] == "bezig"
    refused = client.post(f"/controles/{woning}/_starten")
    assert refused.status_code == 409
    assert "planner" in refused.json()["detail"]
    assert tablet.send(tablet.event("controle-gestart", woning))[0]["controle"]["status"] == "gepland"
    assert tablet.send(tablet.event("acuut", woning))[0]["controle"]["status"] == "bezig"


def test_without_a_designation_nothing_starts(veld: Field, service: Service, runtime: Runtime, tablet: Tablet) -> None:
    controle = veld.plan("SEKS")
    neighbour = service.as_("buur-toezichthouder")
    for path in ("", "/_starten", "/deelnames"):
        method = neighbour.post if path == "/_starten" else neighbour.get
        assert method(f"/controles/{controle}{path}").status_code == 404
    assert neighbour.get("/controles").json()["resultaten"] == []
    assert service.as_("teamleider").post(f"/controles/{controle}/_starten").status_code == 409
    with runtime.system_unit("test") as uow:
        account = veld.municipality.accounts["toezichthouder"]
        for row in uow.session.exec(
            select(Aanwijzing).where(Aanwijzing.account_id == account, Aanwijzing.wet == Wet.APV)
        ):
            row.geldig_tot = today() - timedelta(days=1)
    assert service.as_("toezichthouder").post(f"/controles/{controle}/_starten").status_code == 409
    assert tablet.send(tablet.event("controle-gestart", controle))[0]["status"] == "quarantaine"


def test_dropping_and_starting_twice(veld: Field, service: Service) -> None:
    controle = veld.plan("HOR")
    planner, field = service.as_("planner"), service.as_("toezichthouder")
    assert field.post(f"/controles/{controle}/_starten").status_code == 200
    assert field.post(f"/controles/{controle}/_starten").json()["status"] == "bezig"
    assert planner.post(f"/controles/{controle}/_vervallen", json={"reden": "dubbel"}).status_code == 409
    other = veld.plan("HOR")
    assert planner.post(f"/controles/{other}/_vervallen", json={"reden": "dubbel"}).json()["status"] == "vervallen"
    assert field.post(f"/controles/{other}/_starten").status_code == 409
    assert field.post(f"/controles/{other}/_vervallen", json={"reden": "dubbel"}).status_code == 403
