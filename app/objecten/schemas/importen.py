"""API shapes of imports."""

from datetime import datetime
from uuid import UUID

from app.core.http.schemas import ApiOutput
from app.objecten.status import Importindeling, Importstatus


class ImportRead(ApiOutput):
    """An import and how far it is. A row counts once: nieuw, gewijzigd, ongewijzigd or afgewezen."""

    id: UUID
    gemeentecode: str
    indeling: Importindeling
    bestandsnaam: str
    sha256: str
    bron: str
    jaar: int | None
    status: Importstatus
    melding: str | None
    gemaakt_op: datetime
    klaar_op: datetime | None
    regels: int
    verwerkt: int
    nieuw: int
    gewijzigd: int
    ongewijzigd: int
    afgewezen: int


class ImportafwijzingRead(ApiOutput):
    """A fault in a row: line, field and reason. `rijIngelezen` tells that the rest of the row landed all the same."""

    id: UUID
    regel: int
    veld: str
    reden: str
    rij_ingelezen: bool
