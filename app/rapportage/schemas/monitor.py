"""Figures of the monitor: each with its base, never a form crossed with a municipality (MON-08, MON-11)."""

from app.core.http.schemas import ApiOutput
from app.signalen.status import Vorm


class Vormaantal(ApiOutput):
    """New signals of one form; `basis` is the number that it is a part of."""

    vorm: Vorm
    aantal: int
    basis: int


class Gemeenteaantal(ApiOutput):
    """New signals of one municipality of origin; without a code the origin is unknown (DAT-04)."""

    gemeentecode: str | None
    naam: str
    aantal: int
    basis: int


class MonitorSignalenRead(ApiOutput):
    """The signals of a year in figures."""

    jaar: int
    nieuw: int
    vormen: list[Vormaantal]
    gemeenten: list[Gemeenteaantal]
    riec: int
    langlopend: int
    toelichting: list[str]
