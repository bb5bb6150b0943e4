"""Calls to outside sources: whatever comes back, one of two errors, in time and without a word of it (ADR 0014)."""

import gzip
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from app.core.runtime import Runtime
from app.core.settings import Settings
from app.core.sources import Gate, Limits, SourceResting
from app.core.tables import Bronstand
from app.objecten.adapters.rustkoppen import asked_rest
from app.objecten.adapters.uitgaand import Bronfout, BronOnbegrijpelijk, BronOnbereikbaar
from app.objecten.service.bronnen import Bronnen
from tests.objecten.bronnen import KEY, at, bag_address, doc, envelope, hal, recorded, sources
from tests.support.bronserver import Answer, Bronserver, drip_body, drip_headers, hang_up, reply

SECRET = "geheim-in-het-antwoord"
GOOD = reply(envelope(doc()))


@pytest.fixture(scope="module")
def server() -> Iterator[Bronserver]:
    made = Bronserver()
    yield made
    made.stop()


@pytest.fixture
def outside(runtime: Runtime, settings: Settings, server: Bronserver) -> Iterator[Bronnen]:
    with sources(runtime, at(settings, server, bag_api_key=KEY)) as made:
        yield made


def _ask(outside: Bronnen) -> int:
    assert outside.locatieserver is not None
    return len(outside.locatieserver.addresses_at("9901AB", 1))


BOMB = gzip.compress(b'{"response": "' + b"0" * 5_000_000 + b'"}')
GARBAGE: dict[str, Answer] = {
    "html": reply(body=f"<html>{SECRET}</html>".encode(), headers={"Content-Type": "text/html"}),
    "html that says json": reply(body=f"<html>{SECRET}</html>".encode()),
    "json that says html": reply(envelope(doc()), headers={"Content-Type": "text/html"}),
    "half": reply(body=b'{"response": {"numFound": 1, "docs": [{"straatn'),
    "null": reply(body=b"null"),
    "list": reply([envelope()]),
    "deep": reply(body=b"[" * 60_000),
    "not utf-8": reply(body=b'{"response": "\xff\xfe"}'),
    "empty": reply(body=b""),
    "wrong types": reply({"response": {"numFound": "veel", "docs": SECRET}}),
    "wrong doc": reply(envelope({"type": "adres", "huisnummer": {"a": SECRET}})),
    "number as id": reply(envelope(doc(nummeraanduiding_id=990120))),
    "point elsewhere": reply(envelope(doc(centroide_rd="POINT(463000 155000)"))),
    "no envelope": reply({"fout": SECRET}),
    "huge": reply(body=b'{"a": "' + b"x" * 300_000 + b'"}'),
    "bomb": reply(body=BOMB, headers={"Content-Encoding": "gzip"}),
    "half gzip": reply(body=BOMB[:100], headers={"Content-Encoding": "gzip"}),
    "no gzip": reply(envelope(doc()), headers={"Content-Encoding": "gzip"}),
    "brotli": reply(envelope(doc()), headers={"Content-Encoding": "br"}),
    "redirect": reply(status=302, headers={"Location": "http://127.0.0.1:9/elders"}),
    "unknown parameter": reply({"status": 400, "title": SECRET}, 400),
    "teapot": reply({}, 418),
}
AWAY: dict[str, Answer] = {
    "500": reply(body=SECRET.encode(), status=500),
    "503": reply(status=503, headers={"Retry-After": "0"}),
    "hang up": hang_up,
    "drips headers": drip_headers,
    "drips body": drip_body,
    "short body": reply(envelope(doc()), headers={"Content-Length": "99999"}),
}


def test_garbage_is_one_error_and_is_not_asked_again(runtime: Runtime, settings: Settings, server: Bronserver) -> None:
    for name, answer in GARBAGE.items():
        server.will(answer)
        with sources(runtime, at(settings, server, outside_failures=100)) as outside:
            with pytest.raises(BronOnbegrijpelijk) as told:
                _ask(outside)
            assert SECRET not in told.value.melding, name
            assert told.value.__cause__ is None, name
            assert len(server.asked) == 1, name


def test_a_source_that_is_away_is_asked_twice_and_within_the_deadline(
    runtime: Runtime, settings: Settings, server: Bronserver
) -> None:
    for name, answer in AWAY.items():
        server.will(answer)
        started = time.monotonic()
        hurried = at(settings, server, outside_failures=100, outside_seconds=0.3)
        with sources(runtime, hurried) as outside, pytest.raises(BronOnbereikbaar) as told:
            _ask(outside)
        assert time.monotonic() - started < 6, name  # each drip lasts 10 s
        assert SECRET not in told.value.melding, name
        assert len(server.asked) == 2, name


def test_a_passing_failure_is_mended_by_asking_again(outside: Bronnen, server: Bronserver, runtime: Runtime) -> None:
    server.will(reply(status=502), GOOD)
    assert _ask(outside) == 1
    with runtime.system_unit("test", write=False) as uow:
        state = uow.session.get(Bronstand, "locatieserver")
        assert state is not None
        assert (state.aantal, state.fouten, state.rust_tot) == (2, 0, None)


def test_unknown_and_missing_fields_are_no_fault(outside: Bronnen, server: Bronserver) -> None:
    bare = {"type": "adres", "huisnummer": 1, "postcode": "9901AB", "nieuw": {"veld": [1]}}
    server.will(reply({**envelope(bare, doc()), "nieuw": 1}))
    assert _ask(outside) == 2


def test_only_parameters_that_the_locatieserver_knows_are_sent(outside: Bronnen, server: Bronserver) -> None:
    server.will(GOOD)
    _ask(outside)
    ((path, query, headers),) = server.asked
    assert path == "/free"
    assert {name for name, _ in query} == {"q", "fq", "fl", "rows", "start"}
    assert ("fq", "postcode:9901AB") in query
    assert KEY not in str(headers)


def test_pages_are_read_to_the_end_and_no_further(outside: Bronnen, server: Bronserver) -> None:
    first = reply(envelope(*[doc(huisletter="", huisnummertoevoeging=str(at)) for at in range(100)], found=101))
    server.will(first, reply(envelope(doc(), found=101)))
    assert _ask(outside) == 101
    assert [dict(query)["start"] for _, query, _ in server.asked] == ["0", "100"]
    assert outside.bag is not None
    more = {**hal(bag_address()), "_links": {"next": {"href": "https://elders.example/"}}}
    server.will(reply(more))
    assert len(outside.bag.addresses_at("9901AB", 1)) == 5
    assert [dict(query)["page"] for _, query, _ in server.asked] == ["1", "2", "3", "4", "5"]


def test_recorded_answers_are_read(outside: Bronnen, server: Bronserver) -> None:
    assert outside.locatieserver is not None
    assert outside.bag is not None
    server.will(reply(recorded("locatieserver-amstel-1")))
    (one,) = outside.locatieserver.addresses_at("1011PN", 1)
    assert (one.straat, one.bag_id, one.gemeentecode) == ("Amstel", "0363200012145295", "GM0363")
    assert one.punt is not None
    assert (one.punt.x, one.punt.y) == (121828.874, 486751.728)
    server.will(reply(recorded("locatieserver-postcode-3584cc")))
    assert outside.locatieserver.addresses_at("3584CC", 1) == []  # those are no addresses
    server.will(reply(recorded("bag-keizersgracht-117"), headers={"Content-Type": "application/hal+json"}))
    found = outside.bag.addresses_at("1015CJ", 117)
    assert [one.huisletter for one in found] == ["A", "B", "C", "D", "E"]
    _, _, headers = server.asked[0]
    assert (headers["x-api-key"], headers["accept-crs"]) == (KEY, "epsg:28992")


def test_after_429_the_source_is_left_alone_as_long_as_it_asks(outside: Bronnen, server: Bronserver) -> None:
    server.will(reply(status=429, headers={"Retry-After": "600"}))
    with pytest.raises(BronOnbereikbaar) as told:
        _ask(outside)
    assert told.value.wacht == 600
    with pytest.raises(BronOnbereikbaar):
        _ask(outside)
    assert len(server.asked) == 1
    assert KEY not in repr(outside)
    assert KEY not in repr(outside.bag and outside.bag.uitgang.toegang)


def test_a_short_429_is_waited_for(outside: Bronnen, server: Bronserver) -> None:
    server.will(reply(status=429, headers={"Retry-After": "0.2"}), GOOD)
    assert _ask(outside) == 1


def test_a_refused_key_rests_that_source_and_no_other(outside: Bronnen, server: Bronserver) -> None:
    server.will(reply({"status": 403}, 403))
    assert outside.bag is not None
    for _ in range(2):
        with pytest.raises(BronOnbereikbaar) as told:
            outside.bag.addresses_at("9901AB", 1)
        assert KEY not in str(told.value)
    assert len(server.asked) == 1
    server.will(GOOD)
    assert _ask(outside) == 1


def test_a_stray_404_does_not_say_that_an_address_is_unknown(outside: Bronnen, server: Bronserver) -> None:
    assert outside.bag is not None
    server.will(reply({"status": 404, "title": "Niet gevonden"}, 404))
    assert outside.bag.address_with_id("9901200000000001") is None
    server.will(reply(body=b"<html>404</html>", status=404, headers={"Content-Type": "text/html"}))
    with pytest.raises(BronOnbegrijpelijk):
        outside.bag.address_with_id("9901200000000001")


def test_after_failures_the_source_rests_and_one_call_tries_it_again(
    outside: Bronnen, server: Bronserver, runtime: Runtime, settings: Settings
) -> None:
    server.will(reply(status=500))
    for _ in range(3):
        with pytest.raises(BronOnbereikbaar):
            _ask(outside)
    assert len(server.asked) == 3  # two calls, one more, and then it rests
    with sources(runtime, at(settings, server)) as other, pytest.raises(BronOnbereikbaar):  # also for another process
        _ask(other)
    assert len(server.asked) == 3
    with runtime.system_unit("test") as uow:
        state = uow.session.get(Bronstand, "locatieserver")
        assert state is not None
        assert state.rust_tot is not None
        assert state.rust_tot > datetime.now(UTC)
        state.rust_tot = datetime.now(UTC)  # the rest is over
    server.will(GOOD)
    assert _ask(outside) == 1
    assert _ask(outside) == 1


def test_an_unsafe_address_is_never_called(runtime: Runtime, settings: Settings) -> None:
    unsafe = Settings.model_validate({**settings.model_dump(), "locatieserver_url": "http://pdok.example/"})
    with sources(runtime, unsafe) as outside, pytest.raises(Bronfout, match="niet veilig"):
        _ask(outside)


def test_the_rate_holds_for_all_workers_together(runtime: Runtime) -> None:
    gate = Gate(runtime.system_unit, "proef", Limits(per_second=20, per_day=None, failures=3, rest_seconds=1))
    started = time.monotonic()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: gate.enter(5), range(11)))
    assert time.monotonic() - started >= 0.5
    gate.enter(1)
    with pytest.raises(SourceResting):  # who has no patience is told when to come back
        gate.enter(0)


def test_the_quota_of_a_day_is_never_passed(runtime: Runtime) -> None:
    gate = Gate(runtime.system_unit, "proef", Limits(per_second=1000, per_day=3, failures=3, rest_seconds=1))
    for _ in range(3):
        gate.enter(1)
    with pytest.raises(SourceResting) as rest:
        gate.enter(1)
    assert rest.value.quota
    assert timedelta(0) < rest.value.until - datetime.now(UTC) <= timedelta(hours=25)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "12"}, 12),
        ({"retry-after": "-3"}, 0),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0),
        ({"retry-after": "ooit"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "999999999"}, 86400),
        ({"x-rate-limit-remaining": "0", "x-rate-limit-reset": "1"}, 1),
        ({"ratelimit-remaining": "0", "ratelimit-reset": "7"}, 7),
        ({"kadaster-ratelimit-daylimit-remaining": "0", "kadaster-ratelimit-daylimit-reset": "3600"}, 3600),
        ({"x-rate-limit-remaining": "4", "x-rate-limit-reset": "9"}, None),
        ({}, None),
    ],
)
def test_headers_that_ask_for_rest(headers: dict[str, str], seconds: float | None) -> None:
    assert asked_rest(headers) == seconds


def test_a_quota_that_an_answer_used_up_stops_the_next_call(outside: Bronnen, server: Bronserver) -> None:
    used_up = {"Kadaster-RateLimit-DayLimit-Remaining": "0", "Kadaster-RateLimit-DayLimit-Reset": "3600"}
    server.will(reply(hal(bag_address()), headers=used_up))
    assert outside.bag is not None
    assert len(outside.bag.addresses_at("9901AB", 1)) == 1
    with pytest.raises(BronOnbereikbaar):
        outside.bag.addresses_at("9901AB", 1)
    assert len(server.asked) == 1
