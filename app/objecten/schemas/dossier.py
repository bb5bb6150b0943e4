"""What the stock puts into the file of an object; no shape has a version or a moment of change, which could tell of what is left out."""

from datetime import date

from app.core.http.schemas import ApiOutput
from app.objecten.schemas.objecten import AdresRead
from app.objecten.status import Objectstatus, Objecttype, Risicostatus, Vergunningsoort, Vergunningstatus


class DossierObject(ApiOutput):
    """The place itself."""

    gemeentecode: str
    nummer: str
    type: Objecttype
    naam: str
    adres: AdresRead
    wijkcode: str | None
    buurtcode: str | None
    kvk_nummer: str | None
    sector: str | None
    capaciteit: int | None
    status: Objectstatus


class DossierVergunningstuk(ApiOutput):
    """A permit, or one of its renewals."""

    nummer: str
    status: Vergunningstatus
    geldig_vanaf: date
    geldig_tot: date | None


class DossierVergunning(ApiOutput):
    """A permit with its renewals, which are one permit (B13)."""

    soort: Vergunningsoort
    geldig_vanaf: date
    geldig_tot: date | None
    stukken: list[DossierVergunningstuk]


class DossierBedrijfsplan(ApiOutput):
    """A version of the business plan (REG-13)."""

    versienaam: str
    goedgekeurd_op: date
    onderdelen: list[str]


class DossierBibobToets(ApiOutput):
    """A Bibob test: day and reference, never what it said (CAD-02)."""

    vergunningnummer: str
    getoetst_op: date
    kenmerk: str


class DossierCertificaat(ApiOutput):
    """A certificate for housing, as its public register has it (REG-08)."""

    soort: str
    nummer: str
    geldig_tot: date
    registernaam: str
    nagekeken_op: date


class DossierRisicoadres(ApiOutput):
    """The terms of a risk address; not why it came into view, nor who said so."""

    in_beeld_op: date
    herzien_op: date
    vervalt_op: date | None
    controle_voor: date
    status: Risicostatus
    bezocht_op: date | None


class Objectstukken(ApiOutput):
    """All that the stock knows of an object."""

    object: DossierObject
    vergunningen: list[DossierVergunning]
    bedrijfsplannen: list[DossierBedrijfsplan]
    bibob_toetsen: list[DossierBibobToets]
    certificaten: list[DossierCertificaat]
    risicoadressen: list[DossierRisicoadres]
