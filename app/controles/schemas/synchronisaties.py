"""The protocol between tablet and server: a batch of events in, one result per event out (design section 5).

An event is checked on its own: one that cannot be read never keeps the others of its batch from being stored.
"""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import UUID7, Field, StringConstraints, WithJsonSchema, field_validator, model_validator
from pydantic_core import PydanticCustomError

from app.checklists.rules.content import Uitkomst
from app.controles.rules.pogingen import Pogingreden
from app.controles.rules.signalering import Keuze
from app.controles.status import Aanleiding, Controlestatus, Gebeurtenissoort, Toegangsgrond
from app.core.http.schemas import ApiInput, ApiOutput, Datum, Gemeentecode, Tijdstip
from app.core.text_filter import Filterreden
from app.objecten.schemas.objecten import AdresInput

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
    controle_id: UUID
    soort: Gebeurtenissoort
    apparaat_id: UUID
    volgnummer: int = Field(ge=0, le=2_000_000_000, description="Loopt op per apparaat.")
    apparaat_tijd: Tijdstip
    klok_verschil: int = Field(
        default=0, ge=-400_000_000, le=400_000_000, description="Seconden die de klok van het apparaat voorloopt."
    )
    inhoud: dict[str, Any] = Field(default_factory=dict, max_length=50)


class InhoudAangemaakt(ApiInput):
    """A control that nobody planned, at a known object or at an address; an address without an object is a dwelling."""

    object_id: UUID | None = None
    gemeentecode: Gemeentecode | None = None
    adres: AdresInput | None = None
    datum: Datum | None = None
    aanleiding: Aanleiding | None = None

    @model_validator(mode="after")
    def _some_place(self) -> "InhoudAangemaakt":
        if self.object_id is None and self.adres is None:
            raise PydanticCustomError("vw_plek", "noem een object of een adres")
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


class InhoudPoging(ApiInput):
    """Nobody came in."""

    reden: Pogingreden


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
}

_EVENT_SCHEMA = {
    "type": "object",
    "title": "Gebeurtenis",
    "description": "Een gebeurtenis van een tablet; elke gebeurtenis wordt apart gecontroleerd en krijgt een eigen resultaat.",
    "properties": {
        "gebeurtenisId": {"type": "string", "format": "uuid", "description": "UUID versie 7, door de tablet gemaakt."},
        "controleId": {"type": "string", "format": "uuid"},
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
