"""Addresses of an integral action are shown to its participants from the briefing on, by every route (PLN-18, RPT-03)."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from app.controles.rules.briefing import addresses_from, is_briefed
from app.controles.status import Controlestatus
from app.controles.tables import Controle
from app.core.clock import AMSTERDAM, utc_now
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.gemeenten.tables import Norm, Piketdienst
from app.objecten.status import Vergunningsoort, Vergunningstatus
from app.objecten.tables import Vergunning
from tests.controles.conftest import LONG_AGO, Field
from tests.support.municipality import STAD
from tests.support.service import Service

ADRES = "Teststraat"


@pytest.fixture
def setting(runtime: Runtime, veld: Field) -> Field:
    with runtime.system_unit("test") as uow:
        uow.session.add(
            Norm(
                gemeentecode=STAD,
                sleutel="ACTIE_BRIEFING_UREN",
                waarde=2.0,
                eenheid="uur",
                geldig_vanaf=LONG_AGO,
                bron="test",
            )
        )
        uow.session.add(
            Piketdienst(
                gemeentecode=STAD,
                account_id=veld.municipality.accounts["af"],
                nummer="070 123 00 00",
                van=utc_now() - timedelta(days=1),
                tot=utc_now() + timedelta(days=2),
            )
        )
    return veld


def action_in(service: Service, veld: Field, minutes: int, key: str = "BEDR") -> tuple[dict[str, Any], UUID]:
    """An action that starts so many minutes from now, with one control of the team."""
    start = utc_now().astimezone(AMSTERDAM) + timedelta(minutes=minutes)
    body: dict[str, Any] = {
        "id": str(new_id()),
        "datum": start.date().isoformat(),
        "aanvang": start.hour * 60 + start.minute,
        "verzamelpunt": "Stadhuis, ingang achter",
        "aanspreekpunt": "Coördinator team toezicht",
        "gebied": "WK990101",
        "partnerIds": [str(veld.partners["politie"])],
    }
    made = service.as_("planner").post("/acties", json=body)
    assert made.status_code == 201, made.text
    assert service.as_("planner").post("/acties", json=body).status_code == 200  # sending again is safe
    control = veld.plan(key, start.date(), actie_id=UUID(body["id"]), integraal=True, aanvang=body["aanvang"])
    return made.json(), control


def seen(client: httpx.Client, actie: dict[str, Any], control: UUID, object_id: UUID) -> set[str]:
    """The routes by which a caller finds where the action goes."""
    found = set()
    day = actie["datum"]
    if client.get(f"/controles/{control}").status_code == 200:
        found.add("controle")
    if client.get("/controles", params={"van": day, "tot": day, "actieId": actie["id"]}).json()["resultaten"]:
        found.add("lijst")
    if client.get("/controles", params={"objectId": str(object_id)}).json()["resultaten"]:
        found.add("object")
    if client.get(f"/controles/{control}/deelnames").status_code == 200:
        found.add("deelnames")
    own = client.get(f"/acties/{actie['id']}")
    if own.status_code == 200 and own.json()["gebied"] is not None:
        found.add("gebied")
    sheet = client.get(f"/acties/{actie['id']}/briefing")
    if sheet.status_code == 200 and sheet.json()["adressen"]:
        found.add("briefing")
    return found


@pytest.mark.requirement("PLN-18")
def test_participants_see_addresses_from_two_hours_before(runtime: Runtime, service: Service, setting: Field) -> None:
    planner, inspector = service.as_("planner"), service.as_("toezichthouder")
    place = setting.objecten["BEDR"]
    later, waiting = action_in(service, setting, 180)
    assert seen(inspector, later, waiting, place) == set()
    shown = inspector.get(f"/acties/{later['id']}").json()
    assert (shown["verzamelpunt"], shown["aanvang"]) == (later["verzamelpunt"], later["aanvang"])
    package = inspector.get(f"/werkpakketten/{later['datum']}")
    assert package.json()["controles"] == []
    assert ADRES not in package.text
    (told,) = package.json()["acties"]
    moment = datetime.fromisoformat(told["adressenVanaf"])
    assert timedelta(minutes=58) < moment - utc_now() <= timedelta(minutes=61)  # the answer says when to ask again
    leader = service.as_("teamleider")
    for prepares in (planner, leader):
        assert seen(prepares, later, waiting, place) == {"controle", "lijst", "object", "deelnames", "gebied"}
    assert ADRES not in leader.get(f"/werkpakketten/{later['datum']}").text  # at a desk, never on a tablet

    sooner, known = action_in(service, setting, 90)
    assert seen(inspector, sooner, known, place) == {"controle", "lijst", "object", "deelnames", "gebied", "briefing"}
    again = inspector.get(f"/werkpakketten/{sooner['datum']}", headers={"If-None-Match": package.headers["ETag"]})
    assert again.status_code == 200
    assert ADRES in again.text
    with runtime.system_unit("test") as uow:  # police or OM do not agree with it any more
        uow.session.get_one(Controle, known).status = Controlestatus.GEPLAND
    assert inspector.get(f"/acties/{sooner['id']}/briefing").json()["adressen"] == []


@pytest.mark.requirement("RPT-03")
def test_sheet_holds_roles_and_contacts_and_no_address_too_early(service: Service, setting: Field) -> None:
    early, _ = action_in(service, setting, 180)
    for who in ("planner", "toezichthouder"):
        sheet = service.as_(who).get(f"/acties/{early['id']}/briefing")
        assert sheet.status_code == 200, sheet.text
        assert sheet.json()["adressen"] == []
        assert ADRES not in sheet.text
        assert "signaal" not in sheet.text.casefold()
    body = sheet.json()
    assert {line["dienst"] for line in body["diensten"]} == {"gemeente toezicht", "Partner politie"}
    assert any("apv" in line["bevoegdheid"] for line in body["diensten"])
    card = {line["naam"]: line["bereikbaar"] for line in body["contactkaart"]}
    assert card["Direct gevaar"] == "112"
    assert card["Aandachtsfunctionaris met piket"] == "070 123 00 00"
    late, _ = action_in(service, setting, 90)
    printed = service.as_("toezichthouder").get(f"/acties/{late['id']}/briefing", params={"formaat": "pdf"})
    assert printed.headers["content-type"] == "application/pdf"
    assert printed.content.startswith(b"%PDF")
    # whoever takes no part does not see it, and neither does another municipality
    assert service.as_("pandbrigade").get(f"/acties/{late['id']}/briefing").status_code == 403
    assert service.as_("buur-toezichthouder").get(f"/acties/{late['id']}/briefing").status_code == 404


@pytest.mark.requirement("PLN-18")
def test_a_norm_state_does_not_name_an_address_before_the_briefing(
    service: Service, setting: Field, runtime: Runtime
) -> None:
    place = setting.objecten["HOR"]
    with runtime.system_unit("test") as uow:
        uow.session.add(
            Vergunning(
                gemeentecode=STAD,
                object_id=place,
                soort=Vergunningsoort.HORECA,
                nummer="V-1",
                status=Vergunningstatus.VERLEEND,
                geldig_vanaf=LONG_AGO,
                bron="test",
            )
        )
        uow.session.add(
            Norm(
                gemeentecode=STAD,
                sleutel="HORECA_PER_JAAR",
                waarde=1.0,
                eenheid="per jaar",
                geldig_vanaf=LONG_AGO,
                bron="test",
            )
        )
    day = action_in(service, setting, 180, "HOR")[0]["datum"]

    def planned(sub: str) -> int:
        asked = {"objectId": str(place), "peildatum": day}  # three hours on can be another year
        (row,) = service.as_(sub).get("/normstanden/objecten", params=asked).json()["resultaten"]
        return int(row["stand"]["gepland"])

    assert (planned("toezichthouder"), planned("teamleider"), planned("planner")) == (0, 1, 1)


def test_another_start_moves_the_briefing(service: Service, setting: Field) -> None:
    actie, control = action_in(service, setting, 90)
    planner = service.as_("planner")
    stale = planner.patch(f"/acties/{actie['id']}", json={"aanvang": 600}, headers={"If-Match": '"7"'})
    assert stale.status_code == 412
    moved = planner.patch(f"/acties/{actie['id']}", json={"aanvang": None}, headers={"If-Match": '"1"'}).json()
    assert moved["adressenVanaf"] is None
    assert moved["verzamelpunt"] == actie["verzamelpunt"]
    late = {"aanvang": 1439}
    moved = planner.patch(f"/acties/{actie['id']}", json=late, headers={"If-Match": '"2"'}).json()
    hidden = datetime.fromisoformat(moved["adressenVanaf"]) > utc_now()
    seen_now = service.as_("toezichthouder").get(f"/controles/{control}").status_code
    assert seen_now == (404 if hidden else 200)


def test_moment_follows_dutch_clock_and_date() -> None:
    day = datetime(2026, 3, 29, tzinfo=UTC).date()  # the clock goes forward at 02:00
    assert addresses_from(day, 4 * 60, 2) == datetime(2026, 3, 29, 0, 0, tzinfo=UTC)
    assert addresses_from(day, None, 2) is None
    evening = datetime(2026, 3, 28, 22, 30, tzinfo=UTC)  # 23:30 the evening before
    assert not is_briefed(day, None, evening)
    assert is_briefed(day, None, evening + timedelta(hours=1))
