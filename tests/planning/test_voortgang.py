"""Progress as server-sent events: over real HTTP, without holding a connection to the database, and it ends."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest

from app.core.http import events
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.planning.status import Planrondestatus
from app.planning.tables import Planronde
from tests.planning.kalender import VANDAAG, now
from tests.support.municipality import STAD, Municipality
from tests.support.service import Service


@pytest.fixture
def ronde_id(runtime: Runtime, municipality: Municipality) -> UUID:  # noqa: ARG001 - the municipality must be stored
    """A round that waits."""
    today = VANDAAG
    ronde = Planronde(
        id=new_id(),
        gemeentecode=STAD,
        naam="Najaar",
        van=today,
        tot=today + timedelta(days=6),
        status=Planrondestatus.WACHT,
        parameters={"teams": [], "aandeel_willekeurig": None, "acties": None, "vast_uit": None, "rekentijd": 1.0},
        seed=1,
        melding="Wacht op berekening.",
        gemaakt_op=now(),
        gemaakt_door=new_id(),
    )
    with runtime.system_unit("test") as uow:
        uow.session.add(ronde)
        return ronde.id


def change(runtime: Runtime, ronde_id: UUID, status: Planrondestatus, share: float, text: str) -> None:
    with runtime.system_unit("test") as uow:
        ronde = uow.session.get_one(Planronde, ronde_id)
        ronde.status, ronde.voortgang, ronde.melding = status, share, text
        ronde.versie += 1


def events_of(lines: Iterator[str]) -> Iterator[dict[str, str]]:
    found: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(": ")
        if line:
            found[name] = value
        elif found:
            yield found
            found = {}


def test_each_step_is_told_until_the_last(
    runtime: Runtime, service: Service, ronde_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "EVERY_SECONDS", 0.02)
    told = []
    with service.as_("planner").stream("GET", f"/planrondes/{ronde_id}/voortgang") as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
        for event in events_of(answer.iter_lines()):
            told.append(event)
            if event.get("event") == "voortgang" and json.loads(event["data"])["status"] == "wacht":
                change(runtime, ronde_id, Planrondestatus.BEZIG, 0.4, "Routes maken")
            elif event.get("event") == "voortgang":
                change(runtime, ronde_id, Planrondestatus.VOORSTEL, 1.0, "Het voorstel is klaar.")
    assert told[0] == {"retry": "2000"}
    assert [event["event"] for event in told[1:]] == ["voortgang", "voortgang", "klaar"]
    last = json.loads(told[-1]["data"])
    assert last == {"status": "voorstel", "voortgang": 1.0, "melding": "Het voorstel is klaar.", "versie": 3}
    again = service.as_("planner").get(
        f"/planrondes/{ronde_id}/voortgang", headers={"Last-Event-ID": told[-1]["id"], "Accept": "text/event-stream"}
    )
    assert (again.status_code, again.text) == (204, "")


def test_a_stream_ends_in_time_tells_nothing_twice_and_holds_no_connection(
    service: Service, ronde_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "EVERY_SECONDS", 0.02)
    monkeypatch.setattr(events, "MOST_SECONDS", 1.0)
    monkeypatch.setattr(events, "SIGN_OF_LIFE_SECONDS", 0.02)  # at once: a busy machine may not get to a second one
    url, seen = f"/planrondes/{ronde_id}/voortgang", "1.0"
    texts: list[str] = []
    teamleider = service.as_("teamleider")

    def watch() -> None:
        texts.append(teamleider.get(url, headers={"Last-Event-ID": seen}).text)

    watchers = [threading.Thread(target=watch) for _ in range(service.settings.database_pool + 6)]
    for watcher in watchers:
        watcher.start()
    # More watchers than connections, and others still get through.
    assert service.as_("planner").get(f"/planrondes/{ronde_id}").status_code == 200
    for watcher in watchers:
        watcher.join(60)
    assert len(texts) == len(watchers)
    assert all("event:" not in text and ":\n\n" in text for text in texts)


def test_who_may_not_see_the_round_gets_a_problem(service: Service, ronde_id: UUID) -> None:
    path = f"/planrondes/{ronde_id}/voortgang"
    assert service.anonymous().get(f"/v1{path}").status_code == 401
    for rol, status in (("buur-planner", 404), ("toezichthouder", 403), ("bestuur", 403)):
        answer = service.as_(rol).get(path, headers={"Accept": "text/event-stream"})
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), rol


def test_whoever_loses_the_round_hears_no_more_of_it(
    runtime: Runtime, service: Service, ronde_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "EVERY_SECONDS", 0.02)
    seen = []
    with service.as_("planner").stream("GET", f"/planrondes/{ronde_id}/voortgang") as answer:
        for event in events_of(answer.iter_lines()):
            seen.append(event)
            if "data" in event:
                with runtime.system_unit("test") as uow:
                    uow.session.get_one(Planronde, ronde_id).gemeentecode = "GM9902"
    assert [event.get("event") for event in seen] == [None, "voortgang"]
