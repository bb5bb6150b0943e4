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


def client_id(found: UUID) -> UUID:
    """The id as a UUID of version 7, as clients make them: one of another version gets the bits of that, always the same."""
    if found.version == 7:
        return found
    bits = (found.int & ~(0xF << 76) & ~(0x3 << 62)) | (0x7 << 76) | (0x2 << 62)
    return UUID(int=bits)
