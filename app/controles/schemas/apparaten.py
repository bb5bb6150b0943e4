"""Shapes of tablets: what one tells, what it is told, and what the office sees. Counts and moments, never content."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app.controles.schemas.synchronisaties import Lijstversies
from app.core.http.schemas import Aantal, ApiInput, ApiOutput, Tijdstip
from app.core.shapes import shaped

Appversie = Annotated[
    str, StringConstraints(pattern=shaped(r"^[0-9A-Za-z.+-]{1,40}$", "een versie, bijvoorbeeld 1.4.2"))
]


class ApparaatMelding(ApiInput):
    """What a tablet tells of itself."""

    appversie: Appversie
    protocolversie: int = Field(
        default=1, ge=1, le=1000, description="Versie van het synchronisatieprotocol dat de app spreekt."
    )
    lijstversies: Lijstversies = Field(default_factory=dict)
    wachtrij: Aantal = Field(description="Records die nog niet zijn verstuurd.")
    oudste_op: Tijdstip | None = Field(default=None, description="Tijdstip van het oudste record in de wachtrij.")
    fotos: Aantal = Field(default=0, description="Foto's die nog niet zijn opgeslagen.")
    oudste_foto_op: Tijdstip | None = None
    geweigerd: Aantal = Field(default=0, description="Records die de dienst weigerde en die op de tablet staan.")

    @model_validator(mode="after")
    def _oldest_of_something(self) -> "ApparaatMelding":
        if (self.wachtrij > 0) != (self.oudste_op is not None) or (self.fotos > 0) != (self.oudste_foto_op is not None):
            raise PydanticCustomError("vw_oudste", "noem het oudste tijdstip als er iets wacht, en anders niet")
        return self


class ApparaatOrder(ApiOutput):
    """What a tablet is told."""

    wissen: bool = Field(description="Verstuur wat kan, wis daarna alles en meld dat met '_gewist'.")
    lijstversies: dict[str, int] = Field(description="De versies die vandaag gelden.")
    protocolversie: int = Field(description="De nieuwste versie die de dienst spreekt; oudere blijven werken.")
    minimale_appversie: str = Field(description="Leeg als elke versie goed is.")
    bijwerken: bool = Field(
        description="Vraag de gebruiker de app bij te werken. Versturen kan altijd, ook met een oude app."
    )
    nieuw_kenmerk: bool = Field(
        description="Een andere tablet verstuurt onder dit kenmerk: verstuur wat wacht en neem daarna een nieuw 'apparaatId'."
    )


class ApparaatRead(ApiOutput):
    """A tablet as the office sees it."""

    id: UUID
    gemeentecode: str
    account_id: UUID
    appversie: str
    protocolversie: int
    lijstversies: dict[str, int]
    wachtrij: int
    oudste_op: datetime | None
    fotos: int
    oudste_foto_op: datetime | None
    geweigerd: int
    gezien_op: datetime
    aandacht: list[str] = Field(description="Waarom deze tablet aandacht vraagt.")
    wissen_gevraagd_op: datetime | None
    gewist_op: datetime | None
    kopie_op: datetime | None = Field(description="Wanneer bleek dat een tweede tablet hetzelfde kenmerk gebruikt.")
    versie: int
