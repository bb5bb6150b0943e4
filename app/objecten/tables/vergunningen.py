"""Permits, business plans and Bibob tests (REG-02, REG-03, REG-13, CAD-02)."""

from datetime import date
from uuid import UUID

from sqlalchemy import (
    JSON,
    UniqueConstraint,
)
from sqlmodel import Field, SQLModel

from app.core.columns import enum_column
from app.core.identifiers import new_id
from app.objecten.status import (
    Vergunningsoort,
    Vergunningstatus,
)


class Vergunning(SQLModel, table=True):
    """A permit of an object."""

    __tablename__ = "vergunningen"
    __table_args__ = (UniqueConstraint("gemeentecode", "soort", "nummer"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code", index=True)
    object_id: UUID = Field(foreign_key="objecten.id", index=True)
    soort: Vergunningsoort = Field(sa_type=enum_column(Vergunningsoort))
    nummer: str
    status: Vergunningstatus = Field(sa_type=enum_column(Vergunningstatus))
    geldig_vanaf: date
    geldig_tot: date | None = None
    leidinggevendenbijlage: str | None = Field(
        default=None, description="reference of the appendix, never names (REG-03)"
    )
    bron: str
    verdwenen_op: date | None = Field(default=None, description="no longer in the source; marked, never deleted")
    import_id: UUID | None = Field(default=None, description="the import that last changed it; without a constraint")
    versie: int = 1


class Bedrijfsplan(SQLModel, table=True):
    """A version of the business plan of a licensed establishment (REG-13)."""

    __tablename__ = "bedrijfsplannen"
    __table_args__ = (UniqueConstraint("object_id", "versienaam"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code")
    object_id: UUID = Field(foreign_key="objecten.id", index=True)
    versienaam: str
    goedgekeurd_op: date
    onderdelen: list[str] = Field(sa_type=JSON)


class BibobToets(SQLModel, table=True):
    """A Bibob test of a permit: date and reference, never its content (CAD-02, INS-08)."""

    __tablename__ = "bibob_toetsen"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code")
    vergunning_id: UUID = Field(foreign_key="vergunningen.id", index=True)
    getoetst_op: date
    kenmerk: str
