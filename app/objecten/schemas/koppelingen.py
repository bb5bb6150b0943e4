"""API shapes of links between business objects (REG-19)."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import UUID7, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app.core.http.schemas import ApiInput, ApiOutput, Datum, Regeltekst
from app.objecten.rules.koppelingen import parse_number
from app.objecten.schemas.objecten import AdresRead
from app.objecten.status import Koppelrol, Koppelsleutel, Objecttype


class KoppelingCreate(ApiInput):
    """A link of a business object to whoever holds the permit, lets it or runs it, by number and never by name."""

    id: UUID7 | None = Field(default=None, description="Door u gemaakt kenmerk; twee keer sturen is dan veilig.")
    rol: Koppelrol
    soort: Koppelsleutel = Field(description="KvK-nummer, of het eigen kenmerk van de vergunninghouder.")
    nummer: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=40)]
    eenmanszaak: bool = Field(description="Weet u het niet? Kies dan ja: het nummer gaat dan over een persoon.")
    bron: Regeltekst
    geldig_vanaf: Datum
    geldig_tot: Datum | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.geldig_tot is not None and self.geldig_tot < self.geldig_vanaf:
            raise PydanticCustomError("vw_periode", "geldigTot ligt voor geldigVanaf")
        try:
            self.nummer = parse_number(self.soort, self.nummer)
        except ValueError as fault:
            raise PydanticCustomError("vw_nummer", "{reden}", {"reden": f"nummer {fault}"}) from None
        return self


class KoppelingRead(ApiOutput):
    """A link of an object. `nummer` of a one-person business is null for whoever may not see it."""

    id: UUID
    object_id: UUID
    rol: Koppelrol
    soort: Koppelsleutel
    nummer: str | None
    eenmanszaak: bool
    bron: str
    geldig_vanaf: date
    geldig_tot: date | None


class GekoppeldObject(ApiOutput):
    """Another object with the same holder, landlord or operator."""

    id: UUID
    gemeentecode: str
    nummer: str
    type: Objecttype
    naam: str
    adres: AdresRead
    soorten: list[Koppelsleutel]


class KoppelingenRead(ApiOutput):
    """The links of an object and the objects that share one, as far as the caller works in their municipalities."""

    koppelingen: list[KoppelingRead]
    gekoppelde_objecten: list[GekoppeldObject]
