"""API shape of a proposed intervention."""

from pydantic import Field

from app.core.http.schemas import ApiOutput
from app.maatregelen.status import Maatregelsoort


class InterventieRead(ApiOutput):
    """An intervention that fits a finding: a proposal, never a decision."""

    code: str
    naam: str
    maatregel: Maatregelsoort
    gronden: list[str] = Field(description="Codes uit de lijst 'maatregelgronden'.")
    orgaan: str = Field(description="Wie beslist.")
    voorwaarden: list[str]
    stappen: list[str]
    afstemmen_met_om: bool
