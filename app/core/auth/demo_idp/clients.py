"""The clients of the demo identity provider and how each proves itself."""

import base64
import binascii
import secrets
import threading
import time
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey
from joserfc.jwt import ClaimsOption

from app.core.auth.client import ASSERTION_S, ASSERTION_TYPE, load_client_key
from app.core.auth.oidc import redirect_uri
from app.core.auth.outside import is_loopback
from app.core.settings import Settings

STORY_CLIENT = "veldwacht-verhaal"
MACHINE_CLIENT = "veldwacht-machine"
STORY_PATH = "/terug"
MAX_ASSERTIONS = 4096


@dataclass(frozen=True)
class Proof:
    """What came with a request to the token endpoint."""

    authorization: str
    form: dict[str, str]


class Clients:
    """The browser client (confidential), the story client (public, native), the machine client.

    Args:
        settings: id, secret or key of the browser client, and its redirect address.
        machine_secret: of the machine client.
    """

    def __init__(self, settings: Settings, machine_secret: str) -> None:
        self._browser = settings.oidc_client_id
        self._redirect = redirect_uri(settings)
        self._token_endpoint = f"{settings.oidc_issuer.rstrip('/')}/token"
        self._key: RSAKey | ECKey | None = None
        self._secrets = {MACHINE_CLIENT: machine_secret}
        if settings.oidc_client_key_file is not None:
            self._key = load_client_key(settings.oidc_client_key_file)
        elif settings.oidc_client_secret.get_secret_value():
            self._secrets[self._browser] = settings.oidc_client_secret.get_secret_value()
        self._seen: dict[str, float] = {}
        self._lock = threading.Lock()

    def accepts_redirect(self, client_id: str, address: str) -> bool:
        """Whether a code of this client may go to this address: exact, or any loopback port for the native client (RFC 8252)."""
        if client_id == self._browser:
            return address == self._redirect
        if client_id != STORY_CLIENT:
            return False
        try:
            parts = urlsplit(address)
            port = parts.port
        except ValueError:
            return False
        plain = parts.scheme == "http" and parts.path == STORY_PATH and not parts.query and not parts.fragment
        return plain and port is not None and parts.username is None and is_loopback(parts.hostname or "")

    def authenticate(self, proof: Proof) -> str | None:
        """The id of the client that proved itself, or None. The story client is public: PKCE protects its code."""
        if "client_assertion" in proof.form:
            return self._by_assertion(proof.form)
        if proof.authorization:
            return self._by_secret(proof.authorization)
        return STORY_CLIENT if proof.form.get("client_id") == STORY_CLIENT else None

    def _by_secret(self, authorization: str) -> str | None:
        scheme, _, encoded = authorization.partition(" ")
        try:
            name, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
        except (binascii.Error, ValueError):
            return None
        client_id, expected = unquote(name), self._secrets.get(unquote(name))
        right = expected is not None and secrets.compare_digest(unquote(secret).encode(), expected.encode())
        return client_id if scheme.lower() == "basic" and right else None

    def _by_assertion(self, form: dict[str, str]) -> str | None:
        if self._key is None or form.get("client_assertion_type") != ASSERTION_TYPE:
            return None
        algorithm = "PS256" if isinstance(self._key, RSAKey) else "ES256"
        party: ClaimsOption = {"essential": True, "value": self._browser}
        try:
            claims = jwt.decode(form["client_assertion"], self._key, algorithms=[algorithm]).claims
            wanted = jwt.JWTClaimsRegistry(
                iss=party,
                sub=party,
                aud={"essential": True, "value": self._token_endpoint},
                exp={"essential": True},
                jti={"essential": True},
            )
            wanted.validate(claims)
        except (JoseError, ValueError, TypeError):
            return None
        return self._browser if self._is_first(claims["jti"]) else None

    def _is_first(self, jti: str) -> bool:
        now = time.time()
        with self._lock:
            self._seen = {known: until for known, until in self._seen.items() if until > now}
            if jti in self._seen or len(self._seen) >= MAX_ASSERTIONS:
                return False
            self._seen[jti] = now + 2 * ASSERTION_S
            return True
