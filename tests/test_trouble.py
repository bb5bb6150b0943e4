"""Bad input and trouble over real HTTP: each gets a clear Dutch problem answer, nothing is stored, nothing echoed, no 500."""

import json
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.pool import Pool

from app.core.identifiers import new_id
from app.core.runtime import Runtime
from tests.support.databases import KINDS
from tests.support.municipality import STAD
from tests.support.service import Service

SECRET = "zeergeheimewaarde"
TEAM = {"gemeentecode": STAD, "naam": "Team nieuw", "soort": "toezicht"}


def _teams(service: Service) -> int:
    return len(service.as_("beheerder").get("/teams", params={"limiet": 500}).json()["resultaten"])


def _is_problem(answer: Any, status: int) -> None:  # noqa: ANN401 - an httpx response
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status
    assert body["detail"]
    assert SECRET not in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ({}, {"body.gemeentecode", "body.naam", "body.soort"}),
        ({**TEAM, "naam": 7, "soort": SECRET, SECRET[:5]: 1}, {"body.naam", "body.soort", f"body.{SECRET[:5]}"}),
        ({**TEAM, "naam": f"a\x00{SECRET}"}, {"body.naam"}),
        ({**TEAM, "naam": "x" * 5000}, {"body.naam"}),
        ({**TEAM, "gemeentecode": SECRET}, {"body.gemeentecode"}),
        ({**TEAM, "id": "niet-een-kenmerk"}, {"body.id"}),
        ({**TEAM, "leden": [SECRET]}, {"body.leden.0"}),
        ([TEAM], {"body"}),
        (None, {"body"}),
    ],
)
def test_all_faults_of_a_body_come_at_once(service: Service, body: object, faults: set[str]) -> None:
    before = _teams(service)
    answer = service.as_("beheerder").post("/teams", json=body)
    _is_problem(answer, 400)
    assert {fault["veld"] for fault in answer.json()["fouten"]} == faults
    assert _teams(service) == before


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        (b'{"naam": "half', {"Content-Type": "application/json"}, 400),
        (b"\xff\xfe\x00", {"Content-Type": "application/json"}, 400),
        (b"[" * 100_000, {"Content-Type": "application/json"}, 400),
        (b"naam=x", {"Content-Type": "application/x-www-form-urlencoded"}, 415),
        (b"{}", {}, 415),
        (json.dumps({**TEAM, "naam": "\ud800"}).encode(), {"Content-Type": "application/json"}, 400),
        (b'{"naam": NaN}', {"Content-Type": "application/json"}, 400),
        (b" " * (10 * 1024 * 1024), {"Content-Type": "application/json"}, 413),
    ],
)
def test_broken_bodies(service: Service, content: bytes, headers: dict[str, str], status: int) -> None:
    client = service.as_("beheerder")
    _is_problem(client.post("/teams", content=content, headers={"Content-Type": "", **headers}), status)


def test_choices_are_told_in_dutch(service: Service) -> None:
    answer = service.as_("beheerder").post("/teams", json={**TEAM, "soort": SECRET})
    (fault,) = answer.json()["fouten"]
    assert " of 'pandbrigade'" in fault["melding"]
    assert " or " not in fault["melding"]


def test_a_body_without_a_length_is_cut_off_at_the_limit(service: Service) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(40):
            yield b" " * 1024 * 1024

    answer = service.as_("beheerder").post("/teams", content=endless(), headers={"Content-Type": "application/json"})
    _is_problem(answer, 413)


def test_a_half_written_request_leaves_nothing_behind(service: Service) -> None:
    before = _teams(service)
    body = json.dumps(TEAM).encode()
    host, port = service.url.removeprefix("http://").split(":")
    head = f"POST /v1/teams HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {service.issuer.token('beheerder')}\r\n"
    head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(head.encode() + body[:-5])
    assert _teams(service) == before


@pytest.mark.parametrize(
    "query", ["limiet=0", "limiet=99999999999999999999", "limiet=abc", "cursor=%00", "cursor=abc", "limiet=1e3"]
)
def test_bad_queries(service: Service, query: str) -> None:
    _is_problem(service.as_("beheerder").get(f"/teams?{query}"), 400)


def test_media_types_that_do_not_fit(service: Service) -> None:
    _is_problem(service.as_("beheerder").get("/teams", headers={"Accept": "image/gif"}), 406)
    _is_problem(service.as_("beheerder").request("DELETE", "/teams"), 405)
    _is_problem(service.as_("beheerder").get("/teams/"), 404)
    head = service.as_("beheerder").head("/teams")
    assert head.status_code == 200
    assert head.content == b""


def test_forged_headers_change_nothing(service: Service) -> None:
    forged = {
        "X-Forwarded-User": "beheerder",
        "X-User-Id": "beheerder",
        "X-HTTP-Method-Override": "DELETE",
        "X-Forwarded-For": "127.0.0.1",
    }
    assert service.anonymous().get("/v1/accounts", headers=forged).status_code == 401
    assert service.as_("planner").get("/accounts", headers=forged).status_code == 403


def test_a_locked_database_answers_503_and_stores_nothing(service: Service, runtime: Runtime) -> None:
    before = _teams(service)
    if runtime.database.is_sqlite:
        path = sa.make_url(service.settings.database_url.get_secret_value()).database
        with closing(sqlite3.connect(str(path), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            answer = service.as_("beheerder").post("/teams", json=TEAM)
            other.execute("ROLLBACK")
    else:
        with runtime.database.engine.begin() as other_connection:
            other_connection.exec_driver_sql("LOCK TABLE teams IN ACCESS EXCLUSIVE MODE")
            answer = service.as_("beheerder").post("/teams", json=TEAM)
    _is_problem(answer, 503)
    assert int(answer.headers["retry-after"]) > 0
    assert _teams(service) == before
    assert service.as_("beheerder").post("/teams", json=TEAM).status_code == 201, "the service works again by itself"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_full_disk_answers_503_and_stores_nothing(service: Service) -> None:
    before = _teams(service)

    def fill(connection: Any, _record: object, _proxy: object) -> None:  # noqa: ANN401 - the driver's own connection
        connection.execute("PRAGMA max_page_count=1")

    event.listen(Pool, "checkout", fill)
    try:
        answers = [
            service.as_("beheerder").post("/teams", json={**TEAM, "id": str(new_id()), "naam": f"Team {n} " + "v" * 90})
            for n in range(200)
        ]
    finally:
        event.remove(Pool, "checkout", fill)
    refused = [answer for answer in answers if answer.status_code != 201]
    if not refused:
        pytest.fail("the disk never became full")
    for answer in refused:
        _is_problem(answer, 503)
        assert "vol" in answer.json()["detail"]
    assert _teams(service) == before + len(answers) - len(refused)


@pytest.mark.parametrize("database_url", KINDS[1:], indirect=True)
def test_a_database_that_drops_its_connections_is_found_again(service: Service, runtime: Runtime) -> None:
    assert service.as_("beheerder").get("/teams").status_code == 200
    with runtime.database.engine.begin() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    statuses = [service.as_("beheerder").get("/teams").status_code for _ in range(6)]
    assert set(statuses) <= {200, 503}
    assert statuses[-1] == 200
