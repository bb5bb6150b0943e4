"""API shapes of capacity."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import UUID7, Field, model_validator
from pydantic_core import PydanticCustomError

from app.controles.status import Controlestatus
from app.core.http.schemas import ApiInput, ApiOutput, Datum
from app.core.identifiers import new_id
from app.planning.schemas.velden import Einde, Minuut
from app.planning.status import Beschikbaarheidsoort

MEESTE_REGELS = 2_000
LANGSTE_DIENST = 24 * 60


Bezetting = Annotated[
    int, Field(ge=0, le=50, description="Aantal toezichthouders op deze dienst; leeg is de instelling (minstens twee).")
]


class BeschikbaarheidCreate(ApiInput):
    """A shift of a team, or a date on which a partner can take part."""

    id: UUID7 = Field(default_factory=new_id, description="Door u gemaakt kenmerk; twee keer sturen is dan veilig.")
    team_id: UUID | None = None
    partner_id: UUID | None = None
    datum: Datum
    van: Minuut
    tot: Einde
    bezetting: Bezetting | None = None
    trekker_id: UUID | None = Field(default=None, description="Functieaccount dat de dienst leidt.")
    leden: Annotated[list[UUID], Field(max_length=50)] = Field(
        default=[], description="Functieaccounts op deze dienst, als dat al bekend is."
    )

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.team_id is None) == (self.partner_id is None):
            raise PydanticCustomError("vw_wie", "hoort bij een team of bij een partner; noem er precies een")
        if self.partner_id is not None and (self.bezetting is not None or self.trekker_id is not None or self.leden):
            raise PydanticCustomError("vw_partnerdag", "een partnerdag heeft geen bezetting, leden of trekker")
        if not self.van < self.tot <= self.van + LANGSTE_DIENST:
            raise PydanticCustomError("vw_tijdvak", "eindigt niet na het begin, of duurt langer dan een etmaal")
        return self


class BeschikbaarhedenCreate(ApiInput):
    """Many rows at once: all of them are stored, or none."""

    regels: Annotated[list[BeschikbaarheidCreate], Field(min_length=1, max_length=MEESTE_REGELS)]


class BeschikbaarheidRead(ApiOutput):
    """A shift of a team, or a date of a partner."""

    id: UUID
    gemeentecode: str
    soort: Beschikbaarheidsoort
    team_id: UUID | None
    partner_id: UUID | None
    datum: date
    van: int
    tot: int
    bezetting: int | None
    trekker_id: UUID | None
    versie: int


class BeschikbaarheidDetail(BeschikbaarheidRead):
    """A shift with who is on it, where that is known, and what it is warned for."""

    leden: list[UUID] = Field(description="Functieaccounts; leeg: iedereen van het team kan.")
    waarschuwingen: list[str]


class BeschikbaarheidPatch(ApiInput):
    """Changes of a shift; what is left out stays. Another day or team is another shift."""

    van: Minuut | None = None
    tot: Einde | None = None
    bezetting: Bezetting | None = None
    trekker_id: UUID | None = None
    leden: Annotated[list[UUID], Field(max_length=50)] | None = Field(
        default=None, description="Vervangt de hele lijst; leeg: niet bekend wie."
    )

    @model_validator(mode="after")
    def _keeps(self) -> Self:
        if any(name in self.model_fields_set and getattr(self, name) is None for name in ("van", "tot")):
            raise PydanticCustomError("vw_leeg", "van en tot mogen niet leeg zijn")
        return self


class ControleZonderDienst(ApiOutput):
    """A planned or released control that no manned shift holds: it must be planned anew."""

    controle_id: UUID
    object_id: UUID
    team_id: UUID
    datum: date
    aanvang: int | None
    duur: int
    status: Controlestatus
    reden: str


class BeschikbaarheidVerwijderd(ApiOutput):
    """What taking a shift off the roster left without a shift."""

    controles_zonder_dienst: list[ControleZonderDienst]


class DienstwaarschuwingRead(ApiOutput):
    """A shift and what it is warned for."""

    beschikbaarheid_id: UUID
    team_id: UUID
    datum: date
    van: int
    tot: int
    waarschuwingen: list[str]


class BeschikbaarhedenResultaat(ApiOutput):
    """What a bulk addition did."""

    toegevoegd: int
    al_aanwezig: int
