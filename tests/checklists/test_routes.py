"""The checklists over HTTP."""

from tests.support.service import Service


def test_the_lists_that_hold_and_one_of_them(service: Service) -> None:
    lists = service.as_("toezichthouder").get("/checklists").json()
    assert {one["code"] for one in lists} == {"BEV", "ENT", "IDE", "HUI", "ARB"}
    answer = service.as_("toezichthouder").get("/checklists/HUI/versies/1")
    assert answer.headers["etag"] == '"HUI-1"'
    items = {item["code"]: item for item in answer.json()["items"]}
    assert len(items) == 27
    assert items["HUI-11"]["triggers"] == [{"gewicht": "A", "cel": "HUI_11 == 'ja'", "antwoord": "ja", "drempel": None}]
    assert items["HUI-04"]["berekening"]
    assert items["HUI-02"]["opentBij"] == {"item": "HUI-26", "antwoord": ["ja"], "partner": None}


def test_weights_are_for_the_field_only(service: Service) -> None:
    for sub in ("planner", "bestuur", "pandbrigade", "vergunningverlener", "beheerder"):
        items = service.as_(sub).get("/checklists/ENT/versies/1").json()["items"]
        assert all(item["triggers"] is None for item in items), sub


def test_unknown_lists_and_dates(service: Service) -> None:
    client = service.as_("toezichthouder")
    assert client.get("/checklists/XYZ/versies/1").status_code == 404
    assert client.get("/checklists/ENT/versies/99").status_code == 404
    assert client.get("/checklists/ENT/versies/9999999999999999999").status_code == 400
    assert client.get("/checklists", params={"datum": "1999-01-01"}).json() == []
    faults = client.get("/checklists", params={"datum": "31-12-2026"}).json()["fouten"]
    assert faults == [{"veld": "query.datum", "melding": "is geen bestaande datum; schrijf bijvoorbeeld 2026-03-01"}]
