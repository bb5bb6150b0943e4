"""Controls whose day passed without a start or an attempt: nobody counts on them, the team leader is told, a planner gives another day."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from app.controles.rules.uitvoering import is_missed
from app.controles.status import Controlestatus
from app.controles.tables import Controle
from app.controles.tasks import tell_what_was_not_done
from app.planning.adapters import rekenproces
from tests.planning.kalender import MORGEN, VANDAAG
from tests.planning.stad import Stad
from tests.planning.test_herplanningen import Plan, ask, decide
from tests.support.municipality import Municipality
from tests.support.service import Service

VOORBIJ = VANDAAG - timedelta(days=2)


@pytest.fixture
def plan(runtime: Any, municipality: Municipality) -> Plan:  # noqa: ANN401 - the fixture's own type
    made = Plan(runtime, municipality)
    with runtime.system_unit("test") as uow:
        uow.session.get_one(Controle, made.controls[0]).datum = VOORBIJ
    return made


@pytest.fixture(autouse=True, scope="module")
def _no_process_left() -> Iterator[None]:
    yield
    rekenproces._PROCESSES.stop()


def tasks(service: Service, plan: Plan, status: str = "open") -> list[str]:
    tell_what_was_not_done(plan.runtime.system_unit)
    rows = service.as_("teamleider").get("/taken", params={"status": status}).json()["resultaten"]
    return [row["onderwerpId"] for row in rows if row["soort"] == "controle-niet-gedaan"]


def test_only_what_nobody_started_or_tried_was_not_done() -> None:
    missed = {status for status in Controlestatus if is_missed(status, VOORBIJ, VANDAAG)}
    assert missed == {Controlestatus.GEPLAND, Controlestatus.VRIJGEGEVEN}
    assert not is_missed(Controlestatus.VRIJGEGEVEN, VANDAAG, VANDAAG)


def test_it_gets_another_day_and_the_team_leader_is_told(service: Service, plan: Plan) -> None:
    planner, missed = service.as_("planner"), str(plan.controls[0])
    state = {"objectId": str(plan.horeca[0]), "peildatum": VOORBIJ.isoformat()}
    (row,) = planner.get("/normstanden/objecten", params=state).json()["resultaten"]
    assert row["stand"]["gepland"] == 0
    assert tasks(service, plan) == [missed]
    assert tasks(service, plan) == [missed]  # once

    waiting = planner.get("/herplanningen/aanleidingen").json()["resultaten"]
    (reason,) = [row for row in waiting if row["gebeurtenis"]["controleId"] == missed]
    assert reason["tekst"] == f"De controle van {VOORBIJ:%d-%m-%Y} is niet gedaan."
    event = {key: value for key, value in reason["gebeurtenis"].items() if value is not None}
    assert event == {"soort": "niet-gedaan", "controleId": missed}
    found = ask(service, event).json()
    (moved,) = [c for c in found["wijzigingen"] if c["soort"] == "verplaatst"]
    assert (moved["controleId"], moved["van"]["datum"], moved["breekt"]) == (missed, VOORBIJ.isoformat(), [])
    assert (moved["waarom"], found["uitkomst"]["bewezen"]) == (f"Niet gedaan op {VOORBIJ:%d-%m-%Y}.", True)
    assert decide(service, found, "_toepassen").status_code == 200
    control = plan.control(plan.controls[0])
    assert (control.status, control.datum >= MORGEN) == (Controlestatus.VRIJGEGEVEN, True)
    assert (tasks(service, plan), tasks(service, plan, "gedaan")) == ([], [missed])
    again = ask(service, event)
    assert (again.status_code, "andere dag" in again.text) == (400, True)

    with plan.runtime.system_unit("test") as uow:  # that day passed as well
        uow.session.get_one(Controle, plan.controls[0]).datum = VOORBIJ + timedelta(days=1)
    assert tasks(service, plan) == [missed]
    assert service.as_("planner").post(f"/controles/{missed}/_vervallen", json={"reden": "gesloten"}).status_code == 200
    assert tasks(service, plan) == []
    assert "niet-gedaan" not in planner.get("/herplanningen/aanleidingen").text


def test_what_waits_for_agreement_is_no_task_and_what_is_held_back_is_in_no_list(service: Service, plan: Plan) -> None:
    with plan.runtime.system_unit("test") as uow:
        stad = Stad(uow)
        stad._count = 600
        home = stad.risk(VANDAAG - timedelta(days=20), VANDAAG - timedelta(days=1))
        waits = stad.control(home, VOORBIJ, status=Controlestatus.GEPLAND, team_id=plan.team, aanleiding="risicoadres")
    until = (VANDAAG + timedelta(days=5)).isoformat()
    wish = {"objectId": str(plan.horeca[0]), "soort": "niet-plannen-tot", "tot": until}
    held = service.as_("af").post("/planningswensen", json=wish)
    assert held.status_code == 201, held.text
    assert str(waits) not in tasks(service, plan)
    reasons = service.as_("planner").get("/herplanningen/aanleidingen").json()["resultaten"]
    found = [
        (r["gebeurtenis"]["soort"], r["gebeurtenis"]["controleId"]) for r in reasons if r["gebeurtenis"]["controleId"]
    ]
    assert found == [("niet-gedaan", str(waits))]
    assert all(r["gebeurtenis"]["objectId"] != str(home) for r in reasons)  # one visit, listed once


def test_of_an_action_and_announced_it_gets_another_day_too(service: Service, plan: Plan) -> None:
    with plan.runtime.system_unit("test") as uow:
        stad = Stad(uow)
        partner = stad.partner()
        stad.action(VOORBIJ, plan.horeca[:1], partner)
        (row,) = uow.session.exec(select(Controle).where(col(Controle.actie_id).is_not(None))).all()
        row.status, row.team_id, row.binnen, row.duur = Controlestatus.VRIJGEGEVEN, plan.team, False, 45
        uow.session.delete(uow.session.get_one(Controle, plan.controls[0]))
        told = uow.session.get_one(Controle, plan.controls[1])
        told.datum, told.aangekondigd, told.aangekondigd_reden = VOORBIJ, True, "overleg met de eigenaar"
    planner = service.as_("planner")
    texts = {
        r["gebeurtenis"]["controleId"]: r["tekst"]
        for r in planner.get("/herplanningen/aanleidingen").json()["resultaten"]
    }
    assert texts[str(row.id)].endswith("is niet gedaan. Zij hoorde bij een integrale actie die niet doorging.")
    assert texts[str(told.id)].startswith("De aangekondigde controle van")
    events = [{"soort": "niet-gedaan", "controleId": str(nr)} for nr in (row.id, told.id)]
    found = ask(service, *events).json()
    broken = {c["controleId"]: c["breekt"] for c in found["wijzigingen"] if c["soort"] == "verplaatst"}
    assert ["de partners gaan niet mee" in text for text in broken[str(row.id)]] == [True]
    assert ["meld de nieuwe dag" in text for text in broken[str(told.id)]] == [True]
    assert decide(service, found, "_toepassen").status_code == 200
    again = plan.control(row.id)
    assert (again.actie_id, again.integraal, again.datum >= MORGEN) == (None, False, True)
    assert plan.control(told.id).aangekondigd
    assert "niet-gedaan" not in planner.get("/herplanningen/aanleidingen").text
