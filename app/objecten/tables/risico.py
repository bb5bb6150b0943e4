"""Risk addresses and risk areas (REG-01, REG-12, CAD-06)."""

from datetime import date
from uuid import UUID

from sqlalchemy import (
    Index,
    UniqueConstraint,
    column,
)
from sqlmodel import Field, SQLModel

from app.core.columns import enum_column
from app.core.identifiers import new_id
from app.objecten.status import (
    Risicostatus,
)


class Risicogebied(SQLModel, table=True):
    """Why an area asks attention, with a published figure; never a person, never an input of priority (REG-12)."""

    __tablename__ = "risicogebieden"
    __table_args__ = (UniqueConstraint("gemeentecode", "gebiedcode", "jaar", "bron", "kerngetal"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code")
    gebiedcode: str = Field(index=True)
    jaar: int = Field(description="year of the division of areas")
    reden: str
    bron: str
    url: str = ""
    kerngetal: str = Field(default="", description="name of the figure; empty without one")
    waarde: float | None = None
    geldig_tot: date = Field(description="last day on which the reason counts as current")


class Risicoadres(SQLModel, table=True):
    """An address in view, with reason, source, review date and the date before which it must be controlled (REG-01, CAD-06)."""

    __tablename__ = "risicoadressen"
    __table_args__ = (
        Index("ix_risicoadressen_open", "gemeentecode", "status", "controle_voor"),
        Index("ix_risicoadressen_lijst", "gemeentecode", "in_beeld_op", "id"),
        Index(
            "ux_risicoadressen_een_open",  # one open risk address per object (CAD-06)
            "object_id",
            unique=True,
            sqlite_where=column("status") == "open",
            postgresql_where=column("status") == "open",
        ),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code")
    adres_id: UUID = Field(foreign_key="adressen.id", index=True)
    object_id: UUID = Field(foreign_key="objecten.id", index=True)
    reden: str
    bron: str
    in_beeld_op: date
    herzien_op: date
    vervalt_op: date | None = None
    controle_voor: date
    status: Risicostatus = Field(default=Risicostatus.OPEN, sa_type=enum_column(Risicostatus))
    bezocht_op: date | None = None
    versie: int = 1
