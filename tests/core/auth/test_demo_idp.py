"""The demo identity provider keeps to the protocol, and never runs beside production data."""

import socket
import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import SecretStr

from app.core.auth.demo_idp import grants
from app.core.auth.demo_idp.provider import DemoRefused, create_demo_idp
from app.core.auth.demo_idp.start import check_demo
from app.core.auth.demo_idp.state import load_secrets
from app.core.runtime import Runtime
from app.core.settings import Settings, Stempel
from app.core.stamp import WrongStamp, check_stamp, read_stamp, write_stamp
from tests.core.auth.serving import Idp, exchange, http, story_query
from tests.support.service import Service


def test_a_machine_gets_a_token_for_its_own_account(site: Service, idp: Idp) -> None:
    answer = idp.machine_token()
    assert answer.status_code == 200
    assert "id_token" not in answer.json()
    with http() as client:
        # The municipality of the tests has no account for the machine: the token is good, the account is not there.
        headers = {"authorization": f"Bearer {answer.json()['access_token']}"}
        refused = client.get(f"{site.url}/v1/sessie", headers=headers)
    assert refused.status_code == 401
    assert "account" in refused.json()["detail"]
    assert idp.token({"grant_type": "client_credentials"}, ("veldwacht-machine", "geraden")).status_code == 401
    assert idp.token({"grant_type": "client_credentials", "client_id": "veldwacht-verhaal"}).status_code == 400


def test_a_native_client_signs_in_and_works(site: Service, idp: Idp) -> None:
    tokens = idp.story_tokens("toezichthouder")
    with http() as client:
        headers = {"authorization": f"Bearer {tokens['access_token']}"}
        answer = client.get(f"{site.url}/v1/sessie", headers=headers)
    assert answer.json()["rollen"] == ["toezichthouder"]


def test_a_code_works_once(idp: Idp) -> None:
    verifier, query = story_query()
    code = idp.code("planner", query)["code"]
    assert idp.token(exchange(code, verifier)).status_code == 200
    assert idp.token(exchange(code, verifier)).json() == {"error": "invalid_grant"}


@pytest.mark.parametrize(
    "change",
    [
        {"code_verifier": "x" * 43},
        {"code_verifier": ""},
        {"redirect_uri": "http://127.0.0.1:50000/terug"},
        {"code": "geraden"},
    ],
)
def test_a_wrong_exchange_uses_the_code_up(idp: Idp, change: dict[str, str]) -> None:
    verifier, query = story_query()
    code = idp.code("planner", query)["code"]
    assert idp.token({**exchange(code, verifier), **change}).json() == {"error": "invalid_grant"}
    again = idp.token(exchange(code, verifier))
    assert (again.status_code == 200) == ("code" in change)


def test_a_code_lives_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = grants.Codes()
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    code = codes.issue(grants.Grant("s", "c", "r", "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU", ""))
    assert code is not None
    now += 60.1
    assert codes.take(code, "c", "r", "") is None


def test_a_code_of_the_browser_client_needs_its_secret(idp: Idp, settings: Settings) -> None:
    verifier, query = story_query()
    callback = "http://localhost:8000/aanmelden/terug"
    code = idp.code("planner", {**query, "client_id": "veldwacht", "redirect_uri": callback})["code"]
    form = exchange(code, verifier, client_id="veldwacht", redirect_uri=callback)
    assert idp.token(form).status_code == 401
    assert idp.token(form, ("veldwacht", "verkeerd")).status_code == 401
    assert idp.token(exchange(code, verifier, redirect_uri=callback)).status_code == 400  # the story client is another
    assert settings.oidc_client_secret.get_secret_value()


@pytest.mark.parametrize(
    "change",
    [
        {"redirect_uri": "https://elders.example/terug"},
        {"redirect_uri": "http://127.0.0.1.elders.example:1/terug"},
        {"redirect_uri": "http://127.0.0.1:49999/elders"},
        {"redirect_uri": "http://gebruiker@127.0.0.1:49999/terug"},
        {"client_id": "onbekend"},
        {"state": "x" * 2000},
    ],
)
def test_a_request_of_a_stranger_goes_nowhere(idp: Idp, change: dict[str, str]) -> None:
    _, query = story_query()
    with http() as client:
        answer = client.get(f"{idp.url}/authorize", params={**query, **change})
    assert answer.status_code == 400
    assert "location" not in answer.headers


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"scope": "profile"}, "invalid_scope"),
    ],
)
def test_a_request_without_pkce_is_sent_back(idp: Idp, change: dict[str, str], error: str) -> None:
    _, query = story_query()
    with http() as client:
        answer = client.get(f"{idp.url}/authorize", params={**query, **change})
    assert answer.status_code == 303
    sent = parse_qs(urlsplit(answer.headers["location"]).query)
    assert sent["error"] == [error]
    assert "code" not in sent


def test_the_page_escapes_what_it_is_given(idp: Idp) -> None:
    _, query = story_query()
    with http() as client:
        page = client.get(f"{idp.url}/authorize", params={**query, "state": '"><script>alert(1)</script>'})
        rebound = client.get(f"{idp.url}/jwks", headers={"host": "elders.example"})
    assert "<script" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert rebound.status_code == 400


def test_a_restart_keeps_the_key(tmp_path: Path) -> None:
    first, second = load_secrets(tmp_path), load_secrets(tmp_path)
    assert first.key.as_dict(private=True) == second.key.as_dict(private=True)
    assert first.machine_secret == second.machine_secret
    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o077 == 0


def test_it_starts_beside_a_demo_database_only(settings: Settings, runtime: Runtime, idp_socket: socket.socket) -> None:
    assert idp_socket.fileno() > 0
    with pytest.raises(DemoRefused):
        check_demo(settings, runtime.database)  # nobody said that this database is a demo
    write_stamp(runtime.database, Stempel.DEMO)
    check_demo(settings, runtime.database)


def test_it_refuses_a_production_database(settings: Settings, runtime: Runtime) -> None:
    write_stamp(runtime.database, Stempel.PRODUCTIE)
    with pytest.raises(DemoRefused, match="niet voor een demo"):
        check_demo(settings, runtime.database)
    with pytest.raises(WrongStamp):
        write_stamp(runtime.database, Stempel.DEMO)
    with pytest.raises(WrongStamp):
        check_stamp(runtime.database, settings)
    assert read_stamp(runtime.database) == Stempel.PRODUCTIE


@pytest.mark.parametrize(
    "change",
    [
        {"stempel": Stempel.PRODUCTIE},
        {"oidc_issuer": "http://aanmelden.example:8001"},
        {"oidc_issuer": "https://localhost:8001"},
        {"oidc_issuer": "http://localhost"},
    ],
)
def test_it_refuses_settings_that_are_not_of_a_demo(
    settings: Settings, runtime: Runtime, change: dict[str, Any]
) -> None:
    write_stamp(runtime.database, Stempel.DEMO)
    with pytest.raises(DemoRefused):
        check_demo(settings.model_copy(update=change), runtime.database)


@pytest.mark.parametrize("change", [{"stempel": Stempel.PRODUCTIE}, {"oidc_client_secret": SecretStr("")}])
def test_the_application_itself_refuses_too(settings: Settings, change: dict[str, Any]) -> None:
    with pytest.raises(DemoRefused):
        create_demo_idp(settings.model_copy(update=change), [])
