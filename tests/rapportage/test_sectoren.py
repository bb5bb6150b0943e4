"""Controls per sector (REG-07), and no sector on a dwelling (REG-05)."""

import pytest

from app.core.clock import business_date, utc_now
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.core.settings import ROOT
from app.gemeenten.adapters.bestanden import read_list_seeds
from app.gemeenten.service.lijsten import seed_list_values
from tests.objecten.stock import RD, address_body, object_body
from tests.support.municipality import STAD
from tests.support.service import Service


@pytest.fixture
def lists(runtime: Runtime) -> None:
    """The shipped lists."""
    with runtime.system_unit("test") as uow:
        seed_list_values(uow, "", read_list_seeds(ROOT / "checklists" / "lijsten-1.yaml"))


def _event(control: str, device: str, number: int, soort: str, inhoud: dict[str, object]) -> dict[str, object]:
    moment = utc_now().isoformat()
    return {
        "gebeurtenisId": str(new_id()), "controleId": control, "soort": soort, "apparaatId": device,
        "volgnummer": number, "apparaatTijd": moment, "inhoud": inhoud,
    }  # fmt: skip


@pytest.mark.requirement("REG-07")
@pytest.mark.usefixtures("lists")
def test_a_control_can_have_sector_overig_and_is_reported(service: Service) -> None:
    made = service.as_("planner").post("/objecten", json=object_body(1, sector="overig", type="BEDR"), headers=RD)
    assert made.status_code == 201, made.text
    today = business_date(utc_now())
    control, device = str(new_id()), str(new_id())
    planned = {"id": control, "objectId": made.json()["id"], "datum": today.isoformat(), "aanleiding": "eigen-analyse"}
    assert service.as_("toezichthouder").post("/controles", json=planned).status_code == 201
    events = [
        _event(control, device, 1, "controle-gestart", {}),
        _event(control, device, 2, "antwoorden", {"antwoorden": {"BEV-02": "ja", "ENT-21": "nee"}}),
        _event(control, device, 3, "controle-afgerond", {}),
    ]
    done = service.as_("toezichthouder").post("/synchronisaties", json={"gebeurtenissen": events}).json()["resultaten"]
    assert [result["status"] for result in done] == ["verwerkt"] * 3, done
    for sub in ("planner", "bestuur", "ketenregisseur", "af"):
        report = service.as_(sub).get("/rapportages/sectoren", params={"jaar": today.year}).json()
        rows = {row["sector"]: row for row in report["sectoren"]}
        assert rows["overig"] == {"sector": "overig", "naam": "Overig", "objecten": 1, "controles": 1}
        assert rows["horeca"]["controles"] == 0
    assert service.as_("toezichthouder").get("/rapportages/sectoren", params={"jaar": today.year}).status_code == 403
    foreign = service.as_("buur-planner").get(
        "/rapportages/sectoren", params={"jaar": today.year, "gemeentecode": STAD}
    )
    assert foreign.status_code == 404


@pytest.mark.usefixtures("lists")
def test_sectors_come_from_the_list_and_a_dwelling_has_none(service: Service) -> None:
    client = service.as_("planner")
    unknown = client.post("/objecten", json=object_body(1, sector="bestaat-niet"), headers=RD)
    assert (unknown.status_code, unknown.json()["fouten"][0]["veld"]) == (400, "sector")
    home = object_body(2, type="WON", sector="seks", adres=address_body(2))
    refused = client.post("/objecten", json=home, headers=RD)
    assert (refused.status_code, refused.json()["fouten"][0]["veld"]) == (400, "sector")
    del home["sector"]
    made = client.post("/objecten", json=home, headers=RD)
    change = client.patch(
        f"/objecten/{made.json()['id']}", json={"sector": "seks"}, headers={"If-Match": made.headers["ETag"]}
    )
    assert (change.status_code, change.json()["fouten"][0]["veld"]) == (400, "sector")
