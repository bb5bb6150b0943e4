"""The file of an object and the worklist: who sees what, what was put right, a constant number of queries (RPT-04)."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from app.core.identifiers import new_id
from app.core.runtime import Runtime
from tests.controles.conftest import Field, Tablet, today
from tests.support.lijsten import seed_lists
from tests.support.service import Service
from tests.support.twee_klassen import NALEVING, business, term, visit


def _rows(service: Service, path: str, sub: str = "planner") -> list[dict[str, Any]]:
    answer = service.as_(sub).get(path)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    found: list[dict[str, Any]] = (body.get("geschiedenis") or body)["resultaten"]
    return found


def test_each_role_sees_its_part_and_a_part_that_is_not_his_is_empty(
    runtime: Runtime, service: Service, veld: Field, tablet: Tablet
) -> None:
    place = business(runtime, 1, kvk_nummer="12345678")
    office = service.as_("vergunningverlener")
    permit = {"objectId": str(place), "soort": "overig", "bron": "register"}
    for number, day, until in (("V-1", "2022-01-01", "2023-12-31"), ("V-2", "2024-01-01", None)):
        body = {**permit, "nummer": number, "geldigVanaf": day, "geldigTot": until}
        made = office.post("/vergunningen", json=body)
        assert made.status_code == 201, made.text
    test = {"getoetstOp": "2025-05-05", "kenmerk": "B-7"}
    assert office.post(f"/vergunningen/{made.json()['id']}/bibob-toetsen", json=test).status_code == 201
    risk = {
        "objectId": str(place), "reden": "analyse", "bron": "register", "inBeeldOp": "2026-01-05",
        "herzienOp": "2027-01-05",
    }  # fmt: skip
    assert service.as_("planner").post("/risicoadressen", json=risk).status_code == 201
    visit(veld, tablet, place, today() - timedelta(days=9), NALEVING)
    files = {
        sub: service.as_(sub).get(f"/objecten/{place}/dossier").json()
        for sub in ("toezichthouder", "planner", "pandbrigade", "af", "vergunningverlener")
    }
    seen = {
        sub: (
            file["object"]["kvkNummer"] is not None,
            len(file["bibobToetsen"]),
            len(file["risicoadressen"]),
            len(file["geschiedenis"]["resultaten"]),
        )
        for sub, file in files.items()
    }
    assert seen == {
        "toezichthouder": (False, 0, 1, 1),
        "planner": (False, 1, 1, 1),
        "pandbrigade": (False, 0, 0, 0),
        "af": (True, 0, 1, 1),
        "vergunningverlener": (True, 1, 0, 1),
    }
    assert {len(file["vergunningen"]) for file in files.values()} == {1}
    assert [part["nummer"] for part in files["af"]["vergunningen"][0]["stukken"]] == ["V-1", "V-2"]
    assert "analyse" not in str(files)  # the terms of a risk address, not its reason
    bibob = office.get(f"/vergunningen/{made.json()['id']}/bibob-dossier").json()
    assert [row["kenmerk"] for row in bibob["bibobToetsen"]] == ["B-7"]
    assert service.as_("buur-planner").get(f"/objecten/{place}/dossier").status_code == 404
    audit = service.as_("beheerder").get("/auditregels", params={"objectId": str(place)}).json()["resultaten"]
    assert [row["actie"] for row in audit].count("objecten_dossier") == 5


@pytest.mark.requirement("RPT-04")
def test_what_is_past_its_term_stands_on_top_and_what_was_put_right_leaves(
    runtime: Runtime, service: Service, veld: Field, tablet: Tablet
) -> None:
    term(runtime, 14)
    late, soon = business(runtime, 1), business(runtime, 2)
    visit(veld, tablet, soon, today() - timedelta(days=4), NALEVING)
    first = visit(veld, tablet, late, today() - timedelta(days=40), {**NALEVING, "BEV-13": "nee", "ARB-22": "ja"})
    rows = _rows(service, "/naleving-werklijst")
    assert [(row["objectId"], row["item"], row["teLaat"]) for row in rows] == [
        (str(late), "ARB-01", True), (str(late), "HUI-10", True),
        (str(soon), "ARB-01", False), (str(soon), "HUI-10", False),
    ]  # fmt: skip
    assert {row["team"] for row in rows} == {"Team toezicht"}
    assert all(row["hercontroleOp"] > row["hersteltermijn"] and not row["hercontroleGepland"] for row in rows)
    assert "ARB-22" not in str(rows)
    page = service.as_("planner").get("/naleving-werklijst", params={"limiet": 3}).json()
    rest = service.as_("planner").get("/naleving-werklijst", params={"limiet": 3, "cursor": page["volgende"]}).json()
    assert page["resultaten"] + rest["resultaten"] == rows
    veld.plan(str(late), today() + timedelta(days=2))
    planned = [row for row in _rows(service, "/naleving-werklijst") if row["objectId"] == str(late)]
    assert {(row["hercontroleOp"], row["hercontroleGepland"]) for row in planned} == {
        (f"{today() + timedelta(days=2)}", True)
    }
    office = [row for row in _rows(service, "/naleving-werklijst", "vergunningverlener") if row["teLaat"]]
    assert not any(row["hercontroleGepland"] for row in office)  # who does not see the plan does not see it here
    visit(veld, tablet, late, today() - timedelta(days=1), {**NALEVING, "ARB-01": "nee"})
    open_now = [row for row in _rows(service, "/naleving-werklijst") if row["objectId"] == str(late)]
    assert [(row["item"], row["controleId"] == str(first)) for row in open_now] == [("HUI-10", False)]
    history = _rows(service, f"/objecten/{late}/dossier")
    assert [row["datum"] for row in history] == [f"{today() - timedelta(days=n)}" for n in (1, 40)]
    repaired = {row["item"]: row["hersteldOp"] for row in history[1]["tekortkomingen"]}
    assert repaired == {"ARB-01": f"{today() - timedelta(days=1)}", "HUI-10": None}
    assert service.as_("planner").get("/naleving-werklijst", params={"cursor": "W10"}).status_code == 400


def test_a_file_takes_as_many_queries_for_much_history_as_for_little(
    runtime: Runtime, service: Service, veld: Field, tablet: Tablet
) -> None:
    places = business(runtime, 1), business(runtime, 2)
    for place, times in zip(places, (1, 4), strict=True):
        for nr in range(times):
            visit(veld, tablet, place, today() - timedelta(days=9 + nr), NALEVING)
    counts = []
    for place in places:
        for path in (f"/objecten/{place}/dossier", f"/objecten/{place}/inzage"):
            service.as_("af").get(path)
            statements: list[str] = []
            sa.event.listen(sa.Engine, "before_cursor_execute", counter := lambda *args: statements.append(args[2]))  # noqa: B023
            assert service.as_("af").get(path).status_code == 200
            sa.event.remove(sa.Engine, "before_cursor_execute", counter)
            counts.append(len(statements))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 24


def test_history_goes_page_by_page(runtime: Runtime, service: Service, veld: Field, tablet: Tablet) -> None:
    place = business(runtime, 1)
    made = [visit(veld, tablet, place, today() - timedelta(days=nr), NALEVING) for nr in range(1, 6)]
    veld.plan(str(place))  # what is still planned is no history
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        params = {"limiet": "2", **({"cursor": cursor} if cursor else {})}
        history = service.as_("planner").get(f"/objecten/{place}/dossier", params=params).json()["geschiedenis"]
        seen += [row["id"] for row in history["resultaten"]]
        cursor = history["volgende"]
    assert seen == [str(nr) for nr in made]
    assert service.as_("planner").get(f"/objecten/{new_id()}/dossier").status_code == 404


def test_measures_and_certificates_stand_in_the_files_and_an_intention_does_not(
    runtime: Runtime, service: Service, veld: Field
) -> None:
    seed_lists(runtime)
    place = veld.objecten["BEDR"]
    measure = {
        "objectId": str(place), "soort": "sluiting", "grondslag": "opiumwet-13b", "opgelegdOp": "2026-03-01",
        "geldtVan": "2026-03-02", "kenmerk": "B-1", "opvang": "niet-nodig",
    }  # fmt: skip
    office = service.as_("vergunningverlener")
    for more in ({}, {"soort": "waarschuwing", "status": "voorgenomen", "kenmerk": "B-2"}):
        made = office.post("/maatregelen", json={"id": str(new_id()), **measure, **more})
        assert made.status_code == 201, made.text
    register = {"soort": "snf", "nummer": "S-1", "registernaam": "Openbaar register", "nagekekenOp": "2026-01-02"}
    paper = {"id": str(new_id()), "objectId": str(place), "geldigTot": "2027-01-01", **register}
    assert office.post("/certificaten", json=paper).status_code == 201
    for path in (f"/objecten/{place}/dossier", f"/objecten/{place}/inzage"):
        file = office.get(path).json()
        assert [(row["soort"], row["opgelegdOp"]) for row in file["maatregelen"]] == [("sluiting", "2026-03-01")]
        assert [row["nummer"] for row in file["certificaten"]] == ["S-1"]
        assert not any(word in str(file) for word in ("B-1", "B-2", "voorgenomen"))
    printed = office.get(f"/objecten/{place}/inzage", params={"formaat": "pdf"})
    assert printed.content.startswith(b"%PDF")
