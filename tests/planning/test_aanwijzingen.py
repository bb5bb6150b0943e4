"""No designation for that law and municipality: planning is blocked, on every way to a plan (REG-17)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.gemeenten.status import Wet
from app.gemeenten.tables import Aanwijzing
from tests.planning.kalender import VANDAAG
from tests.planning.stad import Stad
from tests.planning.test_planrondes import DAGEN, VAN, all_of, calculated, controls, decide, question
from tests.support.municipality import Municipality
from tests.support.service import Service


@pytest.fixture
def club(runtime: Runtime, municipality: Municipality) -> UUID:
    """One sex establishment and a shift each second day."""
    with runtime.system_unit("test") as uow:
        stad = Stad.with_norms(uow)
        place = stad.seks(VANDAAG - timedelta(days=900))
        stad.shifts(municipality.teams["toezicht"], VAN, DAGEN, every=2)
    return place


def end_designations(runtime: Runtime, wet: Wet) -> None:
    with runtime.system_unit("test") as uow:
        for row in uow.session.exec(select(Aanwijzing).where(Aanwijzing.wet == wet)).all():
            row.geldig_tot = VANDAAG


@pytest.mark.requirement("REG-17")
def test_without_a_designation_nothing_is_planned(
    runtime: Runtime, service: Service, municipality: Municipality, club: UUID
) -> None:
    planner = service.as_("planner")

    def by_hand(team: str) -> tuple[int, dict[str, Any]]:
        body = {"id": str(new_id()), "objectId": str(club), "datum": VAN.isoformat()}
        answer = planner.post("/controles", json={**body, "teamId": str(municipality.teams[team])})
        return answer.status_code, answer.json()

    before = question(municipality, acties=None)
    calculated(runtime, service, before)
    assert all_of(planner, f"/planrondes/{before['id']}/planregels")
    assert decide(service, before["id"], "_vaststellen").status_code == 200
    status, refused = by_hand("pandbrigade")  # designated here, but under the housing law
    assert (status, [fault["veld"] for fault in refused["fouten"]]) == (400, ["teamId"])
    assert by_hand("buur")[0] == 400  # designated under the bye-law, but of another municipality

    end_designations(runtime, Wet.APV)
    late = decide(service, before["id"], "_vrijgeven")
    assert late.status_code == 409
    assert all("niet meer aangewezen" in fault["melding"] for fault in late.json()["fouten"])
    after = question(municipality, acties=None)
    calculated(runtime, service, after)
    assert all_of(planner, f"/planrondes/{after['id']}/planregels") == []
    left = all_of(planner, f"/planrondes/{after['id']}/planresten")
    assert {row["object"]["id"] for row in left} == {str(club)}
    assert all("bevoegd" in row["reden"] or "aangewezen" in row["reden"] for row in left)
    assert by_hand("toezicht")[0] == 400
    assert controls(runtime) == []
