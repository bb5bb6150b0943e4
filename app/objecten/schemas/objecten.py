"""API shapes of addresses and objects."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, NamedTuple, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app.core.http.schemas import Aantal, ApiInput, ApiOutput, Code, Datum, Gemeentecode, Naam
from app.objecten.rules.adressen import MAX_HUISNUMMER
from app.objecten.rules.nummers import may_have_kvk
from app.objecten.rules.termijnen import Periode
from app.objecten.schemas.velden import (
    BagId,
    Huisnummerdeel,
    KvkNummer,
    Nummer,
    Openingsuren,
    Postcode,
    PuntInput,
    PuntRead,
    Seizoenperioden,
    Weektijden,
)
from app.objecten.status import Objectstatus, Objecttype, Vergunningsoort
from geo.crs import Crs, Punt
from geo.faults import GeoFault
from geo.shapes import read_shape

BIJ_WONING = "hoort niet bij een woning; laat het leeg"


class AdresInput(ApiInput):
    """An address as somebody fills it in; the same address is stored once per municipality."""

    straat: Naam
    huisnummer: Annotated[int, Field(ge=1, le=MAX_HUISNUMMER)]
    huisletter: Huisnummerdeel = ""
    toevoeging: Huisnummerdeel = ""
    postcode: Postcode
    woonplaats: Naam
    bag_id: BagId | None = None
    punt: PuntInput | None = None


class AdresRead(ApiOutput):
    """An address with the areas in which its point lies."""

    id: UUID
    gemeentecode: str
    straat: str
    huisnummer: int
    huisletter: str
    toevoeging: str
    postcode: str
    woonplaats: str
    bag_id: str | None
    punt: PuntRead | None
    wijkcode: str | None
    buurtcode: str | None
    buiten_gemeente: bool
    gebied_jaar: int | None = Field(description="Jaar van de wijk- en buurtindeling waaruit wijk en buurt komen.")
    adresseerbaar_object_id: str | None = Field(description="Verblijfsobject, standplaats of ligplaats in de BAG.")
    pand_id: str | None
    gebruiksdoelen: list[str] | None = Field(description="Gebruiksdoelen volgens de BAG.")
    oppervlakte: int | None = Field(description="Gebruiksoppervlakte in m² volgens de BAG.")
    status_bag: str | None
    vervallen_op: date | None = Field(description="Dag waarop een import zag dat het adres in de BAG is ingetrokken.")
    bron: str | None
    import_id: UUID | None = Field(description="De import die het adres het laatst wijzigde.")
    bijgewerkt_op: datetime | None


class ObjectCreate(ApiInput):
    """A new object, at an address that is known (`adresId`) or new (`adres`)."""

    id: UUID | None = None
    gemeentecode: Gemeentecode
    nummer: Nummer
    type: Objecttype
    naam: Naam
    adres_id: UUID | None = None
    adres: AdresInput | None = None
    kvk_nummer: KvkNummer | None = None
    sector: Code | None = None
    capaciteit: Aantal | None = None
    openingstijden: Weektijden | None = None
    seizoenen: Seizoenperioden | None = None
    bron: Naam

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.adres_id is None) == (self.adres is None):
            raise PydanticCustomError("vw_adres", "geef of een adresId, of een adres")
        if self.kvk_nummer is not None and not may_have_kvk(self.type):
            raise PydanticCustomError("vw_kvk_woning", "kvkNummer " + BIJ_WONING)
        return self


class ObjectPatch(ApiInput):
    """What changes of an object; a field that is left out stays as it is. Type and address never change: make a new object."""

    naam: Naam | None = None
    kvk_nummer: KvkNummer | None = None
    sector: Code | None = None
    capaciteit: Aantal | None = None
    openingstijden: Weektijden | None = None
    seizoenen: Seizoenperioden | None = None
    status: Objectstatus | None = None

    @model_validator(mode="after")
    def _keeps(self) -> Self:
        for name in ("naam", "status"):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise PydanticCustomError("vw_leeg", "{veld} mag niet leeg zijn", {"veld": name})
        return self


class ObjectRead(ApiOutput):
    """An object with its address. A dwelling never has a KvK number (REG-05, REG-19)."""

    id: UUID
    gemeentecode: str
    nummer: str
    type: Objecttype
    naam: str
    adres: AdresRead
    punt: PuntRead | None
    wijkcode: str | None
    buurtcode: str | None
    buiten_gemeente: bool = Field(description="Het punt ligt buiten de grens van de gemeente.")
    gebied_jaar: int | None = Field(description="Jaar van de wijk- en buurtindeling waaruit wijk en buurt komen.")
    kvk_nummer: str | None
    sector: str | None
    capaciteit: int | None
    openingstijden: Openingsuren | None
    seizoenen: list[list[str]] | None
    status: Objectstatus
    bron: str
    import_id: UUID | None
    versie: int


def _drawn(value: dict[str, Any]) -> dict[str, Any]:
    """Refuses what is an area in neither system; which of the two was meant, a header says."""
    faults = []
    for crs in Crs:
        try:
            read_shape(value, crs)
        except GeoFault as fault:
            faults.append(str(fault))
    if len(faults) == len(Crs):
        raise PydanticCustomError("vw_gebied", "{reden}", {"reden": faults[0]})
    return value


class Zoekvraag(ApiInput):
    """What somebody looks for; in a body, so that no word of it ends up in a log (A17)."""

    tekst: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=100)] | None = None
    gemeentecode: Gemeentecode | None = None
    type: list[Objecttype] = Field(default=[], max_length=len(Objecttype), description="Een of meer soorten objecten.")
    status: Objectstatus | None = None
    wijkcodes: list[Code] = Field(default=[], max_length=100)
    buurtcodes: list[Code] = Field(default=[], max_length=200)
    buiten_gemeente: bool | None = None
    controle_voor: Datum | None = Field(
        default=None, description="Met een risicoadres dat op of voor deze datum gecontroleerd moet zijn."
    )
    vergunningsoort: Vergunningsoort | None = Field(
        default=None, description="Met een verleende vergunning van deze soort."
    )
    bibob_voor: Datum | None = Field(
        default=None, description="Met een vergunning die op of voor deze datum aan de Wet Bibob getoetst moet worden."
    )
    gebied: Annotated[dict[str, Any], AfterValidator(_drawn)] | None = Field(
        default=None,
        description="GeoJSON Polygon of MultiPolygon in het stelsel van de kop Content-Crs; de rand telt mee.",
    )


class VerleendeVergunning(NamedTuple):
    """A granted permit with no more than planning asks, since a year plan reads all of a municipality."""

    object_id: UUID
    soort: Vergunningsoort
    nummer: str
    geldig_vanaf: date
    geldig_tot: date | None


class PlanbaarFeit(NamedTuple):
    """An active object with no more than planning asks, for the same reason."""

    id: UUID
    gemeentecode: str
    type: Objecttype
    naam: str
    adres_id: UUID
    x: float | None
    y: float | None
    buurtcode: str | None
    openingstijden: Openingsuren | None
    capaciteit: int | None
    seizoenen: list[list[str]] | None


@dataclass(frozen=True)
class PlanbareVergunning:
    """A permit that holds now, renewals within the grace window joined; first and last day."""

    soort: Vergunningsoort
    nummer: str
    periode: Periode


@dataclass(frozen=True)
class PlanbaarObject:
    """An object as planning sees it: what, where, when open, under which permits, and how urgent (CAD-06, CAD-19)."""

    id: UUID
    gemeentecode: str
    type: Objecttype
    naam: str
    punt: Punt | None
    buurtcode: str | None
    openingstijden: Openingsuren | None
    capaciteit: int | None
    vergunningen: tuple[PlanbareVergunning, ...]
    risicoadres_voor: date | None
    seizoenen: list[list[str]] | None = None
    niet_plannen_tot: date | None = None
    norm_niet_tot: date | None = None
    gewenst_sinds: date | None = None
    adres_id: UUID | None = None
