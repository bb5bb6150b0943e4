"""API shapes of trainings of function accounts."""

from datetime import date
from uuid import UUID

from app.core.http.schemas import ApiInput, ApiOutput, Datum, Gemeentecode
from app.gemeenten.schemas.velden import Dated, Functienaam, NewRecord
from app.gemeenten.status import Opleidingsoort


class OpleidingCreate(NewRecord, Dated):
    """A training or competence of a function account; never a mark (TRN-01)."""

    account_id: UUID
    gemeentecode: Gemeentecode
    soort: Opleidingsoort
    aanbieder: Functienaam


class OpleidingUpdate(ApiInput):
    """The new last day of a training; null is until further notice."""

    geldig_tot: Datum | None


class OpleidingRead(ApiOutput):
    """A training of a function account."""

    id: UUID
    account_id: UUID
    gemeentecode: str
    soort: Opleidingsoort
    aanbieder: str
    geldig_vanaf: date
    geldig_tot: date | None
    versie: int


class OpleidingsgraadRead(ApiOutput):
    """How much of a team holds a training on a day (TRN-01)."""

    soort: Opleidingsoort
    leden: int
    geschoold: int
    procent: int | None
