"""API shapes of hand-overs and of the AF's enrichment: reference, ground and fields, never the content (DAT-03)."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from app.core.http.schemas import ApiInput, ApiOutput, Code, Datum
from app.signalen.schemas.signalen import SignaalBevindingRead
from app.signalen.schemas.stappen import Kenmerk
from app.signalen.status import Overdrachtkanaal, Overdrachtstatus, Signaalstatus, Urgentie


class OverdrachtRead(ApiOutput):
    """A hand-over: who got which kinds of data, on which ground, when and through which channel."""

    id: UUID
    signaal_id: UUID
    partner_id: UUID | None
    partnersoort: str
    regel: str
    verplicht: bool
    grondslag: str
    velden: list[str]
    kanaal: Overdrachtkanaal
    kenmerk: str
    partnerkenmerk: str | None
    status: Overdrachtstatus
    gemaakt_op: datetime
    reactie_op: date | None
    reactiecode: str | None
    versie: int


class Beantwoorden(ApiInput):
    """The answer of a partner: a code and its reference, no content (INS-12)."""

    reactiecode: Code = Field(description="Resultaat van de partner, bijvoorbeeld opgepakt of straf-niet-haalbaar.")
    reactie_op: Datum
    partnerkenmerk: Kenmerk | None = None


class EerderSignaal(ApiOutput):
    """An earlier signal at the place."""

    id: UUID
    status: Signaalstatus
    urgentie: Urgentie
    ontstaan_op: datetime
    sluitcode: str | None


class GekoppeldObjectRead(ApiOutput):
    """A business object that shares a holder or operator with this one; never a dwelling (REG-19)."""

    id: UUID
    naam: str
    type: str


class VerrijkingRead(ApiOutput):
    """What the municipality knows of the place. The history is compliance only; `meer` says that there is more of it."""

    doel_genoteerd: bool
    historie: list[SignaalBevindingRead]
    meer: bool
    gekoppelde_objecten: list[GekoppeldObjectRead]
    eerdere_signalen: list[EerderSignaal]
