"""Tables of signals. There is no table or field for a possible victim: a yes/no/unknown and a count at most (meldroute section 5)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.core.columns import EncryptedText, SealedText, UtcDateTime, enum_column
from app.core.identifiers import new_id
from app.signalen.status import Bronsoort, JaNeeOnbekend, Signaalstatus, Urgentie


class Signaal(SQLModel, table=True):
    """A signal to the AF of the municipality of the object (RTE-02). Its state is beside its events, never instead of them."""

    __tablename__ = "signalen"
    __table_args__ = (Index("ix_signalen_postvak", "gemeentecode", "status", "bevestigen_voor"),)
    model_config = {"arbitrary_types_allowed": True}

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code")
    gemeente_herkomst: str | None = Field(default=None, foreign_key="gemeenten.code")
    object_id: UUID | None = Field(default=None, foreign_key="objecten.id", index=True)
    controle_id: UUID | None = Field(default=None, index=True)
    automatisch_voor: UUID | None = Field(
        default=None, unique=True, description="the control; at most one automatic signal each"
    )
    anoniem_besproken: bool = False
    bron: Bronsoort = Field(sa_type=enum_column(Bronsoort))
    bron_code: str | None = Field(default=None, description="code of the list 'signaalbronnen' (ROL-19)")
    bronkenmerk: str | None = Field(default=None, description="number at the source, such as that of the IKO (REG-11)")
    melder_object_id: UUID | None = Field(
        default=None,
        foreign_key="objecten.id",
        description="establishment that reported; never who works there (REG-08)",
    )
    indiener: UUID = Field(index=True)
    status: Signaalstatus = Field(sa_type=enum_column(Signaalstatus))
    urgentie: Urgentie = Field(sa_type=enum_column(Urgentie))
    vormen: list[str] = Field(sa_type=JSON)
    mogelijk_minderjarig: JaNeeOnbekend = Field(default=JaNeeOnbekend.ONBEKEND, sa_type=enum_column(JaNeeOnbekend))
    mogelijk_slachtoffer: JaNeeOnbekend = Field(default=JaNeeOnbekend.ONBEKEND, sa_type=enum_column(JaNeeOnbekend))
    ontstaan_op: datetime = Field(sa_type=UtcDateTime)
    verzonden_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
    bevestigen_voor: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ontvangen_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
    herzien_op: date | None = None
    sluitcode: str | None = None
    leidend_id: UUID | None = Field(default=None, foreign_key="signalen.id")
    redenen: SealedText = Field(sa_type=EncryptedText, description="JSON list of the rules that raised it")
    tekst: SealedText | None = Field(default=None, sa_type=EncryptedText)
    inhoud_hash: str | None = Field(
        default=None, description="digest of what was submitted by hand, without its text; makes sending again safe"
    )
    regime: str = "avg"
    versie: int = 1


class Signaalgebeurtenis(SQLModel, table=True):
    """One change of a signal: who, when, what, why. Only ever added."""

    __tablename__ = "signaalgebeurtenissen"
    __table_args__ = (UniqueConstraint("signaal_id", "volgnummer"),)
    model_config = {"arbitrary_types_allowed": True}

    id: UUID = Field(default_factory=new_id, primary_key=True)
    signaal_id: UUID = Field(foreign_key="signalen.id", index=True)
    volgnummer: int
    tijdstip: datetime = Field(sa_type=UtcDateTime)
    actor: UUID
    tweede_persoon: UUID | None = None
    actie: str
    van_status: Signaalstatus | None = Field(default=None, sa_type=enum_column(Signaalstatus))
    naar_status: Signaalstatus = Field(sa_type=enum_column(Signaalstatus))
    toelichting: SealedText | None = Field(default=None, sa_type=EncryptedText)


class SignaalBevinding(SQLModel, table=True):
    """A finding behind a signal; later hits are added, a correction never takes one away."""

    __tablename__ = "signaal_bevindingen"

    signaal_id: UUID = Field(foreign_key="signalen.id", primary_key=True)
    bevinding_id: UUID = Field(foreign_key="bevindingen.id", primary_key=True)
