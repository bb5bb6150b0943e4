"""API shapes of four eyes: the request, what the second person needs to judge it, and his answer."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints

from app.core.http.schemas import ApiInput, ApiOutput, without_personal_data
from app.signalen.rules.vier_ogen import Vierogen
from app.signalen.schemas.signalen import SignaalRead
from app.signalen.status import Actie, Verzoekstatus

Reden = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=1000), without_personal_data()]


class VierogenverzoekRegel(ApiOutput):
    """A request for a second pair of eyes, without content of the signal."""

    id: UUID
    signaal_id: UUID
    gemeentecode: str
    handeling: Vierogen
    status: Verzoekstatus
    gevraagd_door: UUID
    gevraagd_op: datetime
    beslist_door: UUID | None
    beslist_op: datetime | None
    versie: int


class VierogenverzoekRead(VierogenverzoekRegel):
    """A request with the step as it was asked and the signal that it is about. Reading it is logged."""

    actie: Actie
    stap: dict[str, Any] = Field(description="De stap zoals die is gevraagd, met de reden.")
    signaal: SignaalRead


class Weigeren(ApiInput):
    """The second person does not agree."""

    reden: Reden


class Inzien(ApiInput):
    """An AF outside his role asks to see a signal."""

    reden: Reden


class InzageBuitenRolRegel(ApiOutput):
    """A view outside the role, for review: who asked, who agreed and when; nothing of the signal."""

    id: UUID
    gemeentecode: str
    status: Verzoekstatus
    gevraagd_door: UUID
    gevraagd_op: datetime
    beslist_door: UUID | None
    beslist_op: datetime | None
