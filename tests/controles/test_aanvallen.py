"""The intake under attack: a clock that is years off, bodies that are cut off, packed or senseless, events for what is somebody else's."""

import gzip
import json
import socket
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import httpx
import pytest
from sqlmodel import select

from app.bevindingen.tables import Bijlage
from app.controles.service.bewaartermijnen import clean_controls, clean_photos
from app.controles.tables import Antwoorden, Controle, Controlegebeurtenis, Quarantaine
from app.core.clock import utc_now
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.gemeenten.tables import Norm
from tests.controles.conftest import KERN, Field, Tablet, signals, today
from tests.controles.test_bijlagen import announce, check, photo, send
from tests.support.service import Service

LONG_AGO, FAR_AHEAD = "1970-01-01T00:03:00+00:00", "2199-06-01T12:00:00+00:00"


def answers_of(service: Service, controle: UUID, code: str) -> tuple[Any, bool]:
    told = service.as_("toezichthouder").get("/synchronisaties/wijzigingen").json()["controles"]
    rows = next(row["antwoorden"] for row in told if row["controleId"] == str(controle))
    return next((row["waarde"], row["verschilt"]) for row in rows if row["item"] == code)


@pytest.mark.parametrize("clock", [LONG_AGO, FAR_AHEAD])
def test_a_clock_that_is_years_off_neither_loses_nor_wins(
    veld: Field, tablet: Tablet, service: Service, runtime: Runtime, clock: str
) -> None:
    controle = veld.plan("SEKS")
    other = Tablet(service.as_("toezichthouder-2"))
    wrong = {"apparaatTijd": clock}
    tablet.send({**tablet.event("controle-gestart", controle), **wrong})
    first = tablet.send({**tablet.answers(controle, {"ARB-04": "ja"}), **wrong})[0]
    assert first["status"] == "verwerkt"
    other.clock = datetime.now(UTC)
    other.send(other.answers(controle, {"ARB-04": "nee"}))  # entered and received later
    assert answers_of(service, controle, "ARB-04") == ("nee", True)
    made = new_id()
    place = {"objectId": str(veld.objecten["HOR"]), "datum": clock[:10]}
    assert tablet.send({**tablet.event("controle-aangemaakt", made, place), **wrong})[0]["status"] == "verwerkt"
    picture = announce(tablet.client, controle_id := veld.plan("WON"), raw := photo(300), genomenOp=clock)
    assert send(tablet.client, picture, 0, raw).status_code == 204
    assert check(runtime, runtime.settings) == 1
    with runtime.system_unit("test") as uow:
        for key, value in (("CONTROLE_BEWAREN_MAANDEN", 60), ("FOTO_BEWAREN_MAANDEN", 12)):
            uow.session.add(
                Norm(sleutel=key, waarde=value, eenheid="maanden", geldig_vanaf=date(2020, 1, 1), bron="test")
            )
    clean_controls(runtime.system_unit)
    clean_photos(runtime.system_unit)
    with runtime.system_unit("test", write=False) as uow:
        assert uow.session.get_one(Controle, made).datum == today()
        kept = uow.session.get_one(Bijlage, UUID(picture))
        assert (kept.controle_id, kept.status, abs(kept.genomen_op - utc_now()) < timedelta(minutes=2)) == (
            controle_id,
            "opgeslagen",
            True,
        )


def test_weeks_in_a_drawer_keep_their_time(veld: Field, tablet: Tablet, service: Service) -> None:
    controle = veld.plan("SEKS")
    other = Tablet(service.as_("toezichthouder-2"))
    other.send(other.event("controle-gestart", controle), other.answers(controle, {"ARB-04": "nee"}))
    tablet.clock = datetime.now(UTC) - timedelta(weeks=9)
    tablet.send(tablet.answers(controle, {"ARB-04": "ja"}))
    assert answers_of(service, controle, "ARB-04") == ("nee", True)


def test_one_number_twice_and_a_jump_lose_no_event(veld: Field, tablet: Tablet, runtime: Runtime) -> None:
    controle = veld.plan("SEKS")
    start, end = tablet.event("controle-gestart", controle), tablet.event("controle-afgerond", controle)
    twins = [{**tablet.answers(controle, {"ARB-04": value}), "volgnummer": 5} for value in ("ja", "nee")]
    jump = {**tablet.answers(controle, KERN["SEKS"]), "volgnummer": 2_000_000_000}
    after = {**tablet.answers(controle, {"ARB-01": "ja"}), "volgnummer": 6}
    found = tablet.send(start, *twins, jump, end, after)
    assert all(row["status"].startswith("verwerkt") for row in found), found
    assert {o["oordeel"] for o in found[-1]["oordelen"]} == {"achterhaald"}  # told, not silent
    with runtime.system_unit("test", write=False) as uow:
        kept = uow.session.exec(select(Controlegebeurtenis.id).where(Controlegebeurtenis.controle_id == controle)).all()
    assert len(kept) == 6


def test_bodies_that_are_packed_senseless_or_too_many_store_nothing(
    veld: Field, tablet: Tablet, service: Service, runtime: Runtime
) -> None:
    controle = veld.plan("SEKS")
    event = tablet.answers(controle, {"ARB-04": "ja"})
    whole = json.dumps({"gebeurtenissen": [event]}).encode()
    bomb = gzip.compress(b'{"gebeurtenissen":[' + b" " * 50_000_000 + b"1]}")
    deep = b'{"gebeurtenissen":[' + b"[" * 200_000 + b"]" * 200_000 + b"]}"
    many = json.dumps({"gebeurtenissen": [event] * 10_000}).encode()
    huge = whole.replace(b'"volgnummer": 1', b'"volgnummer": 1' + b"0" * 5_000)
    kind = "application/json"
    for content, headers, expected in (
        (bomb, {"Content-Type": kind, "Content-Encoding": "gzip"}, {415}),
        (whole, {"Content-Type": "text/plain"}, {415}),
        (whole, {"Content-Type": "application/x-www-form-urlencoded"}, {415}),
        (deep, {"Content-Type": kind}, {400}),
        (many, {"Content-Type": kind}, {400}),
        (huge, {"Content-Type": kind}, {400}),
        (whole[:-9], {"Content-Type": kind}, {400}),
        (b" " * 9_000_000, {"Content-Type": kind}, {413}),
    ):
        answer = tablet.client.post("/synchronisaties", content=content, headers=headers)
        assert answer.status_code in expected, (answer.status_code, answer.text[:200])
        assert answer.headers["Content-Type"] == "application/problem+json"
    _cut_off(service, tablet.client, whole)
    with runtime.system_unit("test", write=False) as uow:
        assert uow.session.exec(select(Controlegebeurtenis.id)).all() == []
        assert uow.session.exec(select(Quarantaine.id)).all() == []
    assert tablet.send(event)[0]["status"] == "verwerkt"


def _cut_off(service: Service, client: httpx.Client, body: bytes) -> None:
    """Announces a body and hangs up in the middle of it."""
    where = urlsplit(service.url)
    head = (
        f"POST /v1/synchronisaties HTTP/1.1\r\nHost: {where.netloc}\r\nAuthorization: {client.headers['Authorization']}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection((where.hostname, where.port)) as line:
        line.sendall(head.encode() + body[: len(body) // 2])


def test_senseless_numbers_are_the_fault_of_their_event_alone(veld: Field, tablet: Tablet) -> None:
    controle = veld.plan("SEKS")
    for value in (float("nan"), float("inf"), 10**400, -1e308):
        wrong, good = tablet.send(
            tablet.answers(controle, {"ENT-01": value}), tablet.answers(controle, {"ARB-04": "ja"})
        )
        assert (wrong["status"] in {"verwerkt-met-fouten", "quarantaine"}, good["status"]) == (True, "verwerkt"), wrong


def test_somebody_elses_control_gets_nothing_and_tells_nothing(
    veld: Field, tablet: Tablet, service: Service, runtime: Runtime
) -> None:
    controle = veld.plan("SEKS")
    tablet.send(*tablet.whole(controle, KERN["SEKS"]))
    thief = Tablet(service.as_("buur-toezichthouder"))
    events = [
        thief.answers(controle, {"ARB-04": "ja", "ENT-12": "nee"}),
        thief.event("sfeerovergang", controle),
        thief.event("poging", controle, {"reden": "niemand aanwezig"}),
        thief.event("controle-aangemaakt", controle, {"objectId": str(veld.objecten["SEKS"])}),
    ]
    for row in thief.send(*events):
        assert (row["status"], row["controle"]) == ("quarantaine", None), row
    with runtime.system_unit("test", write=False) as uow:
        assert uow.session.get_one(Antwoorden, controle).naleving["ARB-04"] == "nee"
    assert signals(runtime) == []
    # an event of mine under the id of somebody else's event: kept apart, and the first one stands
    known = tablet.answers(controle, {"ARB-01": "nee"})
    tablet.send(known)
    stolen = {**thief.answers(controle, {"ARB-01": "ja"}), "gebeurtenisId": known["gebeurtenisId"]}
    row = thief.send(stolen)[0]
    assert (row["status"], row["controle"], row["oordelen"]) == ("quarantaine", None, [])
    # a finished control takes what comes late, tells so, and stays finished
    late = tablet.send(tablet.answers(controle, {"ARB-04": "ja"}))[0]
    assert (late["status"], late["controle"]["status"]) == ("verwerkt", "afgerond")
