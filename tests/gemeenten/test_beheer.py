"""What the manager keeps: accounts, teams, designations, areas; and that one municipality never sees another's."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlmodel import select

from app.core.auth.sessions import start_session
from app.core.http.paging import encode
from app.core.runtime import Runtime
from app.core.tables import Sessie
from app.gemeenten.accounts import Accounts
from app.gemeenten.adapters.bestanden import read_areas
from app.gemeenten.service.aanwijzingen import has_designation
from app.gemeenten.status import Wet
from tests.gemeenten.conftest import Change
from tests.support.municipality import BUUR, STAD, Municipality
from tests.support.service import Service

TODAY = date.today()  # noqa: DTZ011 - the tests end things yesterday and start them long ago
YESTERDAY = (TODAY - timedelta(days=1)).isoformat()


def test_an_ended_account_is_refused_at_the_next_call(
    service: Service, municipality: Municipality, change: Change
) -> None:
    assert service.as_("planner").get("/gemeenten").status_code == 200
    path = f"/accounts/{municipality.accounts['planner']}"
    assert change(service.as_("beheerder"), path, {"actiefTot": YESTERDAY}).status_code == 200
    assert service.as_("planner").get("/gemeenten").status_code == 401


@pytest.mark.usefixtures("neighbour")
def test_the_manager_signs_an_account_out_everywhere(
    service: Service, runtime: Runtime, municipality: Municipality
) -> None:
    with runtime.database.session(write=True) as session:
        for sub in ("planner", "planner", "af"):
            start_session(session, runtime.settings, sub, datetime.now(UTC))
        session.commit()
    path = f"/accounts/{municipality.accounts['planner']}/_afmelden"
    assert service.as_("buur-beheerder").post(path).status_code == 404
    assert service.as_("teamleider").post(path).status_code == 403
    assert service.as_("beheerder").post(path).status_code == 204
    with runtime.database.session(write=False) as session:
        assert [row.sub for row in session.exec(select(Sessie))] == ["af"]


def test_accounts_are_functions_and_roles_are_divided(service: Service, change: Change) -> None:
    manager = service.as_("beheerder")
    body = {
        "sub": "toezichthouder-33",
        "gemeentecode": STAD,
        "functie": "Toezichthouder 33",
        "rollen": ["toezichthouder"],
        "actiefVanaf": TODAY.isoformat(),
    }
    made = manager.post("/accounts", json=body)
    assert made.status_code == 201
    assert made.json()["rollen"] == ["toezichthouder"]
    assert manager.post("/accounts", json={**body, "naam": "x"}).status_code == 400
    assert manager.post("/accounts", json={**body, "sub": "x@gemeente.example"}).status_code == 400
    assert manager.post("/accounts", json={**body, "functie": "bel 06" + "12345678"}).status_code == 400
    assert manager.post("/accounts", json={**body, "sub": "s", "rollen": ["systeem"]}).status_code == 400
    assert manager.post("/accounts", json=body).status_code == 409
    assert manager.post("/accounts", json={**body, "sub": "s", "gemeentecode": BUUR}).status_code == 404
    path = f"/accounts/{made.json()['id']}"
    both = change(manager, path, {"rollen": ["beheerder", "aandachtsfunctionaris"], "domein": "zorg"})
    assert both.status_code == 400
    assert manager.patch(path, json={"functie": "Toezichthouder 34"}).status_code == 428
    stale = manager.patch(path, json={"functie": "Toezichthouder 34"}, headers={"If-Match": '"99"'})
    assert stale.status_code == 412


def test_nobody_gives_himself_rights(service: Service, municipality: Municipality, change: Change) -> None:
    path = f"/accounts/{municipality.accounts['beheerder']}"
    assert change(service.as_("beheerder"), path, {"rollen": ["bestuur"]}).status_code == 403


def test_records_of_one_municipality_are_not_found_from_another(
    service: Service,
    municipality: Municipality,
    neighbour: UUID,  # noqa: ARG001 - the account must stand
) -> None:
    manager, other = service.as_("beheerder"), service.as_("buur-beheerder")
    partner = {"gemeentecode": STAD, "soort": "riec", "naam": "RIEC", "geldigVanaf": "2024-01-01"}
    shift = {
        "gemeentecode": STAD,
        "accountId": str(municipality.accounts["af"]),
        "nummer": "0800 0000",
        "van": "2030-01-01T00:00:00Z",
        "tot": "2030-01-02T00:00:00Z",
    }
    norm = {
        "gemeentecode": STAD,
        "sleutel": "HORECA_PER_JAAR",
        "waarde": 1,
        "eenheid": "x",
        "geldigVanaf": "2024-01-01",
        "bron": "x",
    }
    paths = [
        f"/teams/{municipality.teams['toezicht']}",
        f"/accounts/{municipality.accounts['planner']}",
        manager.post("/partners", json=partner).headers["location"].removeprefix("/v1"),
        manager.post("/piketdiensten", json=shift).headers["location"].removeprefix("/v1"),
        f"/aanwijzingen/{manager.get('/aanwijzingen').json()['resultaten'][0]['id']}",
        f"/gemeenten/{STAD}",
    ]
    for path in paths:
        assert manager.get(path).status_code == 200, path
        assert other.get(path).status_code == 404, path
        answer = other.patch(path, json={}, headers={"If-Match": '"1"'})
        assert answer.status_code in {404, 405} or path.startswith("/aanwijzingen"), path
    for body, path in ((partner, "/partners"), (shift, "/piketdiensten"), (norm, "/normen")):
        assert other.post(path, json=body).status_code == 404, path
    for path in ("/teams", "/accounts", "/partners", "/piketdiensten", "/aanwijzingen", "/gebieden"):
        rows = other.get(path).json()["resultaten"]
        assert {row["gemeentecode"] for row in rows} <= {BUUR}, path


def test_rights_of_an_inspector_follow_from_designations(
    service: Service, runtime: Runtime, municipality: Municipality, neighbour: UUID, change: Change
) -> None:
    """A regional inspector works in each municipality that designated him, and nowhere else (ROL-23)."""
    inspector = service.as_("toezichthouder")
    assert inspector.get(f"/gemeenten/{BUUR}").status_code == 404
    account_id = municipality.accounts["toezichthouder"]
    body = {"accountId": str(account_id), "gemeentecode": BUUR, "wet": "apv", "geldigVanaf": "2024-01-01"}
    assert service.as_("beheerder").post("/aanwijzingen", json=body).status_code == 404
    made = service.as_("buur-beheerder").post("/aanwijzingen", json=body)
    assert made.status_code == 201
    assert inspector.get(f"/gemeenten/{BUUR}").status_code == 200
    caller = Accounts(runtime.database, 0).find_caller("toezichthouder")
    assert caller is not None
    with runtime.unit(caller, "test", "01990000-0000-7000-8000-000000000000", write=False) as uow:
        assert has_designation(uow, BUUR, Wet.APV)
        assert not has_designation(uow, BUUR, Wet.HUISVESTINGSWET)
        assert not has_designation(uow, BUUR, Wet.APV, neighbour)
    path = made.headers["location"].removeprefix("/v1")
    assert change(service.as_("buur-beheerder"), path, {"geldigTot": YESTERDAY}).status_code == 200
    assert inspector.get(f"/gemeenten/{BUUR}").status_code == 404


def test_team_takes_members_of_its_own_municipality(
    service: Service, municipality: Municipality, change: Change
) -> None:
    manager = service.as_("beheerder")
    path = f"/teams/{municipality.teams['toezicht']}"
    foreign = str(municipality.accounts["buur-planner"])
    assert change(manager, path, {"leden": [foreign]}).status_code == 400
    own = str(municipality.accounts["toezichthouder"])
    changed = change(manager, path, {"leden": [own], "naam": "Team A"})
    assert (changed.status_code, changed.json()["leden"], changed.json()["naam"]) == (200, [own], "Team A")
    assert manager.get(path).json() == changed.json()


def test_areas_are_stored_once_and_stand(service: Service) -> None:
    manager = service.as_("beheerder")
    document = read_areas(Path(__file__).parent / "gebieden.geojson")
    for feature in document["features"]:
        feature["properties"]["code"] = feature["properties"]["code"].replace("9801", "9901")
    body = {"gemeentecode": STAD, "jaar": 2026, "bron": "eigen indeling", "gebieden": document}
    assert manager.post("/gebieden", json=body).json()["toegevoegd"] == 3
    again = manager.post("/gebieden", json=body).json()
    assert (again["toegevoegd"], again["alAanwezig"]) == (0, 3)
    first = manager.get("/gebieden", params={"soort": "buurt", "limiet": 1})
    assert first.json()["resultaten"][0]["geometrie"] is None
    second = manager.get(first.headers["link"].split(">")[0][1:].removeprefix("/v1"))
    assert [row["code"] for row in second.json()["resultaten"]] == ["BU99010200"]
    shown = manager.get("/gebieden", params={"geometrie": "true", "jaar": 2026})
    assert shown.headers["content-crs"].endswith("CRS84>")
    lon, lat = shown.json()["resultaten"][0]["geometrie"]["coordinates"][0][0]
    assert (3 < lon < 8, 50 < lat < 54) == (True, True)
    light = service.as_("toezichthouder").get("/gebieden/kaart")  # for a map without network
    codes = [(row["properties"]["soort"], row["properties"]["code"]) for row in light.json()["features"]]
    assert ("buurt", "BU99010200") in codes
    assert {soort for soort, _ in codes} <= {"buurt", "gemeente"}
    lon, lat = light.json()["features"][0]["geometry"]["coordinates"][0][0]
    assert (3 < lon < 8, 50 < lat < 54, round(lon, 5)) == (True, True, lon)
    same = {"If-None-Match": light.headers["etag"]}
    assert service.as_("toezichthouder").get("/gebieden/kaart", headers=same).status_code == 304
    assert service.as_("toezichthouder").get("/gebieden/kaart?gemeentecode=GM9902").status_code == 404
    document["features"][0]["properties"]["naam"] = "Anders"
    assert manager.post("/gebieden", json=body).status_code == 409
    document["features"][0]["properties"]["code"] = "BU05180101"
    document["features"][1]["geometry"]["coordinates"][0].pop()
    faults = manager.post("/gebieden", json={**body, "jaar": 2027})
    assert faults.status_code == 400
    assert {fault["veld"] for fault in faults.json()["fouten"]} == {"features.0", "features.1"}


def test_a_cursor_of_another_list_does_no_harm(service: Service) -> None:
    lists = ["gemeenten", "normen", "gebieden", "teams", "accounts", "aanwijzingen", "piketdiensten", "taken"]
    for path in lists:
        for key in ("", "zzz", "0001-01-01", "9999-12-31T23:59:59.999999-23:59", "100%"):
            answer = service.as_("beheerder").get(f"/{path}", params={"cursor": encode(key, UUID(int=7))})
            assert answer.status_code in {200, 400}, (path, key)
