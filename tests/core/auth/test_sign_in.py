"""The sign-in of a browser from the start page to signing out, and what must not work on the way."""

import json
import socket
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from joserfc.jwk import ECKey, RSAKey
from pydantic import SecretStr
from sqlmodel import Session, select

from app.core.auth.client import client_proof
from app.core.auth.demo_idp.clients import Clients, Proof
from app.core.auth.oidc import local_path
from app.core.errors import Unavailable
from app.core.runtime import Runtime
from app.core.settings import Settings
from app.core.tables import Aanmeldpoging, Auditregel, Sessie
from tests.core.auth.serving import UNKNOWN, Browser, Idp, http
from tests.support.issuer import Issuer
from tests.support.service import Service, running

COOKIE = "__Host-veldwacht"


def test_a_browser_signs_in_works_and_signs_out(site: Service, idp: Idp, runtime: Runtime) -> None:
    browser = Browser(site.url)
    assert 'href="/aanmelden?naar=/"' in browser.get("/").text
    answer = browser.sign_in(idp, "planner", naar="/api?x=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/api?x=1")

    me = browser.get("/v1/sessie")
    assert me.status_code == 200
    assert me.json()["rollen"] == ["planner"]
    assert me.json()["gemeentecode"] == "GM9901"
    assert me.json()["csrf"] == browser.csrf()
    assert me.headers["cache-control"] == "no-store"

    old = dict(browser.cookies)
    out = browser.send("POST", "/afmelden", data={"csrf": me.json()["csrf"]})
    assert (out.status_code, out.headers["location"]) == (303, "/")
    assert COOKIE not in browser.cookies
    browser.cookies = old
    assert browser.get("/v1/sessie").status_code == 401
    with Session(runtime.database.engine) as session:
        assert session.exec(select(Sessie)).all() == []
        done = session.exec(select(Auditregel.actie).order_by(sa.asc("tijdstip"))).all()
    assert [actie for actie in done if actie in {"aanmelden", "afmelden"}] == ["aanmelden", "afmelden"]


def test_cookies_are_host_bound_and_the_database_holds_only_hashes(site: Service, idp: Idp, runtime: Runtime) -> None:
    browser = Browser(site.url)
    state = browser.start()["state"]
    (started,) = browser.set_cookies
    browser.sign_in(idp, "planner")
    for line in [started, *browser.set_cookies]:
        name, *attributes = (part.strip().lower() for part in line.split(";"))
        assert name.startswith("__host-")
        assert {"secure", "httponly", "samesite=lax", "path=/"} <= set(attributes)
        assert not any(attribute.startswith("domain") for attribute in attributes)
    with Session(runtime.database.engine) as session:
        rows = [*session.exec(select(Sessie)), *session.exec(select(Aanmeldpoging))]
    stored = " ".join(str(row.model_dump()) for row in rows)
    assert len(rows) == 2  # the session, and the first attempt that was left behind
    assert browser.cookies[COOKIE] not in stored
    assert state not in stored


def test_what_the_provider_gets_is_safe(site: Service, idp: Idp) -> None:
    first, second = Browser(site.url).start(), Browser(site.url).start()
    assert idp.url  # the discovery document came from there
    assert first["response_type"] == "code"
    assert first["code_challenge_method"] == "S256"
    assert first["redirect_uri"] == "http://localhost:8000/aanmelden/terug"
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 43  # 256 bits
        assert first[name] != second[name]


def test_a_callback_works_once_and_only_in_the_browser_that_started(site: Service, idp: Idp) -> None:
    browser, other = Browser(site.url), Browser(site.url)
    back = idp.code("planner", browser.start())
    stolen = other.get("/aanmelden/terug", params=back)
    assert stolen.status_code == 400
    assert COOKIE not in other.cookies
    kept = dict(browser.cookies)
    assert browser.get("/aanmelden/terug", params=back).status_code == 303
    browser.cookies = kept
    assert browser.get("/aanmelden/terug", params=back).status_code == 400


@pytest.mark.parametrize(
    "change",
    [
        {"state": ""},
        {"state": "x" * 43},
        {"code": "geraden"},
        {"code": ""},
        {"iss": "https://elders.example"},
        {"error": "access_denied"},
    ],
)
def test_a_wrong_callback_gives_a_dutch_page_and_no_session(site: Service, idp: Idp, change: dict[str, str]) -> None:
    browser = Browser(site.url)
    back = {**idp.code("planner", browser.start()), **change}
    answer = browser.get("/aanmelden/terug", params=back)
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/html")
    assert "Aanmelden is niet gelukt" in answer.text
    assert COOKIE not in browser.cookies


def test_a_state_that_was_guessed_gives_nothing(site: Service, idp: Idp) -> None:
    assert idp.url
    for number in range(50):
        browser = Browser(site.url)
        browser.cookies["__Host-veldwacht-aanmelding"] = str(number)
        assert browser.get("/aanmelden/terug", params={"state": str(number), "code": "x"}).status_code == 400


def test_an_attempt_expires(site: Service, idp: Idp, runtime: Runtime) -> None:
    browser = Browser(site.url)
    back = idp.code("planner", browser.start())
    with runtime.database.session(write=True) as session:
        for row in session.exec(select(Aanmeldpoging)):
            row.verloopt_op -= timedelta(minutes=10, seconds=1)
        session.commit()
    assert browser.get("/aanmelden/terug", params=back).status_code == 400


def test_an_id_token_with_another_nonce_is_refused(site: Service, idp: Idp) -> None:
    browser = Browser(site.url)
    answer = browser.get("/aanmelden/terug", params=idp.code("planner", {**browser.start(), "nonce": "n" * 43}))
    assert answer.status_code == 400


def test_who_has_no_account_gets_a_page_and_no_session(site: Service, idp: Idp, runtime: Runtime) -> None:
    browser = Browser(site.url)
    answer = browser.sign_in(idp, UNKNOWN)
    assert answer.status_code == 403
    assert "geen account" in answer.text
    with Session(runtime.database.engine) as session:
        assert session.exec(select(Sessie)).all() == []


def test_signing_in_again_ends_the_old_session(site: Service, idp: Idp) -> None:
    browser = Browser(site.url)
    browser.sign_in(idp, "planner")
    old = browser.cookies[COOKIE]
    browser.sign_in(idp, "beheerder")
    assert browser.cookies[COOKIE] != old
    browser.cookies = {COOKIE: old}
    assert browser.get("/v1/sessie").status_code == 401


@pytest.mark.parametrize(
    "naar",
    [
        "https://elders.example/",
        "//elders.example",
        "/\\elders.example",
        "\\\\elders.example",
        "/\t/elders.example",
        "/ /elders.example",
        "javascript:alert(1)",
        "elders.example",
        "",
        "/\r\nSet-Cookie: a=b",
        "///elders.example",
        "/é",
        "/" + "a" * 600,
    ],
)
def test_no_open_redirect(naar: str) -> None:
    assert local_path(naar) == "/"


def test_a_redirect_elsewhere_ends_on_the_start_page(site: Service, idp: Idp) -> None:
    answer = Browser(site.url).sign_in(idp, "planner", naar="//elders.example/x")
    assert answer.headers["location"] == "/"
    assert local_path("/api/sessie?a=b#c") == "/api/sessie?a=b#c"


@pytest.mark.parametrize(
    ("headers", "form"),
    [
        ({}, {}),
        ({}, {"csrf": "verkeerd"}),
        ({"sec-fetch-site": "cross-site"}, {"csrf": "goed"}),
        ({"sec-fetch-site": "same-site"}, {"csrf": "goed"}),
    ],
)
def test_another_site_cannot_sign_somebody_out(
    site: Service, idp: Idp, headers: dict[str, str], form: dict[str, str]
) -> None:
    browser = Browser(site.url)
    browser.sign_in(idp, "planner")
    form = {name: browser.csrf() if value == "goed" else value for name, value in form.items()}
    answer = browser.send("POST", "/afmelden", headers=headers, data=form)
    assert answer.status_code == 403
    assert browser.get("/v1/sessie").status_code == 200


def test_without_the_provider_the_page_says_so_and_nobody_is_let_in(
    service: Service, issuer: Issuer, idp_socket: socket.socket
) -> None:
    idp_socket.close()  # nothing listens there any more
    with http() as client:
        page = client.get(f"{service.url}/aanmelden")
        token = issuer.token("planner", iss=service.settings.oidc_issuer)
        call = client.get(f"{service.url}/v1/sessie", headers={"authorization": f"Bearer {token}"})
    assert page.status_code == 503
    assert "De aanmelddienst is nu niet bereikbaar" in page.text
    assert call.status_code == 503
    assert call.headers["content-type"] == "application/problem+json"
    assert "retry-after" in call.headers


@pytest.mark.parametrize("kind", ["EC", "RSA", "EC-jwk"])
def test_the_service_proves_itself_with_its_key(settings: Settings, tmp_path: Path, kind: str) -> None:
    key: RSAKey | ECKey = RSAKey.generate_key(2048) if kind == "RSA" else ECKey.generate_key("P-256")
    file = tmp_path / "client.key"
    content = json.dumps(key.as_dict(private=True)).encode() if kind == "EC-jwk" else key.as_pem(private=True)
    file.write_bytes(content)
    with_key = settings.model_copy(update={"oidc_client_key_file": file})
    clients = Clients(with_key, "machine")
    proof = client_proof(with_key, f"{settings.oidc_issuer}/token")
    assert proof.credentials is None
    assert clients.authenticate(Proof("", proof.form)) == "veldwacht"
    assert clients.authenticate(Proof("", proof.form)) is None  # a replay
    elsewhere = client_proof(with_key, "https://elders.example/token")
    assert clients.authenticate(Proof("", elsewhere.form)) is None


def test_without_key_and_secret_nobody_signs_in(settings: Settings) -> None:
    bare = settings.model_copy(update={"oidc_client_secret": SecretStr("")})
    with pytest.raises(Unavailable):
        client_proof(bare, "https://elders.example/token")


def test_a_sign_in_below_the_level_asked_for_is_refused(site: Service, idp: Idp, settings: Settings) -> None:
    strict = settings.model_copy(update={"oidc_acr_values": ["hoog"]})
    with running(strict, site.issuer) as service:
        browser = Browser(service.url)
        sent = browser.start()
        assert sent["acr_values"] == "hoog"
        assert browser.get("/aanmelden/terug", params=idp.code("planner", sent)).status_code == 400
