"""The day route of a team over HTTP: read, another order, a list, and taking it over."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from app.controles.status import Aanleiding, Controlestatus
from app.core.runtime import Runtime
from app.objecten.status import Objecttype
from tests.planning.kalender import MORGEN
from tests.planning.stad import AVOND, Stad
from tests.support.municipality import Municipality
from tests.support.service import Service

VAN, TOT = 17 * 60, 25 * 60


@pytest.fixture
def dag(runtime: Runtime, municipality: Municipality) -> dict[str, UUID]:
    """A shift tomorrow with three controls in a bad order, one that waits for its release, and a stock around it."""
    team = municipality.teams["toezicht"]
    with runtime.system_unit("test") as uow:
        stad = Stad.with_norms(uow)
        long_ago = MORGEN - timedelta(days=900)
        places = [stad.place(Objecttype.HOR, open_=AVOND) for _ in range(3)]
        for _ in range(6):
            stad.horeca(long_ago)
        stad.risk(MORGEN - timedelta(days=3), MORGEN + timedelta(days=5))
        stad.shifts(team, MORGEN, 1, van=VAN, tot=TOT)
        planned: dict[str, Any] = {"status": Controlestatus.GEPLAND, "team_id": team, "aanleiding": Aanleiding.NORM}
        made = {
            name: stad.control(places[at], MORGEN, aanvang=aanvang, volgorde=n, duur=45, **planned)
            for n, (name, at, aanvang) in enumerate(
                (("eerste", 0, 18 * 60), ("verste", 2, 19 * 60), ("midden", 1, 20 * 60)), 1
            )
        }
        dwelling = stad.place(Objecttype.WON)
        made["wacht"] = stad.control(
            dwelling, MORGEN, aanvang=21 * 60, **(planned | {"aanleiding": Aanleiding.RISICOADRES})
        )
        made["woning"] = dwelling
    return made


def ids(answer: dict[str, Any]) -> list[str | None]:
    return [stop["controleId"] for stop in answer["stops"]]


def test_a_team_reads_its_own_day_and_no_other(
    service: Service, municipality: Municipality, dag: dict[str, UUID]
) -> None:
    field = service.as_("toezichthouder")
    answer = field.get("/dagroutes", params={"datum": MORGEN.isoformat()})
    assert answer.status_code == 200, answer.text
    route = answer.json()
    assert ids(route) == [
        str(dag[name]) for name in ("eerste", "verste", "midden")
    ]  # what waits for its release is not shown
    assert (route["dienstVan"], route["dienstTot"]) == (VAN, TOT)
    assert [s["aanvang"] for s in route["stops"]] == [1080, 1140, 1200]
    assert route["stops"][1]["reistijd"] > 0
    assert route["stops"][0]["openVanTot"]

    team = {"datum": MORGEN.isoformat(), "teamId": str(municipality.teams["toezicht"])}
    assert len(service.as_("planner").get("/dagroutes", params=team).json()["stops"]) == 4
    assert service.as_("buur-toezichthouder").get("/dagroutes", params=team).status_code == 404
    assert service.as_("buur-planner").get("/dagroutes", params=team).status_code == 404
    assert service.as_("planner").get("/dagroutes", params={"datum": MORGEN.isoformat()}).status_code == 400
    assert service.as_("vergunningverlener").get("/dagroutes", params=team).status_code == 403


def test_another_order_is_proposed_and_taken_over(service: Service, dag: dict[str, UUID]) -> None:
    field = service.as_("toezichthouder")
    body = {"datum": MORGEN.isoformat(), "overslaan": [str(dag["eerste"])], "toevoegen": 1}
    asked = field.post(
        "/dagroutes/_herordenen", json={**body, "hier": {"type": "Point", "coordinates": [80_500.0, 450_000.0]}}
    )
    assert asked.status_code == 200, asked.text
    proposal = asked.json()
    assert str(dag["eerste"]) not in ids(proposal)
    assert {str(dag["verste"]), str(dag["midden"]), None} == set(ids(proposal))
    added = next(s for s in proposal["stops"] if s["controleId"] is None)
    assert added["reden"]
    assert "80500" not in asked.text  # where the team stands comes back nowhere
    assert all(a["einde"] <= b["aanvang"] for a, b in zip(proposal["stops"], proposal["stops"][1:], strict=False))

    stops = [
        {
            "aanvang": s["aanvang"],
            **({"controleId": s["controleId"]} if s["controleId"] else {"objectId": s["objectId"]}),
        }
        for s in proposal["stops"]
    ]
    take = {"datum": MORGEN.isoformat(), "stops": stops}
    assert field.post("/dagroutes/_overnemen", json=take).status_code == 428
    taken = field.post("/dagroutes/_overnemen", json=take, headers={"If-Match": asked.headers["ETag"]})
    assert taken.status_code == 200, taken.text
    times = {s["objectId"]: s["aanvang"] for s in taken.json()["stops"]}
    assert all(times[s["objectId"]] == s["aanvang"] for s in proposal["stops"] if s["objectId"] in times)
    busy = 0
    for stop in taken.json()["stops"]:  # the one that was left out keeps its time, and is told where that clashes
        assert ("voordat een bezoek" in (stop["waarschuwing"] or "")) == (stop["aanvang"] < busy)
        busy = max(busy, stop["einde"])
    assert "voordat een bezoek" in taken.text
    again = field.post("/dagroutes/_overnemen", json=take, headers={"If-Match": asked.headers["ETag"]})
    assert again.status_code == 412
    assert again.headers["ETag"] == taken.headers["ETag"]


def test_an_order_that_cannot_be_is_refused_whole(service: Service, dag: dict[str, UUID]) -> None:
    field = service.as_("toezichthouder")
    tag = field.get("/dagroutes", params={"datum": MORGEN.isoformat()}).headers["ETag"]
    stops = [
        {"controleId": str(dag["midden"]), "aanvang": 1100},
        {"controleId": str(dag["midden"]), "aanvang": 1150},
        {"controleId": str(dag["wacht"]), "aanvang": 1140},
        {"objectId": str(dag["woning"]), "aanvang": 1300},
        {"aanvang": 1350},
    ]
    refused = field.post(
        "/dagroutes/_overnemen", json={"datum": MORGEN.isoformat(), "stops": stops}, headers={"If-Match": tag}
    )
    assert refused.status_code == 400
    assert [f["veld"] for f in refused.json()["fouten"]] == [
        "body.stops.1",
        "body.stops.2.controleId",
        "body.stops.2.aanvang",
        "body.stops.3.objectId",
        "body.stops.4",
    ]
    assert field.get("/dagroutes", params={"datum": MORGEN.isoformat()}).headers["ETag"] == tag


def test_times_that_cannot_be_are_refused(runtime: Runtime, service: Service, dag: dict[str, UUID]) -> None:
    field = service.as_("toezichthouder")
    with runtime.system_unit("test") as uow:
        shut = Stad(uow, 12).place(Objecttype.BEDR, open_={str(day): [[20 * 60, 21 * 60]] for day in range(1, 8)})
    route = field.get("/dagroutes", params={"datum": MORGEN.isoformat()})
    stops = [
        {"controleId": str(dag["eerste"]), "aanvang": 1080},
        {
            "controleId": str(dag["verste"]),
            "aanvang": 1080 + 45,
        },  # the first one is done then, and the way is still to go
        {"objectId": str(shut), "aanvang": 1190},
    ]
    body = {"datum": MORGEN.isoformat(), "stops": stops}
    refused = field.post("/dagroutes/_overnemen", json=body, headers={"If-Match": route.headers["ETag"]})
    assert refused.status_code == 400, refused.text
    faults = {f["veld"]: f["melding"] for f in refused.json()["fouten"]}
    assert set(faults) == {"body.stops.1.aanvang", "body.stops.2.aanvang"}
    assert "minuten reizen" in faults["body.stops.1.aanvang"]
    assert "openingstijden" in faults["body.stops.2.aanvang"]
    stops[1]["aanvang"], stops[2]["aanvang"] = 1130, 1200
    taken = field.post("/dagroutes/_overnemen", json=body, headers={"If-Match": route.headers["ETag"]})
    assert taken.status_code == 200, taken.text


def test_a_day_list_keeps_what_stands_and_is_the_same_every_time(
    runtime: Runtime, service: Service, dag: dict[str, UUID]
) -> None:
    field = service.as_("teamleider")
    body = {"datum": MORGEN.isoformat(), "aantal": 7}
    first = field.post("/dagroutes/_samenstellen", json=body)
    assert first.status_code == 200, first.text
    stops = first.json()["stops"]
    assert len(stops) == 7
    assert {str(dag[name]) for name in ("eerste", "verste", "midden")} <= {s["controleId"] for s in stops}
    assert any(s["type"] == "WON" and s["controleId"] is None for s in stops)  # the risk address
    assert all(field.post("/dagroutes/_samenstellen", json=body).json() == first.json() for _ in range(3))
    risk = next(s["objectId"] for s in stops if s["type"] == "WON" and s["controleId"] is None)
    with runtime.system_unit("test") as uow:  # it is visited today already: nobody comes again tomorrow
        Stad(uow).control(UUID(risk), MORGEN - timedelta(days=1), status=Controlestatus.VRIJGEGEVEN, binnen=False)
    assert risk not in {s["objectId"] for s in field.post("/dagroutes/_samenstellen", json=body).json()["stops"]}
    nobody = {"datum": (MORGEN + timedelta(days=1)).isoformat()}
    assert field.post("/dagroutes/_samenstellen", json=nobody).status_code == 409
    assert field.post("/dagroutes/_herordenen", json=nobody).status_code == 409
    outside = {"type": "Point", "coordinates": [10.0, 10.0]}
    assert field.post("/dagroutes/_samenstellen", json={**body, "hier": outside}).status_code == 400
