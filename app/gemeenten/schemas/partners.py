"""API shapes of teams and partners."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.core.http.schemas import ApiInput, ApiOutput, Code, Datum, Gemeentecode
from app.gemeenten.schemas.velden import Dated, Functienaam, NewRecord, Regel
from app.gemeenten.status import Partnersoort, Teamsoort

Leden = Annotated[list[UUID], Field(max_length=500, description="Kenmerken van accounts van dezelfde gemeente.")]
Aliassen = Annotated[
    list[Functienaam], Field(max_length=20, description="Andere en oude namen waarop gezocht kan worden.")
]
Vormen = Annotated[list[Code], Field(max_length=20, description="Vormen van uitbuiting waarvoor deze partner er is.")]


class TeamCreate(NewRecord):
    """A new team."""

    gemeentecode: Gemeentecode
    naam: Functienaam
    soort: Teamsoort
    leden: Leden = Field(default_factory=list)


class TeamUpdate(ApiInput):
    """Changes of a team; what is left out stays."""

    naam: Functienaam | None = None
    leden: Leden | None = None


class TeamRead(ApiOutput):
    """A team with its members as function accounts."""

    id: UUID
    gemeentecode: str
    naam: str
    soort: Teamsoort
    leden: list[UUID]
    versie: int


class PartnerFields(Dated):
    """What a partner organisation is, under its regional name (ROL-10)."""

    soort: Partnersoort
    naam: Functienaam
    aliassen: Aliassen = Field(default_factory=list)
    vormen: Vormen = Field(default_factory=list)
    taken: Regel = ""
    kanaal: Regel = Field(default="", description="Veilig kanaal van een team, nooit van een persoon.")
    grondslag: Regel = Field(default="", description="Convenant of wet.")


class PartnerCreate(NewRecord, PartnerFields):
    """A new partner organisation."""

    gemeentecode: Gemeentecode


class PartnerUpdate(ApiInput):
    """Changes of a partner; what is left out stays, `geldigTot: null` makes it valid until further notice."""

    naam: Functienaam | None = None
    aliassen: Aliassen | None = None
    vormen: Vormen | None = None
    taken: Regel | None = None
    kanaal: Regel | None = None
    grondslag: Regel | None = None
    geldig_tot: Datum | None = None


class PartnerRead(ApiOutput):
    """A partner organisation."""

    id: UUID
    gemeentecode: str
    soort: Partnersoort
    naam: str
    aliassen: list[str]
    vormen: list[str]
    taken: str
    kanaal: str
    grondslag: str
    geldig_vanaf: date
    geldig_tot: date | None
    versie: int
