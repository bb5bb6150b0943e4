"""API shapes of agreement on measures, for the AF alone."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from app.core.http.schemas import ApiInput, ApiOutput, Datum, without_personal_data
from app.maatregelen.schemas.maatregelen import MaatregelRead
from app.maatregelen.status import Afstemreden, Afstemverzoekstand

Toelichting = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500), without_personal_data()
]


class AfstemverzoekRegel(ApiOutput):
    """A question in the AF's list."""

    id: UUID
    maatregel_id: UUID
    stand: Afstemverzoekstand
    gevraagd_op: datetime
    versie: int


class AfstemverzoekRead(AfstemverzoekRegel):
    """One question with what is known. Reading it is logged."""

    maatregel: MaatregelRead
    redenen: list[Afstemreden] = Field(description="Waarom afstemming nodig is, met wat nu bekend is.")
    slachtofferblik: str | None = Field(description="Uitleg als iemand op deze plek mogelijk is gedwongen.")
    bekend_bij_antwoord: list[Afstemreden] | None = Field(description="De redenen die bij het antwoord bekend waren.")
    toelichting: str | None


class Afstemmen(ApiInput):
    """The AF agrees."""

    om_akkoord_op: Datum | None = Field(
        default=None, description="Dag waarop het OM akkoord ging; verplicht als afstemming met het OM nodig is."
    )
    toelichting: Toelichting | None = None


class NietAfstemmen(ApiInput):
    """There is no agreement."""

    toelichting: Toelichting
