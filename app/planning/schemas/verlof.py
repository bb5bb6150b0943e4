"""API shapes of leave. There is no field for the reason: that somebody is away is all that a plan needs."""

from datetime import date
from typing import Self
from uuid import UUID

from pydantic import UUID7, Field, model_validator
from pydantic_core import PydanticCustomError

from app.core.http.schemas import ApiInput, ApiOutput, Datum
from app.core.identifiers import new_id

LANGST_DAGEN = 400


class VerlofCreate(ApiInput):
    """Days on which a team or a function account is not there."""

    id: UUID7 = Field(default_factory=new_id, description="Door u gemaakt kenmerk; twee keer sturen is dan veilig.")
    team_id: UUID | None = None
    account_id: UUID | None = Field(default=None, description="Functieaccount; nooit een naam.")
    van: Datum
    tot: Datum = Field(description="Laatste dag.")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.team_id is None) == (self.account_id is None):
            raise PydanticCustomError("vw_wie", "hoort bij een team of bij een account; noem er precies een")
        if not 0 <= (self.tot - self.van).days <= LANGST_DAGEN:
            raise PydanticCustomError("vw_volgorde", "eindigt voordat het begint, of duurt langer dan 400 dagen")
        return self


class VerlofRead(ApiOutput):
    """Days on which a team or a function account is not there."""

    id: UUID
    gemeentecode: str
    team_id: UUID | None
    account_id: UUID | None
    van: date
    tot: date
    versie: int
