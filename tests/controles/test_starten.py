"""What a start asks for: two inspectors with the right powers, and at a dwelling a ground to enter (PLN-02, PLN-13)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from app.controles.rules.machtiging import Omvang, covers, last_day, request_fault
from app.controles.service.uitchecken import alarm_overdue
from app.controles.status import Aanleiding, Machtigingsgrond, Machtigingstatus
from app.controles.tables import Inzet, Machtiging
from app.core.clock import utc_now
from app.core.identifiers import new_id
from app.gemeenten.tables import Bericht, Norm
from tests.controles.conftest import LONG_AGO, Field, Tablet, today
from tests.support.municipality import STAD
from tests.support.service import Service

TOESTEMMING, MACHTIGING = "toestemming van een bewoner", "machtiging van de burgemeester"
REGELS = {"CONTROLE_BEZETTING": 2, "UITCHECKEN_MIN": 120, "MACHTIGING_VOORAF_DAGEN": 3, "MACHTIGING_GELDIG_DAGEN": 3}


@pytest.fixture
def regels(veld: Field) -> Field:
    """The municipality has set the rules of the field."""
    with veld.runtime.system_unit("test") as uow:
        for sleutel, waarde in REGELS.items():
            uow.session.add(
                Norm(gemeentecode=STAD, sleutel=sleutel, waarde=waarde, eenheid="", geldig_vanaf=LONG_AGO, bron="t")
            )
    return veld


def both(veld: Field) -> dict[str, Any]:
    """The colleague of the inspector, as the body of a start."""
    return {"toezichthouders": [str(veld.municipality.accounts["toezichthouder-2"])]}


@pytest.mark.requirement("PLN-02")
def test_one_inspector_cannot_start_and_two_can(regels: Field, service: Service) -> None:
    controle = regels.plan("SEKS")
    client = service.as_("toezichthouder")
    start = f"/controles/{controle}/_starten"
    refused = client.post(start)
    assert (refused.status_code, "minstens 2" in refused.json()["detail"]) == (409, True)
    for powerless in ("teamleider", "pandbrigade"):  # no designation at all, or one under another law
        body = {"toezichthouders": [str(regels.municipality.accounts[powerless])]}
        assert client.post(start, json=body).status_code == 409
        inzet = {"accountId": body["toezichthouders"][0]}
        assert service.as_("teamleider").post(f"/controles/{controle}/inzet", json=inzet).status_code == 400
    assert client.get(f"/controles/{controle}/startvoorwaarden").json()["kanStarten"] is False
    planned = {"accountId": both(regels)["toezichthouders"][0]}
    assert service.as_("planner").post(f"/controles/{controle}/inzet", json=planned).status_code == 201
    assert client.post(start).status_code == 409  # planned is not there yet
    assert client.post(start, json=both(regels)).json()["status"] == "bezig"
    inside = client.get(f"/controles/{controle}/inzet").json()
    assert len(inside) == 2
    assert all(one["ingechecktOp"] and one["uitcheckenVoor"] for one in inside)


def test_a_start_that_happened_alone_is_kept_shown_and_completed(
    regels: Field, tablet: Tablet, service: Service
) -> None:
    controle = regels.plan("SEKS")
    results = tablet.send(*tablet.whole(controle, {"BEV-02": "ja"}))
    assert [one["status"] for one in results] == ["verwerkt-met-fouten", "verwerkt", "verwerkt-met-fouten"]
    assert "minstens 2" in results[0]["oordelen"][0]["reden"]
    lead = service.as_("teamleider")
    [task] = [one for one in lead.get("/taken").json()["resultaten"] if one["soort"] == "start-onvolledig"]
    assert task["onderwerpId"] == str(controle)
    assert "minstens 2" in lead.get(f"/controles/{controle}/startvoorwaarden").json()["redenen"][0]
    added = {"accountId": both(regels)["toezichthouders"][0], "wasErbij": True}
    assert lead.post(f"/controles/{controle}/inzet", json=added).status_code == 201
    read = lead.get(f"/controles/{controle}").json()
    assert read["status"] == "afgerond"
    assert read["gestartOp"] < read["afgerondOp"]
    assert [one["soort"] for one in lead.get("/taken").json()["resultaten"]] == []


def test_who_is_alone_in_front_of_danger_is_not_held_up(regels: Field, tablet: Tablet) -> None:
    controle = regels.plan("WON", aanleiding=Aanleiding.WOONGEBRUIK)
    result = tablet.send(tablet.event("acuut", controle), tablet.event("controle-gestart", controle))
    assert result[1]["controle"]["status"] == "bezig"


@pytest.mark.requirement("PLN-02")
def test_a_check_out_that_does_not_come_alarms_the_team_leader(regels: Field, tablet: Tablet, service: Service) -> None:
    controle = regels.plan("SEKS")
    client, lead = service.as_("toezichthouder"), service.as_("teamleider")
    assert client.post(f"/controles/{controle}/_starten", json=both(regels)).status_code == 200
    with regels.runtime.system_unit("test") as uow:
        assert alarm_overdue(uow) == 0
        for row in uow.session.exec(select(Inzet)):
            row.uitchecken_voor = utc_now() - timedelta(seconds=1)
    with regels.runtime.system_unit("test") as uow:
        assert alarm_overdue(uow) == 1
    with regels.runtime.system_unit("test") as uow:
        assert alarm_overdue(uow) == 0  # told once
        leader = regels.municipality.accounts["teamleider"]
        told = [row for row in uow.session.exec(select(Bericht)) if row.account_id == leader]
        assert [(row.verwijzing, row.dringend) for row in told] == [(controle, True)]
    assert [one["soort"] for one in lead.get("/taken").json()["resultaten"]] == ["niet-uitgecheckt"]
    out = client.post(f"/controles/{controle}/_uitchecken").json()
    assert all(one["uitgechecktOp"] for one in out)
    assert lead.get("/taken").json()["resultaten"] == []
    tablet.clock = utc_now()
    tablet.send(tablet.event("ingecheckt", controle))
    assert [one["uitgechecktOp"] is None for one in client.get(f"/controles/{controle}/inzet").json()].count(True) == 1
    tablet.send(tablet.event("controle-afgerond", controle))  # gone: nobody is inside any more
    assert all(one["uitgechecktOp"] for one in client.get(f"/controles/{controle}/inzet").json())


def test_a_check_out_that_arrives_before_its_check_in_leaves_nobody_inside(
    regels: Field, tablet: Tablet, service: Service
) -> None:
    controle = regels.plan("SEKS")
    into, out = tablet.event("ingecheckt", controle), tablet.event("uitgecheckt", controle)
    tablet.send(out)
    tablet.send(into)
    [row] = service.as_("toezichthouder").get(f"/controles/{controle}/inzet").json()
    assert row["uitgechecktOp"] > row["ingechecktOp"]


def test_how_long_an_authorisation_holds_and_what_it_covers() -> None:
    issued = date(2026, 6, 1)
    assert request_fault(issued + timedelta(days=3), issued, 3) is None
    assert request_fault(issued + timedelta(days=4), issued, 3) is not None
    assert request_fault(issued - timedelta(days=1), issued, 3) is not None
    assert last_day(issued, 3) == date(2026, 6, 4)
    omvang = Omvang(
        geldig_van=issued,
        geldig_tot=last_day(issued, 3),
        toezichthouders=frozenset("ab"),
        partners=frozenset("p"),
        nacht=False,
    )

    def covered(day: int, hour: int = 12, wie: str = "a", mee: str = "") -> bool:
        return covers(omvang, datetime(2026, 6, day, hour, tzinfo=UTC), set(wie), set(mee))

    assert covered(1)
    assert covered(4, wie="ab", mee="p")
    assert not covered(5)
    assert not covered(2, wie="abc")
    assert not covered(2, mee="pq")
    assert not covered(2, hour=1)  # three o'clock at night in Amsterdam


def request(veld: Field, days: int) -> dict[str, Any]:
    return {
        "id": str(new_id()),
        "objectId": str(veld.objecten["WON"]),
        "grondslag": "huisvestingswet-34",
        "bezoekdatum": (today() + timedelta(days=days)).isoformat(),
        "toezichthouders": [str(veld.municipality.accounts[who]) for who in ("toezichthouder", "toezichthouder-2")],
        "partnerIds": [str(veld.partners["politie"])],
        "nacht": True,
    }


@pytest.mark.requirement("PLN-13")
def test_a_dwelling_needs_consent_or_an_authorisation_that_holds(regels: Field, service: Service) -> None:
    controle = regels.plan("WON", aanleiding=Aanleiding.WOONGEBRUIK)
    client, lead = service.as_("toezichthouder"), service.as_("teamleider")
    start = f"/controles/{controle}/_starten"
    assert "grond" in client.post(start, json=both(regels)).json()["detail"]
    with_paper = {**both(regels), "grond": MACHTIGING}
    assert client.post(start, json=with_paper).status_code == 409

    assert client.post("/machtigingen", json=request(regels, 4)).status_code == 400  # four days ahead
    body = request(regels, 0)
    assert client.post("/machtigingen", json=body).status_code == 201
    assert client.post("/machtigingen", json=body).status_code == 200
    assert client.post("/machtigingen", json={**body, "nacht": False}).status_code == 409
    assert client.post(start, json=with_paper).status_code == 409  # asked for is not issued
    issue = f"/machtigingen/{body['id']}/_afgeven"
    paper = {"afgever": "burgemeester", "kenmerk": "M 2026/12", "afgegevenOp": today().isoformat()}
    assert lead.post(issue, json={**paper, "kenmerk": "mail post@voorbeeld.example"}).status_code == 400
    issued = lead.post(issue, json=paper).json()
    assert issued["geldigTot"] == (today() + timedelta(days=3)).isoformat()
    assert lead.post(f"/machtigingen/{body['id']}/_weigeren").status_code == 409
    assert client.get("/machtigingen").status_code == 403
    package = client.get(f"/werkpakketten/{today()}").json()["controles"][0]
    assert (package["machtiging"], package["bezetting"], package["uitcheckenMin"]) == (True, 2, 120)

    with regels.runtime.system_unit("test") as uow:  # day 4: expired
        row = uow.session.get_one(Machtiging, UUID(body["id"]))
        row.afgegeven_op = today() - timedelta(days=4)
        row.geldig_tot = last_day(row.afgegeven_op, 3)
    assert client.post(start, json=with_paper).status_code == 409
    with regels.runtime.system_unit("test") as uow:  # the third day
        row = uow.session.get_one(Machtiging, UUID(body["id"]))
        row.afgegeven_op = today() - timedelta(days=3)
        row.geldig_tot = last_day(row.afgegeven_op, 3)
    assert client.post(start, json=with_paper).json()["status"] == "bezig"
    assert "verslag-binnentreden" in [one["soort"] for one in lead.get("/taken").json()["resultaten"]]

    other = regels.plan("WON", aanleiding=Aanleiding.WOONGEBRUIK)
    consent = {**both(regels), "grond": TOESTEMMING}
    assert client.post(f"/controles/{other}/_starten", json=consent).json()["status"] == "bezig"


def test_a_start_at_a_dwelling_waits_for_its_ground_and_for_the_paper(
    regels: Field, tablet: Tablet, service: Service
) -> None:
    consent = regels.plan("WON", aanleiding=Aanleiding.WOONGEBRUIK)
    assert (
        tablet.send(tablet.event("controle-gestart", consent, both(regels)))[0]["controle"]["status"] == "vrijgegeven"
    )
    result = tablet.send(tablet.answers(consent, {"BEV-03": TOESTEMMING}))
    assert result[0]["controle"]["status"] == "bezig"

    tablet.clock = utc_now() - timedelta(seconds=10)
    paper = regels.plan("WON", aanleiding=Aanleiding.WOONGEBRUIK)
    start = {**both(regels), "grond": MACHTIGING}
    assert tablet.send(tablet.event("controle-gestart", paper, start))[0]["controle"]["status"] == "vrijgegeven"
    with regels.runtime.system_unit("test") as uow:
        row = Machtiging(
            gemeentecode=STAD,
            object_id=regels.objecten["WON"],
            grondslag=Machtigingsgrond.GEMEENTEWET,
            bezoekdatum=today(),
            toezichthouders=request(regels, 0)["toezichthouders"],
            partner_ids=[],
            nacht=True,
            aangevraagd_op=utc_now(),
            aangevraagd_door=regels.municipality.accounts["teamleider"],
            status=Machtigingstatus.AANGEVRAAGD,
        )
        uow.session.add(row)
        machtiging_id = row.id
    body = {"afgever": "burgemeester", "kenmerk": "M-13", "afgegevenOp": today().isoformat()}
    lead = service.as_("teamleider")
    assert lead.post(f"/machtigingen/{machtiging_id}/_afgeven", json=body).status_code == 200
    assert lead.get(f"/controles/{paper}").json()["status"] == "bezig"
