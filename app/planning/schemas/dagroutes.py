"""API shapes of day routes. Where a team stands is used for one answer and kept nowhere."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.controles.status import Controlestatus
from app.core.http.schemas import ApiInput, ApiOutput, Datum
from app.objecten.schemas.velden import PuntInput
from app.objecten.status import Objecttype

MEESTE_STOPS = 40
LANGSTE_LIJST = 12
"""Stops of which every order can be weighed while a tablet waits."""
Dagminuut = Annotated[
    int, Field(ge=0, le=2 * 24 * 60, description="Minuten na middernacht van de datum; boven 1440 is na middernacht.")
]
Teamkeuze = Annotated[UUID | None, Field(description="Leeg is uw eigen team.")]


class DagstopRead(ApiOutput):
    """A stop of a day route."""

    controle_id: UUID | None = Field(description="Leeg bij een voorgesteld bezoek dat nog niet op de route staat.")
    object_id: UUID
    type: Objecttype
    naam: str
    adres: str
    status: Controlestatus | None
    reden: str | None = Field(description="Welke norm of termijn om een voorgesteld bezoek vraagt.")
    reistijd: int | None = Field(description="Minuten reizen vanaf het punt ervoor.")
    aanvang: int | None = Field(description="Verwachte aankomst of opening, in minuten na middernacht.")
    einde: int | None
    open_van_tot: list[list[int]] | None = Field(
        description="Wanneer het op die dag open is, in minuten na middernacht; leeg is onbekend."
    )
    waarschuwing: str | None


class DagrouteRead(ApiOutput):
    """The route of a team on a day."""

    datum: date
    team_id: UUID
    dienst_van: int | None
    dienst_tot: int | None
    reistijd: int = Field(description="Minuten reizen tussen alle stops.")
    stops: list[DagstopRead]


class PastNietRead(ApiOutput):
    """A stop that does not fit, and why."""

    controle_id: UUID
    object_id: UUID
    naam: str
    reden: str


class DagvoorstelRead(DagrouteRead):
    """A proposed order; nothing is stored before it is taken over."""

    past_niet: list[PastNietRead]


class Herordenen(ApiInput):
    """How reality differs."""

    datum: Datum
    team_id: Teamkeuze = None
    hier: PuntInput | None = Field(
        default=None, description="Waar u staat: lengte- en breedtegraad, of RD. Wordt niet bewaard. Leeg: onbekend."
    )
    nu: Dagminuut | None = Field(default=None, description="Vanaf welke minuut; leeg is nu.")
    overslaan: Annotated[list[UUID], Field(max_length=MEESTE_STOPS)] = Field(
        default=[], description="Controles of objecten die u vandaag niet doet."
    )
    toevoegen: Annotated[int, Field(ge=0, le=5)] = Field(
        default=0, description="Zoveel adressen in de buurt erbij die aan de beurt zijn."
    )


class Samenstellen(ApiInput):
    """A day list to be made."""

    datum: Datum
    team_id: Teamkeuze = None
    aantal: Annotated[int, Field(ge=1, le=LANGSTE_LIJST)] = Field(
        default=8, description="Stops, wat er al staat meegeteld."
    )
    hier: PuntInput | None = Field(default=None, description="Waar de dienst begint. Wordt niet bewaard.")
    van: Dagminuut | None = Field(default=None, description="Begin van de dienst; leeg is volgens het rooster.")
    tot: Dagminuut | None = Field(default=None, description="Einde van de dienst; leeg is volgens het rooster.")


class Overnamestop(ApiInput):
    """One stop of the order that is taken over: a control of the route, or an object that is added to it."""

    controle_id: UUID | None = None
    object_id: UUID | None = None
    aanvang: Dagminuut


class Overnemen(ApiInput):
    """The order that is taken over."""

    datum: Datum
    team_id: Teamkeuze = None
    stops: Annotated[list[Overnamestop], Field(min_length=1, max_length=MEESTE_STOPS)]
