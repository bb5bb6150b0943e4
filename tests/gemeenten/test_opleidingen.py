"""Trainings per function account, with their last day (TRN-01, TRN-04, TRN-05)."""

from datetime import date, timedelta

import pytest

from app.core.identifiers import new_id
from app.gemeenten.status import Opleidingsoort
from tests.support.municipality import STAD, Municipality
from tests.support.service import Service

VANDAAG = date.today()  # noqa: DTZ011 - any day


def training(account: object, soort: str, **more: object) -> dict[str, object]:
    return {
        "id": str(new_id()),
        "accountId": str(account),
        "gemeentecode": STAD,
        "soort": soort,
        "aanbieder": "CoMensha",
        "geldigVanaf": "2025-01-01",
        **more,
    }


@pytest.mark.requirement("TRN-01")
def test_share_of_a_team_is_told_and_not_who(service: Service, municipality: Municipality) -> None:
    beheerder, team = service.as_("beheerder"), municipality.teams["toezicht"]
    for sub in ("toezichthouder", "toezichthouder-2"):
        body = training(municipality.accounts[sub], "basis-mensenhandel")
        assert beheerder.post("/opleidingen", json=body).status_code == 201
        assert beheerder.post("/opleidingen", json=body).status_code == 201  # the stored one again
    answer = service.as_("bestuur").get(f"/teams/{team}/opleidingsgraad")
    (basis,) = [row for row in answer.json() if row["soort"] == "basis-mensenhandel"]
    assert basis == {"soort": "basis-mensenhandel", "leden": 3, "geschoold": 2, "procent": 67}
    assert str(municipality.accounts["toezichthouder"]) not in answer.text


@pytest.mark.requirement("TRN-05")
@pytest.mark.parametrize("soort", ["wijkacademie", "vr-beleving", "af-opleiding"])
def test_each_kind_can_be_chosen(service: Service, municipality: Municipality, soort: str) -> None:
    assert soort in set(Opleidingsoort)
    answer = service.as_("teamleider").post("/opleidingen", json=training(municipality.accounts["af"], soort))
    assert (answer.status_code, answer.json()["soort"]) == (201, soort)


def test_a_training_ends_and_is_of_the_region(service: Service, municipality: Municipality) -> None:
    leader = service.as_("teamleider")
    made = leader.post("/opleidingen", json=training(municipality.accounts["toezichthouder"], "huisvesting")).json()
    url, match = f"/opleidingen/{made['id']}", {"If-Match": '"1"'}
    assert leader.patch(url, json={"geldigTot": "2024-01-01"}, headers=match).status_code == 400
    last = (VANDAAG - timedelta(days=1)).isoformat()
    assert leader.patch(url, json={"geldigTot": last}, headers=match).json()["geldigTot"] == last
    assert leader.patch(url, json={"geldigTot": None}, headers=match).status_code == 412
    assert service.as_("buur-planner").get(url).status_code == 404
    assert leader.post("/opleidingen", json=training(new_id(), "arbeid")).status_code == 400
