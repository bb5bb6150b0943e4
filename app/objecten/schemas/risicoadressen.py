"""API shapes of risk addresses."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from app.core.http.schemas import ApiInput, ApiOutput, Datum, Gemeentecode, Naam
from app.objecten.schemas.objecten import AdresInput, AdresRead
from app.objecten.schemas.velden import PuntRead, Reden
from app.objecten.status import Objecttype, Risicostatus


class RisicoadresCreate(ApiInput):
    """An address that came into view: refused without reason, source and review date (REG-01)."""

    id: UUID | None = None
    object_id: UUID | None = None
    gemeentecode: Gemeentecode | None = None
    adres: AdresInput | None = None
    type: Annotated[Objecttype, Field(description="Soort object bij een nieuw adres.")] = Objecttype.WON
    reden: Reden
    bron: Naam
    in_beeld_op: Datum
    herzien_op: Datum
    vervalt_op: Datum | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.object_id is None) == (self.adres is None):
            raise PydanticCustomError("vw_adres", "geef of een objectId, of een adres met gemeentecode")
        if self.adres is not None and self.gemeentecode is None:
            raise PydanticCustomError("vw_gemeente", "gemeentecode ontbreekt bij het adres")
        check_days(self.in_beeld_op, self.herzien_op, self.vervalt_op)
        return self


class RisicoadresPatch(ApiInput):
    """What changes of a risk address; a field that is left out stays as it is."""

    reden: Reden | None = None
    bron: Naam | None = None
    herzien_op: Datum | None = None
    vervalt_op: Datum | None = None
    status: Risicostatus | None = None

    @model_validator(mode="after")
    def _keeps(self) -> Self:
        names = (("reden", "reden"), ("bron", "bron"), ("herzien_op", "herzienOp"), ("status", "status"))
        for name, field in names:
            if name in self.model_fields_set and getattr(self, name) is None:
                raise PydanticCustomError("vw_leeg", "{veld} mag niet leeg zijn", {"veld": field})
        return self


class RisicoadresRead(ApiOutput):
    """A risk address with the day before which it must be controlled (CAD-06)."""

    id: UUID
    gemeentecode: str
    object_id: UUID
    adres: AdresRead
    punt: PuntRead | None
    type: Objecttype
    reden: str
    bron: str
    in_beeld_op: date
    herzien_op: date
    vervalt_op: date | None
    controle_voor: date
    status: Risicostatus
    bezocht_op: date | None
    te_laat: bool
    dagen_in_beeld: int
    versie: int


@dataclass(frozen=True)
class RisicoadresActivering:
    """What a higher feature says when it brings an object into view. The reason is neutral: it never betrays a signal."""

    object_id: UUID
    reden: str
    bron: str
    in_beeld_op: date


def check_days(in_view_on: date, review_on: date, expires_on: date | None) -> None:
    """Refuses days in the wrong order.

    Raises:
        PydanticCustomError: review or expiry lies before the day on which the address came into view.
    """
    if review_on < in_view_on:
        raise PydanticCustomError("vw_herzien", "herzienOp ligt voor inBeeldOp")
    if expires_on is not None and expires_on < in_view_on:
        raise PydanticCustomError("vw_vervalt", "vervaltOp ligt voor inBeeldOp")
