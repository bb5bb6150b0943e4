"""A planning round from the question to the controls, over HTTP, with the worker's own function in between."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlmodel import select

from app.controles.service.planning import NormControle, controles_for_norm
from app.controles.status import Aanleiding, Controlestatus
from app.controles.tables import Controle
from app.controles.tasks import hold_back_what_was_released
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.tables import Norm
from app.objecten.status import Objecttype
from app.planning.service import rondewerk
from app.planning.tables import Planrest, Planronde, Planrondegebeurtenis
from app.planning.tasks import calculate_round, end_abandoned_rounds
from tests.planning.kalender import VANDAAG
from tests.planning.stad import Stad
from tests.support.municipality import STAD, Municipality
from tests.support.service import Service

VAN, DAGEN = VANDAAG + timedelta(days=1), 42
TOT = VAN + timedelta(days=DAGEN - 1)


@pytest.fixture
def stock(runtime: Runtime, municipality: Municipality) -> dict[str, list[UUID]]:
    """Two sex establishments, two risk addresses, horeca and lodging; two evening shifts a week; the police every day."""
    long_ago = VANDAAG - timedelta(days=900)
    with runtime.system_unit("test") as uow:
        stad = Stad.with_norms(uow)
        made = {
            "seks": [stad.seks(long_ago) for _ in range(2)],
            "risico": [stad.risk(VANDAAG, VAN + timedelta(days=12)) for _ in range(2)],
            "horeca": [stad.horeca(long_ago) for _ in range(4)],
            "logies": [stad.place(Objecttype.LOG) for _ in range(2)],
            "zonder plek": [stad.place(Objecttype.HOT, ligging=False)],
        }
        for months, object_id in ((9, made["seks"][0]), (3, made["seks"][0]), (4, made["seks"][1])):
            stad.control(object_id, VANDAAG - timedelta(days=30 * months))
        stad.control(made["risico"][1], VANDAAG - timedelta(days=3))  # came into view again since
        stad.shifts(municipality.teams["toezicht"], VAN, DAGEN, every=2)
        stad.partner_days(stad.partner(), VAN, DAGEN)
    return made


def question(municipality: Municipality, **more: object) -> dict[str, Any]:
    return {
        "id": str(new_id()),
        "naam": "Najaar",
        "van": VAN.isoformat(),
        "tot": TOT.isoformat(),
        "teams": [str(municipality.teams["toezicht"])],
        "acties": 1,
        "rekentijd": 0.2,
        **more,
    }


def calculated(runtime: Runtime, service: Service, body: dict[str, Any]) -> dict[str, Any]:
    answer = service.as_("planner").post("/planrondes", json=body)
    assert answer.status_code == 202, answer.text
    assert answer.headers["Location"] == f"/v1/planrondes/{body['id']}"
    assert answer.json()["status"] == "wacht"
    calculate_round(runtime.system_unit, UUID(body["id"]))
    read = service.as_("planner").get(f"/planrondes/{body['id']}")
    assert read.json()["status"] == "voorstel", read.text
    found: dict[str, Any] = read.json()
    return found


def all_of(client: httpx.Client, path: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = client.get(path, params={"limiet": 7, **({"cursor": cursor} if cursor else {})}).json()
        rows += page["resultaten"]
        cursor = page["volgende"]
    return rows


def decide(service: Service, ronde: str, step: str, rol: str = "hoofdplanner") -> httpx.Response:
    client = service.as_(rol)
    etag = client.get(f"/planrondes/{ronde}").headers["ETag"]
    return client.post(f"/planrondes/{ronde}/{step}", json={"toelichting": "besproken"}, headers={"If-Match": etag})


def begins_later(planner: httpx.Client, path: str, actie: str, moved: httpx.Response) -> None:
    """The same day, another time; of a team that has no shift then nothing comes."""
    evening = {"vast": False, "aanvang": 18 * 60 + 30}
    later = planner.patch(f"/planacties/{actie}", json=evening, headers={"If-Match": moved.headers["ETag"]})
    assert (later.status_code, later.json()["datum"]) == (200, moved.json()["datum"]), later.text
    now = all_of(planner, f"{path}/planregels")
    assert min(r["aanvang"] for r in now if r["actieId"] == actie) == 18 * 60 + 30
    nobody = {"vast": False, "teamIds": [str(new_id())]}
    none = planner.patch(f"/planacties/{actie}", json=nobody, headers={"If-Match": later.headers["ETag"]})
    assert "niet genoeg vrije diensten" in none.text


def puts_off_and_back(planner: httpx.Client, url: str, days: tuple[str, str], naam: str) -> None:
    """A later day that puts a visit off says whose; the way back says nothing."""
    seen, told = planner.get(url).headers["ETag"], []
    for day in days:
        moved = planner.patch(url, json={"datum": day, "vast": False}, headers={"If-Match": seen})
        assert moved.status_code == 200, moved.text
        told.append([g["tekst"] for g in moved.json()["gevolgen"] if g["code"] == "norm-in-gevaar"])
        seen = moved.headers["ETag"]
    assert len(told[0]) == 1
    assert naam in told[0][0]
    assert told[1] == []


def agree_all(service: Service) -> None:
    """Police and OM agree with every visit they are asked about."""
    for wie in ("politie", "om"):
        client = service.as_(wie)
        for vraag in all_of(client, "/afstemvragen"):
            answer = client.post(f"/afstemvragen/{vraag['id']}/_beantwoorden", json={"antwoord": "akkoord"})
            assert answer.status_code == 200, answer.text


def controls(runtime: Runtime) -> list[NormControle]:
    with runtime.system_unit("test", write=False) as uow:
        return [c for year in {VAN.year, TOT.year} for c in controles_for_norm(uow, STAD, year)]


@pytest.mark.requirement("CAD-19", "REG-06", "ROL-08", "PLN-03")
def test_a_round_becomes_controls_with_reasons(
    runtime: Runtime, service: Service, municipality: Municipality, stock: dict[str, list[UUID]]
) -> None:
    body = question(municipality)
    ronde = calculated(runtime, service, body)
    planner, path = service.as_("planner"), f"/planrondes/{body['id']}"
    rules, leftovers, acties = all_of(planner, f"{path}/planregels"), all_of(planner, f"{path}/planresten"), []
    acties = planner.get(f"{path}/planacties").json()["resultaten"]

    assert [(r["datum"], r["teamId"], r["volgorde"]) for r in rules] == sorted(
        (r["datum"], r["teamId"], r["volgorde"]) for r in rules
    )
    planned = {rule["object"]["id"] for rule in rules}
    for kind in ("seks", "risico", "horeca", "logies"):
        assert {str(nr) for nr in stock[kind]} <= planned, kind
    assert [left["object"]["id"] for left in leftovers if "plek op de kaart" in left["reden"]] == [
        str(stock["zonder plek"][0])
    ]
    for rule in rules:
        reason = rule["redenen"]
        assert reason["norm"]
        assert reason["toegestaan"]["eerste"] <= rule["datum"] <= reason["toegestaan"]["laatste"]
        assert reason["prioriteit"] == sum(term["punten"] for term in reason["termen"])
        assert 17 * 60 <= rule["aanvang"] < rule["aanvang"] + rule["duur"] <= 25 * 60
        assert rule["object"]["adres"].startswith("Voorbeeldkade")
        assert rule["aanleiding"] in set(Aanleiding)
    assert any(rule["redenen"]["geloot"] for rule in rules if rule["normsleutel"] == "CONTROLE_SEKS_PER_JAAR")
    assert all(
        rule["datum"] <= (VAN + timedelta(days=12)).isoformat() for rule in rules if rule["aanleiding"] == "risicoadres"
    )
    assert len(acties) >= 1
    assert all(actie["adressen"] >= 3 for actie in acties)
    with runtime.system_unit("test", write=False) as uow:
        seed = str(uow.session.get_one(Planronde, UUID(body["id"])).seed)
    shown = str((ronde, rules, leftovers, acties)).lower()
    assert seed not in shown
    assert all(word not in shown for word in ("signaal", "score", "seed"))

    assert decide(service, body["id"], "_vrijgeven").status_code == 409  # not confirmed yet
    assert decide(service, body["id"], "_vaststellen", "planner").json()["status"] == "vastgesteld"
    assert decide(service, body["id"], "_vrijgeven", "planner").status_code == 403
    agree_all(service)
    assert decide(service, body["id"], "_vrijgeven").json()["status"] == "vrijgegeven"
    assert "al vrijgegeven" in decide(service, body["id"], "_vrijgeven").json()["detail"]

    made = [c for c in controls(runtime) if c.status is Controlestatus.VRIJGEGEVEN]
    assert sorted((str(c.object_id), c.datum.isoformat(), c.aanvang) for c in made) == sorted(
        (r["object"]["id"], r["datum"], r["aanvang"]) for r in rules
    )
    lodging = [c for c in made if c.type is Objecttype.LOG and c.actie_id is not None]
    assert lodging
    assert all(c.integraal and c.partners == 1 for c in lodging)
    steps = planner.get(path).json()["gebeurtenissen"]
    assert [step["actie"] for step in steps] == ["aangemaakt", "gestart", "berekend", "vastgesteld", "vrijgegeven"]
    assert steps[-1]["actor"] == str(municipality.accounts["hoofdplanner"])
    assert steps[-1]["toelichting"] == "besproken"

    second = question(municipality, acties=None)
    calculated(runtime, service, second)
    repeated = all_of(planner, f"/planrondes/{second['id']}/planregels")
    done = {r["object"]["id"] for r in rules}
    assert not [r for r in repeated if r["object"]["id"] in done and r["normsleutel"] != "CONTROLE_SEKS_PER_JAAR"]
    seks_dates: dict[str, list[date]] = {}
    for rule in rules + repeated:
        if rule["normsleutel"] == "CONTROLE_SEKS_PER_JAAR":
            seks_dates.setdefault(rule["object"]["id"], []).append(date.fromisoformat(rule["datum"]))
    for dates in seks_dates.values():
        ordered = sorted(dates)
        assert all((b - a).days >= 14 for a, b in pairwise(ordered))


class Killed(BaseException):
    """The process is killed: nothing after this runs."""


def killed_at(runtime: Runtime, step: str) -> Any:  # noqa: ANN401 - a unit factory of the test
    @contextmanager
    def unit(action: str, *, write: bool = True) -> Iterator[UnitOfWork]:
        with runtime.system_unit(action, write=write) as uow:
            yield uow
            if action == step:
                uow.session.flush()
                raise Killed

    return unit


def test_a_killed_round_is_finished_once(
    runtime: Runtime, service: Service, municipality: Municipality, stock: dict[str, list[UUID]]
) -> None:
    body = question(municipality)
    ronde_id = UUID(body["id"])
    assert service.as_("planner").post("/planrondes", json=body).status_code == 202
    assert service.as_("planner").post("/planrondes", json=body).status_code == 202
    assert service.as_("planner").post("/planrondes", json={**body, "naam": "Anders"}).status_code == 409
    for step in ("planronde_begonnen", "planronde_voortgang", "planronde_berekend"):
        with pytest.raises(Killed):
            calculate_round(killed_at(runtime, step), ronde_id)
    assert service.as_("planner").get(f"/planrondes/{ronde_id}").json()["status"] == "bezig"
    with runtime.system_unit("test") as uow:  # what a half run may have left
        uow.session.add(Planrest(planronde_id=ronde_id, object_id=stock["seks"][0], reden="half"))
    calculate_round(runtime.system_unit, ronde_id)
    first = service.as_("planner").get(f"/planrondes/{ronde_id}").json()
    rules = all_of(service.as_("planner"), f"/planrondes/{ronde_id}/planregels")
    assert (first["status"], first["voortgang"]) == ("voorstel", 1.0)
    assert not [r for r in all_of(service.as_("planner"), f"/planrondes/{ronde_id}/planresten") if r["reden"] == "half"]
    calculate_round(runtime.system_unit, ronde_id)
    assert service.as_("planner").get(f"/planrondes/{ronde_id}").json() == first
    assert all_of(service.as_("planner"), f"/planrondes/{ronde_id}/planregels") == rules


def test_two_planners_never_overwrite_each_other(
    runtime: Runtime, service: Service, municipality: Municipality, stock: dict[str, list[UUID]]
) -> None:
    with runtime.system_unit("test") as uow:  # without acties every visit can be moved by itself
        norm = uow.session.exec(select(Norm).where(Norm.sleutel == "CONTROLE_INTEGRAAL_BESTUURLIJK_PER_JAAR")).one()
        norm.waarde = None
    body = question(municipality, acties=0)
    calculated(runtime, service, body)
    one, other, path = service.as_("planner"), service.as_("hoofdplanner"), f"/planrondes/{body['id']}"
    seen = other.get(path).headers["ETag"]
    rules = all_of(one, f"{path}/planregels")
    rule = next(r for r in rules if r["object"]["id"] == str(stock["horeca"][0]) and r["actieId"] is None)
    fixed = one.patch(f"/planregels/{rule['id']}", json={"vast": True}, headers={"If-Match": '"1"'})
    assert (fixed.status_code, fixed.json()["vast"], fixed.headers["ETag"]) == (200, True, '"2"')
    late = other.patch(f"/planregels/{rule['id']}", json={"vast": False}, headers={"If-Match": '"1"'})
    assert late.status_code == 412
    assert other.patch(f"/planregels/{rule['id']}", json={"vast": False}).status_code == 428
    confirm = other.post(f"{path}/_vaststellen", json={}, headers={"If-Match": seen})
    assert confirm.status_code == 412
    held = one.patch(f"/planregels/{rule['id']}", json={"aanvang": 1030}, headers={"If-Match": '"2"'})
    assert held.status_code == 409  # it is fixed
    wrong = {
        "vast": False,
        "datum": (TOT + timedelta(days=9)).isoformat(),
        "aanvang": 60,
        "teamId": str(municipality.teams["pandbrigade"]),
    }
    refused = one.patch(f"/planregels/{rule['id']}", json=wrong, headers={"If-Match": '"2"'})
    assert refused.status_code == 409
    assert {fault["veld"] for fault in refused.json()["fouten"]} == {"body.datum", "body.teamId", "body.aanvang"}
    taken = {r["datum"] for r in rules if r["object"]["id"] == rule["object"]["id"]}
    busy = [r["datum"] for r in rules if r["actieId"] is None]
    free = min(
        day.isoformat()
        for number in range(0, DAGEN, 2)
        if (day := VAN + timedelta(days=number)).isoformat() not in taken and busy.count(day.isoformat()) <= 2
    )
    spots = [r for r in rules if r["datum"] == free]
    start = next(
        minute
        for minute in range(17 * 60, 24 * 60, 5)
        if all(minute + rule["duur"] + 20 <= r["aanvang"] or minute >= r["aanvang"] + r["duur"] + 20 for r in spots)
    )
    moved = one.patch(
        f"/planregels/{rule['id']}", json={"vast": False, "datum": free, "aanvang": start}, headers={"If-Match": '"2"'}
    )
    assert (moved.status_code, moved.json().get("datum")) == (200, free), moved.text
    assert (
        service.as_("buur-planner").patch(f"/planregels/{rule['id']}", json={}, headers={"If-Match": '"3"'}).status_code
        == 404
    )
    assert decide(service, body["id"], "_vaststellen").status_code == 200
    after = one.patch(f"/planregels/{rule['id']}", json={"vast": True}, headers={"If-Match": '"3"'})
    assert after.status_code == 409


def test_what_was_fixed_stays_and_an_overtaken_round_is_not_released(
    runtime: Runtime, service: Service, municipality: Municipality, stock: dict[str, list[UUID]]
) -> None:
    before = len(controls(runtime))
    first = question(municipality, acties=0)
    calculated(runtime, service, first)
    planner = service.as_("planner")
    rules = all_of(planner, f"/planrondes/{first['id']}/planregels")
    rule = next(r for r in rules if r["object"]["id"] == str(stock["seks"][0]))
    planner.patch(f"/planregels/{rule['id']}", json={"vast": True}, headers={"If-Match": '"1"'})
    second = question(municipality, acties=0, vastUit=first["id"])
    calculated(runtime, service, second)
    kept = [r for r in all_of(planner, f"/planrondes/{second['id']}/planregels") if r["vast"]]
    assert [(r["object"]["id"], r["datum"]) for r in kept] == [(rule["object"]["id"], rule["datum"])]
    for body in (first, second):
        assert decide(service, body["id"], "_vaststellen").status_code == 200
    assert decide(service, second["id"], "_vrijgeven").status_code == 200
    refused = decide(service, first["id"], "_vrijgeven")
    assert refused.status_code == 409
    assert "intussen" in refused.json()["detail"] or "vrijgegeven" in refused.json()["detail"]
    assert len(controls(runtime)) == before + len(all_of(planner, f"/planrondes/{second['id']}/planregels"))


def test_a_control_planned_by_hand_keeps_its_time_and_shift(
    runtime: Runtime, service: Service, municipality: Municipality, stock: dict[str, list[UUID]]
) -> None:
    with runtime.system_unit("test") as uow:
        uow.session.add(
            Controle(
                gemeentecode=STAD,
                object_id=stock["seks"][0],
                team_id=municipality.teams["toezicht"],
                status=Controlestatus.GEPLAND,
                datum=VAN,
                aanvang=20 * 60,
                duur=90,
                aanleiding=Aanleiding.NORM,
            )
        )
    body = question(municipality, acties=0)
    calculated(runtime, service, body)
    rules = all_of(service.as_("planner"), f"/planrondes/{body['id']}/planregels")
    first_evening = [r for r in rules if r["datum"] == VAN.isoformat()]
    assert all(r["aanvang"] + r["duur"] <= 20 * 60 or r["aanvang"] >= 20 * 60 + 90 for r in first_evening)
    near = [r for r in rules if r["object"]["id"] == str(stock["seks"][0])]
    assert all((date.fromisoformat(r["datum"]) - VAN).days >= 14 for r in near)


def test_every_contradiction_in_the_question_is_told_at_once(service: Service, municipality: Municipality) -> None:
    teams = [str(municipality.teams[key]) for key in ("toezicht", "buur", "toezicht")]
    body = question(municipality, van="2020-01-01", tot="2019-01-01", teams=teams)
    answer = service.as_("planner").post("/planrondes", json=body)
    assert answer.status_code == 400
    assert [(fault["veld"], fault["melding"].split(";")[0]) for fault in answer.json()["fouten"]] == [
        ("body.van", "ligt in het verleden"),
        ("body.tot", "ligt voor 'van'"),
        ("body.teams.1", "is geen team van uw gemeente"),
        ("body.teams.2", "staat er twee keer in"),
    ]
    long = question(municipality, tot=(VAN + timedelta(days=400)).isoformat())
    assert "body.tot" in {f["veld"] for f in service.as_("planner").post("/planrondes", json=long).json()["fouten"]}
    assert (
        service.as_("planner")
        .post("/planrondes", json=question(municipality, naam="mail post@voorbeeld.example"))
        .status_code
        == 400
    )


@pytest.mark.requirement("PLN-01")
def test_what_was_not_agreed_stays_planned_and_goes_out_later(
    runtime: Runtime, service: Service, municipality: Municipality, stock: dict[str, list[UUID]]
) -> None:
    body = question(municipality)
    calculated(runtime, service, body)
    decide(service, body["id"], "_vaststellen")
    assert decide(service, body["id"], "_vrijgeven").json()["status"] == "vrijgegeven"
    made = [c for c in controls(runtime) if c.status in {Controlestatus.GEPLAND, Controlestatus.VRIJGEGEVEN}]
    waiting = {c.controle_id for c in made if c.status is Controlestatus.GEPLAND}
    assert waiting == {c.controle_id for c in made if c.object_id in stock["risico"] or c.actie_id is not None}
    assert waiting
    assert waiting < {c.controle_id for c in made}

    first = all_of(service.as_("politie"), "/afstemvragen")
    hold = f"/afstemvragen/{first[0]['id']}/_beantwoorden"
    agree_all(service)
    assert service.as_("politie").post(hold, json={"antwoord": "wachten"}).status_code == 200
    assert decide(service, body["id"], "_vrijgeven").json()["status"] == "vrijgegeven"
    left = [c for c in controls(runtime) if c.status is Controlestatus.GEPLAND]
    assert len(left) == 1
    assert left[0].datum.isoformat() == first[0]["van"]
    told = service.as_("planner").get(f"/planrondes/{body['id']}").text
    assert "wachten" not in told
    assert (
        decide(service, body["id"], "_vrijgeven").json()["status"] == "vrijgegeven"
    )  # nothing new, and it says the same
    agree_all(service)
    assert decide(service, body["id"], "_vrijgeven").json()["status"] == "vrijgegeven"
    assert decide(service, body["id"], "_vrijgeven").status_code == 409  # nothing left


def test_a_municipality_without_settings_gets_a_sentence(
    runtime: Runtime, service: Service, municipality: Municipality
) -> None:
    with runtime.system_unit("test") as uow:
        Stad(uow).shifts(municipality.teams["toezicht"], VAN, 3)
    body = question(municipality)
    assert service.as_("planner").post("/planrondes", json=body).status_code == 202
    calculate_round(runtime.system_unit, UUID(body["id"]))
    ronde = service.as_("planner").get(f"/planrondes/{body['id']}").json()
    assert ronde["status"] == "mislukt"
    assert "PLAN_PAUZE_MIN" in ronde["melding"]


@pytest.mark.usefixtures("stock")
def test_a_round_whose_worker_is_gone_does_not_stay_busy(
    runtime: Runtime, municipality: Municipality, service: Service
) -> None:
    body = question(municipality)
    service.as_("planner").post("/planrondes", json=body)
    ronde_id = UUID(body["id"])
    with runtime.system_unit("test") as uow:
        assert rondewerk.begin_round(uow, ronde_id)
    end_abandoned_rounds(runtime.system_unit)
    assert service.as_("planner").get(f"/planrondes/{ronde_id}").json()["status"] == "bezig"
    with runtime.system_unit("test") as uow:
        for step in uow.session.exec(select(Planrondegebeurtenis)).all():
            step.tijdstip -= timedelta(minutes=71)
    end_abandoned_rounds(runtime.system_unit)
    read = service.as_("planner").get(f"/planrondes/{ronde_id}").json()
    assert read["status"] == "mislukt"
    assert "start daarna een nieuwe planronde" in read["melding"]
    assert [step["actie"] for step in read["gebeurtenissen"]] == ["aangemaakt", "gestart", "mislukt"]


@pytest.mark.requirement("PLN-17")
def test_what_is_held_back_shows_as_the_planner_and_a_wish_as_a_published_term(
    runtime: Runtime, service: Service, municipality: Municipality, stock: dict[str, list[UUID]]
) -> None:
    long, short, wanted, seks = stock["horeca"][0], stock["horeca"][1], stock["horeca"][2], stock["seks"][0]
    until = VAN + timedelta(days=10)
    for sub, object_id, soort, tot in (
        ("af", long, "niet-plannen-tot", TOT),
        ("planner", stock["logies"][0], "niet-plannen-tot", TOT + timedelta(days=5)),
        ("af", short, "niet-plannen-tot", until),
        ("af", wanted, "controle-gewenst", TOT),
        ("planner", stock["logies"][1], "controle-gewenst", TOT),
    ):
        wish = {"objectId": str(object_id), "soort": soort, "tot": tot.isoformat()}
        assert service.as_(sub).post("/planningswensen", json=wish).status_code == 201
    body = question(municipality)
    calculated(runtime, service, body)
    planner, path = service.as_("planner"), f"/planrondes/{body['id']}"
    rules, rests = all_of(planner, f"{path}/planregels"), all_of(planner, f"{path}/planresten")
    held = {str(long): "planner", str(stock["logies"][0]): "planner"}
    assert {row["object"]["id"]: row["reden"] for row in rests if row["reden"] == "planner"} == held
    assert not {row["object"]["id"] for row in rules} & held.keys()
    assert {row["object"]["id"] for row in rules} >= {str(seks)}
    by_wish = {
        row["object"]["id"]: term["punten"]
        for row in rules
        for term in row["redenen"]["termen"]
        if term["code"] == "wens van de planner"
    }
    assert by_wish == {str(wanted): 60, str(stock["logies"][1]): 60}
    for row in rules:  # what came after a hold shows the dates that the norm allows, as if there had been none
        if row["object"]["id"] == str(short):
            assert row["datum"] > until.isoformat()
            assert row["redenen"]["toegestaan"]["eerste"] <= until.isoformat()

    decide(service, body["id"], "_vaststellen")
    agree_all(service)
    late = next(rule for rule in rules if rule["object"]["id"] == str(stock["horeca"][3]))
    for sub, object_id in (("af", stock["horeca"][3]), ("planner", stock["risico"][0])):
        wish = {"objectId": str(object_id), "soort": "niet-plannen-tot", "tot": TOT.isoformat()}
        assert service.as_(sub).post("/planningswensen", json=wish).status_code == 201
    assert decide(service, body["id"], "_vrijgeven").json()["status"] == "vrijgegeven"
    mine = [c for c in controls(runtime) if c.status is Controlestatus.GEPLAND]
    assert {c.object_id for c in mine} == {stock["horeca"][3], stock["risico"][0]}
    assert late["datum"] in {c.datum.isoformat() for c in mine}
    # A hold after release takes the visit back, unless it started.
    wish = {"objectId": str(wanted), "soort": "niet-plannen-tot", "tot": TOT.isoformat()}
    assert service.as_("af").post("/planningswensen", json=wish).status_code == 201
    hold_back_what_was_released(runtime.system_unit)
    assert {c.object_id for c in controls(runtime) if c.status is Controlestatus.GEPLAND} == {
        *(c.object_id for c in mine),
        wanted,
    }
