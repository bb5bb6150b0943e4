"""Shapes of attempts that wait for another try (PLN-15)."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from app.controles.rules.dagdelen import Dagdeelnaam
from app.core.http.schemas import ApiOutput


class DagdeelRead(ApiOutput):
    """A part of the day."""

    naam: Dagdeelnaam
    van: int = Field(description="Minuten na middernacht.")
    tot: int = Field(description="Minuten na middernacht; boven 1440 is na middernacht.")


class HerkansingRead(ApiOutput):
    """A visit to try again."""

    object_id: UUID
    controle_id: UUID
    datum: date
    poging_op: datetime | None
    dagdelen: list[DagdeelRead] = Field(description="Wanneer opnieuw te proberen; het beste voorop.")
