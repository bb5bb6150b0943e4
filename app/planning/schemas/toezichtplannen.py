"""API shapes of continuous supervision."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import UUID7, Field, model_validator
from pydantic_core import PydanticCustomError

from app.core.http.schemas import ApiInput, ApiOutput, Datum
from app.core.identifiers import new_id
from app.objecten.status import Objecttype
from app.planning.schemas.velden import Rondenaam
from app.planning.status import Toezichtstatus

Aantal = Annotated[int, Field(ge=1, le=100_000)]
Typen = Annotated[list[Objecttype], Field(max_length=len(Objecttype))]


class ToezichtplanCreate(ApiInput):
    """A plan of continuous supervision. A dwelling control is an ordinary one and is counted by no plan (REG-05)."""

    id: UUID7 = Field(default_factory=new_id, description="Door u gemaakt kenmerk; twee keer sturen is dan veilig.")
    naam: Rondenaam
    objecttypen: Typen = Field(
        default=[], description="Welke controles meetellen; nooit woningen. Leeg: er wordt niets geteld."
    )
    aantal_per_jaar: Aantal | None = Field(default=None, description="Leeg: doorlopend, zonder vast aantal.")
    geldig_vanaf: Datum
    geldig_tot: Datum | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if Objecttype.WON in self.objecttypen:
            raise PydanticCustomError(
                "vw_woning", "woningen tellen in geen toezichtplan mee: een woningcontrole is een gewone controle"
            )
        if self.aantal_per_jaar is not None and not self.objecttypen:
            raise PydanticCustomError("vw_telling", "een aantal vraagt objecttypen die meetellen")
        if self.geldig_tot is not None and self.geldig_tot < self.geldig_vanaf:
            raise PydanticCustomError("vw_volgorde", "eindigt voordat het begint; kies een latere einddatum")
        return self


class ToezichtplanPatch(ApiInput):
    """The last day of a plan; another number is another plan, so that what was agreed stays readable."""

    geldig_tot: Datum | None


class ToezichtplanRead(ApiOutput):
    """A plan of continuous supervision and what was done this year.

    Attributes:
        gedaan: Finished controls in the calendar year; null when the plan counts nothing.
        nog_nodig: Null without a number: there is no norm then.
    """

    id: UUID
    gemeentecode: str
    naam: str
    objecttypen: list[Objecttype]
    aantal_per_jaar: int | None
    geldig_vanaf: date
    geldig_tot: date | None
    jaar: int
    gedaan: int | None
    nog_nodig: int | None
    status: Toezichtstatus
    versie: int
