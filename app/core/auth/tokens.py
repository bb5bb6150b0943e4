"""Signed tokens of the identity provider: what is accepted, and nothing else (ASVS V6.8.2, V9.1, V9.2; RFC 8725, RFC 9068).

Libraries accept any `typ` and many algorithms unless told otherwise; here the algorithm comes from a fixed list, the key from the
provider's key set by its id, never from the token itself.
"""

import hashlib
import threading
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError

from app.core.auth.issuer import Issuer, issuer_at

ALGORITHMS = ("RS256", "PS256", "ES256")
LEEWAY_S = 60
MAX_TOKEN = 8192
REMEMBER_S = 5.0
REMEMBER_MAX = 4096
REGISTRY = jws.JWSRegistry(
    algorithms=ALGORITHMS, strict_check_header=False
)  # unknown headers mean nothing, save `crit`


class InvalidToken(Exception):
    """A token that is not accepted. The reason is for the log; the sender learns only that it is not accepted."""


@dataclass(frozen=True)
class TokenIdentity:
    """Whom an access token speaks for, and through which client."""

    sub: str
    client_id: str


def decode(token: str, issuer: Issuer, audience: str, types: frozenset[str]) -> dict[str, Any]:
    """The claims of a token whose signature, type, issuer, audience and times are right.

    Args:
        token: the compact form.
        issuer: who must have signed it.
        audience: for whom it must be.
        types: accepted values of the `typ` header, in lower case; an empty string means that it may be absent.

    Raises:
        InvalidToken: anything is wrong.
        OutsideError: the keys of the issuer were never known.
    """
    if len(token) > MAX_TOKEN or not token.isascii() or token.count(".") != 2:
        msg = "form"
        raise InvalidToken(msg)
    try:
        header = jws.extract_compact(token.encode()).headers()
        _check_header(header, types)
        key = issuer.key(header["kid"])
        if key is None:
            msg = "unknown key"
            raise InvalidToken(msg)
        claims = jwt.decode(token, key, algorithms=ALGORITHMS, registry=REGISTRY).claims
        jwt.JWTClaimsRegistry(
            leeway=LEEWAY_S,
            iss={"essential": True, "value": issuer.url},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
            sub={"essential": True},
        ).validate(claims)
    except (JoseError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise InvalidToken(type(error).__name__) from error
    return dict(claims)


def _check_header(header: dict[str, Any], types: frozenset[str]) -> None:
    kind = header.get("typ", "")
    if not isinstance(kind, str) or kind.lower().removeprefix("application/") not in types:
        msg = "typ"
        raise InvalidToken(msg)
    if (
        "crit" in header
        or "b64" in header
        or header.get("alg") not in ALGORITHMS
        or not isinstance(header.get("kid"), str)
    ):
        msg = "header"
        raise InvalidToken(msg)


class AccessTokens:
    """Verifies access tokens for one audience and remembers the verdict for some seconds, by the token's hash."""

    def __init__(self, issuer: Issuer, audience: str) -> None:
        self._issuer = issuer
        self._audience = audience
        self._verified: dict[bytes, tuple[float, TokenIdentity]] = {}
        self._lock = threading.Lock()

    def verify(self, token: str) -> TokenIdentity:
        """Whom this token speaks for.

        Raises:
            InvalidToken: not a valid access token for this service; an ID token is not one.
            OutsideError: the keys of the issuer were never known.
        """
        digest = hashlib.sha256(token.encode()).digest()
        now = time.time()
        known = self._verified.get(digest)
        if known is not None and known[0] > now:
            return known[1]
        claims = decode(token, self._issuer, self._audience, frozenset({"at+jwt"}))
        client = claims.get("client_id") or claims.get("azp")
        identity = TokenIdentity(sub=claims["sub"], client_id=client[:100] if isinstance(client, str) else "token")
        with self._lock:
            if len(self._verified) >= REMEMBER_MAX:
                self._verified.clear()
            self._verified[digest] = (min(now + REMEMBER_S, claims["exp"] + LEEWAY_S), identity)
        return identity


@lru_cache(maxsize=8)
def access_tokens(issuer_url: str, audience: str) -> AccessTokens:
    """The verifier for this issuer and audience, one per process."""
    return AccessTokens(issuer_at(issuer_url), audience)
