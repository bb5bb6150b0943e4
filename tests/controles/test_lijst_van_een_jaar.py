"""Hundreds of controls a year are listed in pages, each in the same few queries and well within a second (CAD-17)."""

import time
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from app.controles.status import Aanleiding, Controlestatus
from app.controles.tables import Controle
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.objecten.status import Objecttype
from tests.objecten.stock import make_object
from tests.support.municipality import STAD, Municipality
from tests.support.service import Service

COUNT = 1_000
SECONDS = 1.0


@pytest.mark.requirement("CAD-17")
def test_a_thousand_controls_of_a_year(service: Service, runtime: Runtime, municipality: Municipality) -> None:
    today = datetime.now(UTC).date()
    with runtime.system_unit("test") as uow:
        place = make_object(uow, Objecttype.HOR)
        rows = [
            {
                "id": new_id(), "gemeentecode": STAD, "object_id": place.id, "team_id": municipality.teams["toezicht"],
                "status": Controlestatus.AFGEROND, "datum": today - timedelta(days=at * 364 // COUNT), "duur": 45, "volgorde": at,
                "aanleiding": Aanleiding.NORM, "aangekondigd": False, "integraal": False, "checklistversies": {}, "normen": {},
                "bedrijfsplan_beantwoord": False, "arbeid_beantwoord": False, "binnen": True, "versie": 1,
            }
            for at in range(COUNT)
        ]  # fmt: skip
        uow.session.execute(sa.insert(Controle), rows)
    counted: list[str] = []
    sa.event.listen(sa.Engine, "before_cursor_execute", lambda *given: counted.append(given[2]))
    year = {"van": (today - timedelta(days=364)).isoformat(), "tot": today.isoformat(), "limiet": "100"}
    client = service.as_("planner")
    client.get("/controles", params=year | {"limiet": "1"})
    seen: list[str] = []
    costs, slowest, cursor = set(), 0.0, None
    while cursor is not None or not seen:
        counted.clear()
        began = time.perf_counter()
        page = client.get("/controles", params=year | ({"cursor": cursor} if cursor else {}))
        slowest = max(slowest, time.perf_counter() - began)
        assert page.status_code == 200
        costs.add(len(counted))
        seen += [row["id"] for row in page.json()["resultaten"]]
        cursor = page.json()["volgende"]
    assert sorted(seen) == sorted(str(row["id"]) for row in rows)
    assert len(costs) == 1
    assert slowest < SECONDS
