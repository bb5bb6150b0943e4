"""Logs: one JSON line an event, and nothing in them that somebody typed (ASVS V16.2.5, V16.4.1)."""

import json
import logging

import pytest
import structlog

from app.core import logs
from tests.support.service import Service

SECRET = "geheim-7f3a"


@pytest.fixture(autouse=True)
def _restore() -> object:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield None
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def _lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines() if line]


def test_an_exception_shows_kind_and_place_but_not_what_was_typed(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("INFO")
    try:
        int(f"kan niet: {SECRET}\r\n{{}}")
    except ValueError:
        logging.getLogger("veldwacht").exception(
            "unhandled %s", "ValueError", extra={"request_id": "r1", "onbekend": SECRET}
        )
    (line,) = _lines(capsys.readouterr().err)
    assert line["request_id"] == "r1"
    assert line["level"] == "error"
    assert "ValueError at test_logs.py" in str(line["exception"])
    assert SECRET not in json.dumps(line)


def test_one_event_stays_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("INFO")
    logging.getLogger("veldwacht").info("een\r\ntwee\x1b[31m")
    assert len(_lines(capsys.readouterr().err)) == 1


def test_requests_leave_nothing_of_themselves(service: Service, capfd: pytest.CaptureFixture[str]) -> None:
    logs.configure("DEBUG")
    client = service.as_("beheerder")
    client.post("/teams", json={"naam": SECRET, SECRET: 1})
    client.get("/teams", params={"cursor": SECRET})
    client.get(f"/teams/{SECRET}")
    client.get("/teams", headers={"X-Geheim": SECRET, "Accept": SECRET})
    service.anonymous().get("/v1/teams", headers={"Authorization": f"Bearer {SECRET}"})
    service.anonymous().get(f"/{SECRET}")
    out, err = capfd.readouterr()
    own = [line for line in (out + err).splitlines() if "httpcore" not in line]
    assert SECRET not in "\n".join(own)
