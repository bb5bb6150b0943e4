"""The identity provider as this process knows it: its addresses and public keys, fetched, kept and renewed.

Everything that comes from outside is bounded and checked (OWASP API10): time, size, redirects, addresses, keys. When the
provider is away, the keys that are known stay in use, so that nobody who is at work is thrown out (fail closed for new keys).
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import Key, import_key

from app.core.auth.outside import OutsideError, OutsideUnreachable, fetch_json, is_safe_url

log = logging.getLogger("veldwacht.auth")

MAX_AGE_S = 600.0
RETRY_S = 30.0
RETRY_EMPTY_S = 2.0
MIN_RSA_BITS = 2048
MAX_KEYS = 50


@dataclass(frozen=True)
class Endpoints:
    """What the discovery document says; a provider for machines only has no address where browsers sign in."""

    authorization: str | None
    token: str | None


@dataclass(frozen=True)
class _Known:
    endpoints: Endpoints
    keys: dict[str, Key]
    fetched_at: float


class Issuer:
    """One identity provider.

    Args:
        url: its issuer identifier; the discovery document stands below it.
        clock: seconds that only go up.
    """

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.url = url
        self._clock = clock
        self._known: _Known | None = None
        self._tried_at: float | None = None
        self._lock = threading.Lock()

    def endpoints(self) -> Endpoints:
        """The addresses of the provider.

        Raises:
            OutsideError: the provider never answered this process and does not answer now.
        """
        return self._current(None).endpoints

    def key(self, kid: str) -> Key | None:
        """The public key with this id; an unknown id makes the keys be fetched again, at most once per 30 seconds.

        Raises:
            OutsideError: the provider never answered this process and does not answer now.
        """
        return self._current(kid).keys.get(kid)

    def _current(self, kid: str | None) -> _Known:
        known = self._known
        if known is not None and self._is_enough(known, kid):
            return known
        if known is not None and (kid is None or kid in known.keys):
            # The keys are old but usable: one thread fetches, the others go on with what there is.
            if not self._lock.acquire(blocking=False):
                return known
        else:
            self._lock.acquire()
        try:
            return self._renew(kid)
        finally:
            self._lock.release()

    def _is_enough(self, known: _Known, kid: str | None) -> bool:
        return self._clock() - known.fetched_at < MAX_AGE_S and (kid is None or kid in known.keys)

    def _renew(self, kid: str | None) -> _Known:
        known = self._known
        if known is not None and self._is_enough(known, kid):
            return known
        pause = RETRY_S if known is not None else RETRY_EMPTY_S
        if self._tried_at is not None and self._clock() - self._tried_at < pause:
            if known is None:
                msg = "the identity provider did not answer a moment ago"
                raise OutsideUnreachable(msg)
            return known
        self._tried_at = self._clock()
        try:
            self._known = self._fetch()
        except OutsideError as error:
            if known is None:
                raise
            log.warning("identity provider away, known keys stay in use: %s", error)
            return known
        return self._known

    def _fetch(self) -> _Known:
        document = fetch_json("GET", f"{self.url.rstrip('/')}/.well-known/openid-configuration")
        addresses = [document.get(name) for name in ("authorization_endpoint", "token_endpoint")]
        jwks_uri = document.get("jwks_uri")
        unsafe = not all(a is None or (isinstance(a, str) and is_safe_url(a)) for a in addresses)
        if document.get("issuer") != self.url or unsafe or not isinstance(jwks_uri, str):
            msg = "the discovery document names another issuer or an unsafe address"
            raise OutsideUnreachable(msg)
        keys = public_keys(fetch_json("GET", jwks_uri))
        if not keys:
            msg = "the identity provider has no usable key"
            raise OutsideUnreachable(msg)
        return _Known(Endpoints(*addresses), keys, self._clock())


def public_keys(jwks: dict[str, Any]) -> dict[str, Key]:
    """The signing keys of a key set by id: RSA of 2048 bits or more and EC; all others are passed over."""
    items = jwks.get("keys")
    keys: dict[str, Key] = {}
    for item in items[:MAX_KEYS] if isinstance(items, list) else []:
        if not isinstance(item, dict) or not isinstance(item.get("kid"), str) or not _may_sign(item):
            continue
        try:
            keys.setdefault(item["kid"], import_key(item))
        except (JoseError, ValueError, TypeError, KeyError) as error:
            log.warning("passed over a key that cannot be read: %s", type(error).__name__)
    return keys


def _may_sign(item: dict[str, Any]) -> bool:
    if item.get("use", "sig") != "sig":
        return False
    modulus = item.get("n")
    strong = isinstance(modulus, str) and len(modulus) * 6 >= MIN_RSA_BITS  # base64: six bits a character
    return item.get("kty") == "EC" or (item.get("kty") == "RSA" and strong)


@lru_cache(maxsize=8)
def issuer_at(url: str) -> Issuer:
    """The issuer with this identifier, one object per process."""
    return Issuer(url)
