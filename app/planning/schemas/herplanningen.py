"""API shapes of replanning: what happened, what changes because of it, and what waits for it.

A reason names what the caller asked or a rule; never why somebody wished a hold (PLN-17).
"""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import UUID7, Field, model_validator
from pydantic_core import PydanticCustomError

from app.core.http.schemas import ApiInput, ApiOutput, Datum
from app.core.identifiers import new_id
from app.planning.schemas.planregels import ObjectKort, Verzet
from app.planning.schemas.planrondes import StapRead
from app.planning.schemas.velden import Minuut, Toelichting
from app.planning.status import Herplangebeurtenis, Herplanstatus

MEESTE_GEBEURTENISSEN = 20
VELDEN: dict[Herplangebeurtenis, tuple[str, ...]] = {
    Herplangebeurtenis.SPOED: ("object_id",),
    Herplangebeurtenis.DIENST_UITGEVALLEN: ("team_id", "datum"),
    Herplangebeurtenis.DIENST_ERBIJ: ("team_id", "datum"),
    Herplangebeurtenis.POGING: ("controle_id",),
    Herplangebeurtenis.HERCONTROLE: ("object_id", "datum"),
    Herplangebeurtenis.VERGUNNING_BEEINDIGD: ("object_id",),
    Herplangebeurtenis.VERGUNNING_BEGONNEN: ("object_id",),
    Herplangebeurtenis.NIET_PLANNEN: ("object_id", "datum"),
    Herplangebeurtenis.NORM: ("object_id",),
    Herplangebeurtenis.AANWIJZING_ONTBREEKT: ("team_id", "datum"),
    Herplangebeurtenis.NIET_GEDAAN: ("controle_id",),
}
NAMEN = {"object_id": "objectId", "team_id": "teamId", "controle_id": "controleId", "datum": "datum"}


class Gebeurtenis(ApiInput):
    """Something that happened to the plan."""

    soort: Herplangebeurtenis
    object_id: UUID | None = Field(
        default=None,
        description="Bij spoed, hercontrole, niet-plannen, een norm zonder bezoek en een vergunning die begint of eindigt.",
    )
    team_id: UUID | None = Field(
        default=None, description="Bij een dienst die uitvalt of erbij komt, of zonder genoeg aanwijzingen."
    )
    controle_id: UUID | None = Field(
        default=None,
        description="Bij een poging: de controle waarbij niemand binnenkwam; bij niet-gedaan: de controle waarvan de dag voorbij is.",
    )
    datum: Datum | None = Field(
        default=None,
        description="De dag van de dienst; bij een hercontrole de eerste dag; bij niet-plannen de laatste dag zonder bezoek; "
        "bij spoed de uiterste dag (leeg is de instelling).",
    )
    van: Minuut | None = Field(default=None, description="Begin van de dienst, als het team er die dag meer heeft.")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        needed = VELDEN[self.soort]
        missing = [NAMEN[name] for name in needed if getattr(self, name) is None]
        if missing:
            raise PydanticCustomError("vw_gebeurtenis", "mist {velden}", {"velden": ", ".join(missing)})
        return self


class HerplanningCreate(ApiInput):
    """A question: what is the smallest change of the released plan after all this?"""

    id: UUID7 = Field(default_factory=new_id, description="Door u gemaakt kenmerk; twee keer sturen is dan veilig.")
    gebeurtenissen: Annotated[list[Gebeurtenis], Field(min_length=1, max_length=MEESTE_GEBEURTENISSEN)]
    toelichting: Toelichting = ""


class Plaats(ApiOutput):
    """Where a visit stands; minutes after midnight, over 1440 past midnight."""

    datum: date
    team_id: UUID | None
    aanvang: int | None
    volgorde: int | None = None


class WijzigingRead(ApiOutput):
    """One visit on a touched shift.

    Attributes:
        controle_id: The control; empty for one that comes.
        soort: What happens to it; 'blijft' when nothing does.
        gedwongen: It could not stay.
        waarom: Why, in Dutch.
        breekt: What is not kept because of it.
    """

    controle_id: UUID | None
    object: ObjectKort
    soort: str
    van: Plaats | None
    naar: Plaats | None
    duur: int
    aanleiding: str | None
    gedwongen: bool
    waarom: str
    verzet: Verzet | None = Field(
        default=None,
        description="Het bezoek stond al in een vastgestelde planronde; bij toepassen vervalt die plek.",
    )
    breekt: list[str]


class Herplanuitkomst(ApiOutput):
    """How good a proposal is.

    Attributes:
        gewijzigd: Visits that change shift or go.
        gedwongen: Of these, those that could not stay.
        toegevoegd: Visits that come.
        zonder_plek: Visits that must come and have no place.
        bewezen: No plan changes less.
        afgebroken: The time was up before that was known.
        meldingen: What else a planner should know, in Dutch.
    """

    gewijzigd: int
    gedwongen: int
    toegevoegd: int
    zonder_plek: int
    bewezen: bool
    afgebroken: bool
    meldingen: list[str] = Field(
        default_factory=list, description="Wat vastgestelde planrondes ermee te maken hebben; daarvan verandert niets."
    )


class HerplanningRead(ApiOutput):
    """A proposal to change the released plan."""

    id: UUID
    gemeentecode: str
    status: Herplanstatus
    van: date
    tot: date
    uitkomst: Herplanuitkomst
    motorversie: str
    gemaakt_op: datetime
    versie: int


class HerplanningDetail(HerplanningRead):
    """A proposal with what was asked, what changes, and its steps."""

    gebeurtenissen: list[Gebeurtenis]
    wijzigingen: list[WijzigingRead]
    stappen: list[StapRead]


class HerplanningToegepast(HerplanningDetail):
    """A proposal that was carried out; the named controls wait for release by police and OM (PLN-01)."""

    wacht_op_vrijgave: list[UUID]


class Herplanbesluit(ApiInput):
    """A decision with its reason (ROL-08)."""

    toelichting: Toelichting = ""


class AanleidingRead(ApiOutput):
    """Something that waits for replanning, in the form in which it is asked.

    Attributes:
        gebeurtenis: What to put in a question.
        voor: Day before which it should be planned, if there is one.
        tekst: What it is, in Dutch.
    """

    gebeurtenis: Gebeurtenis
    voor: date | None
    tekst: str


BLIJFT = "blijft"
"""A visit on a touched shift that keeps its time."""
