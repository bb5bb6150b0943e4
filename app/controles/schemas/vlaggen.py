"""Shapes of flags: counts and a ratio, never who lives there (REG-09)."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import UUID7, Field

from app.controles.status import Vlagsoort
from app.core.http.schemas import ApiInput, ApiOutput, Gemeentecode
from app.objecten.schemas.objecten import AdresInput, AdresRead


class Vlagvelden(ApiInput):
    """A flag of the Pandbrigade. A photo is optional and travels apart, with the id of the flag (docs/fotos.md)."""

    gemeentecode: Gemeentecode | None = Field(default=None, description="Leeg: uw eigen gemeente.")
    soort: Vlagsoort
    adres: AdresInput
    m2: Annotated[float, Field(gt=0, le=100_000, description="Gebruiksoppervlakte in m².")]
    bedden: Annotated[int, Field(ge=0, le=10_000)]
    personen: Annotated[int, Field(ge=0, le=10_000, description="Aantal; nooit wie.")]
    toelichting: Annotated[str, Field(max_length=2000)] | None = None


class VlagCreate(Vlagvelden):
    """A flag, with its client-made id."""

    id: UUID7 = Field(description="Door u gemaakt kenmerk; twee keer sturen is dan veilig.")


class VlagRead(ApiOutput):
    """A flag. `toelichting` and `fotos` are there for the own team and the AF."""

    id: UUID
    gemeentecode: str
    soort: Vlagsoort
    adres: AdresRead
    risicoadres_id: UUID | None
    m2: float
    bedden: int
    personen: int
    m2_per_persoon: float | None
    norm_m2: float | None
    onder_norm: bool
    onder_halve_norm: bool
    toelichting: str | None
    fotos: list[UUID] = Field(description="Opgeslagen foto's, voor het eigen team en de aandachtsfunctionaris.")
    gemeld_op: datetime
    versie: int
