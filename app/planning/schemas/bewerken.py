"""API shapes of changing a proposal by hand: visits, acties, what a change brings with it, and other places for a visit."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import UUID7, Field

from app.controles.status import Aanleiding
from app.core.http.schemas import ApiInput, ApiOutput, Code, Datum, FoutRead
from app.core.identifiers import new_id
from app.planning.schemas.planregels import PlanactieRead, PlanregelRead
from app.planning.schemas.velden import Aanvang, Reden, Toelichting


class GevolgRead(ApiOutput):
    """A soft consequence of a change: it is allowed, and this is what it costs."""

    code: str
    tekst: str
    minuten: int | None = Field(description="Minuten, als het over reistijd gaat; negatief is minder.")


class PlanregelPatch(ApiInput):
    """Changes of a proposed visit; what is left out stays."""

    vast: bool | None = Field(
        default=None,
        description="Vastgezette bezoeken verplaatsen niet. Wie verplaatst zet vast, tenzij vast false is.",
    )
    datum: Datum | None = None
    team_id: UUID | None = None
    aanvang: Aanvang | None = None
    beste_tijd: bool = Field(
        default=False,
        description="Laat de dienst zelf het moment met de minste reistijd kiezen; dan telt aanvang niet.",
    )
    toelichting: Toelichting = ""


class PlanregelCreate(ApiInput):
    """A visit that a planner adds. What is left out of date, team and time, the service chooses: the least travel."""

    id: UUID7 = Field(default_factory=new_id, description="Door u gemaakt kenmerk; twee keer sturen is dan veilig.")
    object_id: UUID
    normsleutel: Code | None = Field(
        default=None, description="De norm waarvoor dit bezoek telt, als die dit object in deze periode vraagt."
    )
    aanleiding: Aanleiding | None = Field(
        default=None,
        description="Leeg is 'eigen-analyse', of 'woongebruik' bij een woning; met een norm die van de norm.",
    )
    datum: Datum | None = None
    team_id: UUID | None = None
    aanvang: Aanvang | None = None
    actie_id: UUID | None = Field(default=None, description="Voeg het adres toe aan deze integrale actie.")
    vast: bool = True
    toelichting: Toelichting = ""


class Schrapping(ApiInput):
    """Why a visit or an actie is dropped."""

    reden: Reden = Field(description="Staat bij wat niet in het plan zit.")


class PlanregelGewijzigd(PlanregelRead):
    """A proposed visit after a change, with what the change brings with it."""

    gevolgen: list[GevolgRead]


class Geschrapt(ApiOutput):
    """What dropping a visit or actie brings with it."""

    planresten: list[UUID]
    gevolgen: list[GevolgRead]


class PlanactieCreate(ApiInput):
    """An integral action that a planner adds."""

    id: UUID7 = Field(default_factory=new_id, description="Door u gemaakt kenmerk; twee keer sturen is dan veilig.")
    datum: Datum
    object_ids: Annotated[list[UUID], Field(min_length=1, max_length=50)]
    partner_ids: Annotated[list[UUID], Field(min_length=1, max_length=20)]
    vast: bool = True
    toelichting: Toelichting = ""


class PlanactiePatch(ApiInput):
    """Changes of an integral action; what is left out stays."""

    vast: bool | None = Field(default=None, description="Een vastgezette actie verplaatst niet.")
    datum: Datum | None = None
    aanvang: Aanvang | None = Field(default=None, description="Niet eerder beginnen dan deze minuut na middernacht.")
    team_ids: Annotated[list[UUID], Field(max_length=20)] = Field(
        default=[], description="Alleen diensten van deze teams; leeg: liefst het team dat de actie al heeft."
    )
    partner_ids: Annotated[list[UUID], Field(min_length=1, max_length=20)] | None = None
    toelichting: Toelichting = ""


class PlanactieGewijzigd(PlanactieRead):
    """An integral action after a change, with what the change brings with it."""

    gevolgen: list[GevolgRead]


class AlternatiefRead(ApiOutput):
    """Another shift for a visit: what it would cost, or which rules it would break."""

    datum: date
    team_id: UUID
    van: int
    tot: int
    past: bool
    aanvang: int | None
    reistijd_verschil: int | None = Field(description="Minuten reistijd meer in het hele plan; negatief is minder.")
    breekt: list[FoutRead]
    gevolgen: list[GevolgRead]


class Alternatieven(ApiOutput):
    """The best other shifts, the best first."""

    resultaten: list[AlternatiefRead]
