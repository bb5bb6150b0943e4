"""Identifiers: UUIDv7, made by whoever makes the record, so that sending it again is safe (design section 3)."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A new UUIDv7 that is a real `uuid.UUID`."""
    return uuid7()
