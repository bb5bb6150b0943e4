"""Access tokens: what is accepted, and a matrix of forged ones that is refused (ASVS V6.8.2, V9.1, V9.2)."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from app.core.auth import issuer as issuers
from app.core.auth.tokens import AccessTokens, InvalidToken
from tests.core.auth.serving import Browser, Idp, http
from tests.support.issuer import Issuer as KeyServer
from tests.support.service import Service

Key = ECKey | RSAKey


def claims(idp: Idp, **changes: object) -> dict[str, Any]:
    now = int(time.time())
    base: dict[str, object] = {
        "iss": idp.url,
        "aud": "veldwacht-api",
        "sub": "planner",
        "iat": now,
        "exp": now + 300,
        "client_id": "x",
    }
    return {name: value for name, value in {**base, **changes}.items() if value is not None}


def sign(idp: Idp, body: dict[str, Any], key: Key | None = None, **header: object) -> str:
    head: dict[str, Any] = {"alg": "ES256", "typ": "at+jwt", "kid": idp.secrets.key.kid, **header}
    head = {name: value for name, value in head.items() if value is not None}
    return jwt.encode(head, body, key or idp.secrets.key, algorithms=[head["alg"]], default_type=None)


def part(content: object) -> str:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def by_hand(head: dict[str, Any], body: dict[str, Any], secret: bytes | None) -> str:
    start = f"{part(head)}.{part(body)}"
    return f"{start}.{part(hmac.new(secret, start.encode(), hashlib.sha256).digest()) if secret is not None else ''}"


def confused(idp: Idp, secret: bytes) -> str:
    return by_hand({"alg": "HS256", "typ": "at+jwt", "kid": idp.secrets.key.kid}, claims(idp), secret)


def changed_payload(idp: Idp) -> str:
    head, _, signature = sign(idp, claims(idp)).split(".")
    return f"{head}.{part(claims(idp, sub='beheerder'))}.{signature}"


def own_key_in_header(idp: Idp) -> str:
    own = ECKey.generate_key("P-256")
    return sign(idp, claims(idp), own, jwk=own.as_dict(private=False))


def with_critical(idp: Idp) -> str:
    head = {"alg": "ES256", "typ": "at+jwt", "kid": idp.secrets.key.kid, "crit": ["b64"], "b64": True}
    return jwt.encode(head, claims(idp), idp.secrets.key, algorithms=["ES256"])


def flipped_signature(idp: Idp) -> str:
    head, body, signature = sign(idp, claims(idp)).split(".")
    raw = bytearray(base64.urlsafe_b64decode(signature + "=="))
    raw[5] ^= 1
    return f"{head}.{body}.{part(bytes(raw))}"


FORGED: dict[str, Callable[[Idp], str]] = {
    "no algorithm": lambda i: by_hand({"alg": "none", "typ": "at+jwt", "kid": i.secrets.key.kid}, claims(i), None),
    "algorithm NonE": lambda i: by_hand({"alg": "NonE", "typ": "at+jwt", "kid": i.secrets.key.kid}, claims(i), None),
    "HS256 with the public PEM": lambda i: confused(i, i.secrets.key.as_pem(private=False)),
    "HS256 with the public JWK": lambda i: confused(i, json.dumps(i.secrets.key.as_dict(private=False)).encode()),
    "HS256 with nothing": lambda i: confused(i, b""),
    "another key, known id": lambda i: sign(i, claims(i), ECKey.generate_key("P-256")),
    "another key, unknown id": lambda i: sign(i, claims(i), ECKey.generate_key("P-256"), kid="onbekend"),
    "key in the header": own_key_in_header,
    "no key id": lambda i: sign(i, claims(i), kid=None),
    "RSA signature on an EC key id": lambda i: sign(i, claims(i), RSAKey.generate_key(2048), alg="RS256"),
    "changed payload": changed_payload,
    "changed signature": flipped_signature,
    "no signature": lambda i: sign(i, claims(i)).rsplit(".", 1)[0] + ".",
    "critical header": with_critical,
    "typ JWT": lambda i: sign(i, claims(i), typ="JWT"),
    "no typ": lambda i: sign(i, claims(i), typ=None),
    "logout token": lambda i: sign(i, claims(i), typ="logout+jwt"),
    "ID token": lambda i: i.story_tokens("planner")["id_token"],
    "ID token as at+jwt": lambda i: sign(i, claims(i, aud="veldwacht")),
    "another issuer": lambda i: sign(i, claims(i, iss="https://elders.example")),
    "issuer with a slash": lambda i: sign(i, claims(i, iss=f"{i.url}/")),
    "no issuer": lambda i: sign(i, claims(i, iss=None)),
    "no audience": lambda i: sign(i, claims(i, aud=None)),
    "audience of another": lambda i: sign(i, claims(i, aud=["ander", "veldwacht-api-2"])),
    "expired": lambda i: sign(i, claims(i, exp=int(time.time()) - 61)),
    "no expiry": lambda i: sign(i, claims(i, exp=None)),
    "expiry as text": lambda i: sign(i, claims(i, exp="9999999999")),
    "not yet valid": lambda i: sign(i, claims(i, nbf=int(time.time()) + 120)),
    "issued in the future": lambda i: sign(i, claims(i, iat=int(time.time()) + 120)),
    "no subject": lambda i: sign(i, claims(i, sub=None)),
    "empty subject": lambda i: sign(i, claims(i, sub="")),
    "subject that is a list": lambda i: sign(i, claims(i, sub=["planner"])),
    "unknown account": lambda i: sign(i, claims(i, sub="niemand")),
    "five parts": lambda i: f"{sign(i, claims(i))}.a.b",
    "too long": lambda i: sign(i, claims(i, extra="x" * 9000)),
    "not a token": lambda _: "geheim",
    "payload is a list": lambda i: (
        f"{part({'alg': 'ES256', 'typ': 'at+jwt', 'kid': i.secrets.key.kid})}.{part([])}.AAAA"
    ),
}


def test_every_forged_token_is_refused_and_a_real_one_is_not(site: Service, idp: Idp) -> None:
    accepted = []
    with http() as client:
        for name, make in FORGED.items():
            answer = client.get(f"{site.url}/v1/sessie", headers={"authorization": f"Bearer {make(idp)}"})
            assert answer.headers["content-type"] == "application/problem+json"
            if answer.status_code != 401 or not answer.headers["www-authenticate"].startswith("Bearer"):
                accepted.append(f"{name}: {answer.status_code}")
        right = client.get(f"{site.url}/v1/sessie", headers={"authorization": f"bearer {sign(idp, claims(idp))}"})
    assert accepted == []
    assert right.status_code == 200
    assert right.json()["csrf"] is None


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": ["ander", "veldwacht-api"]},
        {"exp": -5},
        {"nbf": 30},
        {"client_id": None, "azp": "koppeling"},
    ],
)
def test_a_right_token_may_have_other_forms(idp: Idp, changes: dict[str, Any]) -> None:
    now = int(time.time())
    changes = {name: now + value if isinstance(value, int) else value for name, value in changes.items()}
    verifier = AccessTokens(issuers.Issuer(idp.url), "veldwacht-api")
    identity = verifier.verify(sign(idp, claims(idp, **changes), typ="application/at+jwt"))
    assert identity.sub == "planner"
    assert identity.client_id == changes.get("azp", "x")


def test_a_token_and_a_cookie_at_once_are_refused(site: Service, idp: Idp) -> None:
    browser = Browser(site.url)
    browser.sign_in(idp, "planner")
    token = idp.story_tokens("planner")["access_token"]
    assert browser.get("/v1/sessie", headers={"authorization": f"Bearer {token}"}).status_code == 401
    assert browser.get("/v1/sessie", headers={"authorization": "Basic YTpi"}).status_code == 401
    assert browser.get("/v1/sessie").status_code == 200


def test_forged_identity_headers_change_nothing(site: Service, idp: Idp) -> None:
    token = idp.story_tokens("planner")["access_token"]
    headers = {"authorization": f"Bearer {token}", "x-user-id": "beheerder", "x-forwarded-user": "beheerder"}
    with http() as client:
        assert client.get(f"{site.url}/v1/sessie", headers=headers).json()["rollen"] == ["planner"]
        assert client.get(f"{site.url}/v1/sessie", params={"access_token": token}).status_code == 401


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def key_server() -> Iterator[KeyServer]:
    made = KeyServer()
    yield made
    made.stop()


def renamed(server: KeyServer, kid: str, key_type: str = "EC") -> str:
    """Gives the server a new key; an access token signed by it."""
    key: Any = (
        ECKey.generate_key("P-256", {"kid": kid}) if key_type == "EC" else RSAKey.generate_key(2048, {"kid": kid})
    )
    server.key = key
    return kid


@pytest.mark.parametrize("algorithm", ["RS256", "PS256"])
def test_rsa_tokens_are_accepted(key_server: KeyServer, algorithm: str) -> None:
    renamed(key_server, "rsa", "RSA")
    now = int(time.time())
    body = {"iss": key_server.url, "aud": "a", "sub": "s", "exp": now + 60}
    key: Any = key_server.key
    token = jwt.encode({"alg": algorithm, "typ": "at+jwt", "kid": "rsa"}, body, key, algorithms=[algorithm])
    assert AccessTokens(issuers.Issuer(key_server.url), "a").verify(token).sub == "s"


def test_a_new_key_is_fetched_at_most_once_per_half_minute(key_server: KeyServer) -> None:
    clock = Clock()
    issuer = issuers.Issuer(key_server.url, clock)
    assert issuer.key("test") is not None
    renamed(key_server, "nieuw")
    clock.now += 5
    assert issuer.key("nieuw") is None  # fetched a moment ago
    clock.now += 30
    assert issuer.key("nieuw") is not None
    assert issuer.key("test") is None  # withdrawn by the provider


def test_known_keys_stay_when_the_provider_is_away(key_server: KeyServer) -> None:
    clock = Clock()
    issuer = issuers.Issuer(key_server.url, clock)
    tokens = AccessTokens(issuer, "veldwacht-api")
    tokens.verify(key_server.token("planner"))
    key_server.stop()
    clock.now += 3600
    assert tokens.verify(key_server.token("beheerder")).sub == "beheerder"
    with pytest.raises(InvalidToken):
        tokens.verify(jwt.encode({"alg": "ES256", "typ": "at+jwt", "kid": "x"}, {"sub": "a"}, key_server.key))
