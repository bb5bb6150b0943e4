"""API shapes of comparing two rounds, and of the objects that a round could visit."""

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.core.http.paging import Pagina
from app.core.http.schemas import ApiInput, ApiOutput, Code
from app.planning.schemas.planregels import ObjectKort, TermRead
from app.planning.schemas.velden import Gebied


class Verschilsoort(StrEnum):
    """How a visit differs between two rounds."""

    ALLEEN_HIER = "alleen-hier"
    ALLEEN_DAAR = "alleen-daar"
    VERPLAATST = "verplaatst"


class PlekRead(ApiOutput):
    """Where a visit stands in a round."""

    planregel_id: UUID
    datum: date
    team_id: UUID
    aanvang: int


class PlanverschilRead(ApiOutput):
    """A visit that stands in one round only, or elsewhere in the other."""

    soort: Verschilsoort
    object: ObjectKort
    normsleutel: str | None
    hier: PlekRead | None
    daar: PlekRead | None


class NormtellingRead(ApiOutput):
    """A norm in one round: visits in the plan, and visits that it asks for and that are left out."""

    normsleutel: str | None
    gepland: int
    verplicht_weggelaten: int


class RondetellingRead(ApiOutput):
    """A round in figures."""

    planronde_id: UUID
    bezoeken: int
    acties: int
    diensten: int = Field(description="Diensten waarop iets gepland staat.")
    reistijd: int = Field(description="Minuten reistijd in alle diensten samen.")
    weggelaten: int
    verplicht_weggelaten: int
    normen: list[NormtellingRead]


class Vergelijking(Pagina[PlanverschilRead]):
    """Two rounds beside each other; the differences come in pages."""

    hier: RondetellingRead
    daar: RondetellingRead


class Kandidatenvraag(ApiInput):
    """Which objects a planner looks at for one round."""

    gebied: Gebied | None = Field(
        default=None,
        description="Getekend gebied: GeoJSON Polygon of MultiPolygon in het stelsel van de kop Content-Crs.",
    )
    gebiedcodes: Annotated[list[Code], Field(max_length=200)] = Field(
        default=[], description="Wijken of buurten (CBS-codes)."
    )


class Kandidaatstaat(StrEnum):
    """How an object stands in a round."""

    GEPLAND = "gepland"
    WEGGELATEN = "weggelaten"
    MOGELIJK = "mogelijk"


class KandidaatRead(ApiOutput):
    """An object that a round could visit: what asks for it, until when, and how it stands in the proposal."""

    object: ObjectKort
    normsleutel: str
    norm: str
    verplicht: bool
    uiterste: date | None = Field(description="Datum waarop de norm of termijn het vraagt; leeg bij eigen keuze.")
    eerste: date
    laatste: date
    termen: list[TermRead]
    prioriteit: int
    staat: Kandidaatstaat
    datum: date | None
    reden: str | None
