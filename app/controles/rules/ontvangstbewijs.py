"""The receipt of what was sent: SHA-256 over one canonical form, so that both sides find the same value.

Keys sorted, no white space, UTF-8: for the values that a tablet sends the same as RFC 8785.
"""

import hashlib
import json
from collections.abc import Mapping
from uuid import UUID


def canonical(content: Mapping[str, object]) -> str:
    """The canonical JSON of what was sent."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(content: Mapping[str, object]) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(content).encode(errors="surrogatepass")).hexdigest()


def substitute_id(sha256: str) -> UUID:
    """An id for something without a readable id of its own: the same content always gives the same one."""
    return UUID(sha256[:32])
