"""The roster: rest, leave, crews, warnings, shifts that change or fall away (PLN-02, PLN-16, TRN-04)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.controles.status import Controlestatus
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.gemeenten.status import Opleidingsoort
from app.gemeenten.tables import Opleiding
from app.objecten.status import Objecttype
from app.planning.rules.bezetting import Roosterdienst, man_shifts
from app.planning.rules.diensten import Tijdvak
from app.planning.rules.rust import Roosterregels, is_night_shift, lacks_rest
from app.planning.service.rooster import load_roster
from tests.planning.kalender import VANDAAG
from tests.planning.stad import Stad
from tests.support.municipality import STAD, Municipality
from tests.support.service import Service

_IN_JANUARI = date(VANDAAG.year + 1, 1, 4)
MA = _IN_JANUARI + timedelta(days=-_IN_JANUARI.weekday() % 7)
DI = MA + timedelta(days=1)
REGELS = Roosterregels(11 * 60, 14 * 60, 2)
TEAM = uuid4()


def span(day: date, van: int, tot: int) -> Tijdvak:
    return Tijdvak(TEAM, day, van * 60, tot * 60)


@pytest.mark.requirement("PLN-16")
@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        (span(MA, 18, 23), span(DI, 8, 16), True),  # nine hours
        (span(MA, 18, 23), span(DI, 10, 18), False),  # eleven
        (span(MA, 16, 24), span(DI, 11, 15), False),
        (span(MA, 22, 27), span(DI, 15, 20), True),  # a night shift that ends after 02:00 asks fourteen
        (span(MA, 22, 27), span(DI, 17, 22), False),
        (span(MA, 9, 13), span(MA, 17, 22), False),  # one stretch of thirteen hours; eleven are left
        (span(MA, 8, 12), span(MA, 17, 22), True),
        (span(MA, 9, 13), span(MA, 12, 16), True),  # two places at once
    ],
)
def test_rest_between_shifts(first: Tijdvak, second: Tijdvak, clash: bool) -> None:
    assert lacks_rest(first, second, REGELS) is clash
    assert lacks_rest(second, first, REGELS) is clash


def test_what_is_a_night_shift() -> None:
    assert is_night_shift(span(MA, 20, 28))
    assert not is_night_shift(span(MA, 17, 25))  # one hour after midnight, not more
    assert not is_night_shift(span(MA, 20, 26))  # over by 02:00
    assert not is_night_shift(span(MA, 6, 14))


def test_a_small_team_cannot_man_the_morning_after() -> None:
    a, b, c, d = (uuid4() for _ in range(4))
    late, early = (
        Roosterdienst(uuid4(), span(MA, 18, 23)),
        Roosterdienst(uuid4(), span(DI, 8, 16)),
    )

    def available(members: list[UUID], *shifts: Roosterdienst) -> list[int]:
        crews = man_shifts(shifts, {TEAM: members}, lambda *_: False, REGELS)
        return [crews[shift.id].available() for shift in shifts]

    assert available([a, b], late, early) == [2, 0]
    assert available([a, b, c, d], late, early) == [4, 2]
    named = Roosterdienst(late.id, late.span, frozenset({a, b}))
    assert available([a, b, c], named, early) == [2, 1]  # only c has slept
    away = man_shifts([late], {TEAM: [a, b, c]}, lambda _team, who, _day: who == a, REGELS)
    assert away[late.id].leden == {b, c}


@pytest.fixture
def stad(runtime: Runtime, municipality: Municipality) -> Municipality:
    """The norms, an evening on Monday and a morning on Tuesday of a team of two designated inspectors."""
    with runtime.system_unit("test") as uow:
        made = Stad.with_norms(uow)
        made.shifts(municipality.teams["toezicht"], MA, 1, van=18 * 60, tot=23 * 60)
        made.shifts(municipality.teams["toezicht"], DI, 1, van=8 * 60, tot=16 * 60)
    return municipality


def usable(runtime: Runtime) -> list[tuple[date, bool]]:
    with runtime.system_unit("test", write=False) as uow:
        roster = load_roster(uow, STAD, MA, DI)
        return [(shift.datum, Objecttype.SEKS in powers) for shift, powers in roster.usable()]


def rows_of(service: Service) -> dict[str, dict[str, Any]]:
    rows = service.as_("planner").get("/beschikbaarheden").json()["resultaten"]
    return {row["datum"]: row for row in rows}


def patch(service: Service, row: dict[str, Any], **body: object) -> Any:  # noqa: ANN401 - the answer
    url = f"/beschikbaarheden/{row['id']}"
    tag = service.as_("planner").get(url).headers["ETag"]
    return service.as_("planner").patch(url, json=body, headers={"If-Match": tag})


@pytest.mark.requirement("PLN-16")
def test_the_morning_after_has_no_capacity_and_a_named_inspector_is_refused(
    runtime: Runtime, service: Service, stad: Municipality
) -> None:
    assert usable(runtime) == [(MA, True)]  # the third member leads and is not designated
    rows = rows_of(service)
    one, two = (str(stad.accounts[sub]) for sub in ("toezichthouder", "toezichthouder-2"))
    late, early = rows[MA.isoformat()], rows[DI.isoformat()]
    assert patch(service, late, leden=[one, two]).json()["leden"] == sorted([one, two])
    refused = patch(service, early, leden=[one])
    assert refused.status_code == 400
    assert "rusttijd" in refused.json()["fouten"][0]["melding"]
    assert patch(service, early, leden=[str(stad.accounts["pandbrigade"])]).status_code == 400  # of another team
    assert patch(service, early, van=10 * 60, leden=[one, two]).status_code == 200  # eleven hours later
    assert usable(runtime) == [(MA, True), (DI, True)]
    assert patch(service, late, tot=24 * 60).status_code == 400  # would take the rest of who stands on both
    assert patch(service, early, bezetting=1).status_code == 200
    assert usable(runtime) == [(MA, True)]


def test_crews_in_bulk_are_members_and_rested(service: Service, stad: Municipality) -> None:
    planner, team = service.as_("planner"), str(stad.teams["toezicht"])
    one, two = (str(stad.accounts[sub]) for sub in ("toezichthouder", "toezichthouder-2"))

    def row(day: int, van: int, tot: int, *crew: str) -> dict[str, object]:
        datum = (MA + timedelta(days=day)).isoformat()
        return {"id": str(new_id()), "teamId": team, "datum": datum, "van": van * 60, "tot": tot * 60, "leden": crew}

    rows = [row(10, 18, 23, one, two), row(11, 8, 12, one), row(12, 8, 12, two)]
    refused = planner.post("/beschikbaarheden", json={"regels": rows})
    assert [fault["veld"] for fault in refused.json()["fouten"]] == ["body.regels.1.leden"]
    rows[1]["leden"] = [str(stad.accounts["teamleider"])]
    assert planner.post("/beschikbaarheden", json={"regels": rows}).status_code == 201
    assert planner.post("/beschikbaarheden", json={"regels": rows}).json() == {"toegevoegd": 0, "alAanwezig": 3}
    other = [{**rows[0], "leden": [one]}]
    assert planner.post("/beschikbaarheden", json={"regels": other}).status_code == 400  # the same id, another crew
    strange = planner.post("/beschikbaarheden", json={"regels": [row(20, 8, 12, str(stad.accounts["af"]))]})
    assert [fault["veld"] for fault in strange.json()["fouten"]] == ["body.regels.0.leden"]
    early = planner.post(
        "/beschikbaarheden", json={"regels": [row(9, 23, 28, one)]}
    )  # ends at 04:00, then fourteen hours
    assert early.status_code == 201
    night = planner.post("/beschikbaarheden", json={"regels": [row(8, 23, 28, two), row(9, 17, 20, two)]})
    assert night.status_code == 400  # thirteen hours after a night


def test_leave_takes_capacity_away_and_gives_it_back(runtime: Runtime, service: Service, stad: Municipality) -> None:
    leader = service.as_("teamleider")
    body = {
        "id": str(new_id()),
        "accountId": str(stad.accounts["toezichthouder"]),
        "van": (MA - timedelta(days=3)).isoformat(),
        "tot": MA.isoformat(),
    }
    made = leader.post("/verlofperioden", json=body)
    assert made.status_code == 201, made.text
    assert leader.post("/verlofperioden", json=body).status_code == 200
    assert leader.post("/verlofperioden", json={**body, "tot": DI.isoformat()}).status_code == 409
    assert usable(runtime) == [(DI, True)]  # and the morning is free of the late shift
    assert leader.get("/verlofperioden", params={"van": MA.isoformat()}).json()["resultaten"][0]["id"] == body["id"]
    assert set(made.json()) == {"id", "gemeentecode", "teamId", "accountId", "van", "tot", "versie"}  # never why
    gone = leader.delete(f"/verlofperioden/{body['id']}", headers={"If-Match": '"1"'})
    assert gone.status_code == 204
    assert usable(runtime) == [(MA, True)]
    team = {"teamId": str(stad.teams["toezicht"]), "van": MA.isoformat(), "tot": DI.isoformat()}
    assert leader.post("/verlofperioden", json=team).status_code == 201
    assert usable(runtime) == []
    strange = {"accountId": str(stad.accounts["buur-toezichthouder"]), "van": MA.isoformat(), "tot": MA.isoformat()}
    assert leader.post("/verlofperioden", json=strange).status_code == 400


def test_a_shift_that_falls_away_leaves_its_controls_in_sight(
    runtime: Runtime, service: Service, stad: Municipality
) -> None:
    with runtime.system_unit("test") as uow:
        made = Stad(uow)
        control = made.control(
            made.place(Objecttype.HOR),
            MA,
            status=Controlestatus.VRIJGEGEVEN,
            team_id=stad.teams["toezicht"],
            aanvang=19 * 60,
        )
    planner, row = service.as_("planner"), rows_of(service)[MA.isoformat()]
    period = {"van": MA.isoformat(), "tot": DI.isoformat()}
    assert planner.get("/controles-zonder-dienst", params=period).json() == []
    url = f"/beschikbaarheden/{row['id']}"
    assert planner.delete(url, headers={"If-Match": '"9"'}).status_code == 412
    left = planner.delete(url, headers={"If-Match": '"1"'})
    assert left.status_code == 200, left.text
    assert [item["controleId"] for item in left.json()["controlesZonderDienst"]] == [str(control)]
    assert planner.get(url).status_code == 404
    (homeless,) = planner.get("/controles-zonder-dienst", params=period).json()
    assert (homeless["controleId"], homeless["reden"]) == (str(control), "het team heeft dan geen dienst")
    assert planner.get(f"/controles/{control}/waarschuwingen").json() == [
        "Op deze dag en tijd heeft het team geen dienst."
    ]
    assert (
        planner.get(
            "/controles-zonder-dienst", params={"van": MA.isoformat(), "tot": (MA + timedelta(days=366)).isoformat()}
        ).status_code
        == 400
    )


@pytest.mark.requirement("TRN-04")
def test_untrained_lead_and_missing_knowledge_of_housing_warn_and_never_block(
    runtime: Runtime, service: Service, stad: Municipality
) -> None:
    planner, lead = service.as_("planner"), stad.accounts["toezichthouder"]
    with runtime.system_unit("test") as uow:
        made = Stad(uow)
        control = made.control(
            made.place(Objecttype.WON),
            MA,
            status=Controlestatus.VRIJGEGEVEN,
            team_id=stad.teams["toezicht"],
            aanvang=19 * 60,
        )
        for soort, tot in (
            (Opleidingsoort.WOONFRAUDE, None),
            (Opleidingsoort.IDENTITEIT, MA),
            (Opleidingsoort.UITBUITING, MA - timedelta(days=1)),  # ended the day before
        ):
            uow.session.add(
                Opleiding(
                    account_id=lead,
                    gemeentecode=STAD,
                    soort=soort,
                    aanbieder="test",
                    geldig_vanaf=date(2025, 1, 1),
                    geldig_tot=tot,
                )
            )
    row = rows_of(service)[MA.isoformat()]
    changed = patch(service, row, trekkerId=str(lead))
    assert changed.status_code == 200, changed.text
    untrained = "De trekker mist een geldige opleiding: uitbuiting."
    assert changed.json()["waarschuwingen"] == [untrained]
    listed = planner.get("/dienstwaarschuwingen", params={"van": MA.isoformat(), "tot": MA.isoformat()}).json()
    assert [item["waarschuwingen"] for item in listed] == [[untrained]]
    assert planner.get(f"/controles/{control}/waarschuwingen").json() == [
        untrained,
        "Niemand van deze dienst is op die dag geldig bekwaam in huisvesting.",
    ]
    body = {
        "accountId": str(stad.accounts["toezichthouder-2"]),
        "gemeentecode": STAD,
        "soort": "huisvesting",
        "aanbieder": "test",
        "geldigVanaf": date(VANDAAG.year, 1, 1).isoformat(),
        "geldigTot": date(MA.year, 12, 31).isoformat(),
    }
    assert service.as_("beheerder").post("/opleidingen", json=body).status_code == 201
    assert planner.get(f"/controles/{control}/waarschuwingen").json() == [untrained]
    assert service.as_("buur-planner").get(f"/controles/{control}/waarschuwingen").status_code == 404
