"""A served demo identity provider, and a browser and a native client that know the protocol."""

import hashlib
import re
import secrets
import socket
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import uvicorn

from app.core.auth.demo_idp.clients import MACHINE_CLIENT, STORY_CLIENT
from app.core.auth.demo_idp.provider import DemoAccount, create_demo_idp
from app.core.auth.demo_idp.state import load_secrets
from app.core.settings import Settings
from tests.support.municipality import ACCOUNTS
from tests.support.service import PLAIN

STORY_REDIRECT = "http://127.0.0.1:49999/terug"
UNKNOWN = "zonder-account"


def http() -> httpx.Client:
    return httpx.Client(trust_env=False, timeout=20, verify=PLAIN, headers={"Accept": "text/html, */*"})


class Idp:
    """A running demo identity provider."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.url = settings.oidc_issuer
        self.secrets = load_secrets(settings.demo_folder)

    def code(self, sub: str, query: dict[str, str]) -> dict[str, str]:
        """Chooses an account on the page and gives what comes back to the client."""
        with http() as client:
            answer = client.post(f"{self.url}/authorize", data={**query, "sub": sub})
        assert answer.status_code == 303, answer.text
        return {key: values[0] for key, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}

    def token(self, form: dict[str, str], auth: tuple[str, str] | None = None) -> httpx.Response:
        with http() as client:
            return client.post(f"{self.url}/token", data=form, auth=auth or httpx.USE_CLIENT_DEFAULT)

    def story_tokens(self, sub: str) -> dict[str, Any]:
        """Signs in as a native program does: loopback redirect and PKCE."""
        verifier, query = story_query()
        code = self.code(sub, query)["code"]
        answer = self.token(exchange(code, verifier))
        assert answer.status_code == 200, answer.text
        tokens: dict[str, Any] = answer.json()
        return tokens

    def machine_token(self) -> httpx.Response:
        return self.token({"grant_type": "client_credentials"}, (MACHINE_CLIENT, self.secrets.machine_secret))


def story_query() -> tuple[str, dict[str, str]]:
    """A PKCE verifier and the query of a story client."""
    verifier = secrets.token_urlsafe(32)
    challenge = urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    query = {
        "response_type": "code",
        "client_id": STORY_CLIENT,
        "redirect_uri": STORY_REDIRECT,
        "scope": "openid",
        "state": secrets.token_urlsafe(32),
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    return verifier, query


def exchange(code: str, verifier: str, **changes: str) -> dict[str, str]:
    """The form that exchanges a story client's code."""
    form = {
        "grant_type": "authorization_code",
        "client_id": STORY_CLIENT,
        "code": code,
        "code_verifier": verifier,
        "redirect_uri": STORY_REDIRECT,
    }
    return {**form, **changes}


class Browser:
    """A browser at the service: keeps cookies by hand, since a cookie jar refuses Secure cookies over plain HTTP."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.cookies: dict[str, str] = {}
        self.set_cookies: list[str] = []

    def send(
        self,
        method: str,
        path: str,
        headers: dict[str, str] | None = None,
        params: dict[str, str] | None = None,
        data: dict[str, str] | None = None,
    ) -> httpx.Response:
        sent = {"cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}
        with http() as client:
            sent.update(headers or {})
            answer = client.request(method, self.url + path, headers=sent, params=params, data=data)
        self.set_cookies = answer.headers.get_list("set-cookie")
        for line in self.set_cookies:
            name, _, value = line.partition(";")[0].partition("=")
            if "Max-Age=0" in line:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        return answer

    def get(
        self, path: str, headers: dict[str, str] | None = None, params: dict[str, str] | None = None
    ) -> httpx.Response:
        return self.send("GET", path, headers, params)

    def start(self, naar: str = "/") -> dict[str, str]:
        """Starts a sign-in; the query that the identity provider gets."""
        answer = self.send("GET", "/aanmelden", params={"naar": naar})
        assert answer.status_code == 303, answer.text
        return {key: values[0] for key, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}

    def sign_in(self, idp: Idp, sub: str, naar: str = "/") -> httpx.Response:
        """Goes through the whole sign-in; the answer of the callback."""
        return self.send("GET", "/aanmelden/terug", params=idp.code(sub, self.start(naar)))

    def csrf(self) -> str:
        """The token in the sign-out form of the start page."""
        found = re.search(r'name="csrf" value="([^"]+)"', self.get("/").text)
        assert found is not None
        return found[1]


@contextmanager
def serve_idp(settings: Settings, listening: socket.socket) -> Iterator[Idp]:
    """Serves the demo identity provider on a listening socket."""
    accounts = [DemoAccount(sub, sub.capitalize(), "demo") for sub in (*ACCOUNTS, UNKNOWN)]
    config = uvicorn.Config(create_demo_idp(settings, accounts), log_config=None, access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started:
        assert thread.is_alive()
        assert time.monotonic() < deadline
        time.sleep(0.01)
    try:
        yield Idp(settings)
    finally:
        server.should_exit = True
        thread.join(20)
