"""API shapes of dated norms."""

from datetime import date
from uuid import UUID

from pydantic import Field

from app.core.http.schemas import ApiOutput, Gemeentecode, Regeltekst
from app.gemeenten.schemas.velden import Bron, Dated, NewRecord, Sleutel, Waarde


class NormCreate(NewRecord, Dated):
    """A new value of a norm; it ends the value before it on the day before."""

    gemeentecode: Gemeentecode
    sleutel: Sleutel
    waarde: Waarde | None = Field(description="Leeg: deze gemeente kent de norm in deze periode niet.")
    eenheid: Regeltekst
    bron: Bron


class NormRead(ApiOutput):
    """A dated norm."""

    id: UUID
    gemeentecode: str = Field(description="Leeg: geldt voor elke gemeente zonder eigen waarde.")
    sleutel: str
    waarde: float | None
    eenheid: str
    geldig_vanaf: date
    geldig_tot: date | None
    bron: str
    versie: int
