"""API shapes of the zorgkaart: which organisation helps whom, and who pays (REG-15, HLP-01, HLP-02)."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.core.http.schemas import ApiInput, ApiOutput, Code, Datum, Gemeentecode
from app.gemeenten.schemas.velden import Dated, Functienaam, NewRecord, Regel
from app.gemeenten.status import Bereik, Financier

Groepen = Annotated[
    list[Code],
    Field(min_length=1, max_length=30, description="Codes uit de lijst 'hulpgroepen': voor wie dit aanbod er is."),
]
CAPACITEIT = Field(default="", description="Opmerking over het aantal plekken; nooit over wie er verblijft.")
FINANCIER = Field(default=None, description="Leeg: de financier die bij deze soort hulp hoort.")


class ZorgaanbodCreate(NewRecord, Dated):
    """One kind of help of one organisation."""

    gemeentecode: Gemeentecode
    bereik: Bereik = Bereik.GEMEENTE
    organisatie: Functienaam
    hulpsoort: Code = Field(description="Code uit de lijst 'hulpsoorten', bijvoorbeeld cosm.")
    groepen: Groepen
    financier: Financier | None = FINANCIER
    gesubsidieerd: bool
    capaciteit: Regel = CAPACITEIT


class ZorgaanbodUpdate(ApiInput):
    """Changes of an offer; what is left out stays, `geldigTot: null` makes it valid until further notice."""

    bereik: Bereik | None = None
    organisatie: Functienaam | None = None
    groepen: Groepen | None = None
    financier: Financier | None = None
    gesubsidieerd: bool | None = None
    capaciteit: Regel | None = None
    geldig_tot: Datum | None = None


class ZorgaanbodRead(ApiOutput):
    """An offer of help."""

    id: UUID
    gemeentecode: str
    bereik: Bereik
    organisatie: str
    hulpsoort: str
    groepen: list[str]
    financier: Financier
    gesubsidieerd: bool
    capaciteit: str
    geldig_vanaf: date
    geldig_tot: date | None
    versie: int


class GroepAanbod(ApiOutput):
    """How many offers there are for a group; zero is a gap."""

    groep: str
    naam: str
    aanbod: int
    hiaat: bool


class ZorghiatenRead(ApiOutput):
    """The groups of the list with their offers in a municipality on a day."""

    gemeentecode: str
    peildatum: date
    groepen: list[GroepAanbod]
