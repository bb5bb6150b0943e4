"""Shapes of what is recorded in the field and is no control: talks with operators (PLN-20) and rounds (CAD-16)."""

from datetime import date, datetime, timedelta
from typing import Annotated, Self
from uuid import UUID

from pydantic import UUID7, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app.controles.status import Gespreksonderwerp
from app.core.http.schemas import ApiInput, ApiOutput, Datum, Tijdstip, without_personal_data

Rondegebied = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80), without_personal_data()
]
LANGSTE_RONDE = timedelta(hours=12)


class Gespreksvelden(ApiInput):
    """A talk with an operator: when and what about, in a code."""

    object_id: UUID
    datum: Datum
    onderwerp: Gespreksonderwerp


class ExploitantgesprekCreate(Gespreksvelden):
    """A talk with an operator, with its client-made id."""

    id: UUID7 = Field(description="Door u gemaakt kenmerk; twee keer sturen is dan veilig.")


class ExploitantgesprekRead(ApiOutput):
    """A talk with an operator."""

    id: UUID
    gemeentecode: str
    object_id: UUID
    team_id: UUID | None
    datum: date
    onderwerp: Gespreksonderwerp


class Rondevelden(ApiInput):
    """A round through the window streets."""

    gebied: Rondegebied = Field(description="Straat of gebiedscode; nooit een adres.")
    van: Tijdstip
    tot: Tijdstip
    ramen_in_gebruik: Annotated[int, Field(ge=0, le=1000)] | None = Field(
        default=None, description="Aantal ramen; nooit wie."
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.tot < self.van:
            raise PydanticCustomError("vw_volgorde", "eindigt voordat het begint; kies een later einde")
        if self.tot - self.van > LANGSTE_RONDE:
            raise PydanticCustomError("vw_duur", "duurt langer dan 12 uur; deel de ronde op")
        return self


class RondeCreate(Rondevelden):
    """A round, with its client-made id."""

    id: UUID7 = Field(description="Door de tablet gemaakt kenmerk; twee keer sturen is dan veilig.")


class RondeRead(ApiOutput):
    """A round."""

    id: UUID
    gemeentecode: str
    team_id: UUID | None
    gebied: str
    van: datetime
    tot: datetime
    ramen_in_gebruik: int | None
