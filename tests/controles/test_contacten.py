"""Talks with operators and rounds are no controls: no norm counts them (PLN-20, CAD-16)."""

from datetime import timedelta

import pytest

from app.controles.service.planning import controles_for_norm
from app.core.clock import utc_now
from app.core.identifiers import new_id
from tests.controles.conftest import Field, today
from tests.support.municipality import STAD
from tests.support.service import Service


def counted(veld: Field) -> int:
    with veld.runtime.system_unit("test", write=False) as uow:
        return len(controles_for_norm(uow, STAD, today().year))


@pytest.mark.requirement("PLN-20")
def test_a_talk_with_an_operator_leaves_the_norms_unchanged(veld: Field, service: Service) -> None:
    client = service.as_("toezichthouder")
    for key in ("SEKS", "BEDR"):
        body = {"id": str(new_id()), "objectId": str(veld.objecten[key]), "datum": today().isoformat()}
        talk = {**body, "onderwerp": "bedrijfsplan"}
        assert client.post("/exploitantgesprekken", json=talk).status_code == 201
        assert client.post("/exploitantgesprekken", json=talk).status_code == 200
        assert client.post("/exploitantgesprekken", json={**talk, "onderwerp": "arbeid"}).status_code == 409
        assert client.post("/exploitantgesprekken", json={**talk, "verslag": "zei dat"}).status_code == 400
    assert counted(veld) == 0
    assert client.get("/controles").json()["resultaten"] == []
    shown = service.as_("planner").get("/exploitantgesprekken", params={"objectId": str(veld.objecten["SEKS"])}).json()
    assert [one["onderwerp"] for one in shown["resultaten"]] == ["bedrijfsplan"]
    assert service.as_("buur-planner").get("/exploitantgesprekken").json()["resultaten"] == []


@pytest.mark.requirement("CAD-16")
def test_a_round_counts_for_no_norm(veld: Field, service: Service) -> None:
    client = service.as_("toezichthouder")
    now = utc_now()
    body = {
        "id": str(new_id()),
        "gebied": "Voorbeeldstraat",
        "van": (now - timedelta(hours=1)).isoformat(),
        "tot": now.isoformat(),
        "ramenInGebruik": 7,
    }
    assert client.post("/rondes", json=body).status_code == 201
    assert client.post("/rondes", json=body).status_code == 200  # a tablet sends again
    assert client.post("/rondes", json={**body, "ramenInGebruik": 8}).status_code == 409
    assert (
        client.post(
            "/rondes", json={**body, "id": str(new_id()), "tot": (now - timedelta(hours=2)).isoformat()}
        ).status_code
        == 400
    )
    assert counted(veld) == 0
    assert [one["ramenInGebruik"] for one in service.as_("planner").get("/rondes").json()["resultaten"]] == [7]
    assert service.as_("pandbrigade").get("/rondes").status_code == 403
