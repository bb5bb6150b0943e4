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


def test_what_a_tablet_keeps_to_judge_and_to_recognise(service: Service) -> None:
    field = service.as_("toezichthouder")
    rule = field.get("/rekenregels/1")
    assert (rule.json()["regulier"], rule.json()["nietPluis"]["item"]) == ({"punten": 4, "groepen": 2}, "ENT-21")
    assert (rule.headers["etag"], field.get("/rekenregels/99").status_code) == ('"rekenregel-1"', 404)
    assert service.as_("planner").get("/rekenregels/1").status_code == 403  # thresholds are for the field (MON-13)
    cards = field.get("/veldkaarten")
    assert field.get("/veldkaarten", headers={"If-None-Match": cards.headers["etag"]}).status_code == 304
    shown = cards.json()["kaarten"]
    known = rule.json()
    assert {card["vorm"] for card in shown} == set(known["vormen"])
    assert {soort for card in shown for soort in card["bij"]} == set(known["objecttypen"])
    sexual = next(card for card in shown if card["vorm"] == "seksueel")
    assert "WON" not in sexual["bij"]  # a dwelling is never looked at for sex work
    words = cards.text.lower()
    assert not [word for word in ("loverboy", "nationaliteit", "prostituee", "illegaal") if word in words]
