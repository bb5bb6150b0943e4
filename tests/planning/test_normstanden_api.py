"""Norm states end to end: stored controls, dated norms and the rules, asked over HTTP."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlmodel import select

from app.controles.rules.levensloop import Feiten, refusals
from app.controles.status import Aanleiding, Controlestatus
from app.core.runtime import Runtime
from app.gemeenten.tables import Taak
from app.objecten.status import Objectstatus, Objecttype
from app.objecten.tables import Object, Vergunning
from tests.planning.kalender import VANDAAG
from tests.planning.stad import Stad
from tests.support.service import Service

JAAR = 2025
OUDJAAR = date(JAAR, 12, 31)


def gemeentestand(service: Service, peildatum: date, rol: str = "bestuur") -> dict[str, Any]:
    answer = service.as_(rol).get("/normstanden/gemeente", params={"peildatum": peildatum.isoformat()})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def objectstand(service: Service, object_id: object, peildatum: date) -> dict[str, Any]:
    params = {"peildatum": peildatum.isoformat(), "objectId": str(object_id)}
    answer = service.as_("planner").get("/normstanden/objecten", params=params)
    assert answer.status_code == 200, answer.text
    (row,) = answer.json()["resultaten"]
    found: dict[str, Any] = row["stand"]
    return found


@pytest.mark.requirement("CAD-01")
def test_six_a_year_with_the_business_plan_unannounced_and_pro_rata(runtime: Runtime, service: Service) -> None:
    days = [date(JAAR, month, 10) for month in (1, 3, 5, 7, 9, 11)]
    with runtime.system_unit("test") as uow:
        stad = Stad.with_norms(uow)
        five, announced, whole = (stad.seks(date(2020, 1, 1)) for _ in range(3))
        half = stad.seks(date(JAAR, 7, 1))
        for day in days:
            stad.control(five, day, bedrijfsplan_beantwoord=day != days[2])
            stad.control(whole, day)
        for day in days[:5]:
            stad.control(announced, day)
        stad.control(announced, days[5], aangekondigd=True, aangekondigd_reden="op verzoek")
        stad.control(announced, date(JAAR, 12, 20), status=Controlestatus.POGING)
    stand = objectstand(service, five, OUDJAAR)
    assert (stand["breuk"], stand["nogNodig"], stand["volgendeUitersteDatum"]) == ("5/6", 1, "2025-12-31")
    assert stand["status"] != "gehaald"
    assert objectstand(service, announced, OUDJAAR)["breuk"] == "5/6"
    assert objectstand(service, whole, OUDJAAR)["status"] == "gehaald"
    assert objectstand(service, half, OUDJAAR)["breuk"] == "0/3"
    total = gemeentestand(service, OUDJAAR)["seksinrichtingen"]
    assert (total["objecten"], total["gehaald"], total["percentage"], total["breuk"]) == (4, 1, 25, "16/21")


@pytest.mark.requirement("CAD-03")
def test_only_integral_business_controls_with_the_labour_core_count(runtime: Runtime, service: Service) -> None:
    facts = {"objecttype": Objecttype.HOR, "aanleiding": Aanleiding.NORM, "integraal": True}
    assert refusals("afronden", Feiten(status=Controlestatus.BEZIG, **facts))  # type: ignore[arg-type]
    assert not refusals("afronden", Feiten(status=Controlestatus.BEZIG, arbeid_ingevuld=True, **facts))  # type: ignore[arg-type]
    with runtime.system_unit("test") as uow:
        stad = Stad.with_norms(uow)
        partner = stad.partner()
        horeca, lodging, dwelling = (stad.place(t) for t in (Objecttype.HOR, Objecttype.LOG, Objecttype.WON))
        stad.action(date(JAAR, 3, 3), [dwelling], partner)
        open_one = stad.action(date(JAAR, 4, 3), [], partner)
        stad.control(horeca, date(JAAR, 4, 3), actie_id=open_one, integraal=True, arbeid_beantwoord=False)
        stad.control(horeca, date(JAAR, 5, 3))
    assert gemeentestand(service, OUDJAAR)["bedrijfscontroles"]["breuk"] == "0/100"
    with runtime.system_unit("test") as uow:
        stad.session = uow.session
        stad.action(date(JAAR, 6, 3), [horeca, lodging], partner)
    assert gemeentestand(service, OUDJAAR)["bedrijfscontroles"]["breuk"] == "2/100"


@pytest.mark.requirement("CAD-04")
def test_an_action_is_one_date_and_danger_shows_in_time(runtime: Runtime, service: Service) -> None:
    with runtime.system_unit("test") as uow:
        stad = Stad.with_norms(uow)
        partner = stad.partner()
        seven = [stad.place(Objecttype.HOR) for _ in range(7)]
        stad.action(date(JAAR, 2, 3), seven, partner)
    assert gemeentestand(service, date(JAAR, 3, 1))["integraleActies"]["breuk"] == "1/4"
    with runtime.system_unit("test") as uow:
        stad.session = uow.session
        stad.action(date(JAAR, 5, 3), seven[:1], partner)
        stad.action(date(JAAR, 8, 3), seven[:1], partner)
    state = gemeentestand(service, date(JAAR, 12, 1))["integraleActies"]
    assert (state["breuk"], state["status"]) == ("3/4", "norm in gevaar")


@pytest.mark.requirement("CAD-05")
def test_an_action_of_one_service_alone_does_not_count(runtime: Runtime, service: Service) -> None:
    with runtime.system_unit("test") as uow:
        stad = Stad.with_norms(uow)
        stad.action(date(JAAR, 2, 3), [stad.place(Objecttype.HOR)], None)
    assert gemeentestand(service, OUDJAAR)["integraleActies"]["breuk"] == "0/4"


@pytest.mark.requirement("CAD-06")
def test_a_risk_address_has_its_task_at_once_and_is_late_after_its_days(runtime: Runtime, service: Service) -> None:
    with runtime.system_unit("test") as uow:
        stad = Stad.with_norms(uow)
        dwelling = stad.place(Objecttype.WON)
    today = VANDAAG
    body = {
        "objectId": str(dwelling),
        "reden": "melding van overlast",
        "bron": "balie",
        "inBeeldOp": today.isoformat(),
        "herzienOp": (today + timedelta(days=90)).isoformat(),
    }
    made = service.as_("planner").post("/risicoadressen", json=body)
    assert made.status_code == 201, made.text
    with runtime.system_unit("test", write=False) as uow:
        (task,) = uow.session.exec(select(Taak)).all()
    assert task.voor_datum == today + timedelta(days=14)
    on_time = gemeentestand(service, today + timedelta(days=14))["risicoadressen"]
    assert (on_time["wachtend"], on_time["teLaat"], on_time["oudsteDagen"]) == (1, 0, 14)
    late = gemeentestand(service, today + timedelta(days=15))["risicoadressen"]
    assert (late["wachtend"], late["teLaat"]) == (1, 1)
    assert [age["aantal"] for age in late["leeftijden"]] == [0, 0, 1, 0]


@pytest.mark.requirement("REG-02")
def test_without_establishments_the_norm_does_not_apply(runtime: Runtime, service: Service) -> None:
    with runtime.system_unit("test") as uow:
        stad = Stad.with_norms(uow)
        stad.place(Objecttype.LOG)
        # A closed one whose permit goes on: no round plans it, so no norm waits for it.
        uow.session.get_one(Object, stad.seks(date(2020, 1, 1))).status = Objectstatus.GESLOTEN
        for permit in uow.session.exec(select(Vergunning)).all():
            permit.geldig_tot = VANDAAG + timedelta(days=900)
    state = gemeentestand(service, OUDJAAR)
    assert (state["seksinrichtingen"]["breuk"], state["seksinrichtingen"]["percentage"]) == ("n.v.t.", None)
    assert state["seksinrichtingen"]["status"] == "n.v.t."


def test_figures_for_the_board_and_rows_for_planners_only(runtime: Runtime, service: Service) -> None:
    with runtime.system_unit("test") as uow:
        stad = Stad.with_norms(uow)
        names = [stad.seks(date(2020, 1, 1)) for _ in range(3)]
    assert service.as_("bestuur").get("/normstanden/objecten").status_code == 403
    assert (
        service.as_("ketenregisseur").get("/normstanden/gemeente", params={"gemeentecode": "GM9902"}).status_code == 200
    )
    assert service.as_("planner").get("/normstanden/gemeente", params={"gemeentecode": "GM9902"}).status_code == 404
    first = service.as_("planner").get("/normstanden/objecten", params={"limiet": 2}).json()
    rest = service.as_("planner").get("/normstanden/objecten", params={"limiet": 2, "cursor": first["volgende"]}).json()
    assert [row["objectId"] for row in first["resultaten"] + rest["resultaten"]] == [str(nr) for nr in names]
    assert rest["volgende"] is None


def test_the_number_of_queries_does_not_grow_with_the_stock(runtime: Runtime, service: Service) -> None:
    with runtime.system_unit("test") as uow:
        stad = Stad.with_norms(uow)
        stad.control(stad.seks(date(2020, 1, 1)), date(JAAR, 3, 3))
    counts, asked = [0], list[list[int]]()

    def count(*_: object) -> None:
        counts[-1] += 1

    event.listen(Engine, "before_cursor_execute", count)
    try:
        for size in (1, 25):
            with runtime.system_unit("test") as uow:
                stad.session = uow.session
                for _ in range(size):
                    stad.control(stad.seks(date(2020, 1, 1)), date(JAAR, 3, 3))
            counts.clear()
            for path in ("/normstanden/objecten", "/normstanden/gemeente"):
                counts.append(0)
                assert service.as_("planner").get(path, params={"peildatum": OUDJAAR.isoformat()}).status_code == 200
            asked.append(list(counts))
    finally:
        event.remove(Engine, "before_cursor_execute", count)
    assert asked[0] == asked[1]
