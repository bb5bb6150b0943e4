"""A desk signal puts its address in investigation; marking, letter and house visit wait for the AF (REG-10, RTE-19)."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlmodel import select

from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.gemeenten.tables import Bericht, Lijstwaarde, Norm, Taak
from app.signalen.rules.termijnen import TRAPPEN, due, step_at
from app.signalen.rules.uurwerk import Uurwerk
from app.signalen.service.escaleren import escalate_due
from app.signalen.status import Termijnsoort, Termijnstatus, Urgentie
from app.signalen.tables import Adresonderzoek, Signaaltermijn
from tests.signalen.test_termijnen_rules import NORMS
from tests.support.municipality import STAD
from tests.support.service import Service
from tests.support.signaalstappen import TRIAGE, Walk
from tests.support.signalen import Field

NEE = {"brpMarkering": False, "brief": False, "huisbezoek": False}


@pytest.fixture
def place(field: Field) -> str:
    return str(field.objects["WON"])


def submit(service: Service, **data: object) -> str:
    answer = service.as_("balie").post("/signalen", json={"id": str(new_id()), **data})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def in_hand(service: Service) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = service.as_("balie").get("/adresonderzoeken").json()["resultaten"]
    return rows


def release(service: Service, signaal_id: str, **may: bool) -> httpx.Response:
    etag = service.as_("af").get(f"/signalen/{signaal_id}").headers["ETag"]
    return service.as_("af").post(f"/signalen/{signaal_id}/_vrijgeven", json={**NEE, **may}, headers={"If-Match": etag})


def tasks(service: Service) -> list[str]:
    return [row["soort"] for row in service.as_("balie").get("/taken").json()["resultaten"]]


@pytest.mark.requirement("REG-10", "RTE-19")
def test_m7_one_submit_makes_one_signal_and_one_task_and_nothing_is_released(
    service: Service, runtime: Runtime, place: str
) -> None:
    body = {"id": str(new_id()), "objectId": place}
    for _ in range(3):
        assert service.as_("balie").post("/signalen", json=body).status_code == 201
    assert [row["urgentie"] for row in service.as_("af").get("/signalen").json()["resultaten"]] == ["regulier"]
    assert tasks(service) == ["adresonderzoek"]
    (row,) = in_hand(service)
    assert row["adres"] == "Voorbeeldstraat 4, 9999ZZ X"
    assert (row["status"], row["brpMarkering"], row["brief"], row["huisbezoek"]) == ("wacht-op-vrijgave", *[False] * 3)
    assert body["id"] not in str(row), "the desk does not see which signal it came from"
    submit(service, gemeentecode=STAD)  # without an address there is a task all the same
    assert {row["adres"] for row in in_hand(service)} == {None, "Voorbeeldstraat 4, 9999ZZ X"}
    with runtime.system_unit("test", write=False) as uow:
        kinds = {term.soort for term in uow.session.exec(select(Signaaltermijn))}
        assert "Voorbeeldstraat" not in str([task.model_dump() for task in uow.session.exec(select(Taak))])
    assert Termijnsoort.BRP_VRIJGAVE not in kinds, "no norm is stored in this test"


def _finish(service: Service, runtime: Runtime, nr: str, etag: str) -> list[int]:
    """An outcome that the list does not know, an old version, the right one, and once more."""
    with runtime.system_unit("test") as uow:
        uow.session.add(Lijstwaarde(lijst="adresonderzoekuitkomsten", code="klopt", naam="Klopt"))
    url, desk = f"/adresonderzoeken/{nr}/_afronden", service.as_("balie")
    asked = [("anders", etag), ("klopt", '"99"'), ("klopt", etag)]
    answers = [desk.post(url, json={"uitkomst": code}, headers={"If-Match": tag}) for code, tag in asked]
    again = {"If-Match": answers[2].headers["ETag"]}
    return [one.status_code for one in [*answers, desk.post(url, json={"uitkomst": "klopt"}, headers=again)]]


@pytest.mark.requirement("INS-09")
def test_the_af_says_which_of_the_three_and_the_desk_sees_no_more(
    service: Service, runtime: Runtime, place: str
) -> None:
    signal = submit(service, objectId=place)
    waiting = service.as_("balie").get(f"/adresonderzoeken/{in_hand(service)[0]['id']}")
    early = service.as_("balie").post(
        f"/adresonderzoeken/{waiting.json()['id']}/_afronden",
        json={"uitkomst": "klopt"},
        headers={"If-Match": waiting.headers["ETag"]},
    )
    assert early.status_code == 409, "nothing was released yet"
    done = release(service, signal, brpMarkering=True)
    assert (done.status_code, done.json()["gedaan"]) == (200, True)
    (row,) = in_hand(service)
    assert (row["status"], row["brpMarkering"], row["brief"], row["huisbezoek"]) == ("vrijgegeven", True, False, False)
    assert set(tasks(service)) == {"adresonderzoek", "adresonderzoek-vrijgegeven"}
    shown = service.as_("af").get(f"/signalen/{signal}").json()["inhoud"]["adresonderzoek"]
    assert (shown["status"], shown["brief"]) == ("vrijgegeven", False)
    events = service.as_("af").get(f"/signalen/{signal}/gebeurtenissen").json()["resultaten"]
    assert events[-1]["toelichting"] == "Vrijgave: BRP-markering ja, brief nee, huisbezoek nee."
    one = service.as_("balie").get(f"/adresonderzoeken/{row['id']}")
    assert one.json() == row
    finished = _finish(service, runtime, row["id"], one.headers["ETag"])
    assert finished == [400, 412, 200, 409]
    assert in_hand(service) == []
    assert tasks(service) == []
    shown = service.as_("af").get(f"/signalen/{signal}").json()["inhoud"]["adresonderzoek"]
    assert (shown["status"], shown["uitkomst"]) == ("afgerond", "klopt")
    for sub, status in (
        ("af", 403),
        ("toezichthouder", 403),
        ("planner", 403),
        ("teamleider", 403),
        ("beheerder", 403),
    ):
        assert service.as_(sub).get("/adresonderzoeken").status_code == status, sub


@pytest.mark.parametrize("how", ["refused", "closed"])
def test_refused_or_closed_leaves_no_trace_at_the_address(
    service: Service, runtime: Runtime, place: str, how: str
) -> None:
    signal = submit(service, objectId=place)
    (row,) = in_hand(service)
    if how == "refused":
        assert release(service, signal).status_code == 200
    else:
        walk = Walk.__new__(Walk)
        walk.service, walk.id = service, signal
        walk.done("ontvangen")
        walk.done("trieren", TRIAGE)
        walk.care().closed()
    assert in_hand(service) == []
    assert tasks(service) == []
    assert service.as_("balie").get(f"/adresonderzoeken/{row['id']}").status_code == 404
    with runtime.system_unit("test", write=False) as uow:
        assert uow.session.get(Adresonderzoek, UUID(row["id"])) is None
    assert service.as_("af").get(f"/signalen/{signal}").json()["inhoud"]["adresonderzoek"] is None


def test_a_merge_brings_the_address_to_the_leading_signal(service: Service, place: str) -> None:
    first, second = submit(service, objectId=place), submit(service, objectId=place)
    etag = service.as_("af").get(f"/signalen/{first}").headers["ETag"]
    joined = service.as_("af").post(
        f"/signalen/{first}/_samenvoegen", json={"leidendId": second}, headers={"If-Match": etag}
    )
    assert joined.status_code == 200, joined.text
    assert len(in_hand(service)) == 2
    assert release(service, second, huisbezoek=True).status_code == 200
    assert [(row["huisbezoek"], row["brief"]) for row in in_hand(service)] == [(True, False)] * 2


def test_nothing_at_the_stock_or_the_plan_shows_it(service: Service, place: str) -> None:
    before = {path: service.as_("planner").get(path).json() for path in _stock(place)}
    submit(service, objectId=place, adres=None)
    for path, answer in before.items():
        assert service.as_("planner").get(path).json() == answer, path


def _stock(place: str) -> tuple[str, ...]:
    return (f"/objecten/{place}", f"/objecten/{place}/dossier", "/objecten", "/risicoadressen", "/taken", "/controles")


@pytest.mark.requirement("REG-10")
def test_on_working_day_six_without_an_answer_the_stand_in_is_asked(
    service: Service, runtime: Runtime, field: Field, place: str
) -> None:
    sent = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday; the weeks after it have no holiday
    last = due(Termijnsoort.BRP_VRIJGAVE, Urgentie.REGULIER, sent, NORMS)
    (step,) = TRAPPEN[Termijnsoort.BRP_VRIJGAVE]
    assert last is not None
    asked = step_at(step, sent, last, sent, NORMS)
    assert asked is not None
    assert (last.date().isoformat(), asked.date().isoformat()) == ("2026-03-09", "2026-03-10")
    with runtime.system_unit("test") as uow:
        uow.session.add(
            Norm(sleutel="BRP_VRIJGAVE_WERKDAGEN", waarde=5, eenheid="werkdagen", bron="test", geldig_vanaf=sent.date())
        )
    silent, released = submit(service, objectId=place), submit(service, objectId=place)
    assert release(service, released, brief=True).status_code == 200
    with runtime.system_unit("test") as uow:
        terms = uow.session.exec(select(Signaaltermijn).where(Signaaltermijn.soort == Termijnsoort.BRP_VRIJGAVE)).all()
        assert {term.status for term in terms if term.signaal_id == UUID(released)} == {Termijnstatus.GEHAALD}
        for term in terms:
            if term.volgende_op is not None:
                term.volgende_op = datetime.now(UTC) - timedelta(seconds=1)
    assert escalate_due(runtime.system_unit, Uurwerk()) == 1
    assert escalate_due(runtime.system_unit, Uurwerk()) == 0
    events = service.as_("af").get(f"/signalen/{silent}/gebeurtenissen").json()["resultaten"]
    assert events[-1]["toelichting"].startswith("Beslis over de vrijgave bij een signaal van de balie.")
    with runtime.system_unit("test", write=False) as uow:
        told = {row.account_id for row in uow.session.exec(select(Bericht)) if row.verwijzing == UUID(silent)}
    assert field.accounts["af-zorg"] in told
