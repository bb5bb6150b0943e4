"""API shape of a deadline: what must be done before when; nothing of the signal itself."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from app.core.http.schemas import ApiOutput
from app.signalen.status import Termijnsoort, Termijnstatus


class TermijnRead(ApiOutput):
    """A deadline of a signal."""

    soort: Termijnsoort
    onderwerp_id: UUID = Field(description="Het signaal zelf, of de overdracht waarvan de reactie wordt verwacht.")
    vanaf: datetime
    voor: datetime
    status: Termijnstatus
    gedaan_op: datetime | None
    trap: int = Field(description="Stappen die de dienst al zette omdat er niets gebeurde.")
    resterende_seconden: int | None = Field(
        description="Negatief als de termijn voorbij is; leeg als zij niet meer loopt."
    )
    verstreken: bool
