"""API shapes of reports."""

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


class SectorRead(ApiOutput):
    """Controls of one sector in a year. Dwellings have no sector and stand in no row (REG-05)."""

    sector: str
    naam: str
    objecten: int
    controles: int


class SectorenRead(ApiOutput):
    """Controls per sector of a municipality in a year; figures only."""

    gemeentecode: str
    jaar: int
    sectoren: list[SectorRead]
