"""Tables of findings and photos: what was established at a place, never about a person (DAT-05)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, column
from sqlmodel import Field, SQLModel

from app.bevindingen.status import Afsluitreden, Barriere, Bijlagestatus, Fotogrond, Klasse
from app.core.columns import EncryptedText, SealedText, UtcDateTime, enum_column
from app.core.identifiers import new_id


class Bevinding(SQLModel, table=True):
    """One hit on an item of a checklist version during a control."""

    __tablename__ = "bevindingen"
    __table_args__ = (
        UniqueConstraint("controle_id", "item"),
        Index("ix_bevindingen_object", "object_id", "vastgesteld_op"),
        Index(
            "ix_bevindingen_hercontrole",  # what the sweep has not looked at yet
            "hersteltermijn",
            sqlite_where=column("hercontrole_gevraagd_op").is_(None),
            postgresql_where=column("hercontrole_gevraagd_op").is_(None),
        ),
    )
    model_config = {"arbitrary_types_allowed": True}

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code", index=True)
    object_id: UUID | None = Field(default=None, foreign_key="objecten.id")
    controle_id: UUID
    barriere: Barriere = Field(sa_type=enum_column(Barriere))
    item: str
    checklistversie: str
    klasse: Klasse = Field(sa_type=enum_column(Klasse))
    gewicht: str
    antwoord: SealedText = Field(sa_type=EncryptedText)
    vastgesteld_op: datetime = Field(sa_type=UtcDateTime)
    hersteltermijn: date | None = None
    gecorrigeerd_op: datetime | None = Field(
        default=None,
        sa_type=UtcDateTime,
        description="the answer was changed later; a finding behind a signal stays",
    )
    hercontrole_gevraagd_op: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="when the sweep saw that its term is over (PLN-12)"
    )
    afgesloten_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
    afgesloten_door: UUID | None = None
    afsluitreden: Afsluitreden | None = Field(default=None, sa_type=enum_column(Afsluitreden))


class Bijlage(SQLModel, table=True):
    """A photo at an item of a control or with a flag, while it arrives and after; its bytes are a kept file (`core/bestanden.py`).

    There is no file name and no place: the tablet strips both, and the service makes the image anew (design section 7).
    """

    __tablename__ = "bijlagen"
    __table_args__ = (
        Index("ix_bijlagen_controle", "controle_id", "item"),
        Index("ix_bijlagen_werk", "status", "volgende_op"),
    )

    id: UUID = Field(primary_key=True, description="made by the client: sending again is safe")
    gemeentecode: str = Field(foreign_key="gemeenten.code", index=True)
    controle_id: UUID = Field(
        description="no reference: the photo may arrive before the control; the flag of a photo of one"
    )
    item: str
    vlag_id: UUID | None = Field(
        default=None, description="a photo with a flag of the Pandbrigade (REG-09); no reference"
    )
    grond: Fotogrond | None = Field(default=None, sa_type=enum_column(Fotogrond), description="of a photo with a flag")
    klasse: Klasse = Field(sa_type=enum_column(Klasse))
    account_id: UUID
    sha256: str = Field(description="of the bytes that the client sends")
    grootte: int
    ontvangen: int = 0
    status: Bijlagestatus = Field(sa_type=enum_column(Bijlagestatus))
    reden: str | None = Field(default=None, description="code of why it was refused")
    bestand_id: UUID | None = Field(default=None, description="the bytes as sent; after the check the image made anew")
    genomen_op: datetime = Field(sa_type=UtcDateTime)
    gemaakt_op: datetime = Field(sa_type=UtcDateTime)
    volgende_op: datetime | None = Field(default=None, sa_type=UtcDateTime, description="when the check is (re)tried")
    pogingen: int = 0
