"""Tablets: the office sees what waits and how long, never what; a lost one gets the order to wipe itself."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from app.controles.rules.tablets import Tabletstand, attention, needs_update
from app.gemeenten.tables import Norm
from tests.controles.conftest import LONG_AGO, Field
from tests.support.municipality import STAD
from tests.support.service import Service

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({}, None),
        ({"wachtrij": 3, "oudste_op": NOW - timedelta(hours=23)}, None),
        ({"wachtrij": 3, "oudste_op": NOW - timedelta(hours=24)}, "niet verstuurd"),
        ({"fotos": 1, "oudste_foto_op": NOW - timedelta(hours=30)}, "foto"),
        ({"wachtrij": 1, "oudste_op": NOW, "gezien_op": NOW - timedelta(hours=25)}, "meldde zich"),
        ({"gezien_op": NOW - timedelta(days=9)}, None),  # nothing on it: it lies in a drawer
        ({"geweigerd": 2}, "geweigerd"),
    ],
)
def test_a_tablet_asks_for_attention_when_work_does_not_arrive(more: dict[str, object], word: str | None) -> None:
    facts: dict[str, object] = {"gezien_op": NOW, "wachtrij": 0, "oudste_op": None, "fotos": 0}
    stand = Tabletstand(**{**facts, "oudste_foto_op": None, "geweigerd": 0, **more})  # type: ignore[arg-type]
    reasons = attention(stand, NOW, 24.0)
    assert (word in " ".join(reasons)) if word else reasons == []


def test_the_office_sees_the_outbox_and_orders_a_wipe(service: Service, veld: Field) -> None:
    with veld.runtime.system_unit("test") as uow:
        uow.session.add(
            Norm(
                gemeentecode=STAD,
                sleutel="TABLET_STIL_UREN",
                waarde=24.0,
                eenheid="uren",
                geldig_vanaf=LONG_AGO,
                bron="test",
            )
        )
    tablet, lead, url = service.as_("toezichthouder"), service.as_("teamleider"), f"/apparaten/{uuid4()}"
    old = (datetime.now(UTC) - timedelta(hours=30)).isoformat()
    told = {"appversie": "1.2.0", "lijstversies": {"hui": 1}, "wachtrij": 4, "oudsteOp": old}
    first = tablet.put(url, json=told)
    assert (first.status_code, first.json()["wissen"]) == (200, False)
    assert first.json()["lijstversies"]
    seen = lead.get(url)
    assert (seen.json()["wachtrij"], len(seen.json()["aandacht"])) == (4, 1)
    assert [row["id"] for row in lead.get("/apparaten").json()["resultaten"]] == [seen.json()["id"]]
    assert lead.post(f"{url}/_wissen").status_code == 428
    asked = lead.post(f"{url}/_wissen", headers={"If-Match": seen.headers["ETag"]})
    assert asked.json()["wissenGevraagdOp"] is not None
    assert lead.post(f"{url}/_wissen", headers={"If-Match": seen.headers["ETag"]}).status_code == 412
    assert tablet.put(url, json=told).json()["wissen"] is True
    for _ in range(2):
        assert tablet.post(f"{url}/_gewist").status_code == 204
    after = lead.get(url).json()
    assert (after["wachtrij"], after["gewistOp"] is not None) == (0, True)
    assert tablet.put(url, json=told).json()["wissen"] is False  # installed again


def test_a_report_says_all_its_faults_and_strangers_see_nothing(service: Service, veld: Field) -> None:
    assert veld.objecten
    url = f"/apparaten/{uuid4()}"
    tablet = service.as_("toezichthouder")
    wrong = tablet.put(url, json={"appversie": "een naam met spaties", "wachtrij": -1, "naam": "van iemand"})
    assert {fout["veld"].rsplit(".", 1)[-1] for fout in wrong.json()["fouten"]} == {"appversie", "wachtrij", "naam"}
    assert tablet.put(url, json={"appversie": "1", "wachtrij": 2}).status_code == 400
    assert tablet.put(url, json={"appversie": "1", "wachtrij": 0}).status_code == 200
    assert tablet.get(url).status_code == 403
    assert service.as_("buur-toezichthouder").post(f"{url}/_gewist").status_code == 404
    assert service.as_("planner").get("/apparaten").status_code == 403


@pytest.mark.parametrize(
    ("version", "protocol", "minimum", "expected"),
    [
        ("1.9.2", 1, "", False),
        ("1.9.2", 1, "1.10.0", True),
        ("1.10", 1, "1.10.0", False),
        ("2.0.0-rc1", 1, "1.10.0", False),
        ("nieuw", 1, "0.1", True),
        ("9.9.9", 0, "", True),
    ],
)
def test_an_old_app_is_told_to_update(version: str, protocol: int, minimum: str, expected: bool) -> None:
    assert needs_update(version, protocol, minimum) is expected
