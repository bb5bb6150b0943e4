"""The receipt of a control with its photos."""

from uuid import UUID

from pydantic import Field

from app.bevindingen.schemas.bijlagen import BijlageRead
from app.core.http.schemas import ApiOutput


class OntvangstbewijsRead(ApiOutput):
    """What of a control the service has."""

    controle_id: UUID
    versie: int
    compleet: bool
    wacht_op: list[UUID] = Field(description="Foto's die de antwoorden noemen en die nog niet zijn opgeslagen.")
    bijlagen: list[BijlageRead]
