"""Shapes of controls, actions and participants. No view of a control holds an outcome, a score or an answer (PLN-19, DAT-13)."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import UUID7, Field, model_validator
from pydantic_core import PydanticCustomError

from app.controles.rules.pogingen import Pogingreden
from app.controles.status import Aanleiding, Controlestatus, Toegangsgrond
from app.core.http.schemas import ApiInput, ApiOutput, Datum, Regeltekst, without_personal_data

Minuut = Annotated[int, Field(ge=0, lt=24 * 60, description="Minuten na middernacht, Nederlandse tijd.")]
Aanspreekpunt = Annotated[str, Field(max_length=120), without_personal_data()]
Duur = Annotated[int, Field(ge=5, le=12 * 60, description="Minuten.")]


class ControleCreate(ApiInput):
    """A control that is planned by hand. Without another trigger a dwelling gets 'woongebruik' (REG-05)."""

    id: UUID7 | None = Field(default=None, description="Door u gemaakt kenmerk; twee keer sturen is dan veilig.")
    object_id: UUID
    datum: Datum
    team_id: UUID | None = None
    aanvang: Minuut | None = None
    duur: Duur = 45
    volgorde: int = Field(default=0, ge=0, le=1000)
    aanleiding: Aanleiding | None = None
    aangekondigd: bool = False
    aangekondigd_reden: Regeltekst | None = None
    integraal: bool = False
    actie_id: UUID | None = None


class ControleRead(ApiOutput):
    """A control as everybody with access may see it."""

    id: UUID
    gemeentecode: str
    object_id: UUID
    team_id: UUID | None
    actie_id: UUID | None
    planronde_id: UUID | None
    status: Controlestatus
    datum: date
    aanvang: int | None
    duur: int
    volgorde: int
    aanleiding: Aanleiding
    aangekondigd: bool
    aangekondigd_reden: str | None
    integraal: bool
    checklistversies: dict[str, int]
    bedrijfsplan_versie: str | None
    gestart_op: datetime | None
    afgerond_op: datetime | None
    bedrijfsplan_beantwoord: bool
    arbeid_beantwoord: bool
    binnen: bool
    reden: str | None
    versie: int


class ControleStarten(ApiInput):
    """Start of a control: who is there besides the caller, and at a dwelling on what ground it is entered."""

    toezichthouders: list[UUID] = Field(
        default_factory=list, max_length=20, description="Functieaccounts van uw collega's ter plaatse."
    )
    grond: Toegangsgrond | None = Field(default=None, description="Bij een woning: op welke grond u binnengaat.")


class ControleAfronden(ApiInput):
    """End of a control."""

    bedrijfsplan_versie: Regeltekst | None = Field(
        default=None, description="Versie van het bedrijfsplan dat is nagelopen."
    )


class ControlePoging(ApiInput):
    """Nobody was there or entry was refused: an attempt, not a control (PLN-15)."""

    reden: Pogingreden


class ControleVervallen(ApiInput):
    """A control is dropped from the plan."""

    reden: Regeltekst


class ActieCreate(ApiInput):
    """An integral action: a date, services, any number of addresses (CAD-04)."""

    id: UUID7 | None = None
    datum: Datum
    gebied: Annotated[str, Field(max_length=40), without_personal_data()] | None = None
    verzamelpunt: Annotated[str, Field(max_length=200), without_personal_data()] = ""
    aanvang: Minuut | None = Field(
        default=None,
        description="Begin, in minuten na middernacht. Deelnemers zien de adressen vanaf de briefing daarvoor.",
    )
    aanspreekpunt: Aanspreekpunt = Field(default="", description="Functie of team; nooit een naam.")
    partner_ids: list[UUID] = Field(default_factory=list, max_length=20)


class ActiePatch(ApiInput):
    """Changes of an action; what is left out stays."""

    gebied: Annotated[str, Field(max_length=40), without_personal_data()] | None = None
    verzamelpunt: Annotated[str, Field(max_length=200), without_personal_data()] | None = None
    aanvang: Minuut | None = None
    aanspreekpunt: Aanspreekpunt | None = None


class ActieRead(ApiOutput):
    """An integral action."""

    id: UUID
    gemeentecode: str
    datum: date
    gebied: str | None = Field(description="Leeg voor deelnemers tot de briefing.")
    verzamelpunt: str
    aanvang: int | None
    adressen_vanaf: datetime | None = Field(
        description="Vanaf dit moment zien deelnemers de adressen; leeg: op de dag zelf."
    )
    aanspreekpunt: str
    planronde_id: UUID | None
    diensten: list[str]
    integraal: bool
    versie: int


class DeelnameCreate(ApiInput):
    """A service that takes part in a control: a partner organisation, or the municipality itself."""

    partner_id: UUID | None = Field(default=None, description="Leeg: de gemeente zelf.")
    dienst: Regeltekst | None = Field(default=None, description="Team van de gemeente; nooit de naam van een collega.")

    @model_validator(mode="after")
    def _one_of_both(self) -> "DeelnameCreate":
        if self.partner_id is not None and self.dienst is not None:
            raise PydanticCustomError("vw_dienst", "noem een partner of een dienst van de gemeente, niet allebei")
        return self


class DeelnameRead(ApiOutput):
    """A participating service."""

    id: UUID
    controle_id: UUID | None
    actie_id: UUID | None
    partner_id: UUID | None
    dienst: str
