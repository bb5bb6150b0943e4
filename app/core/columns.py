"""Column types and conventions shared by all tables."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Dialect, Enum, LargeBinary, TypeDecorator
from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. SQLite drops zones, so it is put back on reading; a moment without a zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - signature of SQLAlchemy
        """What is stored."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "a stored moment must have a time zone"
            raise ValueError(msg)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - signature of SQLAlchemy
        """What is read back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class SealedText:
    """Ciphertext of one text field; what it says can only be read through `crypto.unseal`."""

    __slots__ = ("blob",)

    def __init__(self, blob: bytes) -> None:
        self.blob = blob

    def __repr__(self) -> str:
        return "SealedText(…)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SealedText) and other.blob == self.blob

    def __hash__(self) -> int:
        return hash(self.blob)


class EncryptedText(TypeDecorator[SealedText]):
    """Column for text that is encrypted at rest (design section 7).

    Takes and gives `SealedText` only: a plain string is refused, so nothing can be stored readable by mistake.
    """

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: SealedText | None, dialect: Dialect) -> bytes | None:  # noqa: ARG002 - signature of SQLAlchemy
        """What is stored."""
        if value is None:
            return None
        if not isinstance(value, SealedText):
            msg = "only sealed text can be stored in an encrypted column"
            raise TypeError(msg)
        return value.blob

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> SealedText | None:  # noqa: ARG002 - signature of SQLAlchemy
        """What is read back."""
        return None if value is None else SealedText(value)


def enum_column(kind: type[StrEnum]) -> Any:  # noqa: ANN401 - SQLModel's sa_type takes any type object
    """A column of the Dutch values of `kind`; no database type of its own, so a new value needs no migration."""
    return Enum(kind, native_enum=False, length=40, values_callable=lambda kinds: [k.value for k in kinds])
