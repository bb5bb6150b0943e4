"""Shapes of authorisations to enter a dwelling (PLN-13)."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import UUID7, Field, StringConstraints

from app.controles.status import Afgever, Machtigingsgrond, Machtigingstatus
from app.core.http.schemas import ApiInput, ApiOutput, Datum, without_personal_data

Kenmerk = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80), without_personal_data()]


class MachtigingCreate(ApiInput):
    """A request: one address, on what ground, who goes in and who comes along."""

    id: UUID7 | None = Field(default=None, description="Door u gemaakt kenmerk; twee keer sturen is dan veilig.")
    object_id: UUID
    grondslag: Machtigingsgrond
    bezoekdatum: Datum
    toezichthouders: list[UUID] = Field(min_length=1, max_length=20, description="Functieaccounts die binnengaan.")
    partner_ids: list[UUID] = Field(default_factory=list, max_length=20, description="Diensten die meegaan.")
    nacht: bool = Field(default=False, description="Ook tussen 00.00 en 06.00 uur.")
    bij_afwezigheid: bool = Field(default=False, description="Ook als er geen bewoner is.")


class MachtigingAfgeven(ApiInput):
    """That it was issued: by which function, under which reference, when."""

    afgever: Afgever
    kenmerk: Kenmerk
    afgegeven_op: Datum


class MachtigingRead(ApiOutput):
    """An authorisation."""

    id: UUID
    gemeentecode: str
    object_id: UUID
    grondslag: Machtigingsgrond
    bezoekdatum: date
    toezichthouders: list[UUID]
    partner_ids: list[UUID]
    nacht: bool
    bij_afwezigheid: bool
    aangevraagd_op: datetime
    status: Machtigingstatus
    afgever: Afgever | None
    kenmerk: str | None
    afgegeven_op: date | None
    geldig_tot: date | None
    geldig: bool = Field(description="Geldt vandaag.")
    versie: int
