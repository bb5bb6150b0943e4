"""Column types and conventions shared by all tables."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    DateTime,
    Dialect,
    Enum,
    LargeBinary,
    TypeDecorator,
    Uuid,
    any_,
    bindparam,
    type_coerce,
)
from sqlmodel import Session, SQLModel

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


class UuidAsText(Uuid[str]):
    """An id read as text, for queries of many rows: making a `UUID` of each and writing it out again is a third of an export."""

    cache_ok = True

    def __init__(self) -> None:
        super().__init__(as_uuid=False)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:  # noqa: ANN401 - the signature of the library
        """Where ids are 32 characters, the hyphens are put in without reading the number."""
        if dialect.supports_native_uuid:
            return super().result_processor(dialect, coltype)  # type: ignore[no-untyped-call]  # untyped in the library
        return _hyphenated


def _hyphenated(value: str | None) -> str | None:
    if value is None:
        return None
    return f"{value[:8]}-{value[8:12]}-{value[12:16]}-{value[16:20]}-{value[20:]}"


def id_text(column: Any) -> ColumnElement[str]:  # noqa: ANN401 - SQLModel types a column as its value
    """The column of ids as text, in a selection or to compare with texts."""
    return type_coerce(column, UuidAsText())


def beside_index(column: Any) -> ColumnElement[str]:  # noqa: ANN401 - as above
    """The text column as an expression that no index fits.

    Without statistics SQLite takes the index on the municipality and walks all its rows, where a few ids were asked for.
    """
    beside: ColumnElement[str] = column.concat("")
    return beside


def among_ids(session: Session, column: Any) -> ColumnElement[bool]:  # noqa: ANN401 - as above
    """Whether the id is one of the texts that are passed as `ids`.

    PostgreSQL takes them as one array: thousands of parameters cost it more than the query.
    """
    if session.get_bind().dialect.name == "sqlite":
        return id_text(column).in_(bindparam("ids", expanding=True))
    return id_text(column) == any_(bindparam("ids", type_=ARRAY(UuidAsText())))
