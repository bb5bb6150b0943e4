"""Two people at one instant, over real HTTP with real threads: one outcome, and a clear refusal for the other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import httpx
import pytest

from app.core.runtime import Runtime
from app.gemeenten.status import Partnersoort
from tests.support.municipality import BUUR
from tests.support.service import Service
from tests.support.signaalstappen import Walk, share, store_partners
from tests.support.signalen import Field


@pytest.fixture
def walk(field: Field, service: Service) -> Walk:
    return Walk(service, field.objects["HOR"])


def _at_once(*calls: Callable[[], httpx.Response]) -> list[httpx.Response]:
    start = Barrier(len(calls))

    def run(call: Callable[[], httpx.Response]) -> httpx.Response:
        start.wait(10)
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def _codes(answers: list[httpx.Response]) -> list[int]:
    return sorted(answer.status_code for answer in answers)


def test_two_afs_acknowledge(walk: Walk) -> None:
    etag = walk.etag()
    answers = _at_once(*(lambda sub=sub: walk.step("ontvangen", sub=sub, etag=etag) for sub in ("af", "af-zorg")))
    assert _codes(answers) == [200, 412]
    events = walk.service.as_("af").get(f"/signalen/{walk.id}/gebeurtenissen").json()["resultaten"]
    assert [event["actie"] for event in events].count("ontvangen") == 1


def test_a_hand_over_twice(walk: Walk, runtime: Runtime, service: Service) -> None:
    partners = store_partners(runtime, Partnersoort.ARBEIDSINSPECTIE)
    walk.triaged().care()
    body, etag = {"overdrachten": [share(partners[Partnersoort.ARBEIDSINSPECTIE])]}, walk.etag()
    calls = [lambda sub=sub: walk.step("uitzetten", body, sub=sub, etag=etag) for sub in ("af", "af-zorg")]
    assert _codes(_at_once(*calls)) == [200, 412]
    rows = service.as_("af").get(f"/overdrachten?signaalId={walk.id}").json()["resultaten"]
    assert [row["partnersoort"] for row in rows].count("arbeidsinspectie") == 1


def test_agreeing_to_close_while_somebody_else_goes_on(walk: Walk) -> None:
    walk.triaged().care()
    asked = walk.step("sluiten", walk.closing()).json()["verzoek"]
    etag = walk.etag()
    decision, change = _at_once(
        lambda: walk.decide(asked),
        lambda: walk.step("urgentie", {"urgentie": "spoed", "reden": "Nieuwe melding."}, etag=etag),
    )
    closed = walk.read()["status"] == "gesloten"
    assert decision.json()["status"] == ("akkoord" if closed else "achterhaald")
    assert change.status_code == (412 if closed else 200)


def test_two_second_persons_agree(walk: Walk) -> None:
    walk.triaged().care()
    asked = walk.step("sluiten", walk.closing()).json()["verzoek"]
    answers = _at_once(*(lambda sub=sub: walk.decide(asked, sub=sub) for sub in ("af-zorg", "buur-af")))
    assert _codes(answers) == [200, 412]


def test_reopening_twice(walk: Walk) -> None:
    walk.triaged().care().closed()
    body, etag = {"nieuwFeit": "Een tweede melding."}, walk.etag()
    calls = [lambda sub=sub: walk.step("heropenen", body, sub=sub, etag=etag) for sub in ("af", "af-zorg")]
    assert _codes(_at_once(*calls)) == [200, 412]
    assert walk.read()["status"] == "ontvangen"


def test_merging_in_a_circle(walk: Walk, field: Field, service: Service) -> None:
    other = Walk(service, field.objects["HOR"])
    first, second = walk.etag(), other.etag()
    answers = _at_once(
        lambda: walk.step("samenvoegen", {"leidendId": other.id}, etag=first),
        lambda: other.step("samenvoegen", {"leidendId": walk.id}, sub="af-zorg", etag=second),
    )
    assert _codes(answers) in ([200, 409], [200, 412])
    assert sorted([walk.read()["status"], other.read()["status"]]) == ["samengevoegd", "verzonden"]


def test_a_transfer_twice(walk: Walk, service: Service) -> None:
    etag = walk.etag()
    calls = [
        lambda sub=sub: walk.step("overdragen", {"gemeentecode": BUUR}, sub=sub, etag=etag) for sub in ("af", "af-zorg")
    ]
    assert _codes(_at_once(*calls)) == [200, 412]
    assert len(service.as_("buur-af").get("/signalen").json()["resultaten"]) == 1
