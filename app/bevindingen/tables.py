"""Table of findings: what was established at a place, never about a person (DAT-05)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.bevindingen.status import Barriere, Klasse
from app.core.columns import EncryptedText, SealedText, UtcDateTime, enum_column
from app.core.identifiers import new_id


class Bevinding(SQLModel, table=True):
    """One hit on an item of a checklist version during a control."""

    __tablename__ = "bevindingen"
    __table_args__ = (
        UniqueConstraint("controle_id", "item"),
        Index("ix_bevindingen_object", "object_id", "vastgesteld_op"),
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
