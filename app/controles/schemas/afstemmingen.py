"""Shapes of alignment with police and OM. Planners see who decides: the planner; police and OM see address and period (PLN-01)."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from app.controles.status import Afstemantwoord, Afstemmer, Afstemstand
from app.core.http.schemas import ApiInput, ApiOutput
from app.objecten.schemas.objecten import AdresRead


class AfstemvraagRead(ApiOutput):
    """A question to police or OM: an opaque reference, an address and a period; nothing of why."""

    id: UUID
    adres: AdresRead
    van: date
    tot: date
    antwoord: Afstemantwoord | None = Field(description="Wat uw dienst het laatst antwoordde.")


class AfstemvraagAntwoord(ApiInput):
    """The whole answer."""

    antwoord: Afstemantwoord


class AfstemmingRead(ApiOutput):
    """A question as planners see it. 'planner': it cannot be released now, whatever the cause."""

    id: UUID
    object_id: UUID
    datum: date
    stand: Afstemstand


class AfstemmingVastleggen(ApiInput):
    """An answer that is recorded at a desk."""

    wie: Afstemmer = Field(
        default=Afstemmer.PLANNER,
        description="Voor wie u antwoordt; politie en OM alleen door de hoofdplanner.",
    )
    antwoord: Afstemantwoord


class AfstemoorzaakRead(ApiOutput):
    """One answer, for who may read the cause."""

    wie: Afstemmer
    antwoord: Afstemantwoord
    op: datetime
    account: UUID
