"""Tables of measures at a place: no person is ever named as the one to whom it is addressed (ADR 0006)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.core.columns import EncryptedText, SealedText, UtcDateTime, enum_column
from app.core.identifiers import new_id
from app.maatregelen.status import (
    Afstemverzoekstand,
    GerichtOp,
    Maatregelactie,
    Maatregelsoort,
    Maatregelstatus,
    Opvang,
)


class Maatregel(SQLModel, table=True):
    """A measure at an object. Its state stands beside its events, never instead of them (REG-18, INS-02)."""

    __tablename__ = "maatregelen"
    __table_args__ = (
        CheckConstraint("regime = 'avg'", name="regime_avg"),
        Index("ix_maatregelen_object", "object_id", "opgelegd_op"),
        Index("ix_maatregelen_lijst", "gemeentecode", "opgelegd_op", "id"),
    )
    model_config = {"arbitrary_types_allowed": True}

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code")
    object_id: UUID = Field(foreign_key="objecten.id")
    soort: Maatregelsoort = Field(sa_type=enum_column(Maatregelsoort))
    grondslag: str = Field(description="code of the list 'maatregelgronden'")
    status: Maatregelstatus = Field(sa_type=enum_column(Maatregelstatus))
    opgelegd_op: date
    geldt_van: date
    geldt_tot: date | None = Field(default=None, description="last day; a closed place opens the day after")
    begunstigingstermijn_tot: date | None = None
    spoed: bool = False
    opvang: Opvang | None = Field(default=None, sa_type=enum_column(Opvang))
    gericht_op: GerichtOp = Field(
        default=GerichtOp.EXPLOITANT,
        sa_type=enum_column(GerichtOp),
        sa_column_kwargs={"server_default": GerichtOp.EXPLOITANT.value},
    )
    interventie: str | None = Field(default=None, description="code of the list 'interventies' (INS-11)")
    afgestemd_op: date | None = Field(default=None, description="day of the agreement (ROL-12)")
    kenmerk: str = Field(description="reference of the decision; its content stays where it is")
    opmerking: SealedText | None = Field(default=None, sa_type=EncryptedText)
    regime: str = "avg"
    inhoud_hash: str = Field(description="digest of what was sent first; makes sending again safe")
    versie: int = 1


class Maatregelgebeurtenis(SQLModel, table=True):
    """One change of a measure: who, when, what, and how it stood afterwards. Only ever added."""

    __tablename__ = "maatregelgebeurtenissen"
    __table_args__ = (UniqueConstraint("maatregel_id", "volgnummer"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    maatregel_id: UUID = Field(foreign_key="maatregelen.id", index=True)
    volgnummer: int
    tijdstip: datetime = Field(sa_type=UtcDateTime)
    actor: UUID
    actie: Maatregelactie = Field(sa_type=enum_column(Maatregelactie))
    velden: list[str] = Field(sa_type=JSON, description="names of the fields that changed")
    stand: dict[str, Any] = Field(sa_type=JSON, description="the measure afterwards, without its remark")


class MaatregelBevinding(SQLModel, table=True):
    """A compliance finding on which a measure rests (INS-02); never a confidential one (DAT-13)."""

    __tablename__ = "maatregel_bevindingen"

    maatregel_id: UUID = Field(foreign_key="maatregelen.id", primary_key=True)
    bevinding_id: UUID = Field(foreign_key="bevindingen.id", primary_key=True)


class Waterbedbekend(SQLModel, table=True):
    """An object linked to a closed place that was seen already: known when the place closed, or told of since (PLN-11)."""

    __tablename__ = "waterbedbekend"

    maatregel_id: UUID = Field(foreign_key="maatregelen.id", primary_key=True)
    object_id: UUID = Field(foreign_key="objecten.id", primary_key=True)


class Maatregelafstemming(SQLModel, table=True):
    """The question whether a measure may be imposed. It looks the same whatever it waits for (INS-05, ROL-12).

    What was answered, and on what grounds, stands sealed; the AF reads it.
    """

    __tablename__ = "maatregelafstemmingen"
    __table_args__ = (Index("ix_maatregelafstemmingen_lijst", "gemeentecode", "stand", "gevraagd_op", "id"),)
    model_config = {"arbitrary_types_allowed": True}

    id: UUID = Field(default_factory=new_id, primary_key=True)
    maatregel_id: UUID = Field(foreign_key="maatregelen.id", unique=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code")
    stand: Afstemverzoekstand = Field(default=Afstemverzoekstand.WACHT, sa_type=enum_column(Afstemverzoekstand))
    gevraagd_op: datetime = Field(sa_type=UtcDateTime)
    antwoord: SealedText | None = Field(
        default=None, sa_type=EncryptedText, description="JSON: grounds that were known, explanation, who and when"
    )
    versie: int = 1


class MaatregelSignaal(SQLModel, table=True):
    """A measure that the AF counts to a signal; nothing of it shows at the measure (INS-13)."""

    __tablename__ = "maatregel_signalen"

    signaal_id: UUID = Field(foreign_key="signalen.id", primary_key=True)
    maatregel_id: UUID = Field(foreign_key="maatregelen.id", primary_key=True, index=True)
    gekoppeld_op: datetime = Field(sa_type=UtcDateTime)
    gekoppeld_door: UUID
