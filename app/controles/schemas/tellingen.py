"""API shapes of figures on controls (CAD-17)."""

from uuid import UUID

from pydantic import Field

from app.core.http.schemas import ApiOutput


class TeamVolume(ApiOutput):
    """The controls of one team in a year."""

    team_id: UUID | None = Field(description="Leeg: nog aan geen team gegeven.")
    team: str
    totaal: int = Field(description="Alle controles die niet zijn vervallen.")
    afgerond: int
    gepland: int = Field(description="Gepland, vrijgegeven of bezig.")
    pogingen: int


class ControlesPerTeamRead(ApiOutput):
    """The volume per team of a municipality in a year."""

    gemeentecode: str
    jaar: int
    teams: list[TeamVolume]
