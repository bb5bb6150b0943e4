"""Figures of the fairness audit: numbers with their base, per one dimension; no address, no name of an establishment."""

from uuid import UUID

from pydantic import Field

from app.core.http.schemas import ApiOutput
from app.rapportage.rules.eerlijkheid import Herkomstaandeel


class MargeRead(ApiOutput):
    """Whole percents."""

    van: int
    tot_en_met: int


class TellingRead(ApiOutput):
    """Hits (numerator) of visits (denominator); null where a number is too small to show."""

    bezoeken: int | None
    treffers: int | None
    marge: MargeRead | None = Field(
        description="Hele procenten waartussen het aandeel treffers ligt, in 95 van de 100 gevallen. Breed bij weinig bezoeken."
    )


class AandeelRead(ApiOutput):
    """What one part of the capacity found."""

    aandeel: Herkomstaandeel
    telling: TellingRead


class GroepRead(ApiOutput):
    """An area or a sector; `objecten` is the base of how often it is visited."""

    sleutel: str
    naam: str
    objecten: int | None
    totaal: TellingRead
    loting: TellingRead
    voorrang: TellingRead


class TeamlastRead(ApiOutput):
    """On how many of its days a team worked in the evening or the weekend."""

    team_id: UUID | None
    team: str
    bezoeken: int
    dagen: int
    avonden: int
    weekenddagen: int


class EerlijkheidRead(ApiOutput):
    """The fairness audit of a closed year."""

    gemeentecode: str
    jaar: int
    kleinste_cel: int = Field(description="Een aantal onder dit getal staat er niet en is ook niet af te leiden.")
    totaal: TellingRead
    pogingen: int
    aandelen: list[AandeelRead]
    verschil: str = Field(description="Wat het verschil tussen loting en voorrang waard is.")
    gebieden: list[GroepRead]
    sectoren: list[GroepRead]
    teams: list[TeamlastRead]
    toelichting: list[str]
