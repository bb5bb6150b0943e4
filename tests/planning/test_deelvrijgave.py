"""Releasing a long round up to a day: the first part becomes controls, the rest waits, and other rounds see what was released."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from app.controles.status import Controlestatus
from app.core.runtime import Runtime
from app.planning.tables import Planronde
from tests.planning.test_planrondes import TOT, VAN, agree_all, all_of, calculated, controls, decide, question, stock
from tests.support.municipality import Municipality
from tests.support.service import Service

HALF = VAN + timedelta(days=20)

__all__ = ["stock"]


def release(service: Service, body: dict[str, Any], tot_en_met: object) -> httpx.Response:
    client = service.as_("hoofdplanner")
    etag = client.get(f"/planrondes/{body['id']}").headers["ETag"]
    sent = {"toelichting": "deel", "totEnMet": str(tot_en_met)}
    return client.post(f"/planrondes/{body['id']}/_vrijgeven", json=sent, headers={"If-Match": etag})


def planned(runtime: Runtime) -> list[tuple[str, str]]:
    to_do = {Controlestatus.GEPLAND, Controlestatus.VRIJGEGEVEN}
    return sorted((str(c.object_id), c.datum.isoformat()) for c in controls(runtime) if c.status in to_do)


@pytest.mark.usefixtures("stock")
def test_a_round_is_released_up_to_a_day_and_the_rest_later(
    runtime: Runtime, service: Service, municipality: Municipality
) -> None:
    body = question(municipality, acties=0)
    calculated(runtime, service, body)
    with runtime.system_unit("test") as uow:
        uow.session.get_one(Planronde, UUID(body["id"])).tot = VAN - timedelta(days=2)
    assert decide(service, body["id"], "_vaststellen").status_code == 409  # its days are over
    with runtime.system_unit("test") as uow:
        uow.session.get_one(Planronde, UUID(body["id"])).tot = TOT
    decide(service, body["id"], "_vaststellen")
    agree_all(service)
    rules = [
        (r["object"]["id"], r["datum"]) for r in all_of(service.as_("planner"), f"/planrondes/{body['id']}/planregels")
    ]
    first = sorted(rule for rule in rules if rule[1] <= HALF.isoformat())
    assert 0 < len(first) < len(rules)
    for outside in (
        VAN - timedelta(days=1),
        TOT + timedelta(days=365),
    ):  # a slip of the year must not release everything
        assert release(service, body, outside).status_code == 409
    assert planned(runtime) == []

    part = release(service, body, HALF)
    assert (part.json()["status"], part.json()["vrijgegevenTot"]) == ("vastgesteld", HALF.isoformat())
    assert planned(runtime) == first
    assert release(service, body, HALF).status_code == 409  # nothing left of these days
    assert planned(runtime) == first

    rest = decide(service, body["id"], "_vrijgeven")
    assert (rest.json()["status"], rest.json()["vrijgegevenTot"]) == ("vrijgegeven", TOT.isoformat())
    assert planned(runtime) == sorted(rules)
    steps = service.as_("planner").get(f"/planrondes/{body['id']}").json()["gebeurtenissen"]
    assert [s["betreft"]["tot"] for s in steps if s["actie"] == "vrijgegeven"] == [HALF.isoformat(), TOT.isoformat()]


@pytest.mark.usefixtures("stock")
def test_other_rounds_see_what_was_released_and_the_rest_can_be_withdrawn(
    runtime: Runtime, service: Service, municipality: Municipality
) -> None:
    long, early = question(municipality, acties=0), question(municipality, acties=0)
    calculated(runtime, service, long)
    calculated(runtime, service, early)  # knows nothing of the other: that is released later
    for body in (long, early):
        decide(service, body["id"], "_vaststellen")
    agree_all(service)
    assert release(service, long, HALF).status_code == 200
    refused = decide(service, early["id"], "_vrijgeven")
    assert refused.status_code == 409
    assert "dubbel" in refused.json()["detail"]

    withdrawn = decide(service, long["id"], "_vervallen").json()
    assert withdrawn["status"] == "vervallen"
    assert f"{HALF:%d-%m-%Y}" in withdrawn["melding"]
    assert withdrawn["vrijgegevenTot"] == HALF.isoformat()
    decide(service, early["id"], "_vervallen")

    later = question(municipality, acties=0)  # calculated after the first part: it plans around that
    calculated(runtime, service, later)
    planner = service.as_("planner")
    stands = planned(runtime)
    rules = all_of(planner, f"/planrondes/{later['id']}/planregels")
    assert not {(r["object"]["id"], r["datum"]) for r in rules} & set(stands)
    decide(service, later["id"], "_vaststellen")
    agree_all(service)
    assert decide(service, later["id"], "_vrijgeven").status_code == 200
    assert len(set(planned(runtime))) == len(planned(runtime))
    assert set(stands) < set(planned(runtime))
