"""Meetings over HTTP: agendas fill themselves, members alone open them, decisions are events of the signal."""

from collections.abc import Callable
from datetime import date, timedelta
from threading import Thread
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from app.core.clock import business_date, utc_now
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.core.tables import Auditregel
from app.gemeenten.tables import Norm, Taak
from app.signalen.service.agenda import keep_agendas
from app.signalen.service.evalueren import TAAK_EVALUEREN, ask_evaluation
from app.signalen.status import Signaalstatus, Termijnsoort, Termijnstatus
from app.signalen.tables import Agendapunt, Overleg, Signaal, Signaaltermijn
from tests.support.municipality import BUUR, STAD
from tests.support.service import Service
from tests.support.signaalstappen import Walk
from tests.support.signalen import Field


def today() -> date:
    """The day of this moment: a run may pass midnight."""
    return business_date(utc_now())


Reeks = Callable[..., dict[str, Any]]


@pytest.fixture
def reeks(service: Service, field: Field) -> Reeks:
    """Makes a series as the administrator does."""

    def make(
        soort: str = "drieluik", leden: tuple[str, ...] = ("af", "ketenregisseur"), **changes: object
    ) -> dict[str, Any]:
        body = {
            "id": str(new_id()),
            "soort": soort,
            "naam": f"Overleg {soort}",
            "regionaal": True,
            "eersteDatum": (today() - timedelta(days=703)).isoformat(),
            "leden": [str(field.accounts[one]) for one in leden],
            **changes,
        }
        answer = service.as_("beheerder").post("/overlegreeksen", json=body)
        assert answer.status_code == 201, answer.text
        assert service.as_("beheerder").post("/overlegreeksen", json=body).json()["id"] == body["id"]
        found: dict[str, Any] = answer.json()
        return found

    return make


def _meeting(
    service: Service, reeks_id: str, day: date | None = None, sub: str = "beheerder", **changes: object
) -> str:
    body = {"reeksId": reeks_id, "datum": (day or today()).isoformat(), **changes}
    answer = service.as_(sub).post("/overleggen", json=body)
    assert answer.status_code == 201, answer.text
    found: str = answer.json()["id"]
    return found


def _points(service: Service, overleg_id: str, sub: str = "af") -> list[dict[str, Any]]:
    answer = service.as_(sub).get(f"/overleggen/{overleg_id}/agendapunten")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["resultaten"]
    return found


def _decide(service: Service, point: dict[str, Any], sub: str = "af", **body: object) -> Any:  # noqa: ANN401 - an answer
    url = f"/agendapunten/{point['id']}/_besluiten"
    return service.as_(sub).post(
        url, json={"besluitcode": "opvolgen", **body}, headers={"If-Match": f'"{point["versie"]}"'}
    )


@pytest.mark.requirement("CAD-07", "RTE-03")
def test_a_signal_triaged_today_is_on_the_next_drieluik_within_14_days(
    service: Service, field: Field, runtime: Runtime, reeks: Reeks
) -> None:
    with runtime.system_unit("test") as uow:
        uow.session.add(
            Norm(sleutel="DRIELUIK_DAGEN", waarde=14, eenheid="", geldig_vanaf=date(2020, 1, 1), bron="test")
        )
    made = reeks()
    waiting = Walk(service, field.objects["HOR"])
    walk = Walk(service, field.objects["MASS"]).triaged()
    assert keep_agendas(runtime.system_unit) == 1
    assert keep_agendas(runtime.system_unit) == 0
    listed = service.as_("ketenregisseur").get("/overleggen", params={"reeksId": made["id"]}).json()["resultaten"]
    planned = [one for one in listed if date.fromisoformat(one["datum"]) >= today()]
    assert date.fromisoformat(planned[0]["datum"]) <= today() + timedelta(days=14)
    assert len(planned) >= 8
    shown = _points(service, planned[0]["id"], "ketenregisseur")
    assert [one["signaalId"] for one in shown] == [walk.id]
    assert waiting.id not in str(shown)
    assert shown[0]["signaal"] == {
        "gemeentecode": STAD, "adres": "Voorbeeldstraat 2, 9999ZZ X", "vormen": ["arbeid"], "urgentie": "regulier", "status": "getrieerd",
    }  # fmt: skip
    with runtime.system_unit("test", write=False) as uow:
        term = uow.session.exec(select(Signaaltermijn).where(Signaaltermijn.soort == Termijnsoort.AGENDA)).one()
        assert term.status is Termijnstatus.GEHAALD
        read = uow.session.exec(select(Auditregel).where(Auditregel.actie == "agendapunten_lijst")).all()
    assert {(row.soort, row.object_id) for row in read} == {("overleg", planned[0]["id"]), ("signaal", walk.id)}


def test_two_sweeps_at_once_fill_an_agenda_once(service: Service, field: Field, runtime: Runtime, reeks: Reeks) -> None:
    meeting = _meeting(service, reeks()["id"])
    walks = {Walk(service, field.objects[place]).triaged().id for place in ("HOR", "MASS")}
    sweeps = [Thread(target=keep_agendas, args=(runtime.system_unit,)) for _ in range(2)]
    for sweep in sweeps:
        sweep.start()
    for sweep in sweeps:
        sweep.join()
    keep_agendas(runtime.system_unit)
    assert {one["signaalId"] for one in _points(service, meeting)} == walks
    with runtime.system_unit("test", write=False) as uow:
        assert len(uow.session.exec(select(Agendapunt.id)).all()) == len(walks)


@pytest.mark.requirement("OVL-03")
def test_who_is_no_member_cannot_open_the_agenda_the_administrator_neither(
    service: Service, field: Field, reeks: Reeks
) -> None:
    made = reeks(leden=("af",))
    meeting = _meeting(service, made["id"])
    for sub in ("af-zorg", "buur-af", "ketenregisseur", "beheerder"):
        assert service.as_(sub).get(f"/overleggen/{meeting}/agendapunten").status_code == 404
    assert service.as_("bestuur").get(f"/overleggen/{meeting}/agendapunten").status_code == 403
    assert service.as_("af").get(f"/overleggen/{meeting}/agendapunten").status_code == 200
    etag = service.as_("beheerder").get(f"/overlegreeksen/{made['id']}").headers["ETag"]
    for sub, status in (("toezichthouder", 400), ("beheerder", 400), ("buur-af", 200)):
        answer = service.as_("beheerder").patch(
            f"/overlegreeksen/{made['id']}", json={"leden": [str(field.accounts[sub])]}, headers={"If-Match": etag}
        )
        assert answer.status_code == status
    assert service.as_("af").get(f"/overleggen/{meeting}/agendapunten").status_code == 404
    assert service.as_("buur-af").get(f"/overleggen/{meeting}/agendapunten").status_code == 200


@pytest.mark.requirement("CAD-09")
def test_an_adult_signal_cannot_be_put_on_the_casusoverleg(
    service: Service, field: Field, runtime: Runtime, reeks: Reeks
) -> None:
    meeting = _meeting(service, reeks("casusoverleg-18-min", regionaal=False, leden=("af",))["id"])
    adult = Walk(service, field.objects["HOR"]).triaged(mogelijkMinderjarig="nee")
    minor = Walk(service, field.objects["MASS"]).triaged(mogelijkMinderjarig="ja")
    for walk, status in ((adult, 409), (minor, 201), (minor, 201)):
        answer = service.as_("af").post(f"/overleggen/{meeting}/agendapunten", json={"signaalId": walk.id})
        assert answer.status_code == status
    keep_agendas(runtime.system_unit)
    assert [one["signaalId"] for one in _points(service, meeting)] == [minor.id]
    with runtime.system_unit("test", write=False) as uow:
        assert uow.session.exec(select(Agendapunt.id).where(Agendapunt.signaal_id == UUID(adult.id))).all() == []
    assert (
        service.as_("buur-af").post(f"/overleggen/{meeting}/agendapunten", json={"signaalId": minor.id}).status_code
        == 404
    )


@pytest.mark.requirement("OVL-01")
def test_a_decision_is_an_event_without_names_and_counts_as_consult(
    service: Service, field: Field, runtime: Runtime, reeks: Reeks
) -> None:
    made = reeks(regionaal=False)
    meeting = _meeting(service, made["id"])
    walk = Walk(service, field.objects["HOR"]).triaged().care()
    keep_agendas(runtime.system_unit)
    point = _points(service, meeting)[0]
    assert _decide(service, point, toelichting="Bel mevrouw Jansen terug.").status_code == 409
    assert _decide(service, point, toelichting="Zie www.voorbeeld.example/kamers.").status_code == 400
    assert _decide(service, point, middel="strafrechtelijk").status_code == 409
    assert _decide(service, point, "ketenregisseur").status_code == 403
    done = _decide(service, point, toelichting="Opvolgen door de gemeente.")
    assert done.status_code == 200, done.text
    assert _decide(service, point).status_code == 412
    assert walk.read()["inhoud"]["beoordeling"]["overlegOp"] == today().isoformat()
    events = service.as_("af").get(f"/signalen/{walk.id}/gebeurtenissen").json()["resultaten"]
    assert events[-1]["actie"] == "besluit-overleg"
    assert "opvolgen" in events[-1]["toelichting"]
    assert service.as_("af").get(f"/overleggen/{meeting}").json()["status"] == "gehouden"
    walk.closed(overlegOp=None)  # the decision is the consult that closing asks for
    left = _points(service, meeting, "ketenregisseur")
    assert [(one["besluitcode"], one["toelichting"], one["signaal"]) for one in left] == [
        ("opvolgen", "Opvolgen door de gemeente.", None)
    ]


def test_the_ondermijningsoverleg_picks_a_means(service: Service, field: Field, runtime: Runtime, reeks: Reeks) -> None:
    meeting = _meeting(service, reeks("lokaal-ondermijningsoverleg", regionaal=False)["id"])
    Walk(service, field.objects["HOR"]).triaged()
    walk = Walk(service, field.objects["MASS"]).triaged(ondermijning=True)
    keep_agendas(runtime.system_unit)
    points = _points(service, meeting)
    assert [one["signaalId"] for one in points] == [walk.id]
    assert _decide(service, points[0]).status_code == 409
    assert _decide(service, points[0], middel="fiscaal").json()["middel"] == "fiscaal"


@pytest.mark.parametrize("ending", ["gesloten-route", "gesloten", "samengevoegd"])
def test_what_may_not_stand_there_vanishes_at_once_and_is_taken_off(
    service: Service, field: Field, runtime: Runtime, reeks: Reeks, ending: str
) -> None:
    meeting = _meeting(service, reeks()["id"])
    walk = Walk(service, field.objects["HOR"]).triaged()
    keep_agendas(runtime.system_unit)
    assert len(_points(service, meeting)) == 1
    with runtime.system_unit("test") as uow:
        signaal = uow.session.get_one(Signaal, UUID(walk.id))
        if ending == "gesloten-route":
            signaal.gesloten_route = True
        else:
            signaal.status = Signaalstatus(ending)
    assert _points(service, meeting) == []
    assert keep_agendas(runtime.system_unit) == 1
    with runtime.system_unit("test", write=False) as uow:
        assert uow.session.exec(select(Agendapunt.id)).all() == []


def test_a_signal_of_the_neighbour_is_on_the_regional_agenda_and_decided_there_by_its_own_af(
    service: Service, field: Field, runtime: Runtime, reeks: Reeks
) -> None:
    meeting = _meeting(service, reeks(leden=("af", "buur-af"))["id"])
    answer = service.as_("buur-toezichthouder").post(
        "/signalen", json={"id": str(new_id()), "objectId": str(field.objects["BUUR"])}
    )
    with runtime.system_unit("test") as uow:
        signaal = uow.session.get_one(Signaal, UUID(answer.json()["id"]))
        signaal.status, signaal.getrieerd_op = Signaalstatus.GETRIEERD, uow.now
    keep_agendas(runtime.system_unit)
    point = _points(service, meeting)[0]
    assert (point["signaal"]["gemeentecode"], point["signaal"]["adres"]) == (BUUR, "Voorbeeldstraat 5, 9999ZZ X")
    assert service.as_("af").get(f"/signalen/{point['signaalId']}").status_code == 404
    assert _decide(service, point).status_code == 404
    assert _decide(service, point, "buur-af", besluitcode="klaar-aan-deze-tafel").status_code == 200
    assert keep_agendas(runtime.system_unit) == 0  # done at this table: not on the next agenda


@pytest.mark.requirement("CAD-10")
def test_the_quarterly_overview_has_its_headings_and_counts_only(
    service: Service, field: Field, runtime: Runtime, reeks: Reeks
) -> None:
    made = reeks("kwartaaloverleg-af-zorgcoordinator", regionaal=False)
    meeting = _meeting(service, made["id"], today() + timedelta(days=1))
    Walk(service, field.objects["HOR"]).triaged().care().closed()
    parked = Walk(service, field.objects["MASS"]).triaged()
    parked.done("monitoren", {"herzienOp": (today() + timedelta(days=30)).isoformat()})
    keep_agendas(runtime.system_unit)
    assert [one["signaalId"] for one in _points(service, meeting)] == [parked.id]
    found = service.as_("af").get(f"/overleggen/{meeting}/overzicht").json()
    assert set(found) == {"van", "tot", "standVanZaken", "casussen", "ontwikkelingen", "knelpunten", "trends"}
    assert found["casussen"] == {"gesignaleerd": 2, "lopend": 1, "afgerond": 1}
    assert {one["vorm"]: one["nieuw"] for one in found["ontwikkelingen"]}["arbeid"] == 2
    assert [one["nieuw"] for one in found["trends"]] == [0, 0, 0, 2]
    assert service.as_("af-zorg").get(f"/overleggen/{meeting}/overzicht").status_code == 404
    quarters = service.as_("beheerder").get(f"/overlegreeksen/{made['id']}/kwartalen").json()
    assert {one["stand"] for one in quarters[:-1]} == {"gemist"}
    assert quarters[-1]["stand"] == "nog te houden"


@pytest.mark.requirement("OVL-02")
def test_a_network_meeting_has_a_theme_and_is_counted_per_year(service: Service, reeks: Reeks) -> None:
    made = reeks("netwerkbijeenkomst")
    meeting = _meeting(service, made["id"], thema="Uitbuiting in de horeca")
    answer = service.as_("beheerder").patch(
        f"/overleggen/{meeting}", json={"status": "gehouden"}, headers={"If-Match": '"1"'}
    )
    assert answer.status_code == 200
    counted = service.as_("bestuur").get("/overlegtellingen", params={"jaar": today().year}).json()
    assert counted == [
        {"soort": "netwerkbijeenkomst", "gehouden": 1, "gepland": 0, "themas": ["Uitbuiting in de horeca"]}
    ]
    assert service.as_("bestuur").get("/overlegtellingen", params={"jaar": today().year - 1}).json() == []


def test_a_moved_meeting_stays_moved_and_an_ended_series_has_no_meetings(
    service: Service, runtime: Runtime, reeks: Reeks
) -> None:
    made = reeks()
    with runtime.system_unit("test", write=False) as uow:
        first = uow.session.exec(select(Overleg).order_by(Overleg.datum)).first()  # type: ignore[arg-type]  # a column
    assert first is not None
    moved = (first.datum + timedelta(days=1)).isoformat()
    answer = service.as_("af").patch(f"/overleggen/{first.id}", json={"datum": moved}, headers={"If-Match": '"1"'})
    assert answer.json()["datum"] == moved
    assert keep_agendas(runtime.system_unit) == 0
    ended = service.as_("beheerder").patch(
        f"/overlegreeksen/{made['id']}", json={"actief": False}, headers={"If-Match": '"1"'}
    )
    assert ended.status_code == 200
    listed = service.as_("af").get("/overleggen", params={"reeksId": made["id"]}).json()["resultaten"]
    assert {one["status"] for one in listed} == {"vervallen"}
    assert keep_agendas(runtime.system_unit) == 0


@pytest.mark.requirement("CAD-11")
def test_the_route_is_evaluated_each_year(runtime: Runtime, field: Field) -> None:
    assert field.accounts
    assert [ask_evaluation(runtime.system_unit), ask_evaluation(runtime.system_unit)] == [2, 2]
    with runtime.system_unit("test", write=False) as uow:
        tasks = uow.session.exec(select(Taak).where(Taak.soort == TAAK_EVALUEREN)).all()
    assert sorted((task.gemeentecode, task.voor_datum) for task in tasks) == [
        (STAD, date(today().year, 12, 31)), (BUUR, date(today().year, 12, 31)),
    ]  # fmt: skip
