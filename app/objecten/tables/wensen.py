"""Wishes about planning (PLN-17)."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.core.columns import EncryptedText, SealedText, enum_column
from app.objecten.status import Wenssoort


class Planningswens(SQLModel, table=True):
    """What is wished of the planning of an object: one row per kind, whoever wishes it and however many do.

    Who, why and until when for whom stand sealed. The open columns hold what planning counts with; they look the same for a wish of
    the AF and one of a planner. The id is drawn at random: it tells no moment.
    """

    __tablename__ = "planningswensen"
    __table_args__ = (
        UniqueConstraint("object_id", "soort"),
        Index("ix_planningswensen_lijst", "gemeentecode", "tot", "id"),
    )
    model_config = {"arbitrary_types_allowed": True}

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code")
    object_id: UUID = Field(foreign_key="objecten.id")
    soort: Wenssoort = Field(sa_type=enum_column(Wenssoort))
    vanaf: date | None = Field(default=None, description="day of the oldest wish that holds")
    tot: date | None = Field(default=None, description="last day on which any wish holds; empty: none does")
    norm_tot: date | None = Field(
        default=None, description="last day on which a norm gives way as well, on request of the OM"
    )
    stemmen: SealedText | None = Field(
        default=None, sa_type=EncryptedText, description="JSON: who wished what until when and why, newest last"
    )
