"""API shapes of the map: GeoJSON features of objects, or of clusters of them (REG-20)."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from app.core.http.schemas import ApiOutput
from app.objecten.schemas.velden import PuntRead
from app.objecten.status import Objectstatus, Objecttype


class KaartobjectRead(ApiOutput):
    """What the map tells of an object; a dwelling has no name (REG-05)."""

    soort: Literal["object"] = "object"
    object_id: UUID
    type: Objecttype
    naam: str | None = Field(description="Leeg bij een woning.")
    nummer: str
    status: Objectstatus


class ClusterRead(ApiOutput):
    """How many objects lie in a cell, and of which types."""

    soort: Literal["cluster"] = "cluster"
    aantal: int
    per_type: dict[Objecttype, int]


class KaartfeatureRead(ApiOutput):
    """A GeoJSON Feature: an object at its place, or a cell at the mean place of what it holds."""

    type: Literal["Feature"] = "Feature"
    id: str
    geometry: PuntRead
    properties: KaartobjectRead | ClusterRead
    bbox: list[float] | None = Field(description="Bij een cluster: west, zuid, oost en noord van de cel.")


class KaartRead(ApiOutput):
    """A GeoJSON FeatureCollection of a window of the map."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    totaal: int = Field(description="Aantal objecten in het venster.")
    celzijde: float | None = Field(
        description="Zijde van een cel in meters; leeg als er objecten staan en geen clusters."
    )
    features: list[KaartfeatureRead]
