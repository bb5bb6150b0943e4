"""The last check before a round becomes controls: nothing twice on a shift, no action too close, no door or shift that is gone (PLN-03)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from app.core.runtime import Runtime
from app.objecten.status import Objecttype
from app.objecten.tables import Object
from app.planning.rules.planinstellingen import ACTIES, HORECA, RISICO, VRIJ
from app.planning.tables import Beschikbaarheid
from tests.planning.kalender import VANDAAG
from tests.planning.stad import Stad
from tests.planning.test_planrondes import VAN, agree_all, all_of, calculated, controls, decide, question
from tests.support.municipality import Municipality
from tests.support.service import Service

WEEK = {"tot": (VAN + timedelta(days=6)).isoformat(), "acties": 0, "aandeelWillekeurig": 0}


def confirmed(runtime: Runtime, service: Service, *bodies: dict[str, Any]) -> None:
    """Calculates all before it confirms any: they see nothing of one another."""
    for body in bodies:
        calculated(runtime, service, body)
    for body in bodies:
        assert decide(service, body["id"], "_vaststellen").status_code == 200
    agree_all(service)


def refused(service: Service, body: dict[str, Any]) -> dict[str, str]:
    answer = decide(service, body["id"], "_vrijgeven")
    assert answer.status_code == 409, answer.text
    assert answer.json()["detail"].endswith("Geef een eerder deel vrij met 'totEnMet', of maak een nieuwe planronde.")
    return {fault["veld"]: fault["melding"] for fault in answer.json()["fouten"]}


@pytest.mark.requirement("PLN-03")
def test_two_rounds_that_do_not_see_each_other_never_fill_one_shift_twice(
    runtime: Runtime, service: Service, municipality: Municipality
) -> None:
    """Two proposals put their first visit at the start of the one shift there is; a third is about another team."""
    with runtime.system_unit("test") as uow:
        stad = Stad.with_norms(uow)
        for _ in range(2):
            stad.place(Objecttype.BEDR)
            stad.horeca(VANDAAG - timedelta(days=900))
        stad.risk(VANDAAG, VAN + timedelta(days=6))
        stad.shifts(municipality.teams["toezicht"], VAN, 1)
        stad.shifts(municipality.teams["pandbrigade"], VAN, 1)
    shops, horeca = (question(municipality, normen=[norm], **WEEK) for norm in (VRIJ, HORECA))
    other = question(municipality, normen=[RISICO], **WEEK)
    elsewhere = other | {"teams": [str(municipality.teams["pandbrigade"])]}
    confirmed(runtime, service, shops, horeca, elsewhere)
    planner = service.as_("planner")
    rules = {body["id"]: all_of(planner, f"/planrondes/{body['id']}/planregels") for body in (shops, horeca, elsewhere)}
    assert [len(found) for found in rules.values()] == [2, 2, 1]
    assert decide(service, shops["id"], "_vrijgeven").status_code == 200
    faults = refused(service, horeca)
    assert set(faults) <= {f"planregels.{rule['id']}" for rule in rules[horeca["id"]]}
    assert all("niet meer naast wat dit team intussen in die dienst heeft" in text for text in faults.values())
    assert decide(service, elsewhere["id"], "_vrijgeven").status_code == 200
    assert len(controls(runtime)) == 3

    again = question(
        municipality, normen=[HORECA], **WEEK
    )  # it sees what stands, and what the refused round still holds
    confirmed(runtime, service, again)
    assert decide(service, again["id"], "_vrijgeven").status_code == 200
    assert decide(service, horeca["id"], "_vrijgeven").status_code == 200
    assert len(controls(runtime)) == 5


@pytest.mark.requirement("CAD-04")
def test_actions_of_two_rounds_keep_their_distance(
    runtime: Runtime, service: Service, municipality: Municipality
) -> None:
    with runtime.system_unit("test") as uow:
        stad = Stad.with_norms(uow)
        for _ in range(8):
            stad.place(Objecttype.LOG)
        stad.shifts(municipality.teams["toezicht"], VAN, 2)
        stad.partner_days(stad.partner(), VAN, 2)
    acties = {**WEEK, "acties": 1, "normen": [ACTIES, VRIJ]}
    first, second = question(municipality, **acties), question(municipality, **acties)
    confirmed(runtime, service, first, second)
    (held,) = service.as_("planner").get(f"/planrondes/{second['id']}/planacties").json()["resultaten"]
    assert decide(service, first["id"], "_vrijgeven").status_code == 200
    faults = refused(service, second)
    assert "28 dagen van een andere integrale actie" in faults[f"planacties.{held['id']}"]
    by_hand = {"datum": (VAN + timedelta(days=10)).isoformat()}  # and the other way round
    assert "28 dagen" in service.as_("planner").post("/acties", json=by_hand).text


def test_a_door_or_a_shift_that_is_gone_since_the_calculation_is_told(
    runtime: Runtime, service: Service, municipality: Municipality
) -> None:
    with runtime.system_unit("test") as uow:
        stad = Stad.with_norms(uow)
        for day in range(3):  # each shift holds one of them
            stad.place(Objecttype.BEDR)
            stad.shifts(municipality.teams["toezicht"], VAN + timedelta(days=day), 1, van=600, tot=700)
    body = question(municipality, normen=[VRIJ], **WEEK)
    confirmed(runtime, service, body)
    shut, lost, short = all_of(service.as_("planner"), f"/planrondes/{body['id']}/planregels")
    with runtime.system_unit("test") as uow:
        for place in uow.session.exec(select(Object).where(Object.naam == shut["object"]["naam"])).all():
            place.openingstijden = {str(day): [[60, 120]] for day in range(1, 8)}
        for shift in uow.session.exec(select(Beschikbaarheid)).all():
            if shift.datum.isoformat() == lost["datum"]:
                uow.session.delete(shift)
            if shift.datum.isoformat() == short["datum"]:
                shift.tot = short["aanvang"] + 10
    faults = refused(service, body)
    assert len(faults) == 3
    assert "openingstijden" in faults[f"planregels.{shut['id']}"]
    assert "geen vrije dienst" in faults[f"planregels.{lost['id']}"]
    assert "dienst" in faults[f"planregels.{short['id']}"]
    assert controls(runtime) == []


@pytest.mark.requirement("PLN-02")
def test_a_control_by_hand_is_warned_for_what_a_confirmed_round_holds_before_the_release_refuses_it(
    runtime: Runtime, service: Service, municipality: Municipality
) -> None:
    team = municipality.teams["toezicht"]
    with runtime.system_unit("test") as uow:
        stad = Stad.with_norms(uow)
        planned, other, spare = (stad.place(Objecttype.BEDR) for _ in range(3))
        stad.shifts(team, VAN, 1, van=600, tot=840)  # four hours less the break: three visits of an hour
    body = question(municipality, normen=[VRIJ], **WEEK)
    confirmed(runtime, service, body)
    planner = service.as_("planner")
    rules = all_of(planner, f"/planrondes/{body['id']}/planregels")
    mine = next(rule for rule in rules if rule["object"]["id"] == str(planned))

    def by_hand(object_id: UUID, days: int, aanvang: int | None = None, **more: str) -> str:
        asked = {"objectId": str(object_id), "datum": (VAN + timedelta(days=days)).isoformat(), "teamId": str(team)}
        made = planner.post("/controles", json=asked | {"aanvang": aanvang} | more)
        assert made.status_code == 201, made.text  # who plans by hand may have a reason to
        told = planner.get(f"/controles/{made.json()['id']}/waarschuwingen").json()
        planner.post(f"/controles/{made.json()['id']}/_vervallen", json={"reden": "alleen een proef"})
        return " ".join(told)

    near = by_hand(planned, 6)
    assert f"staat op {VAN:%d-%m-%Y} in planronde 'Najaar'" in near
    assert "minstens 14 dagen" in near
    assert "planronde" not in by_hand(planned, 20)
    hotel = stad_place(runtime)
    assert "Het team heeft van" in by_hand(hotel, 0, mine["aanvang"] + 10)
    assert "is de dienst te vol" in by_hand(hotel, 0)
    assert "planronde" not in by_hand(hotel, 3)
    asked = {"objectId": str(planned), "datum": (VAN + timedelta(days=6)).isoformat()}
    assert planner.post("/controles", json=asked).status_code == 201
    assert f"planregels.{mine['id']}" in refused(service, body)  # as was told
    assert {str(other), str(spare)} < {rule["object"]["id"] for rule in rules}


def stad_place(runtime: Runtime) -> UUID:
    """A business that no round knows."""
    with runtime.system_unit("test") as uow:
        return Stad(uow, 50).place(Objecttype.BEDR)
