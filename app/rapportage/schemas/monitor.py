"""Figures of the monitor: each with its base, never a form crossed with a municipality (MON-08, MON-11)."""

from pydantic import Field

from app.core.http.schemas import ApiOutput
from app.signalen.status import Bronsoort, Vorm


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


class Bronaantal(ApiOutput):
    """New signals of one kind of source (MON-03)."""

    bron: Bronsoort
    aantal: int
    basis: int


class Jaaraantal(ApiOutput):
    """The new signals of one year, and what stands apart from them (MON-04, MON-05)."""

    jaar: int
    nieuw: int
    eigen_toezicht: int = Field(description="Hoeveel van de nieuwe uit eigen toezicht kwamen: toezicht en Pandbrigade.")
    riec: int


class MonitorReeksRead(ApiOutput):
    """The signals of several years beside each other."""

    jaren: list[Jaaraantal]
    toelichting: list[str]


class MonitorSignalenRead(ApiOutput):
    """The signals of a year in figures."""

    jaar: int
    nieuw: int
    vormen: list[Vormaantal]
    gemeenten: list[Gemeenteaantal]
    bronnen: list[Bronaantal]
    eigen_toezicht: int = Field(description="Hoeveel van de nieuwe uit eigen toezicht kwamen: toezicht en Pandbrigade.")
    riec: int
    langlopend: int
    toelichting: list[str]
