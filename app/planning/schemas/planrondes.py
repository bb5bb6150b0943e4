"""API shapes of planning rounds. No shape holds the seed: it would give the dates away (planning.md, unpredictability)."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import UUID7, Field

from app.core.http.schemas import ApiInput, ApiOutput, Code, Datum
from app.core.identifiers import new_id
from app.planning.schemas.velden import Gebied, Reden, Rondenaam, Toelichting
from app.planning.status import Planrondestatus, StaandeBezoeken

LANGSTE_PERIODE_DAGEN = 400


class PlanrondeCreate(ApiInput):
    """A new planning round."""

    id: UUID7 = Field(default_factory=new_id, description="Door u gemaakt kenmerk; twee keer sturen is dan veilig.")
    naam: Rondenaam
    van: Datum
    tot: Datum = Field(description="Laatste dag; hoogstens 400 dagen na de eerste.")
    teams: Annotated[list[UUID], Field(min_length=1, max_length=50)]
    aandeel_willekeurig: Annotated[float, Field(ge=0, le=1)] | None = Field(
        default=None, description="Deel van de vrije ruimte dat door loting wordt gevuld; leeg is de instelling."
    )
    acties: Annotated[int, Field(ge=0, le=50)] | None = Field(
        default=None, description="Aantal integrale acties; nooit minder dan de norm voor deze periode vraagt."
    )
    vast_uit: UUID | None = Field(
        default=None, description="Een eerder voorstel waarvan de vastgezette bezoeken blijven staan."
    )
    gebiedcodes: Annotated[list[Code], Field(max_length=200)] = Field(
        default=[], description="Alleen deze wijken of buurten (CBS-codes); leeg is de hele gemeente."
    )
    gebied: Gebied | None = Field(
        default=None,
        description="Alleen dit getekende gebied: GeoJSON Polygon of MultiPolygon in het stelsel van de kop Content-Crs.",
    )
    normen: Annotated[list[Code], Field(max_length=20)] = Field(
        default=[], description="Alleen bezoeken voor deze normen; leeg is alle normen."
    )
    staande_bezoeken: StaandeBezoeken = Field(
        default=StaandeBezoeken.WEEK,
        description=(
            "Wat mag veranderen aan bezoeken die in een andere vastgestelde planronde staan en nog niet zijn vrijgegeven: "
            "'tijd' houdt dienst en tijd, 'dienst' houdt de dienst, 'week' mag ze binnen hun week en hun gelote venster verzetten. "
            "Leeg is 'week': buiten de planning heeft nog niemand deze bezoeken gezien, en de dag blijft even slecht te raden. "
            "Vastgezette bezoeken, adressen van een actie en bezoeken waarvoor afstemming nodig is, blijven altijd staan."
        ),
    )
    rekentijd: Annotated[float, Field(ge=0.05, le=300)] = Field(
        default=10.0, description="Rekentijd per stap, in seconden die op elke machine hetzelfde tellen."
    )


class PlanrondeParameters(ApiOutput):
    """What a round was asked."""

    teams: list[UUID]
    aandeel_willekeurig: float | None
    acties: int | None
    vast_uit: UUID | None
    rekentijd: float
    gebiedcodes: list[str] = Field(default_factory=list)
    gebied: dict[str, Any] | None = Field(default=None, description="In RD (EPSG:28992).")
    normen: list[str] = Field(default_factory=list)
    staande_bezoeken: StaandeBezoeken = Field(
        default=StaandeBezoeken.TIJD, description="Een ronde van voor deze keuze hield dienst en tijd."
    )


class OorzaakRead(ApiOutput):
    """What stands in the way of a plan that holds everything."""

    code: str
    normsleutel: str | None
    tekst: str
    bewezen: bool


class Planuitkomst(ApiOutput):
    """What a round reached.

    Attributes:
        resultaat: Whether everything that a norm asks for is in the plan.
        afgebroken: The clock stopped the run.
        geloot: Number of visits drawn by lot.
    """

    resultaat: str
    afgebroken: bool
    bezoeken: int
    acties: int
    weggelaten: int
    verplicht_weggelaten: int
    geloot: int
    oorzaken: list[OorzaakRead]
    verzet: int = Field(default=0, description="Bezoeken die uit een andere planronde komen en hier anders staan.")
    waarschuwingen: int = Field(default=0, description="Bezoeken met een waarschuwing over de dienst.")


class StapRead(ApiOutput):
    """One step: who, when, what, why (ROL-08)."""

    tijdstip: datetime
    actor: UUID
    actie: str
    toelichting: str


class GebeurtenisRead(StapRead):
    """A step of a round."""

    betreft: dict[str, Any] | None = Field(description="Wat er veranderde: kenmerken, datums en minuten.")


class PlanrondeRead(ApiOutput):
    """A planning round."""

    id: UUID
    gemeentecode: str
    naam: str
    van: date
    tot: date
    status: Planrondestatus
    parameters: PlanrondeParameters
    motorversie: str
    voortgang: float
    melding: str
    uitkomst: Planuitkomst | None
    vrijgegeven_tot: date | None = Field(
        description="Laatste dag waarvan de bezoeken controles zijn geworden; leeg is nog niets."
    )
    berekend_op: datetime | None
    gemaakt_op: datetime
    versie: int


class PlanrondeDetail(PlanrondeRead):
    """A planning round with its steps."""

    gebeurtenissen: list[GebeurtenisRead]


class Besluit(ApiInput):
    """A decision on a round, with its reason (ROL-08)."""

    toelichting: Toelichting = ""


class Intrekking(ApiInput):
    """What somebody worked on goes: the reason is asked for, whoever reads the steps later (ROL-08)."""

    toelichting: Reden = Field(description="Waarom; staat bij de stappen.")


class Vrijgavebesluit(Besluit):
    """A release, of the whole round or of its first part."""

    tot_en_met: Datum | None = Field(
        default=None,
        description="Laatste dag die wordt vrijgegeven; leeg is de hele planronde. De rest blijft vastgesteld en kan later.",
    )


class LotingRead(ApiOutput):
    """What chance did in a round: with this the run can be repeated."""

    seed: str = Field(description="Getal van hoogstens 62 bits, als tekst.")
    motorversie: str
    parameters: PlanrondeParameters
    van: date
    tot: date
    berekend_op: datetime | None
    getrokken: list[UUID] = Field(description="Objecten die door het lot in het plan kwamen.")
