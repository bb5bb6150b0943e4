"""API shapes of the audit log."""

from datetime import datetime
from uuid import UUID

from app.core.http.schemas import ApiOutput


class AuditregelRead(ApiOutput):
    """Who did or read what, when, with which result. Ids only, never content."""

    id: UUID
    tijdstip: datetime
    actor: str
    rollen: str
    gemeentecode: str | None
    actie: str
    soort: str | None
    object_id: str | None
    uitkomst: str
    verzoek_id: str
    herkomst: str
