"""API shapes of the reasons to close a signal."""

from pydantic import Field

from app.core.http.schemas import ApiOutput
from app.signalen.rules.sluitcodes import Telling


class SluitcodeRead(ApiOutput):
    """A reason to close, with what it asks and what follows from it."""

    code: str
    reden: str
    telt_als: Telling
    nieuw_signaal: bool = Field(description="Telt mee bij de nieuwe signalen.")
    vier_ogen: bool = Field(description="Sluiten kan alleen met een tweede persoon.")
    overleg_nodig: bool = Field(description="Eerst moet een overleg met een partner of aan een tafel zijn genoteerd.")
    zc_consult_nodig: bool = Field(description="Eerst moet de dag van het overleg met de zorgcoördinator bekend zijn.")
    kiezen: bool = Field(description="Nee: deze code ontstaat vanzelf, door samenvoegen.")
    bewaar_maanden: int | None = Field(
        description="Zo lang blijft de inhoud na het sluiten, naar de norm van vandaag in uw gemeente. Leeg: er is geen termijn."
    )
    bewaarnorm: str | None = Field(description="De norm die dit zegt; leeg als alleen de verwijzing blijft.")
