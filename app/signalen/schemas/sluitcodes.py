"""API shapes of the reasons to close a signal, and of which a municipality uses."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from app.core.http.schemas import ApiInput, ApiOutput, Datum, Gemeentecode
from app.gemeenten.schemas.velden import Bron, NewRecord
from app.signalen.rules.sluitcodes import SLUITCODES, Telling


class SluitcodeRead(ApiOutput):
    """A reason to close, with what it asks and what follows from it."""

    code: str
    reden: str
    telt_als: Telling
    nieuw_signaal: bool = Field(description="Telt mee bij de nieuwe signalen.")
    vier_ogen: bool = Field(description="Sluiten kan alleen met een tweede persoon.")
    overleg_nodig: bool = Field(description="Eerst moet een overleg met een partner of aan een tafel zijn genoteerd.")
    zc_consult_nodig: bool = Field(description="Eerst moet de dag van het overleg met de zorgcoördinator bekend zijn.")
    in_gebruik: bool = Field(description="De gemeente gebruikt deze reden vandaag.")
    vast_omdat: str | None = Field(
        description="Waarom geen gemeente deze reden kan uitschakelen; leeg als dat wel kan."
    )
    kiezen: bool = Field(
        description="U kunt er nu mee sluiten. Nee: de gemeente gebruikt haar niet, of zij ontstaat vanzelf door samenvoegen."
    )
    bewaar_maanden: int | None = Field(
        description="Zo lang blijft de inhoud na het sluiten, naar de norm van vandaag in uw gemeente. Leeg: er is geen termijn."
    )
    bewaarnorm: str | None = Field(description="De norm die dit zegt; leeg als alleen de verwijzing blijft.")


def _may_be_off(code: str) -> str:
    found = SLUITCODES.get(code)
    if found is None:
        raise PydanticCustomError("vw_sluitcode", "is geen sluitcode; kies een code van /sluitcodes")
    if found.vast:
        raise PydanticCustomError("vw_sluitcode_vast", "kan niet uit. {reden}", {"reden": found.vast})
    return code


def _in_order(codes: list[str]) -> list[str]:
    return [code for code in SLUITCODES if code in codes]


Uitgeschakeld = Annotated[
    list[Annotated[str, Field(max_length=4), AfterValidator(_may_be_off)]],
    Field(
        max_length=len(SLUITCODES), description="Codes die de gemeente niet gebruikt. Leeg: zij gebruikt alle codes."
    ),
    AfterValidator(_in_order),
]


class SluitcodeversieCreate(NewRecord):
    """Which codes a municipality does without, from a day on."""

    gemeentecode: Gemeentecode
    geldig_vanaf: Datum
    uitgeschakeld: Uitgeschakeld
    bron: Bron = Field(description="Wie dit besloot en waarom, bijvoorbeeld een besluit van het college.")


class SluitcodeversieUpdate(ApiInput):
    """Another choice in a version that does not hold yet."""

    uitgeschakeld: Uitgeschakeld
    bron: Bron


class SluitcodeversieRead(ApiOutput):
    """A version."""

    id: UUID
    gemeentecode: str
    geldig_vanaf: date
    uitgeschakeld: list[str]
    bron: str
    versie: int


class SluitcodeproefCreate(ApiInput):
    """A choice to try out."""

    gemeentecode: Gemeentecode
    geldig_vanaf: Datum
    uitgeschakeld: Uitgeschakeld


class SluitcodegebruikRead(ApiOutput):
    """A code that would fall away: geen, minder dan 10, or 10 of meer."""

    code: str
    reden: str
    afgelopen_jaar: str = Field(description="Signalen die er de laatste twaalf maanden mee zijn gesloten.")
    wacht_op_tweede: str = Field(description="Sluitingen die op een tweede persoon wachten en dan geweigerd worden.")


class SluitcodeproefRead(ApiOutput):
    """What a trial shows, against what would hold on that day without it."""

    vervalt: list[SluitcodegebruikRead]
    komt_terug: list[str] = Field(description="Codes die nu niet worden gebruikt en dan weer wel.")
