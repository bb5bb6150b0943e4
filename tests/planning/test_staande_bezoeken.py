"""What a round may change of visits that another confirmed round holds: chosen per round, and never one visit twice."""

from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from app.controles.status import Controlestatus
from app.core.runtime import Runtime
from app.planning.tables import Beschikbaarheid
from app.planning.tasks import calculate_round
from tests.planning.kalender import VANDAAG
from tests.planning.stad import Stad
from tests.planning.test_planrondes import VAN, agree_all, all_of, calculated, controls, decide, question
from tests.support.municipality import Municipality
from tests.support.service import Service

SEKS = "CONTROLE_SEKS_PER_JAAR"
WEKEN = 5
MAANDAG = VAN + timedelta(days=-VAN.weekday() % 7)
TOT = MAANDAG + timedelta(days=7 * WEKEN - 1)
PERIODE = {"van": MAANDAG.isoformat(), "tot": TOT.isoformat(), "acties": 0}
"""Whole weeks, so that every visit has another day in its week."""


@pytest.fixture
def long_round(runtime: Runtime, service: Service, municipality: Municipality) -> dict[str, Any]:
    """Sex establishments on the shifts of five weeks, confirmed and not released; the first visit is locked."""
    with runtime.system_unit("test") as uow:
        stad = Stad.with_norms(uow)
        for _ in range(6):
            place = stad.seks(VANDAAG - timedelta(days=900))
            for days in (300, 240, 150):
                stad.control(place, VANDAAG - timedelta(days=days))
        stad.risk(VANDAAG, MAANDAG + timedelta(days=10))
        stad.shifts(municipality.teams["toezicht"], MAANDAG, 7 * WEKEN)
    body = question(municipality, normen=[SEKS, "RISICOADRES_DAGEN"], **PERIODE)
    calculated(runtime, service, body)
    planner = service.as_("planner")
    visits = [r for r in rules_of(service, body) if r["normsleutel"] == SEKS]
    etag = f'"{visits[0]["versie"]}"'
    locked = planner.patch(
        f"/planregels/{visits[0]['id']}", json={"vast": True, "toelichting": "zo"}, headers={"If-Match": etag}
    )
    assert locked.status_code == 200, locked.text
    assert decide(service, body["id"], "_vaststellen").json()["status"] == "vastgesteld"
    return body


def rules_of(service: Service, body: dict[str, Any]) -> list[dict[str, Any]]:
    return all_of(service.as_("planner"), f"/planrondes/{body['id']}/planregels")


def lose_shifts(runtime: Runtime, days: set[str]) -> None:
    with runtime.system_unit("test") as uow:
        for shift in uow.session.exec(select(Beschikbaarheid)).all():
            if shift.datum.isoformat() in days:
                uow.session.delete(shift)


def that_can_move(sex: list[dict[str, Any]], how_many: int, lost_as_well: set[str]) -> list[dict[str, Any]]:
    """Visits, not the locked first one, that each keep a day in their week and drawn window when the shifts of all of them are gone."""

    def can_move(rule: dict[str, Any], lost: set[str]) -> bool:
        was = date.fromisoformat(rule["datum"])
        week = [was + timedelta(days=n - was.weekday()) for n in range(7)]
        others = [r for r in sex if r["object"]["id"] == rule["object"]["id"] and r["id"] != rule["id"]]
        spans = [rule["redenen"]["toegestaan"], rule["redenen"]["geloot"]]
        return any(
            day.isoformat() not in lost
            and all(span["eerste"] <= day.isoformat() <= span["laatste"] for span in spans)
            and all(abs((day - date.fromisoformat(o["datum"])).days) >= 14 for o in others)
            for day in week
        )

    return next(
        list(chosen)
        for chosen in combinations(sex[1:], how_many)
        if all(can_move(rule, lost_as_well | {r["datum"] for r in chosen}) for rule in chosen)
    )


def same_place(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(one[key] == other[key] for key in ("datum", "teamId", "aanvang"))


def test_a_round_moves_what_stands_within_its_week_and_takes_its_place(
    runtime: Runtime, service: Service, municipality: Municipality, long_round: dict[str, Any]
) -> None:
    held = {r["id"]: r for r in rules_of(service, long_round)}
    sex = [r for r in held.values() if r["normsleutel"] == SEKS]
    assert len(sex) >= 3
    risk = next(r for r in held.values() if r["normsleutel"] != SEKS)
    lost_as_well = {sex[0]["datum"], risk["datum"]}
    [goes] = that_can_move(sex, 1, lost_as_well)
    lose_shifts(runtime, {goes["datum"], *lost_as_well})
    moved: dict[str, list[dict[str, Any]]] = {}
    bodies = {}
    for choice in ("tijd", "dienst", "week"):
        more = {} if choice == "week" else {"staandeBezoeken": choice}  # the week is the default
        body = bodies[choice] = question(municipality, **PERIODE, **more)
        ronde = calculated(runtime, service, body)
        assert ronde["parameters"]["staandeBezoeken"] == choice
        rows = rules_of(service, body)
        moved[choice] = [r for r in rows if r["redenen"]["verzet"]]
        assert ronde["uitkomst"]["verzet"] == len(moved[choice])
        # What stands is planned: nobody comes twice for one term, and the days between two controls are kept.
        assert risk["object"]["id"] not in {r["object"]["id"] for r in rows}
        gone = {r["redenen"]["verzet"]["planregelId"] for r in moved[choice]}
        per_object: dict[str, list[date]] = {}
        for rule in [*rows, *(r for r in sex if r["id"] not in gone)]:
            per_object.setdefault(rule["object"]["id"], []).append(date.fromisoformat(rule["datum"]))
        assert all((b - a).days >= 14 for dates in per_object.values() for a, b in pairwise(sorted(dates)))
    assert moved["tijd"] == []
    assert all(same_day(r) for r in moved["dienst"])

    week = moved["week"]
    origins = {r["redenen"]["verzet"]["planregelId"] for r in week}
    assert goes["id"] in origins  # its shift is gone
    assert sex[0]["id"] not in origins  # a planner fixed it
    assert risk["id"] not in origins  # police and OM were asked about that day
    for rule in week:
        was, reasons = rule["redenen"]["verzet"], rule["redenen"]
        old = held[was["planregelId"]]
        assert (was["datum"], was["aanvang"], was["planronde"]) == (old["datum"], old["aanvang"], long_round["naam"])
        assert was["waarom"]
        assert not same_place(rule, old)
        assert date.fromisoformat(rule["datum"]).isocalendar()[:2] == date.fromisoformat(old["datum"]).isocalendar()[:2]
        for span in filter(None, (reasons["toegestaan"], reasons["geloot"])):  # only a norm draws a window
            assert span["eerste"] <= rule["datum"] <= span["laatste"]
    lost = next(r for r in week if r["redenen"]["verzet"]["planregelId"] == goes["id"])
    assert "dienst" in lost["redenen"]["verzet"]["waarom"]

    for body in (bodies["week"], bodies["dienst"]):
        decide(service, body["id"], "_vaststellen")
    agree_all(service)
    assert decide(service, bodies["week"]["id"], "_vrijgeven").status_code == 200
    assert {r["id"] for r in rules_of(service, long_round)} == held.keys() - origins
    steps = service.as_("planner").get(f"/planrondes/{long_round['id']}").json()["gebeurtenissen"]
    went = steps[-1]["betreft"]
    assert went["planrondeId"] == bodies["week"]["id"]
    assert {one["planregelId"] for one in went["bezoeken"]} == origins
    done = [c for c in controls(runtime) if c.status in {Controlestatus.GEPLAND, Controlestatus.VRIJGEGEVEN}]
    for rule in week:
        mine = [c for c in done if str(c.object_id) == rule["object"]["id"]]
        assert (UUID(rule["teamId"]), rule["datum"]) in {(c.team_id, c.datum.isoformat()) for c in mine}
    assert len({(c.object_id, c.datum) for c in done}) == len(done)


def same_day(rule: dict[str, Any]) -> bool:
    was = rule["redenen"]["verzet"]
    return bool((rule["datum"], rule["teamId"]) == (was["datum"], was["teamId"]))


def test_what_was_released_meanwhile_is_not_taken_over(
    runtime: Runtime, service: Service, municipality: Municipality, long_round: dict[str, Any]
) -> None:
    held = rules_of(service, long_round)
    sex = [r for r in held if r["normsleutel"] == SEKS]
    one, other = that_can_move(sex, 2, set())
    lost = {one["datum"], other["datum"]}
    lose_shifts(runtime, lost)
    body = question(municipality, normen=[SEKS], **PERIODE)
    calculated(runtime, service, body)
    moved = {r["redenen"]["verzet"]["planregelId"]: r for r in rules_of(service, body) if r["redenen"]["verzet"]}
    assert {one["id"], other["id"]} <= moved.keys()

    # What a planner drops stays where it stood, also when the rest is completed.
    planner, path = service.as_("planner"), f"/planregels/{moved[other['id']]['id']}"
    gone = planner.post(f"{path}/_schrappen", json={"reden": "blijft staan"}, headers={"If-Match": '"1"'})
    assert gone.status_code == 200, gone.text
    assert decide(service, body["id"], "_aanvullen").status_code == 202
    calculate_round(runtime.system_unit, UUID(body["id"]))
    taken = {r["redenen"]["verzet"]["planregelId"] for r in rules_of(service, body) if r["redenen"]["verzet"]}
    assert one["id"] in taken
    assert other["id"] not in taken

    decide(service, body["id"], "_vaststellen")
    with runtime.system_unit("test") as uow:
        for day in sorted(lost):
            Stad(uow).shifts(municipality.teams["toezicht"], date.fromisoformat(day), 1)
    agree_all(service)
    assert decide(service, long_round["id"], "_vrijgeven").status_code == 200
    refused = decide(service, body["id"], "_vrijgeven")
    assert refused.status_code == 409
    assert any("intussen vrijgegeven in planronde" in fault["melding"] for fault in refused.json()["fouten"])
    done = [c for c in controls(runtime) if c.status in {Controlestatus.GEPLAND, Controlestatus.VRIJGEGEVEN}]
    assert len(done) == len(held)
