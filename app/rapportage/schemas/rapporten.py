"""Shapes of what is printed: report of findings, Bibob file, export on request of access, worklist. Compliance only (DAT-13, DAT-14)."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from app.core.http.schemas import ApiOutput
from app.objecten.schemas.dossier import (
    DossierBedrijfsplan,
    DossierBibobToets,
    DossierCertificaat,
    DossierObject,
    DossierVergunning,
)
from app.objecten.schemas.objecten import AdresRead
from app.objecten.status import Objecttype
from app.rapportage.schemas.naleving import Controlestuk, DossierMaatregel, Tekortkoming, VraagAntwoord


class Rapportvorm(StrEnum):
    """In which form a file is answered."""

    JSON = "json"
    PDF = "pdf"


class RapportObject(ApiOutput):
    """The place of a control as a report names it."""

    nummer: str
    type: Objecttype
    naam: str
    adres: str


class Overbewoning(ApiOutput):
    """Space per person against the norm of the day and half of it; from counts alone (REG-09)."""

    m2: float
    personen: int
    m2_per_persoon: float | None
    norm_m2: float | None
    halve_norm_m2: float | None
    onder_norm: bool
    onder_halve_norm: bool


class RapportRead(ApiOutput):
    """Report of findings of one control (RPT-01): numbers of inspectors, never a name."""

    gemeente: str
    object: RapportObject
    datum: date
    soort: str
    reden: str | None
    team: str | None
    toezichthouders: list[str]
    grondslagen: list[str]
    binnentreden: list[VraagAntwoord]
    metingen: list[VraagAntwoord]
    overbewoning: Overbewoning | None
    bedrijfsplan_versie: str | None
    tekortkomingen: list[Tekortkoming]
    toelichtingen: list[VraagAntwoord]


class BibobDossierRead(ApiOutput):
    """What a Bibob test of a permit may rest on: permit, plans, days of tests, compliance (INS-08)."""

    peildatum: date
    object: DossierObject
    vergunning: DossierVergunning
    bedrijfsplannen: list[DossierBedrijfsplan]
    bibob_toetsen: list[DossierBibobToets]
    certificaten: list[DossierCertificaat]
    maatregelen: list[DossierMaatregel]
    controles: list[Controlestuk]


class InzageRead(ApiOutput):
    """Export on a request of access (art. 15 AVG): what stands in the register and compliance; a lawyer and the AF decide on the rest."""

    peildatum: date
    object: DossierObject
    vergunningen: list[DossierVergunning]
    bedrijfsplannen: list[DossierBedrijfsplan]
    certificaten: list[DossierCertificaat]
    maatregelen: list[DossierMaatregel]
    controles: list[Controlestuk]


class Werkregel(VraagAntwoord):
    """A shortcoming that is still open (RPT-04): its term, when it is looked at again, and whose it is."""

    item: str
    gemeentecode: str
    object_id: UUID
    objectnummer: str
    objectnaam: str
    adres: AdresRead
    controle_id: UUID
    vastgesteld_op: date
    hersteltermijn: date | None
    te_laat: bool
    hercontrole_op: date | None
    hercontrole_gepland: bool
    team: str | None


class WerklijstRead(ApiOutput):
    """The worklist on paper: one page of it."""

    peildatum: date
    regels: list[Werkregel]
