"""API shapes of municipalities, areas and shared lists."""

from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from app.core.http.schemas import ApiInput, ApiOutput, Gemeentecode
from app.gemeenten.schemas.velden import Bron, Jaar
from app.gemeenten.status import Gebiedsoort


class GemeenteRead(ApiOutput):
    """A municipality."""

    code: str
    naam: str
    regio_code: str | None
    in_gebruik: bool


class GebiedenCreate(ApiInput):
    """Areas of one year as GeoJSON; each feature has a code and a name (own fields or those of CBS)."""

    gemeentecode: Gemeentecode
    jaar: Jaar
    bron: Bron
    gebieden: dict[str, Any] = Field(
        description="GeoJSON FeatureCollection van vlakken, in CRS84 of met een crs-veld voor RD."
    )


class GebiedenResultaat(ApiOutput):
    """What storing areas changed."""

    toegevoegd: int
    al_aanwezig: int
    overlappingen: list[str] = Field(description="Paren van codes die grond delen; geen fout, wel nakijken.")


class GebiedRead(ApiOutput):
    """An area of one year; its boundary only on request."""

    id: UUID
    gemeentecode: str
    soort: Gebiedsoort
    code: str
    naam: str
    ouder: str | None
    jaar: int
    bron: str
    geometrie: dict[str, Any] | None = Field(
        description="GeoJSON in het stelsel van de kop Content-Crs; leeg zonder geometrie=true."
    )


class GebiedKenmerken(ApiOutput):
    """What is told of an area on the light map."""

    code: str
    naam: str
    soort: Gebiedsoort


class GebiedVorm(ApiOutput):
    """An area as a GeoJSON feature."""

    type: Literal["Feature"] = "Feature"
    properties: GebiedKenmerken
    geometry: dict[str, Any]


class GebiedenkaartRead(ApiOutput):
    """The areas of a municipality as a light GeoJSON FeatureCollection."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[GebiedVorm]


class LijstwaardeRead(ApiOutput):
    """A value of a shared list."""

    code: str
    naam: str
    gemeentecode: str = Field(description="Leeg: geldt voor elke gemeente.")
    kenmerken: dict[str, Any]


class LijstRead(ApiOutput):
    """A shared list with the values for the caller's municipalities."""

    code: str
    waarden: list[LijstwaardeRead]
