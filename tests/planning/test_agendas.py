"""Calendar feeds: when, and nothing else; a secret address that ends, is renewed, taken back and not fetched without end (PLN-18)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from icalendar import Calendar
from sqlmodel import select

from app.controles.status import Controlestatus
from app.controles.tables import Actie
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.gemeenten.tables import Partner
from app.objecten.status import Objecttype
from app.planning.rules.agendas import PER_UUR
from app.planning.tables import Agendasleutel
from tests.planning.kalender import MORGEN, VANDAAG, now
from tests.planning.stad import Stad
from tests.support.municipality import Municipality
from tests.support.service import Service

VERRAAD = ("Voorbeeldkade", "1234AB", "BEDR", "HOR", "WK99", "BU99", "Team", "LOCATION", "GEO", "toezicht", "450000")


@pytest.fixture
def stad(runtime: Runtime, municipality: Municipality) -> dict[str, UUID]:
    with runtime.system_unit("test") as uow:
        made = Stad.with_norms(uow)
        team, partner = municipality.teams["toezicht"], made.partner()
        made.shifts(team, MORGEN, 2, van=18 * 60, tot=25 * 60)
        actie = made.action(MORGEN, [], partner)
        row = uow.session.get_one(Actie, actie)
        row.aanvang, row.gebied, row.verzamelpunt = 19 * 60, "WK990101", "Voorbeeldkade 9"
        control = made.control(
            made.place(Objecttype.BEDR),
            MORGEN,
            actie_id=actie,
            team_id=team,
            status=Controlestatus.VRIJGEGEVEN,
            aanvang=19 * 60,
        )
        return {"team": team, "partner": partner, "actie": actie, "controle": control}


def make(service: Service, **owner: object) -> dict[str, Any]:
    body = {"id": str(new_id()), **{key: str(value) for key, value in owner.items()}}
    answer = service.as_("planner").post("/agendasleutels", json=body)
    assert answer.status_code == 201, answer.text
    again = service.as_("planner").post("/agendasleutels", json=body)
    assert (again.status_code, again.json()["adres"]) == (200, None)  # the secret is told once
    made: dict[str, Any] = answer.json()
    return made


def items(content: bytes, kind: str = "VEVENT") -> list[Any]:
    return list(Calendar.from_ical(content).walk(kind))


@pytest.mark.requirement("PLN-18")
def test_feeds_hold_no_address_and_nothing_that_tells_of_one(service: Service, stad: dict[str, UUID]) -> None:
    anonymous = service.anonymous()
    feeds = {
        "team": anonymous.get(make(service, teamId=stad["team"])["adres"]),
        "partner": anonymous.get(make(service, partnerId=stad["partner"])["adres"]),
    }
    for answer in feeds.values():
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"].startswith("text/calendar")
        assert not [word for word in VERRAAD if word in answer.text]
        assert [str(zone["tzid"]) for zone in items(answer.content, "VTIMEZONE")] == ["Europe/Amsterdam"]
    shifts = items(feeds["team"].content)
    assert [(str(item["summary"]), item["dtend"].dt.hour) for item in shifts] == [("Dienst", 1), ("Dienst", 1)]
    assert shifts[0]["dtstart"].dt.date() == MORGEN
    assert shifts[0]["dtend"].dt.date() == MORGEN + timedelta(days=1)  # past midnight
    (actie,) = items(feeds["partner"].content)
    assert (str(actie["summary"]), str(actie["uid"])) == ("Integrale actie Voorbeeldstad", f"{stad['actie']}@veldwacht")
    assert actie["dtstart"].dt.hour == 19


def test_what_changes_keeps_its_name_and_what_falls_away_is_cancelled(service: Service, stad: dict[str, UUID]) -> None:
    planner, path = service.as_("planner"), make(service, teamId=stad["team"])["adres"]
    feed, partner = service.anonymous(), make(service, partnerId=stad["partner"])["adres"]
    first, second = planner.get("/beschikbaarheden", params={"teamId": str(stad["team"])}).json()["resultaten"]
    match = {"If-Match": '"1"'}
    assert planner.patch(f"/beschikbaarheden/{first['id']}", json={"tot": 1380}, headers=match).status_code == 200
    assert planner.delete(f"/beschikbaarheden/{second['id']}", headers=match).status_code == 200
    found = {str(item["uid"]): (str(item["status"]), item["sequence"]) for item in items(feed.get(path).content)}
    assert found == {f"{first['id']}@veldwacht": ("CONFIRMED", 1), f"{second['id']}@veldwacht": ("CANCELLED", 1)}
    dropped = planner.post(f"/controles/{stad['controle']}/_vervallen", json={"reden": "actie gaat niet door"})
    assert dropped.status_code == 200
    (actie,) = items(feed.get(partner).content)
    assert (str(actie["status"]), actie["sequence"]) == ("CANCELLED", 1)


def test_who_is_no_partner_any_more_gets_nothing(runtime: Runtime, service: Service, stad: dict[str, UUID]) -> None:
    feed, path = service.anonymous(), make(service, partnerId=stad["partner"])["adres"]
    for last, found in ((MORGEN, "CONFIRMED"), (VANDAAG, "CANCELLED")):
        with runtime.system_unit("test") as uow:
            uow.session.get_one(Partner, stad["partner"]).geldig_tot = last
        (actie,) = items(feed.get(path).content)
        assert str(actie["status"]) == found
    with runtime.system_unit("test") as uow:
        uow.session.get_one(Partner, stad["partner"]).geldig_tot = VANDAAG - timedelta(days=1)
    assert feed.get(path).status_code == 404


def test_the_secret_is_stored_nowhere_and_ends(runtime: Runtime, service: Service, stad: dict[str, UUID]) -> None:
    planner, made = service.as_("planner"), make(service, teamId=stad["team"])
    feed, path = service.anonymous(), made["adres"]
    secret = path.rsplit("/", 1)[1].removesuffix(".ics")
    with runtime.system_unit("test", write=False) as uow:
        (row,) = uow.session.exec(select(Agendasleutel)).all()
        assert secret not in str(row.model_dump())
    assert feed.get(path.replace(str(stad["team"]), str(new_id()))).status_code == 404
    assert feed.get(path.replace(secret, "x" * 43)).status_code == 404
    assert feed.get(path.replace("/teams/", "/partners/")).status_code == 404
    assert secret not in planner.get("/agendasleutels").text
    renewed = planner.post(f"/agendasleutels/{made['id']}/_vernieuwen", headers={"If-Match": '"1"'}).json()
    assert feed.get(path).status_code == 404
    assert feed.get(renewed["adres"]).status_code == 200
    assert (
        service.as_("buur-planner")
        .post(f"/agendasleutels/{made['id']}/_intrekken", headers={"If-Match": '"2"'})
        .status_code
        == 404
    )
    assert planner.post(f"/agendasleutels/{made['id']}/_intrekken", headers={"If-Match": '"2"'}).status_code == 200
    assert feed.get(renewed["adres"]).status_code == 404
    long = {"teamId": str(stad["team"]), "geldigTot": (MORGEN + timedelta(days=400)).isoformat()}
    assert planner.post("/agendasleutels", json=long).status_code == 400


def test_a_feed_is_fetched_only_so_often_and_not_after_its_last_day(
    runtime: Runtime, service: Service, stad: dict[str, UUID]
) -> None:
    path, feed = make(service, teamId=stad["team"])["adres"], service.anonymous()
    assert feed.get(path).status_code == 200
    with runtime.system_unit("test") as uow:
        row = uow.session.exec(select(Agendasleutel)).one()
        row.uur = now().replace(minute=0, second=0, microsecond=0)
        row.opgehaald = PER_UUR
    busy = feed.get(path)
    assert busy.status_code == 429
    assert int(busy.headers["Retry-After"]) > 0
    with runtime.system_unit("test") as uow:
        uow.session.exec(select(Agendasleutel)).one().geldig_tot = MORGEN - timedelta(days=2)
    assert feed.get(path).status_code == 404
