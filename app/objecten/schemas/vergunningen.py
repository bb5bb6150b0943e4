"""API shapes of permits, business plans and Bibob tests."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from app.core.http.schemas import ApiInput, ApiOutput, Datum, Naam
from app.objecten.schemas.velden import Nummer
from app.objecten.status import Vergunningsoort, Vergunningstatus


class VergunningCreate(ApiInput):
    """A new permit of an object."""

    id: UUID | None = None
    object_id: UUID
    soort: Vergunningsoort
    nummer: Nummer
    status: Vergunningstatus = Vergunningstatus.VERLEEND
    geldig_vanaf: Datum
    geldig_tot: Datum | None = None
    leidinggevendenbijlage: Annotated[
        Nummer | None,
        Field(description="Kenmerk van de bijlage met leidinggevenden; nooit namen."),
    ] = None
    bron: Naam

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.geldig_tot is not None and self.geldig_tot < self.geldig_vanaf:
            raise PydanticCustomError("vw_periode", "geldigTot ligt voor geldigVanaf")
        return self


class VergunningPatch(ApiInput):
    """What changes of a permit; a field that is left out stays as it is."""

    status: Vergunningstatus | None = None
    geldig_vanaf: Datum | None = None
    geldig_tot: Datum | None = None
    leidinggevendenbijlage: Nummer | None = None

    @model_validator(mode="after")
    def _keeps(self) -> Self:
        for name, field in (("status", "status"), ("geldig_vanaf", "geldigVanaf")):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise PydanticCustomError("vw_leeg", "{veld} mag niet leeg zijn", {"veld": field})
        return self


class VergunningRead(ApiOutput):
    """A permit. `verdwenenOp` tells since when its source no longer names it."""

    id: UUID
    gemeentecode: str
    object_id: UUID
    soort: Vergunningsoort
    nummer: str
    status: Vergunningstatus
    geldig_vanaf: date
    geldig_tot: date | None
    leidinggevendenbijlage: str | None
    bron: str
    import_id: UUID | None
    verdwenen_op: date | None
    versie: int


class Planonderdeel(StrEnum):
    """Parts of a business plan (REG-13)."""

    HYGIENE = "hygiene"
    GEZONDHEID = "gezondheid"
    VEILIGHEID = "veiligheid"
    ZELFBESCHIKKING = "zelfbeschikking"
    TOEZICHT = "toezicht"
    ADMINISTRATIE = "administratie"


class BedrijfsplanCreate(ApiInput):
    """A version of a business plan that was approved."""

    id: UUID | None = None
    versienaam: Nummer
    goedgekeurd_op: Datum
    onderdelen: Annotated[list[Planonderdeel], Field(max_length=6, default_factory=list)]


class BedrijfsplanRead(ApiOutput):
    """A version of a business plan."""

    id: UUID
    object_id: UUID
    versienaam: str
    goedgekeurd_op: date
    onderdelen: list[str]


class BibobToetsCreate(ApiInput):
    """A Bibob test that was done: its day and reference, never what it said."""

    id: UUID | None = None
    getoetst_op: Datum
    kenmerk: Nummer


class BibobToetsRead(ApiOutput):
    """A Bibob test."""

    id: UUID
    vergunning_id: UUID
    getoetst_op: date
    kenmerk: str


class BibobWerkregel(ApiOutput):
    """A permit that must be tested: desk work, never a visit (CAD-02)."""

    vergunning_id: UUID
    object_id: UUID
    gemeentecode: str
    objectnaam: str
    soort: Vergunningsoort
    nummer: str
    laatste_toets: date | None
    toetsen_voor: date
    te_laat: bool
