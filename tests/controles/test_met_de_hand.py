"""Planning by hand holds the plan as a release does: nobody puts a team at two places, or two actions too close together."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from app.controles.service.planning import ControlePlan, plan_controles
from app.core.runtime import Runtime
from app.gemeenten.service.gemeenten import hold_plan
from tests.controles.conftest import Field, today
from tests.objecten.stock import set_norm
from tests.support.municipality import STAD
from tests.support.service import Service


def waits(ask: Callable[[], Any], meanwhile: Callable[[], Any]) -> Any:  # noqa: ANN401 - an answer of the service
    """What is answered when the plan is held; the question waits until that ends."""
    answers: list[Any] = []
    asking = threading.Thread(target=lambda: answers.append(ask()))
    asking.start()
    asking.join(0.3)
    assert not answers
    meanwhile()
    return asking, answers


def test_a_team_is_never_planned_at_two_places_whoever_was_first(
    runtime: Runtime, service: Service, veld: Field
) -> None:
    team, day = veld.municipality.teams["toezicht"], today() + timedelta(days=3)
    planner = service.as_("planner")

    def plan(soort: str, aanvang: int | None, on: date = day) -> Any:  # noqa: ANN401 - an answer of the service
        body = {"objectId": str(veld.objecten[soort]), "datum": on.isoformat(), "teamId": str(team), "aanvang": aanvang}
        return planner.post("/controles", json=body)

    with runtime.system_unit("vrijgeven") as uow:  # a release that goes on
        hold_plan(uow, STAD)
        released = ControlePlan(object_id=veld.objecten["HOR"], team_id=team, datum=day, aanvang=23 * 60 + 30, duur=60)
        asking, answers = waits(lambda: plan("BEDR", 23 * 60), lambda: plan_controles(uow, [released]))
    asking.join()
    (refused,) = answers
    assert refused.status_code == 400, refused.text
    (fault,) = refused.json()["fouten"]
    assert (fault["veld"], "van 23:30 tot 00:30" in fault["melding"]) == ("aanvang", True)
    assert plan("BEDR", 15, day + timedelta(days=1)).status_code == 400  # the same evening, past midnight
    assert [plan("BEDR", 22 * 60).status_code, plan("LOG", None).status_code] == [201, 201]
    with runtime.system_unit("test") as uow:
        set_norm(uow, "MINIMUM_TUSSEN_CONTROLES_DAGEN", 7)
    near = plan("BEDR", None, day + timedelta(days=6)).json()["id"]  # the rest of the rules warn
    warned = planner.get(f"/controles/{near}/waarschuwingen").json()
    assert (
        warned[0]
        == f"Dit object heeft ook een controle op {day:%d-%m-%Y}; daar horen minstens 7 dagen tussen te zitten."
    )
    later = plan("BEDR", None, day + timedelta(days=13)).json()["id"]
    assert "ook een controle" not in planner.get(f"/controles/{later}/waarschuwingen").text


@pytest.mark.requirement("CAD-04")
def test_an_action_by_hand_keeps_its_distance_and_says_to_which(
    runtime: Runtime, service: Service, veld: Field
) -> None:
    assert veld.objecten
    with runtime.system_unit("test") as uow:
        set_norm(uow, "ACTIE_TUSSENTIJD_DAGEN", 28)
    day = today() + timedelta(days=60)

    def made(on: date) -> Any:  # noqa: ANN401 - an answer of the service
        return service.as_("planner").post("/acties", json={"datum": on.isoformat()})

    assert made(day).status_code == 201
    assert made(day).status_code == 201  # two teams on one evening are one action
    close = made(day - timedelta(days=27))
    assert close.status_code == 400
    assert f"op {day:%d-%m-%Y}; kies een andere dag" in close.json()["fouten"][0]["melding"]
    assert made(day + timedelta(days=28)).status_code == 201
