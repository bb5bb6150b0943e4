"""API shapes of calendar feeds. The secret is shown once, when it is made; afterwards only its digest is known."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import UUID7, Field, model_validator
from pydantic_core import PydanticCustomError

from app.core.http.schemas import ApiInput, ApiOutput, Datum
from app.core.identifiers import new_id


class AgendasleutelCreate(ApiInput):
    """A calendar feed of a team or of a partner."""

    id: UUID7 = Field(default_factory=new_id, description="Door u gemaakt kenmerk; twee keer sturen is dan veilig.")
    team_id: UUID | None = None
    partner_id: UUID | None = None
    geldig_tot: Datum | None = Field(default=None, description="Laatste dag; hoogstens 200 dagen vooruit.")

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.team_id is None) == (self.partner_id is None):
            raise PydanticCustomError("vw_wie", "hoort bij een team of bij een partner; noem er precies een")
        return self


class AgendasleutelRead(ApiOutput):
    """A calendar feed, without its secret."""

    id: UUID
    gemeentecode: str
    team_id: UUID | None
    partner_id: UUID | None
    geldig_tot: date
    ingetrokken_op: datetime | None
    gemaakt_op: datetime
    versie: int


class AgendasleutelNieuw(AgendasleutelRead):
    """A calendar feed with its secret address, shown this once."""

    adres: str | None = Field(
        description="Pad van de agenda. Alleen nu te zien: bewaar het als een wachtwoord. Leeg als deze agenda er al was."
    )
