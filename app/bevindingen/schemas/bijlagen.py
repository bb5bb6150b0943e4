"""Shapes of photos: the announcement of one, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import UUID7, Field, StringConstraints

from app.bevindingen.status import Bijlagestatus, Klasse
from app.core.http.schemas import ApiInput, ApiOutput, Tijdstip

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Bijlageaankondiging(ApiInput):
    """What the metadata of a new upload must hold, beside the length."""

    id: UUID7 = Field(description="Door de tablet gemaakt; twee keer aankondigen is dan veilig.")
    controle_id: UUID
    item: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}-\d{2}$")]
    sha256: Sha256 = Field(description="SHA-256 van de hele foto, hexadecimaal.")
    genomen_op: Tijdstip


@dataclass(frozen=True)
class Bijlageplaats:
    """Where a photo belongs, as the control says; without the control it is treated as confidential."""

    gemeentecode: str
    klasse: Klasse


class BijlageRead(ApiOutput):
    """The receipt of a photo: how much arrived, and whether it is stored. Never the image."""

    id: UUID
    controle_id: UUID
    item: str
    sha256: str
    grootte: int
    ontvangen: int
    status: Bijlagestatus
    reden: str | None = Field(description="Waarom de foto is geweigerd.")
    genomen_op: datetime
