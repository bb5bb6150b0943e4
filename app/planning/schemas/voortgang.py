"""API shape of the progress of a round: how far and what is going on, never a visit or a seed."""

from pydantic import Field

from app.core.http.schemas import ApiOutput
from app.planning.status import Planrondestatus


class VoortgangRead(ApiOutput):
    """How far a round is."""

    status: Planrondestatus
    voortgang: float = Field(description="Van 0 tot 1.")
    melding: str
    versie: int
