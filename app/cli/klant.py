"""A client of the public HTTP API that signs in as a demo account, by the code flow with PKCE as any program would."""

import base64
import hashlib
import secrets
import time
from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from app.cli.vertellen import Mislukt

CLIENT_ID = "veldwacht-verhaal"
REDIRECT = "http://localhost:8765/terug"
POLL_SECONDS = 0.2


class Klant:
    """Speaks to the API as one account."""

    def __init__(self, base_url: str, issuer: str, sub: str) -> None:
        token = sign_in(issuer, sub)
        self.sub = sub
        self.http = httpx.Client(
            base_url=f"{base_url}/v1", headers={"Authorization": f"Bearer {token}"}, trust_env=False, timeout=60
        )

    def vraag(self, method: str, path: str, expect: int | tuple[int, ...] = 200, **arguments: Any) -> httpx.Response:  # noqa: ANN401 - arguments of httpx
        """One call that must give the expected status.

        Raises:
            Mislukt: another status; the problem's own words are told.
        """
        answer = self.http.request(method, path, **arguments)
        expected = (expect,) if isinstance(expect, int) else expect
        if answer.status_code not in expected:
            raise Mislukt(f"{method} {path} als {self.sub} gaf {answer.status_code}: {_words(answer)}")
        return answer

    def lees(self, path: str, **params: Any) -> Any:  # noqa: ANN401 - JSON
        """The JSON of a GET."""
        return self.vraag("GET", path, params=params or None).json()

    def alles(self, path: str, **params: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON
        """All rows of a paged list."""
        cursor: str | None = None
        while True:
            page = self.lees(path, **params, **({"cursor": cursor} if cursor else {}))
            yield from page["resultaten"]
            cursor = page["volgende"]
            if cursor is None:
                return

    def stuur(self, path: str, body: Any, expect: int | tuple[int, ...] = 201) -> Any:  # noqa: ANN401 - JSON
        """The JSON of a POST."""
        return self.vraag("POST", path, expect, json=body).json()

    def wijzig(self, path: str, method: str = "POST", action: str = "", body: Any = None) -> Any:  # noqa: ANN401 - JSON
        """A named step on a record, with the version that was just read."""
        etag = self.vraag("GET", path).headers["ETag"]
        return self.vraag(method, f"{path}{action}", (200, 201), json=body or {}, headers={"If-Match": etag}).json()

    def wacht(
        self, path: str, done: Callable[[dict[str, Any]], bool], seconds: float, told: Callable[[dict[str, Any]], None]
    ) -> dict[str, Any]:
        """Reads `path` until `done`.

        Raises:
            Mislukt: not done in time.
        """
        deadline = time.monotonic() + seconds
        while True:
            state: dict[str, Any] = self.lees(path)
            told(state)
            if done(state):
                return state
            if time.monotonic() > deadline:
                raise Mislukt(f"{path} was na {seconds:.0f} seconden nog niet klaar.")
            time.sleep(POLL_SECONDS)


def sign_in(issuer: str, sub: str) -> str:
    """An access token for `sub`, from the demo identity provider.

    Raises:
        Mislukt: the provider refused.
    """
    verifier = secrets.token_urlsafe(48)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    fields = {
        "response_type": "code",
        "client_id": CLIENT_ID,
        "redirect_uri": REDIRECT,
        "scope": "openid",
        "state": secrets.token_urlsafe(24),
        "nonce": secrets.token_urlsafe(24),
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    with httpx.Client(base_url=issuer, trust_env=False, timeout=20) as client:
        back = client.post("/authorize", data={**fields, "sub": sub})
        query = parse_qs(urlsplit(back.headers.get("location", "")).query)
        if "code" not in query or query.get("state") != [fields["state"]]:
            raise Mislukt(f"aanmelden als {sub} lukte niet.")
        exchange = {
            "grant_type": "authorization_code",
            "client_id": CLIENT_ID,
            "redirect_uri": REDIRECT,
            "code": query["code"][0],
            "code_verifier": verifier,
        }
        answer = client.post("/token", data=exchange)
    if answer.status_code != 200:
        raise Mislukt(f"aanmelden als {sub} lukte niet.")
    token: str = answer.json()["access_token"]
    return token


def customers(base_url: str, issuer: str) -> Callable[[str], Klant]:
    """Gives the client of an account, signed in once."""
    return cache(partial(Klant, base_url, issuer))


def _words(answer: httpx.Response) -> str:
    try:
        problem = answer.json()
        faults = "; ".join(f"{fout['veld']} {fout['melding']}" for fout in problem.get("fouten", []))
        return f"{problem['detail']} {faults}".strip()
    except (ValueError, KeyError, TypeError):
        return answer.text[:200]
