"""API shapes of wishes about planning. Others than AF and lead planner see what is wished, by "planner", and nothing else (PLN-17)."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from app.core.http.schemas import ApiInput, ApiOutput, Datum
from app.objecten.status import Wenssoort, Wenszetter

Reden = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=280)]


class PlanningswensCreate(ApiInput):
    """A wish about the planning of an object."""

    object_id: UUID
    soort: Wenssoort
    tot: Datum = Field(
        description="Laatste dag waarop de wens geldt, hooguit een jaar vooruit. Anderen zien deze dag niet."
    )
    reden: Reden | None = Field(default=None, description="Alleen te lezen door aandachtsfunctionaris en hoofdplanner.")
    op_verzoek_om: bool = Field(
        default=False,
        description="Op verzoek van het OM. Alleen dan wijkt ook het vaste ritme van een vergunde seksinrichting.",
    )


class PlanningswensRead(ApiOutput):
    """A wish as everybody sees it, whoever set it."""

    id: UUID
    object_id: UUID
    soort: Wenssoort
    door: Literal["planner"] = "planner"


class WensoorzaakRead(ApiOutput):
    """One wish behind it. Reading it is logged."""

    door: Wenszetter
    account: UUID
    tot: date | None = Field(description="Leeg: ingetrokken.")
    reden: str | None
    op_verzoek_om: bool
    op: datetime
