"""Replanning beside rounds that are confirmed and not released: it leaves them their place, keeps its distance, and asks for nothing twice."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.core.runtime import Runtime
from app.gemeenten.adapters.bestanden import read_norm_seeds
from app.gemeenten.service.normen import seed_norms
from app.objecten.status import Objecttype
from app.planning.adapters import rekenproces
from tests.planning.kalender import MORGEN, VANDAAG
from tests.planning.stad import INSTELLINGEN, Stad
from tests.planning.test_herplanningen import ask
from tests.planning.test_herplanningen import decide as decide_change
from tests.planning.test_planrondes import agree_all, all_of, calculated, controls, decide, question
from tests.support.municipality import Municipality
from tests.support.service import Service

DAGEN = 14
NORMEN = ["CONTROLE_SEKS_PER_JAAR", "RISICOADRES_DAGEN"]
PERIODE = {"van": MORGEN.isoformat(), "tot": (MORGEN + timedelta(days=DAGEN - 1)).isoformat(), "acties": 0}


class Naast:
    """A confirmed round on a few short shifts, and places that no round plans."""

    def __init__(self, runtime: Runtime, service: Service, municipality: Municipality) -> None:
        self.service, self.team = service, municipality.teams["toezicht"]
        with runtime.system_unit("test") as uow:
            stad = Stad.with_norms(uow)
            seed_norms(uow, "", read_norm_seeds(INSTELLINGEN.parent / "veldinstellingen-1.yaml").landelijk)
            for _ in range(3):
                stad.control(stad.seks(VANDAAG - timedelta(days=900)), VANDAAG - timedelta(days=100))
            self.risk = stad.risk(VANDAAG - timedelta(days=2), MORGEN + timedelta(days=12))
            self.spoed = [stad.place(Objecttype.BEDR) for _ in range(2)]
            # Long enough for all visits of both rounds, whichever days are drawn.
            stad.shifts(self.team, MORGEN, DAGEN, every=3, van=14 * 60, tot=23 * 60)
        self.body = question(municipality, naam="Jaarronde", normen=NORMEN, **PERIODE)
        calculated(runtime, service, self.body)
        assert decide(service, self.body["id"], "_vaststellen").json()["status"] == "vastgesteld"

    def rules(self) -> list[dict[str, Any]]:
        return all_of(self.service.as_("planner"), f"/planrondes/{self.body['id']}/planregels")


@pytest.fixture
def naast(runtime: Runtime, service: Service, municipality: Municipality) -> Naast:
    return Naast(runtime, service, municipality)


@pytest.fixture(autouse=True, scope="module")
def _no_process_left() -> Iterator[None]:
    yield
    rekenproces._PROCESSES.stop()


def minutes(place: dict[str, Any], duur: int) -> tuple[str, str, int, int]:
    return place["datum"], place["teamId"], place["aanvang"], place["aanvang"] + duur


def test_what_a_round_holds_keeps_its_place_and_is_not_asked_again(service: Service, naast: Naast) -> None:
    held = naast.rules()
    assert str(naast.risk) in {rule["object"]["id"] for rule in held}
    waiting = service.as_("planner").get("/herplanningen/aanleidingen").json()["resultaten"]
    assert str(naast.risk) not in {row["gebeurtenis"]["objectId"] for row in waiting}
    events = [{"soort": "spoed", "objectId": str(nr)} for nr in naast.spoed]
    found = ask(service, *events).json()
    added = [c for c in found["wijzigingen"] if c["soort"] == "toegevoegd"]
    assert len(added) == found["uitkomst"]["toegevoegd"] == 2
    assert len(found["wijzigingen"]) == 2  # what the round holds is no part of it
    stands = [minutes(rule, rule["duur"]) for rule in held]
    for one in (minutes(c["naar"], c["duur"]) for c in added):
        assert all(one[:2] != other[:2] or one[3] <= other[2] or other[3] <= one[2] for other in stands)
    assert decide_change(service, found, "_toepassen").status_code == 200
    agree_all(service)
    released = decide(service, naast.body["id"], "_vrijgeven")
    assert released.status_code == 200, released.text


def test_an_urgent_visit_comes_in_the_place_of_the_one_that_a_round_holds(
    runtime: Runtime, service: Service, naast: Naast
) -> None:
    (waits,) = [rule for rule in naast.rules() if rule["object"]["id"] == str(naast.risk)]
    found = ask(service, {"soort": "spoed", "objectId": str(naast.risk)}).json()
    (urgent,) = [c for c in found["wijzigingen"] if c["soort"] == "toegevoegd"]
    assert (urgent["verzet"]["planregelId"], urgent["aanleiding"]) == (waits["id"], "risicoadres")
    assert urgent["waarom"].endswith("in planronde 'Jaarronde'.")
    assert urgent["naar"]["datum"] <= (VANDAAG + timedelta(days=3)).isoformat()
    assert decide_change(service, found, "_toepassen").status_code == 200
    assert waits["id"] not in {rule["id"] for rule in naast.rules()}
    steps = service.as_("planner").get(f"/planrondes/{naast.body['id']}").json()["gebeurtenissen"]
    assert steps[-1]["betreft"]["herplanningId"] == found["id"]
    agree_all(service)
    assert decide(service, naast.body["id"], "_vrijgeven").status_code == 200
    assert len([c for c in controls(runtime) if c.object_id == naast.risk]) == 1


def test_a_round_that_was_confirmed_since_and_a_lost_shift_are_told(
    runtime: Runtime, service: Service, municipality: Municipality, naast: Naast
) -> None:
    with runtime.system_unit("test") as uow:
        later = Stad(uow, 50)
        places = [later.risk(VANDAAG - timedelta(days=2), MORGEN + timedelta(days=1)) for _ in range(2)]
    body = question(municipality, naam="Tussendoor", normen=["RISICOADRES_DAGEN"], staandeBezoeken="tijd", **PERIODE)
    calculated(runtime, service, body)
    rules = all_of(service.as_("planner"), f"/planrondes/{body['id']}/planregels")
    (lands,) = {rule["datum"] for rule in rules}
    event = {"soort": "spoed", "objectId": str(naast.spoed[0]), "datum": lands}
    found = ask(service, event).json()  # a proposal that nobody confirmed counts for nothing
    (urgent,) = found["wijzigingen"]
    assert urgent["naar"]["datum"] == lands
    assert {rule["object"]["id"] for rule in rules} == {str(nr) for nr in places}
    decide(service, body["id"], "_vaststellen")
    refused = decide_change(service, found, "_toepassen")
    assert refused.status_code == 409
    assert [fault["melding"] for fault in refused.json()["fouten"]] == [
        f"planronde 'Tussendoor' is intussen vastgesteld en heeft op {date.fromisoformat(lands):%d-%m-%Y} bezoeken bij dit team"
    ]
    lost = {"soort": "dienst-uitgevallen", "teamId": str(naast.team), "datum": lands}
    told = ask(service, lost).json()
    assert told["wijzigingen"] == []
    (note,) = told["uitkomst"]["meldingen"]
    assert "'Tussendoor'" in note
    assert UUID(told["id"])
