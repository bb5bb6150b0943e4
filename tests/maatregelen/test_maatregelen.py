"""Measures over HTTP: what must be told, what follows, who may, and what is never lost (REG-18, INS-02 to INS-04, INS-06, HLP-05)."""

from datetime import date
from typing import Any
from uuid import UUID

import httpx
import pytest

from app.bevindingen.schemas.bevindingen import BevindingCreate, ControleRef
from app.bevindingen.service.bevindingen import record_hits
from app.bevindingen.status import Barriere, Klasse
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.maatregelen.rules.eisen import SLUITINGEN, recheck_day
from app.maatregelen.status import Maatregelsoort, Maatregelstatus
from app.objecten.status import Objecttype
from tests.objecten.stock import make_object
from tests.support.lijsten import seed_lists
from tests.support.municipality import STAD, Municipality
from tests.support.service import Service


@pytest.fixture
def places(runtime: Runtime, municipality: Municipality) -> dict[str, str]:
    """A dwelling, a restaurant and a lodging, with the shipped lists."""
    assert municipality.accounts
    seed_lists(runtime)
    kinds = (Objecttype.WON, Objecttype.HOR, Objecttype.LOG)
    with runtime.system_unit("test") as uow:
        return {kind.value: str(make_object(uow, kind, nr).id) for nr, kind in enumerate(kinds, 1)}


def body(object_id: str, soort: str = "sluiting", **changes: object) -> dict[str, Any]:
    return {
        "id": str(new_id()),
        "objectId": object_id,
        "soort": soort,
        "grondslag": "opiumwet-13b",
        "opgelegdOp": "2026-03-01",
        "geldtVan": "2026-03-02",
        "kenmerk": "B2026-0001",
        **changes,
    }


def post(service: Service, data: dict[str, Any], sub: str = "vergunningverlener") -> httpx.Response:
    return service.as_(sub).post("/maatregelen", json=data)


def fields(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 400, answer.text
    return [fault["veld"] for fault in answer.json()["fouten"]]


def step(service: Service, row: dict[str, Any], name: str, data: dict[str, Any] | None = None) -> httpx.Response:
    etag = {"If-Match": f'"{row["versie"]}"'}
    return service.as_("vergunningverlener").post(f"/maatregelen/{row['id']}/{name}", json=data, headers=etag)


def tasks(service: Service, sub: str, status: str = "open") -> list[tuple[str, str, str]]:
    rows = service.as_(sub).get("/taken", params={"status": status}).json()["resultaten"]
    return [(row["soort"], row["onderwerpId"], row["voorDatum"]) for row in rows]


@pytest.mark.requirement("INS-04", "HLP-05")
def test_a_place_where_people_sleep_is_not_closed_without_the_answer_on_shelter(
    service: Service, places: dict[str, str]
) -> None:
    closure = body(places["WON"])
    assert fields(post(service, closure)) == ["opvang"]
    assert fields(post(service, body(places["LOG"], "last-onder-bestuursdwang", spoed=True))) == ["opvang"]
    assert fields(post(service, body(places["HOR"], spoed=True))) == ["opvang"]  # urgent: asked everywhere
    assert post(service, body(places["HOR"])).status_code == 201
    intended = post(service, body(places["WON"], status="voorgenomen")).json()
    dates = {"opgelegdOp": "2026-03-05", "geldtVan": "2026-03-05"}
    assert fields(step(service, intended, "_opleggen", dates)) == ["opvang"]
    assert step(service, intended, "_opleggen", {**dates, "opvang": "geregeld"}).json()["status"] == "opgelegd"

    # 'Not yet' is an honest answer: it is kept, and somebody is asked to arrange shelter today.
    made = post(service, {**closure, "opvang": "nog-niet"}).json()
    assert [task[:2] for task in tasks(service, "af")] == [("opvang-regelen", made["id"])]
    etag = {"If-Match": '"1"'}
    path = f"/maatregelen/{made['id']}"
    changed = service.as_("vergunningverlener").patch(path, json={"opvang": None}, headers=etag)
    assert fields(changed) == ["opvang"]
    done = service.as_("vergunningverlener").patch(path, json={"opvang": "geregeld"}, headers=etag)
    assert done.status_code == 200
    assert tasks(service, "af") == []


@pytest.mark.requirement("INS-03", "INS-06")
def test_a_reopening_and_the_end_of_a_term_ask_for_one_control(service: Service, places: dict[str, str]) -> None:
    closure = body(places["HOR"], "tijdelijke-sluiting")
    assert fields(post(service, closure)) == ["geldtTot"]
    closure["geldtTot"] = "2026-08-31"
    made = post(service, closure)
    again = post(service, closure)
    assert (made.status_code, again.status_code) == (201, 200)
    assert again.json() == made.json()
    assert post(service, {**closure, "kenmerk": "B2026-0002"}).status_code == 409
    order = post(
        service, body(places["HOR"], "last-onder-dwangsom", grondslag="awb-5-32", begunstigingstermijnTot="2026-04-15")
    ).json()
    first, second = made.json(), order
    recheck = "maatregel-hercontrole"
    assert tasks(service, "planner") == [(recheck, second["id"], "2026-04-16"), (recheck, first["id"], "2026-09-01")]

    sooner = step(service, first, "_beeindigen", {"geldtTot": "2026-05-31"})  # opened sooner: the task moves along
    assert sooner.status_code == 200
    assert (recheck, first["id"], "2026-06-01") in tasks(service, "planner")
    assert step(service, second, "_intrekken").json()["status"] == "ingetrokken"
    assert tasks(service, "planner") == [(recheck, first["id"], "2026-06-01")]
    assert tasks(service, "planner", "vervallen") == [(recheck, second["id"], "2026-04-16")]
    assert step(service, {**second, "versie": 2}, "_intrekken").status_code == 409

    old = body(places["LOG"], status="beeindigd", opgelegdOp="2019-01-01", geldtVan="2019-01-01", geldtTot="2019-06-30")
    assert post(service, old).status_code == 201  # history asks for nothing
    assert len(tasks(service, "planner")) == 1


@pytest.mark.requirement("INS-02")
def test_a_measure_rests_on_compliance_findings_only_and_keeps_its_events(
    service: Service, runtime: Runtime, places: dict[str, str]
) -> None:
    def finding(item: str, klasse: Klasse) -> BevindingCreate:
        return BevindingCreate(Barriere.HUISVESTING, item, "HUI-1", klasse, "N", "ja")

    with runtime.system_unit("test") as uow:
        control = ControleRef(new_id(), STAD, UUID(places["HOR"]), uow.now)
        open_, secret = record_hits(
            uow, control, [finding("HUI-10", Klasse.NALEVING), finding("HUI-11", Klasse.VERTROUWELIJK)]
        )
    with_secret = body(places["HOR"], "waarschuwing", bevindingIds=[str(open_), str(secret)])
    unknown = {**with_secret, "bevindingIds": [str(new_id())]}
    # A confidential finding and one that does not exist get the same answer (DAT-13).
    first, second = post(service, with_secret).json(), post(service, unknown).json()
    assert (first["detail"], first["fouten"]) == (second["detail"], second["fouten"])
    made = post(service, {**with_secret, "bevindingIds": [str(open_)], "opmerking": "Vluchtweg vrijgemaakt."}).json()
    assert (made["bevindingIds"], made["grondslag"], made["status"]) == ([str(open_)], "opiumwet-13b", "opgelegd")
    path = f"/maatregelen/{made['id']}"
    teamleider = service.as_("teamleider")
    assert teamleider.patch(path, json={"kenmerk": "Z-7"}).status_code == 428
    assert teamleider.patch(path, json={"kenmerk": "Z-7"}, headers={"If-Match": '"9"'}).status_code == 412
    changed = teamleider.patch(path, json={"opmerking": None, "kenmerk": "Z-7"}, headers={"If-Match": '"1"'})
    assert (changed.json()["opmerking"], changed.json()["kenmerk"]) == (None, "Z-7")
    events = teamleider.get(f"{path}/gebeurtenissen").json()["resultaten"]
    assert [(event["actie"], event["stand"]["kenmerk"]) for event in events] == [
        ("vastleggen", "B2026-0001"),
        ("wijzigen", "Z-7"),
    ]
    assert events[1]["velden"] == ["kenmerk", "opmerking"]
    assert "Vluchtweg" not in str(events)
    for sub, status in (("toezichthouder", 200), ("pandbrigade", 200), ("buur-planner", 404), ("bestuur", 403)):
        assert service.as_(sub).get(path).status_code == status, sub
    assert post(service, body(places["HOR"]), "planner").status_code == 403
    assert post(service, body(places["HOR"]), "buur-vergunningverlener").status_code == 404


def test_no_text_and_no_ground_tells_of_persons_or_of_sex_work_at_a_dwelling(
    service: Service, places: dict[str, str]
) -> None:
    home = {"opvang": "niet-nodig"}
    assert fields(post(service, body(places["WON"], **home, grondslag="apv-seksinrichting"))) == ["grondslag"]
    assert fields(post(service, body(places["WON"], **home, grondslag="bestaat-niet"))) == ["grondslag"]
    assert fields(post(service, body(places["WON"], **home, opmerking="Thuisontvangst"))) == ["opmerking"]
    assert fields(post(service, body(places["HOR"], opmerking="Bel info@voorbeeld.nl"))) == ["opmerking"]
    assert fields(post(service, body(places["HOR"], geadresseerde="x"))) == ["body.geadresseerde"]


def test_the_list_of_an_object_page_by_page_newest_first(service: Service, places: dict[str, str]) -> None:
    for month in (3, 1, 2):
        day = f"2026-0{month}-01"
        assert post(service, body(places["HOR"], "waarschuwing", opgelegdOp=day, geldtVan=day)).status_code == 201
    client, url, seen = service.as_("planner"), f"/objecten/{places['HOR']}/maatregelen", []
    page = client.get(url, params={"limiet": 2}).json()
    while page["volgende"]:
        seen += page["resultaten"]
        page = client.get(url, params={"limiet": 2, "cursor": page["volgende"]}).json()
    assert [row["opgelegdOp"] for row in seen + page["resultaten"]] == ["2026-03-01", "2026-02-01", "2026-01-01"]
    on = client.get("/maatregelen", params={"geldigOp": "2026-02-15"}).json()["resultaten"]
    assert [row["opgelegdOp"] for row in on] == ["2026-02-01", "2026-01-01"]
    assert service.as_("buur-planner").get(url).status_code == 404


@pytest.mark.parametrize("soort", Maatregelsoort)
def test_only_what_binds_and_ends_asks_for_a_control(soort: Maatregelsoort) -> None:
    day = date(2026, 3, 31)
    for status in (Maatregelstatus.VOORGENOMEN, Maatregelstatus.INGETROKKEN):
        assert recheck_day(soort, status, day, day) is None
    ended = recheck_day(soort, Maatregelstatus.BEEINDIGD, day, day)
    assert ended == (date(2026, 4, 1) if soort in SLUITINGEN else None)
    assert recheck_day(soort, Maatregelstatus.OPGELEGD, None, None) is None
