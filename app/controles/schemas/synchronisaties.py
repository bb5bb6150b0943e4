"""The protocol between tablet and server: a batch of events in, one result per event out (design section 5).

An event is checked on its own: one that cannot be read never keeps the others of its batch from being stored.
"""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import UUID7, Field, StringConstraints, WithJsonSchema, field_validator, model_validator
from pydantic_core import PydanticCustomError

from app.checklists.rules.content import Uitkomst
from app.controles.rules.gebeurtenissoorten import ZONDER_CONTROLE
from app.controles.rules.pogingen import Pogingreden
from app.controles.rules.signalering import Keuze
from app.controles.schemas.contacten import Gespreksvelden, Rondevelden
from app.controles.schemas.vlaggen import Vlagvelden
from app.controles.status import Aanleiding, Controlestatus, Gebeurtenissoort, Toegangsgrond
from app.core.http.schemas import ApiInput, ApiOutput, Apparaattijd, Datum, Gemeentecode, Tijdstip
from app.core.text_filter import Filterreden
from app.objecten.schemas.objecten import AdresInput
from app.objecten.schemas.velden import PuntInput
from app.objecten.status import Objecttype
from app.signalen.schemas.signalen import Signaalvelden
from app.signalen.status import Noodnummer

MAX_EVENTS = 200
Lijstversies = Annotated[
    dict[Annotated[str, StringConstraints(max_length=20)], Annotated[int, Field(ge=1, le=100_000)]],
    Field(max_length=20),
]
Collegas = Annotated[
    list[UUID], Field(max_length=20, description="Functieaccounts van de toezichthouders die erbij zijn.")
]
Itemcode = Annotated[str, StringConstraints(max_length=40)]


class GebeurtenisInput(ApiInput):
    """One event of a tablet. `inhoud` depends on `soort`."""

    gebeurtenis_id: UUID7
    controle_id: UUID | None = None
    soort: Gebeurtenissoort
    apparaat_id: UUID
    volgnummer: int = Field(ge=0, le=2_000_000_000, description="Loopt op per apparaat.")
    apparaat_tijd: Apparaattijd
    klok_verschil: int = Field(
        default=0, ge=-400_000_000, le=400_000_000, description="Seconden die de klok van het apparaat voorloopt."
    )
    inhoud: dict[str, Any] = Field(default_factory=dict, max_length=50)

    @model_validator(mode="after")
    def _about_something(self) -> "GebeurtenisInput":
        if self.controle_id is None and self.soort not in ZONDER_CONTROLE:
            raise PydanticCustomError("vw_controle", "noem bij deze soort gebeurtenis de controle")
        return self

    @property
    def over(self) -> UUID:
        """What it is stored under: its control, or itself when it is about none."""
        return self.controle_id or self.gebeurtenis_id


class InhoudAangemaakt(ApiInput):
    """A control that nobody planned: at a known object, an address, or a point with a few words where nothing has an address.

    A place that is no object yet is a dwelling unless `objecttype` says otherwise. A sex establishment is never made in the field.
    """

    object_id: UUID | None = None
    gemeentecode: Gemeentecode | None = None
    adres: AdresInput | None = None
    punt: PuntInput | None = Field(default=None, description="Lengte- en breedtegraad (CRS84), als er geen adres is.")
    omschrijving: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] = ""
    objecttype: Objecttype | None = None
    datum: Datum | None = None
    aanleiding: Aanleiding | None = None

    @model_validator(mode="after")
    def _some_place(self) -> "InhoudAangemaakt":
        if self.object_id is None and self.adres is None and self.punt is None:
            raise PydanticCustomError("vw_plek", "noem een object, een adres of een punt")
        if self.objecttype is Objecttype.SEKS:
            raise PydanticCustomError("vw_plek", "een seksbedrijf komt alleen uit het vergunningenregister")
        return self


class InhoudGestart(ApiInput):
    """The control began, with these lists, by these inspectors; at a dwelling on this ground."""

    lijstversies: Lijstversies = Field(default_factory=dict)
    toezichthouders: Collegas = Field(default_factory=list)
    grond: Toegangsgrond | None = None


class InhoudAanwezig(ApiInput):
    """Checked in or out at the place: these inspectors; at a check-out without a list all of them."""

    toezichthouders: Collegas = Field(default_factory=list)


class InhoudAntwoorden(ApiInput):
    """Answers by item code; 'niet vastgesteld' is a value, null takes an answer back."""

    lijstversies: Lijstversies = Field(default_factory=dict)
    antwoorden: dict[Itemcode, Any] = Field(default_factory=dict, max_length=300)
    filterredenen: dict[Itemcode, Filterreden] = Field(default_factory=dict, max_length=50)


class InhoudAcuut(ApiInput):
    """Acute danger: nothing needs to be filled in (RTE-01)."""

    object_id: UUID | None = None


class InhoudKeuze(ApiInput):
    """The inspector's choice after an advice; a long story never keeps a signal back, so the bound only stops nonsense."""

    keuze: Keuze
    reden: Annotated[str, StringConstraints(max_length=100_000)] = ""


class InhoudAfgerond(ApiInput):
    """The tap 'wij zijn vertrokken'; an empty version is none, and never keeps the control open."""

    bedrijfsplan_versie: Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)] | None = None
    hulpaanbod: bool | None = None


class InhoudPoging(ApiInput):
    """Nobody came in."""

    reden: Pogingreden


class InhoudSfeerovergang(ApiInput):
    """A possible offence was seen: the moment of this event and nothing else (RPT-02)."""


class InhoudHulpaanbod(ApiInput):
    """Help was offered, yes or no; never to whom (PLN-09)."""

    hulpaanbod: bool


class InhoudBelmoment(ApiInput):
    """When the police or 112 was called: about the acute signal of this control, or the signal that is named (RTE-01)."""

    gebeld_op: Tijdstip
    gebeld_naar: Noodnummer | None = None
    signaal_id: UUID | None = None


INHOUD: dict[Gebeurtenissoort, type[ApiInput]] = {
    Gebeurtenissoort.CONTROLE_AANGEMAAKT: InhoudAangemaakt,
    Gebeurtenissoort.CONTROLE_GESTART: InhoudGestart,
    Gebeurtenissoort.INGECHECKT: InhoudAanwezig,
    Gebeurtenissoort.UITGECHECKT: InhoudAanwezig,
    Gebeurtenissoort.ANTWOORDEN: InhoudAntwoorden,
    Gebeurtenissoort.ACUUT: InhoudAcuut,
    Gebeurtenissoort.KEUZE: InhoudKeuze,
    Gebeurtenissoort.CONTROLE_AFGEROND: InhoudAfgerond,
    Gebeurtenissoort.POGING: InhoudPoging,
    Gebeurtenissoort.SFEEROVERGANG: InhoudSfeerovergang,
    Gebeurtenissoort.HULPAANBOD: InhoudHulpaanbod,
    Gebeurtenissoort.BELMOMENT: InhoudBelmoment,
    Gebeurtenissoort.RONDE: Rondevelden,
    Gebeurtenissoort.VLAG: Vlagvelden,
    Gebeurtenissoort.SIGNAAL: Signaalvelden,
    Gebeurtenissoort.EXPLOITANTGESPREK: Gespreksvelden,
}

_EVENT_SCHEMA = {
    "type": "object",
    "title": "Gebeurtenis",
    "description": "Een gebeurtenis van een tablet; elke gebeurtenis wordt apart gecontroleerd en krijgt een eigen resultaat.",
    "properties": {
        "gebeurtenisId": {"type": "string", "format": "uuid", "description": "UUID versie 7, door de tablet gemaakt."},
        "controleId": {
            "type": ["string", "null"],
            "format": "uuid",
            "description": "Leeg bij wat geen controle is: acuut, belmoment, ronde, vlag, signaal, exploitantgesprek.",
        },
        "soort": {"type": "string", "enum": [soort.value for soort in Gebeurtenissoort]},
        "apparaatId": {"type": "string", "format": "uuid"},
        "volgnummer": {"type": "integer", "minimum": 0, "maximum": 2_000_000_000},
        "apparaatTijd": {"type": "string", "format": "date-time"},
        "klokVerschil": {"type": "integer"},
        "inhoud": {"type": "object"},
    },
}


class SynchronisatieInput(ApiInput):
    """A batch of events."""

    gebeurtenissen: list[Annotated[Any, WithJsonSchema(_EVENT_SCHEMA)]] = Field(min_length=1, max_length=MAX_EVENTS)

    @field_validator("*", mode="after")
    @classmethod
    def _storable(cls, value: Any) -> Any:  # noqa: ANN401 - each event is checked apart, also for what cannot be stored
        return value


class OordeelRead(ApiOutput):
    """What became of one answer; never the answer itself."""

    item: str
    oordeel: str
    reden: str | None


class UitkomstRead(ApiOutput):
    """What the control asks for; shown only after the tap 'wij zijn vertrokken' (PLN-19)."""

    uitkomst: Uitkomst
    hercontrole_dagen: int | None


class ControlestandRead(ApiOutput):
    """How the control stands on the server now."""

    controle_id: UUID
    status: Controlestatus
    versie: int
    uitkomst: UitkomstRead | None


class OntvangstRead(ApiOutput):
    """Proof of receipt: the digest of the event as it was sent."""

    sha256: str
    ontvangen_op: datetime


class ResultaatRead(ApiOutput):
    """What the server did with one event."""

    gebeurtenis_id: UUID | None
    status: str
    reden: str | None
    oordelen: list[OordeelRead]
    controle: ControlestandRead | None
    ontvangst: OntvangstRead


class SynchronisatieRead(ApiOutput):
    """One result per event, in the order of the batch."""

    resultaten: list[ResultaatRead]


class QuarantaineRead(ApiOutput):
    """An event that waits: kept and shown, without its content."""

    id: UUID
    gebeurtenis_id: UUID
    controle_id: UUID | None
    ontvangen_op: datetime
    reden: str
    opgelost_op: datetime | None
