"""The format of a municipality profile and of the seed files (docs/gemeenteprofiel.md)."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints, field_validator

from app.core.http.schemas import ApiInput, Code, Datum, Gemeentecode, Naam
from app.gemeenten.rules.perioden import BEGIN
from app.gemeenten.schemas.accounts import AccountFields, PiketFields
from app.gemeenten.schemas.partners import PartnerFields
from app.gemeenten.schemas.velden import Bron, Dated, Functienaam, Jaar, Sleutel, Waarde
from app.gemeenten.status import Teamsoort, Wet

Toelichting = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]


class NormRegel(Dated):
    """A dated norm in a file. An empty start means from the beginning, an empty value that it is still to be filled in."""

    sleutel: Sleutel
    waarde: Waarde | None
    eenheid: Naam
    geldig_vanaf: Datum = BEGIN
    bron: list[Bron] = Field(min_length=1, max_length=10)
    zekerheid: Toelichting = ""
    toelichting: Toelichting = ""

    @field_validator("geldig_vanaf", mode="before")
    @classmethod
    def _from_the_beginning(cls, value: object) -> object:
        return BEGIN if value is None else value

    @property
    def herkomst(self) -> str:
        """Source and certainty in one line."""
        told = "; ".join(part for part in (self.zekerheid, self.toelichting) if part)
        return f"{', '.join(self.bron)}: {told}" if told else ", ".join(self.bron)


class NormSeeds(ApiInput):
    """The first values of norms: national ones and those of single municipalities."""

    landelijk: list[NormRegel] = Field(max_length=1000)
    gemeenten: dict[Gemeentecode, list[NormRegel]]


class LijstRegel(ApiInput):
    """A value of a shared list in a file."""

    lijst: Code
    code: Code
    naam: Naam
    kenmerken: dict[str, Any] = Field(default_factory=dict)


class RegioRegel(ApiInput):
    """The region of a municipality."""

    code: Code
    naam: Naam


class GemeenteRegel(ApiInput):
    """The municipality itself."""

    code: Gemeentecode
    naam: Naam


class GebiedenRegel(ApiInput):
    """A GeoJSON file of areas beside the profile."""

    bestand: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_./-]{0,199}$")]
    jaar: Jaar
    bron: Bron


class TeamRegel(ApiInput):
    """A team; other parts of the profile name it by its key."""

    sleutel: Code
    naam: Functienaam
    soort: Teamsoort


class PartnerRegel(PartnerFields):
    """A partner organisation."""

    sleutel: Code


class AanwijzingRegel(Dated):
    """A designation of the account under which it stands."""

    wet: Wet


class AccountRegel(AccountFields):
    """A function account with its teams and designations."""

    teams: list[Code] = Field(default=[], max_length=20)
    aanwijzingen: list[AanwijzingRegel] = Field(default=[], max_length=50)


class PiketRegel(PiketFields):
    """A shift of the on-call roster; `account` is the subject of an account in this profile."""

    sleutel: Code
    account: Code


class GemeenteProfiel(ApiInput):
    """All that a municipality needs to start (design section 7, running it)."""

    regio: RegioRegel
    gemeente: GemeenteRegel
    normen: list[NormRegel] = Field(default=[], max_length=1000)
    gebieden: list[GebiedenRegel] = Field(default=[], max_length=20)
    teams: list[TeamRegel] = Field(default=[], max_length=200)
    partners: list[PartnerRegel] = Field(default=[], max_length=500)
    accounts: list[AccountRegel] = Field(default=[], max_length=5000)
    piketdiensten: list[PiketRegel] = Field(default=[], max_length=5000)
    lijsten: list[LijstRegel] = Field(default=[], max_length=2000)
