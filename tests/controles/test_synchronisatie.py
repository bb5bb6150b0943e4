"""The intake over real HTTP: nothing lost, nothing twice, one faulty event never blocks the rest (design section 5)."""

import copy
import json
import random
import threading
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import func, select

from app.controles.repository import gebeurtenissen
from app.controles.service import beoordeling
from app.controles.tables import Antwoorden, Controle, Controlegebeurtenis, Quarantaine
from app.controles.tasks import apply_what_waited
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.core.settings import Settings
from app.gemeenten.status import Wet
from app.gemeenten.tables import Aanwijzing
from tests.controles.conftest import KERN, Field, Tablet, signals, today
from tests.support.issuer import Issuer
from tests.support.service import Service, running


def count(runtime: Runtime, table: type) -> int:
    with runtime.system_unit("test", write=False) as uow:
        return uow.session.exec(select(func.count()).select_from(table)).one()


def statuses(results: list[dict[str, Any]]) -> list[str]:
    return [result["status"] for result in results]


@pytest.mark.requirement("PLN-04")
def test_a_whole_control_twice(veld: Field, tablet: Tablet, service: Service, runtime: Runtime) -> None:
    controle = veld.plan("SEKS")
    batch = tablet.whole(controle, KERN["SEKS"])
    first = tablet.send(*batch)
    assert statuses(first) == ["verwerkt"] * 3, first
    assert {r["controle"]["status"] for r in first} == {"afgerond"}
    # the outcome is shown with the tap 'wij zijn vertrokken' only (PLN-19)
    assert [r["controle"]["uitkomst"] for r in first] == [None, None, {"uitkomst": "geen", "hercontroleDagen": None}]
    again = tablet.send(*batch)
    assert statuses(again) == ["al-verwerkt"] * 3
    assert [r["controle"] for r in again] == [r["controle"] for r in first]
    assert [r["ontvangst"] for r in again] == [r["ontvangst"] for r in first]
    assert count(runtime, Controlegebeurtenis) == 3
    read = service.as_("toezichthouder").get(f"/controles/{controle}").json()
    assert (read["status"], read["bedrijfsplanBeantwoord"], read["checklistversies"]["ENT"]) == ("afgerond", True, 2)


def test_order_of_arrival_does_not_matter(veld: Field, tablet: Tablet, runtime: Runtime) -> None:
    stands = []
    for seed in range(4):
        controle = veld.plan("SEKS")
        device = Tablet(tablet.client)
        events = [
            device.event("controle-gestart", controle),
            device.answers(controle, {**KERN["SEKS"], "ARB-04": "ja"}),
            device.answers(controle, {"ARB-04": "nee", "ARB-01": "ja"}),
            device.answers(controle, {"ENT-01": 4}),
            device.event("controle-afgerond", controle),
        ]
        random.Random(seed).shuffle(events)
        for event in events:
            tablet.send(event, event)
        with runtime.system_unit("test", write=False) as uow:
            row = uow.session.get(Antwoorden, controle)
            assert row is not None
            stands.append((row.naleving, tablet.send(events[0])[0]["controle"]["status"]))
    assert stands[0][0]["ARB-04"] == "nee"
    assert stands[0][0]["ARB-01"] == "ja"
    assert all(stand == stands[0] for stand in stands)
    assert stands[0][1] == "afgerond"


def test_tablets_that_wait_never_hold_up_who_reads(veld: Field, service: Service, runtime: Runtime) -> None:
    """More deliveries than connections stand still on one control; whoever reads gets through, and none is lost (F27)."""
    controle = veld.plan("SEKS")
    devices = [Tablet(service.as_("toezichthouder")) for _ in range(service.settings.database_pool + 4)]
    answers: list[list[dict[str, Any]]] = []
    senders = [
        threading.Thread(target=lambda d=d: answers.append(d.send(d.event("controle-gestart", controle))))
        for d in devices
    ]
    with runtime.system_unit("test") as uow:
        uow.session.get_one(Controle, controle, with_for_update=True)
        for sender in senders:
            sender.start()
        assert service.as_("planner").get("/objecten", timeout=3).status_code == 200
        assert not answers
    for sender in senders:
        sender.join(60)
    assert [statuses(results) for results in answers] == [["verwerkt"]] * len(devices)


def test_two_devices_that_differ_keep_both_and_make_a_task(veld: Field, service: Service, tablet: Tablet) -> None:
    controle = veld.plan("SEKS")
    other = Tablet(service.as_("toezichthouder-2"))
    tablet.send(tablet.event("controle-gestart", controle), tablet.answers(controle, {"ARB-04": "ja", "ARB-01": "nee"}))
    other.clock = tablet.clock
    result = other.send(other.answers(controle, {"ARB-04": "nee", "ARB-01": "nee"}))[0]
    assert result["status"] == "verwerkt-met-fouten"
    assert {o["item"]: o["oordeel"] for o in result["oordelen"]} == {"ARB-04": "verschilt", "ARB-01": "geldig"}
    tasks = service.as_("teamleider").get("/taken").json()["resultaten"]
    assert [task["onderwerpId"] for task in tasks if task["soort"] == "antwoorden-verschillen"] == [str(controle)]
    # the hit of the answer that does not stand counts too
    af = service.as_("af").get("/bevindingen", params={"objectId": str(veld.objecten["SEKS"])}).json()
    assert "ARB-04" in {b["item"] for b in af["resultaten"]}


def test_invalid_answers_are_kept_and_marked_and_do_not_count(veld: Field, tablet: Tablet, runtime: Runtime) -> None:
    controle = veld.plan("SEKS")
    answers = {"ENT-12": "zeker weten", "ENT-01": "veel", "XXX-99": "ja", "HUI-15": 5, "ARB-01": ["ja"], "ARB-04": "ja"}
    result = tablet.send(tablet.answers(controle, answers))[0]
    assert result["status"] == "verwerkt-met-fouten"
    verdicts = {o["item"]: o["oordeel"] for o in result["oordelen"]}
    assert verdicts == {"ENT-12": "fout", "ENT-01": "fout", "XXX-99": "fout", "HUI-15": "fout", "ARB-01": "fout"} | {
        "ARB-04": "geldig"
    }
    assert "zeker weten" not in json.dumps(result)
    assert signals(runtime) == []
    with runtime.system_unit("test", write=False) as uow:
        row = uow.session.get(Controlegebeurtenis, UUID(result["gebeurtenisId"]))
        assert row is not None
        kept = uow.unseal(controle, f"gebeurtenis.{row.id}", row.inhoud)
        assert "zeker weten" in kept
        answers_row = uow.session.get(Antwoorden, controle)
        assert answers_row is not None
        assert answers_row.naleving.keys() & answers.keys() == {"ARB-04"}


def test_same_id_with_other_content_waits(veld: Field, tablet: Tablet, service: Service, runtime: Runtime) -> None:
    controle = veld.plan("SEKS")
    event = tablet.answers(controle, {"ARB-04": "ja"})
    changed = copy.deepcopy(event)
    changed["inhoud"]["antwoorden"]["ARB-04"] = "nee"
    assert statuses(tablet.send(event, changed, event)) == ["verwerkt", "quarantaine", "al-verwerkt"]
    assert statuses(tablet.send(changed)) == ["quarantaine"]
    assert count(runtime, Quarantaine) == 1
    shown = service.as_("toezichthouder").get("/quarantaine").json()["resultaten"]
    assert [row["gebeurtenisId"] for row in shown] == [event["gebeurtenisId"]]
    assert service.as_("buur-toezichthouder").get("/quarantaine").json()["resultaten"] == []
    assert len(service.as_("teamleider").get("/quarantaine").json()["resultaten"]) == 1


def test_unknown_control_waits_until_it_is_known(veld: Field, tablet: Tablet, runtime: Runtime) -> None:
    controle = new_id()
    answers = tablet.answers(controle, {"IDE-03": "bij werkgever, bureau, verhuurder of exploitant", "BEV-11": "nee"})
    assert statuses(tablet.send(answers)) == ["quarantaine"]
    made = tablet.event("controle-aangemaakt", controle, {"objectId": str(veld.objecten["BEDR"])})
    assert statuses(tablet.send(made)) == ["verwerkt"]
    assert [s["urgentie"] for s in signals(runtime)] == ["spoed"]
    assert statuses(tablet.send(answers)) == ["al-verwerkt"]


def test_unknown_version_waits_and_the_rest_goes_on(veld: Field, tablet: Tablet) -> None:
    controle = veld.plan("SEKS")
    newer = tablet.answers(controle, {"ARB-04": "ja"}, lijstversies={"ARB": 99})
    start, finish = tablet.event("controle-gestart", controle), tablet.event("controle-afgerond", controle)
    assert statuses(tablet.send(newer, start, finish)) == ["quarantaine", "verwerkt", "verwerkt"]


def test_what_waited_for_a_designation_is_applied_by_the_sweep(
    veld: Field, tablet: Tablet, runtime: Runtime, service: Service
) -> None:
    controle = veld.plan("SEKS")
    account = veld.municipality.accounts["toezichthouder"]
    mine = (Aanwijzing.account_id == account, Aanwijzing.wet == Wet.APV)
    with runtime.system_unit("test") as uow:
        uow.session.exec(select(Aanwijzing).where(*mine)).one().geldig_tot = today() - timedelta(days=1)
    event = tablet.answers(controle, {"ARB-27": "ja"})
    assert statuses(tablet.send(event)) == ["quarantaine"]
    other = Tablet(service.as_("toezichthouder-2"))
    elsewhere = veld.plan("SEKS", team_id=veld.municipality.teams["pandbrigade"])
    assert statuses(other.send(other.answers(elsewhere, {"ARB-27": "ja"}))) == ["quarantaine"]
    apply_what_waited(runtime.system_unit)
    assert signals(runtime) == []
    with runtime.system_unit("test") as uow:
        uow.session.exec(select(Aanwijzing).where(*mine)).one().geldig_tot = None
    apply_what_waited(runtime.system_unit)
    assert [(s["controle_id"], s["indiener"]) for s in signals(runtime)] == [(controle, account)]
    assert statuses(tablet.send(event)) == ["al-verwerkt"]
    assert tablet.client.get("/quarantaine").json()["resultaten"] == []


def test_malformed_events_are_faults_of_their_own(veld: Field, tablet: Tablet, runtime: Runtime) -> None:
    controle = veld.plan("SEKS")
    good = tablet.event("controle-gestart", controle)
    deep: Any = "x"
    for _ in range(300):
        deep = [deep]
    bad: list[Any] = [
        7,
        None,
        "tekst met bsn 111222333",
        {},
        {**good, "gebeurtenisId": "geen"},
        {**good, "gebeurtenisId": str(uuid4())},
        {**good, "gebeurtenisId": str(new_id()), "volgnummer": 10**30},
        {**good, "gebeurtenisId": str(new_id()), "soort": "iets-nieuws"},
        {**good, "gebeurtenisId": str(new_id()), "inhoud": {"antwoorden": deep}},
        {**good, "gebeurtenisId": str(new_id()), "inhoud": {"\x00": "\ud800"}},
        tablet.event("poging", controle, {"reden": "geen zin"}),
    ]
    results = tablet.send(*bad, good)
    assert statuses(results) == ["quarantaine"] * len(bad) + ["verwerkt"]
    assert all(result["reden"] for result in results[:-1])
    before = count(runtime, Quarantaine)
    assert statuses(tablet.send(*bad)) == ["quarantaine"] * len(bad)
    assert count(runtime, Quarantaine) == before
    with runtime.system_unit("test", write=False) as uow:
        kept = [uow.unseal(row.id, "inhoud", row.inhoud) for row in uow.session.exec(select(Quarantaine))]
    assert not any("111222333" in text for text in kept)


def test_a_failure_of_our_own_stores_nothing(
    veld: Field, tablet: Tablet, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    controle = veld.plan("BEDR")
    batch = tablet.whole(controle, {"BEV-11": "nee", "ENT-12": "ja"})

    def fail(*_args: object) -> None:
        raise RuntimeError("killed in between")

    with monkeypatch.context() as patch:
        patch.setattr(beoordeling, "raise_signaal", fail)
        answer = tablet.client.post("/synchronisaties", json={"gebeurtenissen": batch})
    assert answer.status_code == 500
    assert (count(runtime, Controlegebeurtenis), count(runtime, Antwoorden), signals(runtime)) == (0, 0, [])
    assert statuses(tablet.send(*batch)) == ["verwerkt"] * 3
    assert [s["urgentie"] for s in signals(runtime)] == ["acuut"]


def test_one_event_that_fails_does_not_block_the_rest(
    veld: Field, tablet: Tablet, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, poor = veld.plan("SEKS"), veld.plan("HOR")
    poisoned = tablet.answers(poor, {"ENT-12": "ja"})
    real = gebeurtenissen.add_events

    def refuse(session: Any, rows: Any) -> None:  # noqa: ANN401 - whatever a test sends
        if any(str(row["id"]) == poisoned["gebeurtenisId"] for row in rows):
            raise OverflowError
        real(session, rows)

    with monkeypatch.context() as patch:
        patch.setattr(gebeurtenissen, "add_events", refuse)
        results = tablet.send(
            tablet.event("controle-gestart", poor),
            poisoned,
            *tablet.whole(good, KERN["SEKS"]),
            tablet.event("acuut", poor),
        )
    assert statuses(results) == ["verwerkt", "quarantaine", "verwerkt", "verwerkt", "verwerkt", "verwerkt"]
    assert [s["controle_id"] for s in signals(runtime)] == [poor]
    again = tablet.send(tablet.answers(poor, {"ENT-21": "ja", "ENT-22": "gezien"}))
    assert statuses(again) == ["verwerkt"]  # the data key that was rolled back is not used again


def test_too_large_and_too_many(tablet: Tablet) -> None:
    big = tablet.client.post("/synchronisaties", json={"gebeurtenissen": ["x" * 10_000_000]})
    assert big.status_code == 413
    many = tablet.client.post("/synchronisaties", json={"gebeurtenissen": [{}] * 201})
    assert many.status_code == 400
    assert tablet.client.post("/synchronisaties", json={"gebeurtenissen": []}).status_code == 400


def test_another_team_and_another_municipality(veld: Field, service: Service, runtime: Runtime) -> None:
    controle = veld.plan("SEKS")
    neighbour = Tablet(service.as_("buur-toezichthouder"))
    results = neighbour.send(*neighbour.whole(controle, KERN["SEKS"]), neighbour.event("acuut", controle))
    assert statuses(results) == ["quarantaine"] * 3 + ["verwerkt"]
    assert all(result["controle"] is None for result in results)
    assert [s["urgentie"] for s in signals(runtime)] == ["acuut"]  # a call for help goes on, whoever makes it


def test_a_tablet_that_floods_waits_and_danger_goes_through(
    veld: Field, settings: Settings, issuer: Issuer, runtime: Runtime
) -> None:
    controle = veld.plan("SEKS")
    path = f"/werkpakketten/{today()}"
    with running(settings.model_copy(update={"requests_per_minute": 3}), issuer) as bounded:
        tablet = Tablet(bounded.as_("toezichthouder"))
        answers = tablet.answers(controle, {"ARB-04": "ja"})
        assert [tablet.client.get(path).status_code for _ in range(4)] == [200, 200, 200, 429]
        refused = tablet.client.post("/synchronisaties", json={"gebeurtenissen": [answers]})
        assert (refused.status_code, int(refused.headers["Retry-After"]) > 0) == (429, True)
        assert refused.headers["Content-Type"] == "application/problem+json"
        assert count(runtime, Controlegebeurtenis) == 0
        assert bounded.as_("toezichthouder-2").get(path).status_code == 200
        assert statuses(tablet.send(answers, tablet.event("acuut", controle))) == ["verwerkt", "verwerkt"]
        # answers that tell of danger, a signal from its form, and one whose envelope cannot be read
        assert tablet.send(tablet.answers(controle, {"ENT-12": "ja"}))[0]["status"] == "verwerkt"
        assert tablet.client.post("/signalen", json={"gemeentecode": "GM9901", "id": str(new_id())}).status_code == 201
        assert statuses(tablet.send({"soort": "acuut"})) == ["quarantaine"]
    assert {row["urgentie"] for row in signals(runtime)} >= {"acuut"}
