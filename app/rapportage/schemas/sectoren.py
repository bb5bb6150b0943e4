"""API shapes of figures per sector."""

from app.core.http.schemas import ApiOutput


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
