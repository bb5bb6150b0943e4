"""The cursor of changes: what a client has seen, in itself, so that no change is skipped however late it was committed.

A cursor of numbers or moments misses what a slower transaction commits behind it. This one holds per control a short digest of what was
told; whatever differs now is told again. It holds nothing that the client was not told.
"""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from uuid import UUID

MARK = 5
"""Bytes of digest per control: a change goes unseen once in a million million."""
VERSION = b"\x01"


class CursorOngeldig(ValueError):
    """No cursor that this service gave out."""


def mark_of(content: bytes) -> bytes:
    """A short digest of what is told of a control."""
    return hashlib.sha256(content).digest()[:MARK]


def write_cursor(seen: Mapping[UUID, bytes]) -> str:
    """The cursor for what was told."""
    packed = b"".join(nr.bytes + mark for nr, mark in sorted(seen.items()))
    return base64.urlsafe_b64encode(VERSION + packed).rstrip(b"=").decode()


def read_cursor(text: str) -> dict[UUID, bytes]:
    """What a client has seen.

    Raises:
        CursorOngeldig: not what `write_cursor` made.
    """
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise CursorOngeldig from None
    size = 16 + MARK
    if packed[:1] != VERSION or (len(packed) - 1) % size:
        raise CursorOngeldig
    return {UUID(bytes=packed[at : at + 16]): packed[at + 16 : at + size] for at in range(1, len(packed), size)}
