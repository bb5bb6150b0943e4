"""Seasons per object: outside its window an object is not proposed, and the plan says why (PLN-16)."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.core.runtime import Runtime
from app.objecten.rules.seizoenen import check_seizoenen, in_season, stretches
from app.objecten.status import Objecttype
from app.objecten.tables import Object
from tests.planning.kalender import VANDAAG
from tests.planning.stad import Stad
from tests.planning.test_planrondes import DAGEN, VAN, all_of, calculated, question
from tests.support.municipality import Municipality
from tests.support.service import Service

OOGST, WINTER = [["04-15", "10-31"]], [["11-15", "02-28"]]


def test_a_period_may_pass_new_year() -> None:
    assert in_season(OOGST, date(2026, 4, 15))
    assert not in_season(OOGST, date(2026, 11, 1))
    assert in_season(WINTER, date(2026, 12, 31))
    assert in_season(WINTER, date(2027, 1, 1))
    assert not in_season(WINTER, date(2027, 3, 1))
    assert in_season(None, date(2027, 3, 1))
    assert stretches(OOGST, date(2026, 9, 1), date(2027, 5, 1)) == [
        (date(2026, 9, 1), date(2026, 10, 31)),
        (date(2027, 4, 15), date(2027, 5, 1)),
    ]
    assert stretches(OOGST, date(2026, 11, 1), date(2027, 4, 1)) == []


@pytest.mark.parametrize("wrong", [[["13-01", "12-01"]], [["02-30", "03-01"]], [["01-01"]], [["1-1", "2-2"]]])
def test_no_such_period(wrong: list[list[str]]) -> None:
    with pytest.raises(ValueError, match="maand-dag"):
        check_seizoenen(wrong)


@pytest.mark.requirement("PLN-16")
def test_outside_its_season_an_object_is_not_proposed(
    runtime: Runtime, service: Service, municipality: Municipality
) -> None:
    half = VAN + timedelta(days=DAGEN // 2)
    closed = [[f"{VAN - timedelta(days=60):%m-%d}", f"{VANDAAG:%m-%d}"]]
    late = [[f"{half:%m-%d}", f"{VAN + timedelta(days=DAGEN + 30):%m-%d}"]]
    with runtime.system_unit("test") as uow:
        stad = Stad.with_norms(uow)
        places = [stad.place(Objecttype.LOG) for _ in range(2)]
        risk = stad.risk(VANDAAG, VAN + timedelta(days=12))
        for place, season in zip([*places, risk], [closed, late, closed], strict=True):
            uow.session.get_one(Object, place).seizoenen = season
        stad.shifts(municipality.teams["toezicht"], VAN, DAGEN, every=2)
    body = question(municipality, acties=None)
    calculated(runtime, service, body)
    planner = service.as_("planner")
    rules = all_of(planner, f"/planrondes/{body['id']}/planregels")
    assert {rule["object"]["id"] for rule in rules} == {str(places[1])}
    assert all(rule["datum"] >= half.isoformat() for rule in rules)
    assert all(rule["waarschuwingen"] for rule in rules)  # nobody leads, nobody knows housing
    left = {row["object"]["id"]: row for row in all_of(planner, f"/planrondes/{body['id']}/planresten")}
    assert set(left) == {str(places[0]), str(risk)}
    assert "seizoen" in left[str(risk)]["reden"]
    assert left[str(risk)]["verplicht"]
    assert not left[str(places[0])]["verplicht"]
    ronde = planner.get(f"/planrondes/{body['id']}").json()
    assert ronde["uitkomst"]["waarschuwingen"] == len(rules) > 0


@pytest.mark.usefixtures("municipality")
def test_a_season_is_set_and_taken_back_over_http(runtime: Runtime, service: Service) -> None:
    with runtime.system_unit("test") as uow:
        place = Stad(uow).place(Objecttype.BEDR)
    planner, url = service.as_("planner"), f"/objecten/{place}"
    wrong = planner.patch(url, json={"seizoenen": [["02-30", "03-01"]]}, headers={"If-Match": '"1"'})
    assert wrong.status_code == 400
    assert planner.patch(url, json={"seizoenen": OOGST}, headers={"If-Match": '"1"'}).json()["seizoenen"] == OOGST
    assert planner.patch(url, json={"seizoenen": None}, headers={"If-Match": '"2"'}).json()["seizoenen"] is None


@pytest.mark.requirement("PLN-16")
def test_an_urgent_visit_leaves_a_day_out_of_season_and_what_stays_is_told(
    runtime: Runtime, service: Service, municipality: Municipality
) -> None:
    days = [VAN + timedelta(days=20), VANDAAG + timedelta(days=2), VAN + timedelta(days=20)]
    now, never = (
        [[f"{VANDAAG:%m-%d}", f"{VANDAAG + timedelta(days=4):%m-%d}"]],
        [[f"{VANDAAG - timedelta(days=9):%m-%d}"] * 2],
    )
    with runtime.system_unit("test") as uow:
        stad, team = Stad.with_norms(uow), municipality.teams["toezicht"]
        stad.shifts(team, VAN, 25)
        places, made = [stad.place(Objecttype.LOG) for _ in range(3)], []
        for place, day, season in zip(places, days, (now, now, never), strict=True):
            uow.session.get_one(Object, place).seizoenen = season
            facts = {"status": "vrijgegeven", "binnen": False, "aanleiding": "eigen-analyse", "team_id": team}
            made.append(stad.control(place, day, aanvang=1100, duur=60, **facts))
    planner = service.as_("planner")

    def asked(place: object) -> dict[str, Any]:
        answer = planner.post("/herplanningen", json={"gebeurtenissen": [{"soort": "spoed", "objectId": str(place)}]})
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    late, in_time, shut = map(asked, places)
    (moved,) = [row for row in late["wijzigingen"] if row["soort"] == "verplaatst"]
    assert moved["naar"]["datum"] <= (VANDAAG + timedelta(days=3)).isoformat()
    assert in_time["wijzigingen"] == []
    assert "op tijd voor de spoed" in in_time["uitkomst"]["meldingen"][0]
    assert shut["wijzigingen"] == []
    assert "is te laat voor de spoed" in shut["uitkomst"]["meldingen"][0]
    assert any("buiten zijn seizoen" in text for text in planner.get(f"/controles/{made[2]}/waarschuwingen").json())
