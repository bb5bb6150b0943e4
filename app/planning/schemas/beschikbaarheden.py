"""API shapes of capacity."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import UUID7, Field, model_validator
from pydantic_core import PydanticCustomError

from app.core.http.schemas import ApiInput, ApiOutput, Datum
from app.core.identifiers import new_id
from app.planning.schemas.velden import Einde, Minuut
from app.planning.status import Beschikbaarheidsoort

MEESTE_REGELS = 2_000
LANGSTE_DIENST = 24 * 60


class BeschikbaarheidCreate(ApiInput):
    """A shift of a team, or a date on which a partner can take part."""

    id: UUID7 = Field(default_factory=new_id, description="Door u gemaakt kenmerk; twee keer sturen is dan veilig.")
    team_id: UUID | None = None
    partner_id: UUID | None = None
    datum: Datum
    van: Minuut
    tot: Einde

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.team_id is None) == (self.partner_id is None):
            raise PydanticCustomError("vw_wie", "hoort bij een team of bij een partner; noem er precies een")
        if not self.van < self.tot <= self.van + LANGSTE_DIENST:
            raise PydanticCustomError("vw_tijdvak", "eindigt niet na het begin, of duurt langer dan een etmaal")
        return self


class BeschikbaarhedenCreate(ApiInput):
    """Many rows at once: all of them are stored, or none."""

    regels: Annotated[list[BeschikbaarheidCreate], Field(min_length=1, max_length=MEESTE_REGELS)]


class BeschikbaarheidRead(ApiOutput):
    """A shift of a team, or a date of a partner."""

    id: UUID
    gemeentecode: str
    soort: Beschikbaarheidsoort
    team_id: UUID | None
    partner_id: UUID | None
    datum: date
    van: int
    tot: int
    versie: int


class BeschikbaarhedenResultaat(ApiOutput):
    """What a bulk addition did."""

    toegevoegd: int
    al_aanwezig: int
