"""What search and map are kept in: words and points by which objects are found (ADR 0015)."""

from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Index,
    String,
)
from sqlmodel import Field, SQLModel

from app.core.columns import enum_column
from app.objecten.status import (
    Objectstatus,
    Objecttype,
)

FOLDED = String().with_variant(String(collation="C"), "postgresql")
"""Text that is compared byte by byte, so that words with the same beginning stand together on any server."""


class Objectwoord(SQLModel, table=True):
    """A folded word under which an object is found: of its address, of the name of a business, or a number of it.

    Words of businesses and places only: never of the name of a dwelling (REG-05), and no KvK number, which can belong to a person.
    Kept by `zoekindex.index_words`, without foreign keys: it can be made anew at any time.
    """

    __tablename__ = "objectwoorden"
    __table_args__ = (
        Index("ix_objectwoorden_woord", "woord", "gemeentecode", "object_id"),
        {"sqlite_with_rowid": False},
    )

    object_id: UUID = Field(primary_key=True)
    woord: str = Field(primary_key=True, sa_type=FOLDED)
    gemeentecode: str


class Kaartpunt(SQLModel, table=True):
    """An object as the map counts it (REG-20, ADR 0015); what stands here is what the cells hold of it."""

    __tablename__ = "kaartpunten"
    __table_args__ = (Index("ix_kaartpunten_strook", "gemeentecode", "type", "strook", "x", "y"),)

    object_id: UUID = Field(primary_key=True)
    gemeentecode: str
    type: Objecttype = Field(sa_type=enum_column(Objecttype))
    status: Objectstatus = Field(sa_type=enum_column(Objectstatus))
    strook: int = Field(description="y in strips of 2,000 metres")
    x: float
    y: float


class Kaartcel(SQLModel, table=True):
    """How many objects of a kind lie in a cell of the map, and the sums of their coordinates in centimetres (ADR 0015)."""

    __tablename__ = "kaartcellen"

    niveau: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False}, description="side in metres")
    gemeentecode: str = Field(primary_key=True)
    rij: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    kolom: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    type: Objecttype = Field(primary_key=True, sa_type=enum_column(Objecttype))
    status: Objectstatus = Field(primary_key=True, sa_type=enum_column(Objectstatus))
    aantal: int
    som_x: int = Field(sa_type=BigInteger)
    som_y: int = Field(sa_type=BigInteger)
