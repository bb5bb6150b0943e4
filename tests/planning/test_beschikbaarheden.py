"""Capacity over HTTP: many rows at once, overlaps refused with all faults in one answer."""

from datetime import date, timedelta
from typing import Any

from app.core.identifiers import new_id
from app.core.runtime import Runtime
from tests.planning.stad import Stad
from tests.support.municipality import Municipality
from tests.support.service import Service

MAANDAG = date(2027, 1, 4)


def shift(team: object, day: int, van: int, tot: int, **more: object) -> dict[str, Any]:
    return {"teamId": str(team), "datum": (MAANDAG + timedelta(days=day)).isoformat(), "van": van, "tot": tot, **more}


def test_many_shifts_at_once_and_sending_again_is_safe(service: Service, municipality: Municipality) -> None:
    planner, team = service.as_("planner"), municipality.teams["toezicht"]
    rows = [shift(team, day, 1020, 1500, id=str(new_id())) for day in range(400)]
    body = {"regels": rows + [shift(team, day, 480, 960, id=str(new_id())) for day in range(1600)]}
    first = planner.post("/beschikbaarheden", json=body)
    assert first.status_code == 201, first.text
    assert first.json() == {"toegevoegd": 2000, "alAanwezig": 0}
    assert planner.post("/beschikbaarheden", json=body).json() == {"toegevoegd": 0, "alAanwezig": 2000}
    too_many = {"regels": [*body["regels"], shift(team, 1700, 480, 960)]}
    assert planner.post("/beschikbaarheden", json=too_many).status_code == 400
    page = planner.get("/beschikbaarheden", params={"limiet": 3, "van": "2027-01-05", "tot": "2027-01-06"}).json()
    rest = planner.get(
        "/beschikbaarheden", params={"limiet": 3, "van": "2027-01-05", "tot": "2027-01-06", "cursor": page["volgende"]}
    )
    found = page["resultaten"] + rest.json()["resultaten"]
    assert sorted((row["datum"], row["van"]) for row in found) == [
        ("2027-01-05", 480),
        ("2027-01-05", 1020),
        ("2027-01-06", 480),
        ("2027-01-06", 1020),
    ]
    assert service.as_("buur-planner").get("/beschikbaarheden").json()["resultaten"] == []


def test_every_fault_is_told_and_nothing_is_stored(
    runtime: Runtime, service: Service, municipality: Municipality
) -> None:
    planner, team = service.as_("planner"), municipality.teams["toezicht"]
    with runtime.system_unit("test") as uow:
        partner = Stad(uow).partner()
    known = [shift(team, 0, 1020, 1500)]
    assert planner.post("/beschikbaarheden", json={"regels": known}).status_code == 201
    rows = [
        shift(team, 0, 1080, 1200),  # within what stands
        shift(team, 1, 30, 200),  # the shift of the day before ends at 01:00
        shift(team, 2, 480, 960),
        shift(team, 2, 900, 1000),  # overlaps the row before
        shift(municipality.teams["buur"], 3, 480, 960),
        {"partnerId": str(partner), "datum": "2019-01-01", "van": 0, "tot": 1440},  # not a partner yet
        shift(team, 4, 480, 960),
    ]
    answer = planner.post("/beschikbaarheden", json={"regels": rows})
    assert answer.status_code == 400
    assert [fault["veld"] for fault in answer.json()["fouten"]] == [
        "body.regels.0.van",
        "body.regels.1.van",
        "body.regels.3.van",
        "body.regels.4.teamId",
        "body.regels.5.partnerId",
    ]
    assert len(planner.get("/beschikbaarheden").json()["resultaten"]) == 1
    assert planner.post("/beschikbaarheden", json={"regels": [rows[2], rows[6]]}).status_code == 201
