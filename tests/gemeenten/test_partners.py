"""Partners and shared lists: regional names, old names, validity, sectors."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.core.runtime import Runtime
from app.gemeenten.adapters.bestanden import read_list_seeds
from app.gemeenten.service.lijsten import seed_list_values
from app.gemeenten.service.partners import partners_valid_on
from app.gemeenten.status import Partnersoort
from tests.gemeenten.conftest import Change
from tests.support.municipality import BUUR, STAD
from tests.support.service import Service

LISTS = read_list_seeds(Path(__file__).parents[2] / "checklists" / "lijsten-1.yaml")


@pytest.fixture(autouse=True)
def _lists(runtime: Runtime) -> None:
    with runtime.system_unit("test") as uow:
        seed_list_values(uow, "", LISTS)


def _add(service: Service, sub: str = "beheerder", **changes: object) -> dict[str, Any]:
    body = {"gemeentecode": STAD, "geldigVanaf": "2024-01-01", **changes}
    answer = service.as_(sub).post("/partners", json=body)
    assert answer.status_code == 201, answer.text
    stored: dict[str, Any] = answer.json()
    return stored


def _names(service: Service, sub: str, **query: str) -> list[str]:
    return [row["naam"] for row in service.as_(sub).get("/partners", params=query).json()["resultaten"]]


@pytest.mark.requirement("ROL-10")
@pytest.mark.usefixtures("neighbour")
def test_police_team_shows_under_its_regional_name(service: Service) -> None:
    _add(service, soort="politie-mensenhandel", naam="TMM")
    _add(service, "buur-beheerder", gemeentecode=BUUR, soort="politie-mensenhandel", naam="AVIM")
    assert _names(service, "af", soort="politie-mensenhandel") == ["TMM"]
    assert _names(service, "buur-af", soort="politie-mensenhandel") == ["AVIM"]


@pytest.mark.requirement("ROL-11", "DEF-10")
def test_old_names_find_the_partner(service: Service) -> None:
    _add(service, soort="arbeidsinspectie", naam="Nederlandse Arbeidsinspectie")
    _add(service, soort="zorg-en-veiligheidshuis", naam="ZVHG")
    _add(service, soort="politie-mensenhandel", naam="TMM")
    _add(service, soort="overig", naam="Uitstapprogramma DUUP", aliassen=["RUPS"])
    for term, naam in (
        ("ISZW", "Nederlandse Arbeidsinspectie"),
        ("nla", "Nederlandse Arbeidsinspectie"),
        ("Veiligheidshuis", "ZVHG"),
        ("AVIM", "TMM"),
        ("RUPS", "Uitstapprogramma DUUP"),
    ):
        assert _names(service, "planner", zoek=term) == [naam], term
    assert _names(service, "planner", zoek="100%_zeker") == []


@pytest.mark.requirement("REG-16")
def test_an_expired_partner_is_never_given(service: Service, runtime: Runtime, change: Change) -> None:
    partner = _add(service, soort="nvwa", naam="NVWA", geldigTot="2025-12-31")
    other = _add(service, soort="nvwa", naam="NVWA team 2", geldigVanaf="2026-01-01")

    def valid(day: date) -> list[str]:
        with runtime.system_unit("test", write=False) as uow:
            return [found.naam for found in partners_valid_on(uow, STAD, day, Partnersoort.NVWA)]

    assert valid(date(2025, 12, 31)) == ["NVWA"]
    assert valid(date(2026, 1, 1)) == ["NVWA team 2"]
    assert _names(service, "planner", geldigOp="2026-06-01") == ["NVWA team 2"]
    path = f"/partners/{other['id']}"
    manager = service.as_("beheerder")
    assert change(manager, path, {"geldigTot": "2025-06-01"}).status_code == 400
    assert change(manager, path, {"geldigTot": "2026-02-01"}).json()["naam"] == "NVWA team 2"
    assert valid(date(2026, 2, 2)) == []
    assert manager.get(f"/partners/{partner['id']}").json()["geldigTot"] == "2025-12-31"


def test_every_kind_of_service_can_be_a_partner(service: Service) -> None:
    """Each of these can then take part in a control by its partner id (ROL-18)."""
    kinds = ["kmar", "ind", "belastingdienst", "douane", "nvwa", "uwv", "omgevingsdienst", "energiebedrijf", "nfi"]
    for kind in kinds:
        _add(service, soort=kind, naam=f"Partner {kind}")
    rows = service.as_("planner").get("/partners").json()["resultaten"]
    assert {row["soort"] for row in rows} == set(kinds)


def test_a_person_is_no_channel(service: Service) -> None:
    body = {"gemeentecode": STAD, "geldigVanaf": "2024-01-01", "soort": "riec", "naam": "RIEC"}
    refused = service.as_("beheerder").post("/partners", json={**body, "kanaal": "+31 6" + " 1234 5678"})
    assert refused.status_code == 400
    assert "1234" not in refused.text


def test_sectors_hold_those_of_the_sources_and_room_for_others(service: Service) -> None:
    values = service.as_("toezichthouder").get("/lijsten/sectoren").json()["waarden"]
    codes = [value["code"] for value in values]
    assert {"horeca", "bouw", "uitzend", "slachterij", "nagelstudio", "massagesalon", "au-pair"} <= set(codes)
    assert codes[-1] == "overig"
    assert service.as_("toezichthouder").get("/lijsten/bestaat-niet").status_code == 404
