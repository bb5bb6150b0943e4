"""Editing a proposal over HTTP: add, move, drop, other places, actions, complete, compare, withdraw (ROL-08, PLN-03, DEF-09)."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlmodel import select

from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.objecten.status import Objecttype
from app.planning.service import rondewerk
from app.planning.tables import Beschikbaarheid, Planregel, Planronde
from app.planning.tasks import calculate_round
from tests.planning.kalender import VANDAAG
from tests.planning.stad import Stad
from tests.planning.test_planrondes import (
    DAGEN,
    TOT,
    VAN,
    Killed,
    all_of,
    begins_later,
    calculated,
    decide,
    killed_at,
    puts_off_and_back,
    question,
)
from tests.planning.test_planrondes import stock as stock  # noqa: PLC0414 - the same stock, as a fixture here
from tests.support.municipality import Municipality
from tests.support.service import Service

Proposal = tuple[str, list[dict[str, Any]]]
SEKS, RISICO = "CONTROLE_SEKS_PER_JAAR", "RISICOADRES_DAGEN"


@pytest.fixture
def proposal(runtime: Runtime, service: Service, municipality: Municipality, stock: dict[str, list[UUID]]) -> Proposal:  # noqa: ARG001 - stock must stand
    """A calculated round with one integral action, and its visits."""
    body = question(municipality)
    calculated(runtime, service, body)
    return body["id"], all_of(service.as_("planner"), f"/planrondes/{body['id']}/planregels")


def post(client: httpx.Client, path: str, body: dict[str, Any], etag: str | None = None) -> httpx.Response:
    """With the version of the record that the path starts with, unless another is given."""
    owner = "/".join(path.split("/")[:3])
    seen = etag or client.get(owner).headers.get("ETag", '"1"')
    return client.post(path, json=body, headers={"If-Match": seen})


def fields(answer: httpx.Response) -> set[tuple[str, str]]:
    return {(fault["veld"], fault["melding"].split(";")[0]) for fault in answer.json()["fouten"]}


def alone(rules: list[dict[str, Any]], norm: str) -> dict[str, Any]:
    return next(rule for rule in rules if rule["normsleutel"] == norm and rule["actieId"] is None)


@pytest.mark.requirement("DEF-09", "PLN-03", "ROL-08")
def test_an_object_without_any_report_is_added_dropped_and_brought_back(
    runtime: Runtime, service: Service, proposal: Proposal
) -> None:
    _, rules = proposal
    planner, path = service.as_("planner"), f"/planrondes/{proposal[0]}"
    with runtime.system_unit("test") as uow:
        stad = Stad(uow, 90)
        shop, dwelling = stad.place(Objecttype.BEDR), stad.place(Objecttype.WON)
    body = {"id": str(new_id()), "objectId": str(shop), "toelichting": "eigen beeld van de straat"}
    made = post(planner, f"{path}/planregels", body)
    assert made.status_code == 201, made.text
    added = made.json()
    assert (added["aanleiding"], added["vast"], added["normsleutel"]) == ("eigen-analyse", True, "VRIJE_RUIMTE")
    assert VAN.isoformat() <= added["datum"] <= TOT.isoformat()
    assert planner.get(made.headers["Location"].removeprefix("/v1")).json()["id"] == added["id"]
    again = post(planner, f"{path}/planregels", body, '"1"')
    assert (again.status_code, again.json()["id"]) == (201, added["id"])
    assert post(planner, f"{path}/planregels", {**body, "objectId": str(dwelling)}).status_code == 409
    home = post(planner, f"{path}/planregels", {"objectId": str(dwelling)})
    assert home.json()["aanleiding"] == "woongebruik"
    near = post(planner, f"{path}/planregels", {"objectId": str(shop), "datum": added["datum"]})
    assert near.status_code == 409
    assert all("diensten" in text and "14 dagen" in text for _, text in fields(near))
    assert post(planner, f"{path}/planregels", {"objectId": str(shop)}, '"1"').status_code == 412
    assert planner.post(f"{path}/planregels", json={"objectId": str(shop)}).status_code == 428
    missing = post(
        planner, f"{path}/planregels", {"objectId": str(new_id()), "aanvang": 1080, "aanleiding": "integrale-actie"}
    )
    assert {field for field, _ in fields(missing)} == {"body.objectId", "body.aanvang", "body.aanleiding"}

    seks = alone(rules, SEKS)
    before = planner.get(path).json()["uitkomst"]
    assert planner.post(f"/planregels/{seks['id']}/_schrappen", json={"reden": "nvt"}).status_code == 428
    no_reason = planner.post(f"/planregels/{seks['id']}/_schrappen", json={"reden": " "}, headers={"If-Match": '"1"'})
    assert no_reason.status_code == 400
    dropped = planner.post(
        f"/planregels/{seks['id']}/_schrappen",
        json={"reden": "verbouwing"},
        headers={"If-Match": f'"{seks["versie"]}"'},
    )
    assert dropped.status_code == 200, dropped.text
    assert "norm-in-gevaar" in {gevolg["code"] for gevolg in dropped.json()["gevolgen"]}
    left = next(r for r in all_of(planner, f"{path}/planresten") if r["id"] == dropped.json()["planresten"][0])
    assert (left["reden"], left["verplicht"], left["doorPlanner"]) == ("verbouwing", True, True)
    outcome = planner.get(path).json()["uitkomst"]
    assert outcome["resultaat"] != "optimaal"
    assert outcome["verplichtWeggelaten"] == before["verplichtWeggelaten"] + 1
    assert outcome["bezoeken"] == before["bezoeken"] - 1
    back = post(planner, f"{path}/planregels", {"objectId": seks["object"]["id"], "normsleutel": SEKS})
    assert back.status_code == 201, back.text
    assert (back.json()["redenen"]["norm"], back.json()["verplicht"]) == (seks["redenen"]["norm"], True)
    assert left["id"] not in {r["id"] for r in all_of(planner, f"{path}/planresten")}
    steps = planner.get(path).json()["gebeurtenissen"]
    assert [s["actie"] for s in steps[3:]] == [
        "bezoek toegevoegd",
        "bezoek toegevoegd",
        "bezoek geschrapt",
        "bezoek toegevoegd",
    ]
    assert steps[5]["betreft"]["van"]["datum"] == seks["datum"]
    twice = post(planner, f"{path}/planregels", {"objectId": str(shop)})  # allowed, and told where it stands
    told = next(g["tekst"] for g in twice.json()["gevolgen"] if g["code"] == "staat-al-in-het-plan")
    assert f"op {date.fromisoformat(added['datum']):%d-%m-%Y} met Team" in told
    assert (steps[5]["toelichting"], steps[3]["betreft"]["objectId"]) == ("verbouwing", str(shop))
    assert service.as_("buur-planner").get(f"/planregels/{back.json()['id']}/alternatieven").status_code == 404


def test_alternatives_tell_what_moving_costs_or_breaks_and_keep_their_word(
    service: Service, proposal: Proposal
) -> None:
    _, rules = proposal
    planner = service.as_("planner")
    risk = alone(rules, RISICO)
    found = planner.get(f"/planregels/{risk['id']}/alternatieven").json()["resultaten"]
    assert len(found) == 10
    assert [option["past"] for option in found] == sorted((option["past"] for option in found), reverse=True)
    for option in found:
        assert option["past"] == (not option["breekt"]) == (option["aanvang"] is not None)
    assert any(f["melding"].startswith("mag alleen van") for option in found for f in option["breekt"])
    best, worst = found[0], found[-1]
    assert best["past"]
    refused = planner.patch(
        f"/planregels/{risk['id']}",
        json={"datum": worst["datum"], "besteTijd": True},
        headers={"If-Match": f'"{risk["versie"]}"'},
    )
    assert refused.status_code == 409
    assert {text for _, text in fields(refused)} == {f["melding"].split(";")[0] for f in worst["breekt"]}
    moved = planner.patch(
        f"/planregels/{risk['id']}",
        json={"datum": best["datum"], "besteTijd": True},
        headers={"If-Match": f'"{risk["versie"]}"'},
    )
    assert moved.status_code == 200, moved.text
    answer = moved.json()
    assert (answer["datum"], answer["aanvang"], answer["vast"]) == (best["datum"], best["aanvang"], True)
    travel = [g["minuten"] for g in answer["gevolgen"] if g["code"] == "extra-reistijd"]
    assert sum(travel) == best["reistijdVerschil"]
    assert answer["gevolgen"] == best["gevolgen"]
    after = all_of(planner, f"/planrondes/{proposal[0]}/planregels")
    for day in {(rule["datum"], rule["teamId"]) for rule in after}:
        shift = sorted((r for r in after if (r["datum"], r["teamId"]) == day), key=lambda r: int(r["volgorde"]))
        assert [r["volgorde"] for r in shift] == list(range(1, len(shift) + 1))
        for one, other in pairwise(shift):
            assert one["aanvang"] + one["duur"] + other["reistijd"] <= other["aanvang"]


@pytest.mark.requirement("ROL-08")
def test_an_integral_action_moves_with_its_addresses_or_says_what_stands_in_the_way(
    runtime: Runtime, service: Service, proposal: Proposal
) -> None:
    ronde, rules = proposal
    planner, path = service.as_("planner"), f"/planrondes/{proposal[0]}"
    actie = planner.get(f"{path}/planacties").json()["resultaten"][0]
    members = [rule for rule in rules if rule["actieId"] == actie["id"]]
    url, etag = f"/planacties/{actie['id']}", {"If-Match": f'"{actie["versie"]}"'}
    wrong = planner.patch(
        url, json={"datum": (TOT + timedelta(days=3)).isoformat(), "partnerIds": [str(new_id())]}, headers=etag
    )
    assert wrong.status_code == 409
    assert {field for field, _ in fields(wrong)} >= {"body.datum", "body.partnerIds.0"}
    busy = {rule["datum"] for rule in rules if rule["actieId"] is None}
    free = [day.isoformat() for n in range(0, DAGEN, 2) if (day := VAN + timedelta(days=n)).isoformat() not in busy]
    taken = planner.patch(url, json={"datum": min(busy)}, headers=etag)
    assert ("body.datum" in {f for f, _ in fields(taken)}, taken.status_code) == (True, 409)
    elsewhere = next(day for day in free if day != actie["datum"])
    moved = planner.patch(url, json={"datum": elsewhere}, headers=etag)
    assert moved.status_code == 200, moved.text
    assert (moved.json()["datum"], moved.json()["vast"], moved.json()["adressen"]) == (elsewhere, True, len(members))
    assert planner.patch(url, json={"datum": elsewhere}, headers=etag).status_code == 412
    now = all_of(planner, f"{path}/planregels")
    assert {r["datum"] for r in now if r["actieId"] == actie["id"]} == {elsewhere}
    fixed = planner.patch(url, json={"datum": actie["datum"]}, headers={"If-Match": moved.headers["ETag"]})
    assert "vast" in fixed.json()["detail"]
    begins_later(planner, path, actie["id"], moved)
    with runtime.system_unit("test") as uow:
        stad = Stad(uow, 95)
        hotel = stad.place(Objecttype.HOT)
        cafe = stad.horeca(date.fromisoformat(elsewhere) - timedelta(days=365))
    more = post(planner, f"{path}/planregels", {"objectId": str(hotel), "actieId": actie["id"]})
    assert (more.status_code, more.json()["datum"]) == (201, elsewhere), more.text
    joined = post(planner, f"{path}/planregels", {"objectId": str(cafe), "actieId": actie["id"]})
    puts_off_and_back(planner, url, (max(free), elsewhere), joined.json()["object"]["naam"])
    seks = alone(rules, SEKS)
    never = post(planner, f"{path}/planregels", {"objectId": seks["object"]["id"], "actieId": actie["id"]})
    assert ("body.objectId", "is geen soort object voor een integrale actie") in fields(never)
    version = planner.get(f"{path}/planacties").json()["resultaten"][0]["versie"]
    assert fields(post(planner, f"/planrondes/{ronde}/_vervallen", {})) != set()  # never without a reason
    gone = planner.post(f"{url}/_schrappen", json={"reden": "politie kan niet"}, headers={"If-Match": f'"{version}"'})
    assert gone.status_code == 200, gone.text
    assert {g["code"] for g in gone.json()["gevolgen"]} <= {"actienorm-in-gevaar"}
    assert planner.get(f"{path}/planacties").json()["resultaten"] == []
    assert not [r for r in all_of(planner, f"{path}/planregels") if r["actieId"]]
    partner = actie["partnerIds"][0]
    ids = [m["object"]["id"] for m in members]
    body = {"datum": elsewhere, "objectIds": ids, "partnerIds": [partner]}
    short = post(planner, f"{path}/planacties", {**body, "objectIds": [*ids[:1], ids[0], seks["object"]["id"]]})
    assert {f for f, _ in fields(short)} >= {"body.objectIds.1", "body.objectIds.2"}
    new = post(planner, f"{path}/planacties", body)
    assert (new.status_code, new.json()["adressen"]) == (201, len(ids)), new.text
    assert decide(service, ronde, "_vaststellen").status_code == 200
    assert decide(service, ronde, "_vrijgeven").status_code == 200


@pytest.mark.requirement("ROL-08")
def test_the_rest_is_completed_around_what_is_fixed_and_survives_a_kill(
    runtime: Runtime, service: Service, proposal: Proposal
) -> None:
    ronde, rules = proposal
    planner, path = service.as_("planner"), f"/planrondes/{proposal[0]}"
    risk = alone(rules, RISICO)
    moving, option = next(
        (rule, option)
        for rule in rules
        if rule["actieId"] is None and rule["id"] != risk["id"]
        for option in planner.get(f"/planregels/{rule['id']}/alternatieven").json()["resultaten"]
        if option["past"]
    )
    kept = planner.patch(
        f"/planregels/{moving['id']}",
        json={"datum": option["datum"], "teamId": option["teamId"], "besteTijd": True},
        headers={"If-Match": f'"{moving["versie"]}"'},
    ).json()
    now = {r["id"]: r for r in all_of(planner, f"{path}/planregels")}
    gone = planner.post(
        f"/planregels/{risk['id']}/_schrappen",
        json={"reden": "pand is gesloopt"},
        headers={"If-Match": f'"{now[risk["id"]]["versie"]}"'},
    )
    assert gone.status_code == 200, gone.text
    with runtime.system_unit("test") as uow:
        stad = Stad(uow, 97)
        shop = stad.place(Objecttype.MASS)
    own = post(planner, f"{path}/planregels", {"objectId": str(shop)}).json()
    actie = planner.get(f"{path}/planacties").json()["resultaten"][0]
    planner.patch(f"/planacties/{actie['id']}", json={"vast": True}, headers={"If-Match": f'"{actie["versie"]}"'})
    before = all_of(planner, f"{path}/planregels")

    assert post(planner, f"{path}/_aanvullen", {}, '"1"').status_code == 412
    asked = post(planner, f"{path}/_aanvullen", {"toelichting": "rest erbij"})
    assert (asked.status_code, asked.json()["status"]) == (202, "wacht"), asked.text
    assert post(planner, f"{path}/_aanvullen", {}).status_code == 409
    assert all_of(planner, f"{path}/planregels") == before  # until the new one is there
    edit = planner.patch(f"/planregels/{kept['id']}", json={"vast": False}, headers={"If-Match": f'"{kept["versie"]}"'})
    assert edit.status_code in {409, 412}
    for step in ("planronde_begonnen", "planronde_berekend"):
        with pytest.raises(Killed):
            calculate_round(killed_at(runtime, step), UUID(ronde))
        assert all_of(planner, f"{path}/planregels") == before
    calculate_round(runtime.system_unit, UUID(ronde))
    read = planner.get(path).json()
    assert (read["status"], read["gebeurtenissen"][-1]["actie"]) == ("voorstel", "berekend"), read
    after = {r["id"]: r for r in all_of(planner, f"{path}/planregels")}
    for fixed in (kept, own):
        place = [after[fixed["id"]][key] for key in ("datum", "teamId", "aanvang", "vast", "normsleutel")]
        assert place == [fixed["datum"], fixed["teamId"], fixed["aanvang"], True, fixed["normsleutel"]]
    assert after[kept["id"]]["versie"] > kept["versie"]  # an ETag of before never fits again
    assert after[kept["id"]]["redenen"] == {**kept["redenen"], "vast": True}
    assert risk["object"]["id"] not in {r["object"]["id"] for r in after.values()}
    left = [r for r in all_of(planner, f"{path}/planresten") if r["object"]["id"] == risk["object"]["id"]]
    assert [(r["reden"], r["doorPlanner"]) for r in left] == [("pand is gesloopt", True)]
    held = planner.get(f"{path}/planacties").json()["resultaten"]
    assert [(a["id"], a["datum"], a["adressen"], a["vast"]) for a in held] == [
        (actie["id"], actie["datum"], actie["adressen"], True)
    ]
    assert {r["object"]["id"] for r in before if not r["actieId"]} - {risk["object"]["id"]} <= {
        r["object"]["id"] for r in after.values()
    }
    calculate_round(runtime.system_unit, UUID(ronde))
    assert planner.get(path).json() == read
    assert post(planner, f"{path}/_aanvullen", {}).status_code == 202
    with runtime.system_unit("test") as uow:
        rondewerk.fail_round(uow, UUID(ronde), "De dienst viel uit.")
    failed = planner.get(path).json()
    assert (failed["status"], len(all_of(planner, f"{path}/planregels"))) == ("voorstel", len(after))
    assert "het eerdere voorstel staat er nog" in failed["melding"]


def test_locks_that_cannot_be_kept_any_more_are_told_and_nothing_is_lost(
    runtime: Runtime, service: Service, proposal: Proposal
) -> None:
    ronde, rules = proposal
    planner, path = service.as_("planner"), f"/planrondes/{proposal[0]}"
    seks = [rule for rule in rules if rule["normsleutel"] == SEKS]
    pair, risk = next(
        ((a, b), risk)
        for a in seks
        for b in seks
        for risk in rules
        if a["object"] == b["object"] and a["datum"] != b["datum"]
        if risk["normsleutel"] == RISICO and risk["datum"] != a["datum"]
    )
    with runtime.system_unit("test") as uow:
        for rule in (*pair, risk):
            uow.session.get_one(Planregel, UUID(rule["id"])).vast = True
        first, second = (uow.session.get_one(Planregel, UUID(rule["id"])) for rule in pair)
        second.datum, second.team_id, second.aanvang = first.datum, first.team_id, first.aanvang
        # Its own dates may not hold that day, as the lot has it; then they would be what stands in the way.
        second.redenen = first.redenen
        for shift in uow.session.exec(select(Beschikbaarheid)).all():
            if shift.team_id is not None and shift.datum.isoformat() == risk["datum"]:
                uow.session.delete(shift)
    unknown = planner.patch(
        f"/planregels/{pair[0]['id']}", json={"vast": False, "teamId": str(new_id())}, headers={"If-Match": '"1"'}
    )
    assert ("body.teamId", "doet niet mee in deze planronde") in fields(unknown)
    (actie,) = planner.get(f"{path}/planacties").json()["resultaten"]
    assert post(planner, f"/planacties/{actie['id']}/_schrappen", {"reden": "politie kan niet"}).status_code == 200
    assert post(planner, f"{path}/_aanvullen", {}).status_code == 202
    calculate_round(runtime.system_unit, UUID(ronde))
    read = planner.get(path).json()
    assert (read["status"], read["uitkomst"]["resultaat"]) == ("voorstel", "onhaalbaar"), read
    assert any("te dicht op een ander vastgezet bezoek" in cause["tekst"] for cause in read["uitkomst"]["oorzaken"])
    assert pair[0]["object"]["naam"] in str(read["uitkomst"]["oorzaken"])
    left = {rest["object"]["id"]: rest["reden"] for rest in all_of(planner, f"{path}/planresten")}
    assert "geen dienst" in left[risk["object"]["id"]]
    assert pair[0]["object"]["id"] in left
    again = planner.get(f"{path}/planacties").json()["resultaten"]
    assert len(again) == 1  # another one, and not on the day that was dropped
    assert again[0]["datum"] != actie["datum"]


def heard(ask: Callable[[], httpx.Response]) -> int:
    """The answer to a question; on a busy machine the service may ask to come back."""
    while (answer := ask()).status_code == 503:
        time.sleep(0.2)
    return answer.status_code


def both(one: Callable[[], httpx.Response], other: Callable[[], httpx.Response]) -> list[int]:
    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(heard, (one, other)))


def test_two_planners_at_once_lose_no_edit(runtime: Runtime, service: Service, proposal: Proposal) -> None:
    ronde, rules = proposal
    first, second, path = service.as_("planner"), service.as_("hoofdplanner"), f"/planrondes/{proposal[0]}"
    for number, rule_id in enumerate([rule["id"] for rule in rules if rule["actieId"] is None][:4]):
        rule = next(rule for rule in all_of(first, f"{path}/planregels") if rule["id"] == rule_id)
        tag = {"If-Match": f'"{rule["versie"]}"'}
        url = f"/planregels/{rule['id']}"
        codes = both(
            lambda url=url, tag=tag: first.patch(url, json={"vast": True}, headers=tag),  # type: ignore[misc]  # bound now
            lambda url=url, tag=tag: second.post(f"{url}/_schrappen", json={"reden": "dubbel"}, headers=tag),  # type: ignore[misc]
        )
        assert codes in ([200, 404], [200, 412]), (number, codes)
    etag = first.get(path).headers["ETag"]
    with runtime.system_unit("test") as uow:
        stad = Stad(uow, 80)
        shops = [stad.place(Objecttype.BEDR) for _ in range(2)]
    codes = both(
        lambda: post(first, f"{path}/planregels", {"objectId": str(shops[0])}, etag),
        lambda: post(second, f"{path}/planregels", {"objectId": str(shops[1])}, etag),
    )
    assert codes == [201, 412]
    etag = first.get(path).headers["ETag"]
    codes = both(
        lambda: post(first, f"{path}/_aanvullen", {}, etag),
        lambda: post(second, f"{path}/_vaststellen", {}, etag),
    )
    assert codes in ([200, 412], [202, 412])
    with runtime.system_unit("test", write=False) as uow:
        stored = uow.session.get_one(Planronde, UUID(ronde))
        changes = first.get(path).json()["gebeurtenissen"]
        assert stored.versie == 1 + len(changes) - 1  # every step but the first raised it, and none was lost


@pytest.mark.requirement("PLN-10", "ROL-08")
def test_candidates_of_a_polygon_come_by_due_date_and_a_round_can_be_limited_to_it(
    runtime: Runtime, service: Service, municipality: Municipality, stock: dict[str, list[UUID]]
) -> None:
    planner = service.as_("planner")
    west = [[[79_990, 449_900], [80_850, 449_900], [80_850, 450_100], [79_990, 450_100], [79_990, 449_900]]]
    area = {"type": "Polygon", "coordinates": west}
    rd = {"Content-Crs": "<http://www.opengis.net/def/crs/EPSG/0/28992>"}
    body = question(municipality, acties=0, gebied=area, normen=[RISICO, SEKS])
    assert planner.post("/planrondes", json=body, headers=rd).status_code == 202
    calculate_round(runtime.system_unit, UUID(body["id"]))
    path = f"/planrondes/{body['id']}"
    rules = all_of(planner, f"{path}/planregels")
    inside = {str(nr) for nr in (*stock["seks"], *stock["risico"])}
    assert {r["object"]["id"] for r in rules} == inside
    assert {r["normsleutel"] for r in rules} == {SEKS, RISICO}
    assert {r["object"]["id"] for r in all_of(planner, f"{path}/planresten")} <= inside

    whole = question(municipality)
    calculated(runtime, service, whole)
    path = f"/planrondes/{whole['id']}"
    rows: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        params: dict[str, Any] = {"limiet": 3, **({"cursor": cursor} if cursor else {})}
        page = planner.post(f"{path}/_kandidaten", json={"gebied": area}, params=params, headers=rd)
        assert page.status_code == 200, page.text
        rows += page.json()["resultaten"]
        cursor = page.json()["volgende"]
    horeca = {str(stock["horeca"][0])}
    assert {row["object"]["id"] for row in rows} == inside | horeca
    due = [row["uiterste"] or "9999" for row in rows]
    assert due == sorted(due)
    assert all(row["prioriteit"] == sum(t["punten"] for t in row["termen"]) for row in rows)
    planned = {(r["object"]["id"], r["datum"]) for r in all_of(planner, f"{path}/planregels")}
    for row in rows:
        if row["staat"] == "gepland":
            assert (row["object"]["id"], row["datum"]) in planned
        else:
            assert (row["staat"], bool(row["reden"]), row["datum"]) == ("weggelaten", True, None)
    assert {row["object"]["id"] for row in rows if row["staat"] == "gepland"} == inside | horeca
    assert all(word not in str(rows).lower() for word in ("signaal", "score", "melding"))
    faults = question(
        municipality,
        gebied={"type": "Polygon", "coordinates": []},
        normen=["X", "CONTROLE_INTEGRAAL_BESTUURLIJK_PER_JAAR"],
    )
    refused = planner.post("/planrondes", json=faults)
    assert refused.status_code == 400
    more = {**faults, "gebied": None, "gebiedcodes": ["BU99010101", "WK990101", "BU00000000"], "van": "2020-01-01"}
    answer = planner.post("/planrondes", json=more)
    assert {f for f, _ in fields(answer)} == {
        "body.van",
        "body.tot",
        "body.normen.0",
        "body.normen",
        "body.gebiedcodes.2",
    } - ({"body.tot"} if (TOT - date(2020, 1, 1)).days < 400 else set())


def test_two_rounds_lie_side_by_side_and_the_draw_shows_only_afterwards(
    runtime: Runtime, service: Service, proposal: Proposal, municipality: Municipality
) -> None:
    ronde, rules = proposal
    planner, lead = service.as_("planner"), service.as_("hoofdplanner")
    other = question(municipality, vastUit=ronde)
    calculated(runtime, service, other)
    path = f"/planrondes/{ronde}/vergelijking"
    rows: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = planner.get(
            path, params={"met": other["id"], "limiet": 2, **({"cursor": cursor} if cursor else {})}
        ).json()
        rows += page["resultaten"]
        cursor = page["volgende"]
    there = all_of(planner, f"/planrondes/{other['id']}/planregels")
    assert (page["hier"]["bezoeken"], page["daar"]["bezoeken"]) == (len(rules), len(there))
    assert page["hier"]["reistijd"] == sum(rule["reistijd"] for rule in rules)
    only = [row["soort"] for row in rows]
    assert len(rules) - only.count("alleen-hier") == len(there) - only.count("alleen-daar")
    same = {(r["object"]["id"], r["normsleutel"], r["datum"], r["teamId"], r["aanvang"]) for r in rules} & {
        (r["object"]["id"], r["normsleutel"], r["datum"], r["teamId"], r["aanvang"]) for r in there
    }
    assert len(rules) == len(same) + sum(soort != "alleen-daar" for soort in only)
    assert planner.get(path, params={"met": ronde}).status_code == 400

    assert planner.get(f"/planrondes/{ronde}/loting").status_code == 403
    assert lead.get(f"/planrondes/{ronde}/loting").status_code == 409
    etag = planner.get(f"/planrondes/{ronde}").headers["ETag"]
    gone = planner.post(f"/planrondes/{ronde}/_vervallen", json={"toelichting": "anders"}, headers={"If-Match": etag})
    assert (gone.status_code, gone.json()["status"]) == (200, "vervallen")
    assert post(planner, f"/planrondes/{ronde}/_vervallen", {"toelichting": "weer"}).status_code == 409
    assert post(planner, f"/planrondes/{ronde}/_aanvullen", {}).status_code == 409
    with runtime.system_unit("test") as uow:
        row = uow.session.get_one(Planronde, UUID(ronde))
        row.van, row.tot, seed = VANDAAG - timedelta(days=40), VANDAAG - timedelta(days=1), row.seed
        drawn = uow.session.exec(select(Planregel).where(Planregel.planronde_id == row.id)).all()
    shown = lead.get(f"/planrondes/{ronde}/loting").json()
    assert (shown["seed"], "ortools" in shown["motorversie"], "pyvrp" in shown["motorversie"]) == (
        str(seed),
        True,
        True,
    )
    assert set(shown["getrokken"]) == {str(r.object_id) for r in drawn if "aselecte trekking" in str(r.redenen)}
    assert service.as_("buur-planner").get(f"/planrondes/{ronde}/vergelijking?met={other['id']}").status_code == 404
