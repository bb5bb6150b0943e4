"""Authorisation codes of the demo identity provider: 256 random bits, 60 seconds, used once, with PKCE S256."""

import hashlib
import secrets
import threading
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass

CODE_S = 60.0
MAX_CODES = 4096


@dataclass(frozen=True)
class Grant:
    """What a code stands for."""

    sub: str
    client_id: str
    redirect_uri: str
    challenge: str
    nonce: str


class Codes:
    """The codes that wait to be exchanged, in the memory of this process."""

    def __init__(self) -> None:
        self._waiting: dict[str, tuple[float, Grant]] = {}
        self._lock = threading.Lock()

    def issue(self, grant: Grant) -> str | None:
        """A new code, or None when too many wait."""
        code = secrets.token_urlsafe(32)
        now = time.monotonic()
        with self._lock:
            self._waiting = {known: held for known, held in self._waiting.items() if held[0] > now}
            if len(self._waiting) >= MAX_CODES:
                return None
            self._waiting[code] = (now + CODE_S, grant)
        return code

    def take(self, code: str, client_id: str, redirect_uri: str, verifier: str) -> Grant | None:
        """What the code stands for; any attempt uses it up, a wrong one too."""
        with self._lock:
            until, grant = self._waiting.pop(code, (0.0, None))
        if grant is None or until <= time.monotonic():
            return None
        sent = urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=")
        right = secrets.compare_digest(sent, grant.challenge.encode())
        return grant if right and grant.client_id == client_id and grant.redirect_uri == redirect_uri else None
