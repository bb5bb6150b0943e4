"""Replanning over HTTP: events on a released plan, the smallest change, carried out on the controls."""

import os
import signal
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlmodel import select

from app.controles.status import Aanleiding, Controlestatus
from app.controles.tables import Controle
from app.core.clock import business_date
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.gemeenten.adapters.bestanden import read_list_seeds, read_norm_seeds
from app.gemeenten.service.lijsten import seed_list_values
from app.gemeenten.service.normen import seed_norms
from app.gemeenten.status import Wet
from app.objecten.status import Objecttype
from app.planning.adapters import rekenproces
from app.planning.schemas.herplanningen import Gebeurtenis
from app.planning.service.herplangebeurtenissen import Gebeurtenissen
from app.planning.service.herplanningen import load_window
from app.planning.service.herplanvraag import build_question
from app.planning.status import Herplangebeurtenis
from app.planning.tables import Herplanning
from app.rapportage.tasks import close_rechecks_that_were_done
from tests.planning.kalender import MORGEN, VANDAAG, now
from tests.planning.stad import INSTELLINGEN, Stad
from tests.planning.test_aanwijzingen import end_designations
from tests.support.municipality import STAD, Municipality
from tests.support.service import Service


class Plan:
    """A released plan: six evenings of one team, three horeca visits on each of the first four."""

    def __init__(self, runtime: Runtime, municipality: Municipality) -> None:
        self.runtime, self.team = runtime, municipality.teams["toezicht"]
        with runtime.system_unit("test") as uow:
            self.stad = Stad.with_norms(uow)
            seed_norms(uow, "", read_norm_seeds(INSTELLINGEN.parent / "veldinstellingen-1.yaml").landelijk)
            long_ago = VANDAAG - timedelta(days=900)
            self.stad.shifts(self.team, MORGEN, 11, every=2, van=17 * 60, tot=21 * 60)
            self.horeca = [self.stad.horeca(long_ago) for _ in range(12)]
            self.spoed = self.stad.place(Objecttype.BEDR)
            self.controls = [
                self.stad.control(
                    place,
                    MORGEN + timedelta(days=2 * (number // 3)),
                    status=Controlestatus.VRIJGEGEVEN,
                    team_id=self.team,
                    aanvang=17 * 60 + 55 * (number % 3),
                    duur=45,
                    volgorde=1 + number % 3,
                    binnen=False,
                )
                for number, place in enumerate(self.horeca)
            ]

    def control(self, control_id: UUID) -> Controle:
        with self.runtime.system_unit("test", write=False) as uow:
            return uow.session.get_one(Controle, control_id)


@pytest.fixture
def plan(runtime: Runtime, municipality: Municipality) -> Plan:
    return Plan(runtime, municipality)


@pytest.fixture(autouse=True, scope="module")
def _no_process_left() -> Iterator[None]:
    yield
    rekenproces._PROCESSES.stop()


def ask(service: Service, *events: dict[str, Any], **more: Any) -> httpx.Response:  # noqa: ANN401 - JSON
    body = {"id": str(new_id()), "gebeurtenissen": list(events), **more}
    return service.as_("planner").post("/herplanningen", json=body)


def decide(service: Service, found: dict[str, Any], step: str, rol: str = "planner") -> httpx.Response:
    tag = {"If-Match": f'"{found["versie"]}"'}
    path = f"/herplanningen/{found['id']}/{step}"
    return service.as_(rol).post(path, json={"toelichting": "besproken"}, headers=tag)


def test_urgent_address_and_lost_shift(service: Service, plan: Plan, municipality: Municipality) -> None:
    body = {
        "id": str(new_id()),
        "gebeurtenissen": [
            {"soort": "spoed", "objectId": str(plan.spoed)},
            {"soort": "dienst-uitgevallen", "teamId": str(plan.team), "datum": MORGEN.isoformat()},
        ],
    }
    answer = service.as_("planner").post("/herplanningen", json=body)
    assert answer.status_code == 201, answer.text
    found = answer.json()
    assert service.as_("planner").post("/herplanningen", json=body).json() == found  # sent again: the same proposal
    assert service.as_("planner").post("/herplanningen", json={**body, "toelichting": "anders"}).status_code == 409
    outcome = found["uitkomst"]
    assert (outcome["gewijzigd"], outcome["gedwongen"], outcome["toegevoegd"], outcome["bewezen"]) == (3, 3, 1, True)
    by_kind: dict[str, list[dict[str, Any]]] = {}
    for change in found["wijzigingen"]:
        by_kind.setdefault(change["soort"], []).append(change)
    (urgent,) = by_kind["toegevoegd"]
    assert urgent["naar"]["datum"] <= (VANDAAG + timedelta(days=3)).isoformat()
    assert urgent["waarom"].startswith("Spoed")
    assert {change["controleId"] for change in by_kind["verplaatst"]} == {str(nr) for nr in plan.controls[:3]}
    assert all(MORGEN.isoformat() < change["naar"]["datum"] for change in by_kind["verplaatst"])
    before = [plan.control(nr).datum for nr in plan.controls]

    assert decide(service, found, "_toepassen", "toezichthouder").status_code == 403
    done = decide(service, found, "_toepassen")
    assert done.status_code == 200, done.text
    assert done.json()["status"] == "toegepast"
    assert [step["actie"] for step in done.json()["stappen"]] == ["aangemaakt", "toegepast"]
    assert done.json()["stappen"][-1]["actor"] == str(municipality.accounts["planner"])
    for change in by_kind["verplaatst"]:
        row = plan.control(UUID(change["controleId"]))
        assert (row.datum.isoformat(), row.aanvang) == (change["naar"]["datum"], change["naar"]["aanvang"])
        assert row.status is Controlestatus.VRIJGEGEVEN
    assert [plan.control(nr).datum for nr in plan.controls][3:] == before[3:]
    listed = service.as_("planner").get("/controles", params={"objectId": str(plan.spoed)}).json()["resultaten"]
    assert [(row["datum"], row["status"]) for row in listed] == [(urgent["naar"]["datum"], "vrijgegeven")]
    shifts = service.as_("planner").get("/beschikbaarheden", params={"tot": MORGEN.isoformat()}).json()["resultaten"]
    assert [s for s in shifts if s["teamId"] == str(plan.team)] == []  # nobody plans on the lost shift again
    assert decide(service, done.json(), "_toepassen").status_code == 409


def test_two_planners_apply_at_once(service: Service, plan: Plan) -> None:
    event = {"soort": "dienst-uitgevallen", "teamId": str(plan.team), "datum": MORGEN.isoformat()}
    first, second = ask(service, event).json(), ask(service, event, toelichting="ook").json()
    assert decide(service, first, "_toepassen").status_code == 200
    refused = decide(service, second, "_toepassen", "hoofdplanner")
    assert refused.status_code == 409, refused.text
    assert refused.json()["fouten"]
    assert "Laat opnieuw herplannen" in refused.json()["detail"]
    assert decide(service, second, "_afwijzen").json()["status"] == "afgewezen"


def test_a_started_control_refuses_the_change(service: Service, plan: Plan) -> None:
    found = ask(service, {"soort": "dienst-uitgevallen", "teamId": str(plan.team), "datum": MORGEN.isoformat()}).json()
    with plan.runtime.system_unit("test") as uow:
        row = uow.session.get_one(Controle, plan.controls[0])
        row.status, row.versie = Controlestatus.BEZIG, row.versie + 1
    refused = decide(service, found, "_toepassen")
    assert (refused.status_code, refused.json()["type"].split(":")[-1]) == (409, "plan-gewijzigd")
    assert any(str(plan.controls[0]) in fault["veld"] for fault in refused.json()["fouten"])
    assert plan.control(plan.controls[1]).datum == MORGEN  # nothing was carried out


def test_another_visit_to_the_object_since_refuses_the_change(service: Service, plan: Plan) -> None:
    found = ask(service, {"soort": "spoed", "objectId": str(plan.spoed)}).json()
    (added,) = [c for c in found["wijzigingen"] if c["soort"] == "toegevoegd"]
    body = {"id": str(new_id()), "objectId": str(plan.spoed), "datum": added["naar"]["datum"]}
    assert service.as_("planner").post("/controles", json=body).status_code == 201
    refused = decide(service, found, "_toepassen")
    assert refused.status_code == 409, refused.text
    assert "intussen ook gepland" in refused.json()["fouten"][0]["melding"]


def test_a_risk_address_that_moves_waits_for_release_again(service: Service, plan: Plan) -> None:
    """PLN-01: nobody agreed with the new date."""
    with plan.runtime.system_unit("test") as uow:
        stad = Stad(uow)
        stad._count = 300
        place = stad.risk(VANDAAG, VANDAAG + timedelta(days=13))
        risk = stad.control(
            place, MORGEN, status=Controlestatus.VRIJGEGEVEN, aanleiding=Aanleiding.RISICOADRES, team_id=plan.team,
            aanvang=19 * 60 + 50, duur=40, volgorde=4, binnen=False,
        )  # fmt: skip
    found = ask(service, {"soort": "dienst-uitgevallen", "teamId": str(plan.team), "datum": MORGEN.isoformat()}).json()
    done = decide(service, found, "_toepassen")
    assert done.status_code == 200, done.text
    assert done.json()["wachtOpVrijgave"] == [str(risk)]
    row = plan.control(risk)
    assert (row.status, row.datum > MORGEN) == (Controlestatus.GEPLAND, True)


def test_a_hold_looks_like_any_choice_of_a_planner(service: Service, plan: Plan) -> None:
    until = MORGEN + timedelta(days=2)
    found = ask(service, {"soort": "niet-plannen", "objectId": str(plan.horeca[0]), "datum": until.isoformat()}).json()
    (change,) = [c for c in found["wijzigingen"] if c["controleId"] == str(plan.controls[0])]
    assert change["waarom"] == "Keuze van de planner."
    assert change["naar"] is None or change["naar"]["datum"] > until.isoformat()
    # Neither does another visit of the object move into those days, nor a new one of a place that somebody else wants left alone.
    far = {"objectId": str(plan.spoed), "soort": "niet-plannen-tot", "tot": (MORGEN + timedelta(days=8)).isoformat()}
    assert service.as_("af").post("/planningswensen", json=far).status_code == 201
    with plan.runtime.system_unit("test") as uow:
        later = Stad(uow, 300).control(
            plan.horeca[0],
            MORGEN + timedelta(days=4),
            status=Controlestatus.VRIJGEGEVEN,
            team_id=plan.team,
            binnen=False,
        )
        events = [
            Gebeurtenis(soort=Herplangebeurtenis.NIET_PLANNEN, object_id=plan.horeca[0], datum=until),
            Gebeurtenis(soort=Herplangebeurtenis.SPOED, object_id=plan.spoed),
        ]
        venster = load_window(uow, STAD, events)
        vraag = build_question(venster, Gebeurtenissen(venster, []).read(events))
    by_key = {entry.visit.key: entry.visit for entry in vraag.problem.entries}
    assert by_key[f"controle/{later}"].earliest > until
    assert by_key[f"{plan.spoed}/spoed"].earliest > MORGEN + timedelta(days=8)
    assert vraag.wensen[f"{plan.spoed}/spoed"].waarom == "Keuze van de planner."
    shown = str(found).lower()
    assert all(word not in shown for word in ("signaal", "politie", "wacht op", "aandachtsfunctionaris", "score"))


@pytest.mark.requirement("PLN-15")
def test_an_attempt_is_tried_again_in_another_part_of_the_day(service: Service, plan: Plan) -> None:
    tried = now().replace(hour=9, minute=0) - timedelta(days=1)  # ten or eleven in the morning here
    with plan.runtime.system_unit("test") as uow:
        stad = Stad(uow)
        stad._count = 100
        place = stad.place(Objecttype.BEDR)
        attempt = stad.control(place, business_date(tried), status=Controlestatus.POGING, poging_op=tried, binnen=False)
        stad.shifts(plan.team, MORGEN, 3, van=9 * 60, tot=12 * 60)
        risk = stad.risk(VANDAAG, MORGEN)
        stad.control(risk, VANDAAG, status=Controlestatus.POGING, poging_op=tried, binnen=False)
    waiting = service.as_("planner").get("/herplanningen/aanleidingen").json()["resultaten"]
    at_risk, event = [w["gebeurtenis"] for w in waiting if w["gebeurtenis"]["soort"] == "poging"]
    assert event["controleId"] == str(attempt) != at_risk["controleId"]
    # A risk address that was tried is one visit to plan, within its own term, and not also an urgent one.
    assert next((w["gebeurtenis"]["soort"], w["voor"]) for w in waiting) == ("poging", MORGEN.isoformat())
    assert str(risk) not in {w["gebeurtenis"]["objectId"] for w in waiting}
    found = ask(service, {key: value for key, value in event.items() if value is not None}).json()
    (added,) = [c for c in found["wijzigingen"] if c["soort"] == "toegevoegd"]
    assert added["naar"]["aanvang"] >= 18 * 60  # the evening, although there are mornings with room


@pytest.mark.requirement("INS-06")
def test_what_waits_for_replanning_can_be_asked_as_it_is(service: Service, plan: Plan) -> None:
    with plan.runtime.system_unit("test") as uow:
        stad = Stad(uow)
        stad._count = 200
        stad.risk(VANDAAG, VANDAAG + timedelta(days=9))
        closed = stad.place(Objecttype.HOR)
        club = stad.seks(VANDAAG - timedelta(days=900))
        seed_list_values(uow, "", read_list_seeds(INSTELLINGEN.parent / "lijsten-1.yaml"))
    measure = {
        "id": str(new_id()),
        "objectId": str(closed),
        "soort": "last-onder-dwangsom",
        "grondslag": "awb-5-32",
        "status": "opgelegd",
        "opgelegdOp": VANDAAG.isoformat(),
        "geldtVan": VANDAAG.isoformat(),
        "begunstigingstermijnTot": (VANDAAG + timedelta(days=5)).isoformat(),
        "kenmerk": "B-2026-001",
    }
    made = service.as_("vergunningverlener").post("/maatregelen", json=measure)
    assert made.status_code == 201, made.text
    waiting = service.as_("planner").get("/herplanningen/aanleidingen").json()["resultaten"]
    kinds = {row["gebeurtenis"]["soort"]: row for row in waiting}
    assert {"spoed", "hercontrole", "norm"} <= set(kinds)
    asked = {key: value for key, value in kinds["norm"]["gebeurtenis"].items() if value is not None}
    (added,) = [c for c in ask(service, asked).json()["wijzigingen"] if c["soort"] == "toegevoegd"]
    assert (added["object"]["id"], added["naar"]["datum"] <= kinds["norm"]["voor"]) == (str(club), True)
    event = {key: value for key, value in kinds["hercontrole"]["gebeurtenis"].items() if value is not None}
    found = ask(service, event).json()
    (added,) = [c for c in found["wijzigingen"] if c["soort"] == "toegevoegd"]
    assert added["naar"]["datum"] >= event["datum"]
    assert decide(service, found, "_toepassen").status_code == 200
    planner = service.as_("planner")

    def waits() -> bool:
        rows = planner.get("/herplanningen/aanleidingen").json()["resultaten"]
        return any(row["gebeurtenis"]["soort"] == "hercontrole" for row in rows)

    def task() -> object:
        close_rechecks_that_were_done(plan.runtime.system_unit)
        rows = [r for s in ("open", "gedaan") for r in planner.get("/taken", params={"status": s}).json()["resultaten"]]
        return next(row["status"] for row in rows if row["soort"] == "maatregel-hercontrole")

    (control,) = planner.get("/controles", params={"objectId": str(closed)}).json()["resultaten"]
    assert (control["aanleiding"], waits(), task()) == (
        Aanleiding.HERCONTROLE.value,
        False,
        "open",
    )  # planned, not done
    with plan.runtime.system_unit("test") as uow:
        uow.session.get_one(Controle, UUID(control["id"])).status = Controlestatus.VERVALLEN
    assert (waits(), task()) == (True, "open")  # nothing is lost with the visit
    with plan.runtime.system_unit("test") as uow:
        uow.session.get_one(Controle, UUID(control["id"])).status = Controlestatus.AFGEROND
    assert (task(), waits()) == ("gedaan", False)


def test_permits_that_end_and_begin_and_a_shift_that_comes(service: Service, plan: Plan) -> None:
    with plan.runtime.system_unit("test") as uow:
        stad = Stad(uow)
        stad._count = 400
        new = stad.seks(VANDAAG - timedelta(days=100))
    ended = ask(service, {"soort": "vergunning-beeindigd", "objectId": str(plan.horeca[4])}).json()
    (gone,) = [c for c in ended["wijzigingen"] if c["soort"] == "vervallen"]
    assert (gone["controleId"], gone["waarom"]) == (str(plan.controls[4]), "De vergunning is geëindigd.")
    assert decide(service, ended, "_toepassen").status_code == 200
    assert plan.control(plan.controls[4]).status is Controlestatus.VERVALLEN

    begun = ask(service, {"soort": "vergunning-begonnen", "objectId": str(new)}).json()
    added = [c for c in begun["wijzigingen"] if c["soort"] == "toegevoegd"]
    assert {c["object"]["id"] for c in added} == {str(new)}
    shift = {"soort": "dienst-erbij", "teamId": str(plan.team), "datum": MORGEN.isoformat()}
    more = ask(service, shift).json()
    assert str(new) in {c["object"]["id"] for c in more["wijzigingen"] if c["soort"] == "toegevoegd"}
    assert more["uitkomst"]["gewijzigd"] == 0


@pytest.mark.requirement("REG-17")
def test_a_designation_that_ends_moves_what_the_team_may_not_do_any_more(service: Service, plan: Plan) -> None:
    for wet in (Wet.APV, Wet.ALCOHOLWET):
        end_designations(plan.runtime, wet)
    planner = service.as_("planner")
    waiting = [
        row["gebeurtenis"]
        for row in planner.get("/herplanningen/aanleidingen").json()["resultaten"]
        if row["gebeurtenis"]["soort"] == "aanwijzing-ontbreekt"
    ]
    assert [event["datum"] for event in waiting] == [(MORGEN + timedelta(days=2 * n)).isoformat() for n in range(4)]
    warned = planner.get(f"/controles/{plan.controls[0]}/waarschuwingen").json()
    assert any("te weinig toezichthouders aangewezen" in text for text in warned)
    found = ask(service, {key: value for key, value in waiting[0].items() if value is not None}).json()
    gone = {c["controleId"]: c for c in found["wijzigingen"]}
    assert all(gone[str(control)]["naar"] is None for control in plan.controls[:3])  # nobody else may do them either
    assert "niet aangewezen" in gone[str(plan.controls[0])]["waarom"]


def test_all_faults_of_a_question_at_once(service: Service, plan: Plan) -> None:
    answer = ask(
        service,
        {"soort": "spoed", "objectId": str(new_id())},
        {"soort": "dienst-erbij", "teamId": str(plan.team), "datum": (MORGEN + timedelta(days=1)).isoformat()},
        {"soort": "poging", "controleId": str(plan.controls[0])},
    )
    assert answer.status_code == 400
    assert [fault["veld"] for fault in answer.json()["fouten"]] == [
        "body.gebeurtenissen.0.objectId",
        "body.gebeurtenissen.1.datum",
        "body.gebeurtenissen.2.controleId",
    ]
    assert (
        service.as_("planner").post("/herplanningen", json={"gebeurtenissen": [{"soort": "spoed"}]}).status_code == 400
    )


def test_a_killed_calculation_changes_nothing(service: Service, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    ask_child = rekenproces._Child.ask

    def kill_first(child: Any, naam: str, vraag: object, seconds: float) -> Any:  # noqa: ANN401 - as the original
        os.kill(child.process.pid, signal.SIGKILL)
        return ask_child(child, naam, vraag, seconds)

    event = {"soort": "spoed", "objectId": str(plan.spoed)}
    with monkeypatch.context() as patched:
        patched.setattr(rekenproces._Child, "ask", kill_first)
        answer = ask(service, event)
    assert (answer.status_code, answer.json()["type"].split(":")[-1]) == (503, "berekening-mislukt")
    with plan.runtime.system_unit("test", write=False) as uow:
        assert uow.session.exec(select(Herplanning)).all() == []
    assert ask(service, event).status_code == 201
