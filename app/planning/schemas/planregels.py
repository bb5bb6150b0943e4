"""API shapes of what a round proposes: visits with their reasons, acties, and what did not fit.

A reason names a norm, dates and published terms; never a signal, a score or an answer (PLN-10, design section 1).
"""

from datetime import date
from uuid import UUID

from pydantic import Field

from app.core.http.schemas import ApiOutput
from app.objecten.status import Objecttype


class Datumbereik(ApiOutput):
    """Dates, both ends included."""

    eerste: date
    laatste: date


class TermRead(ApiOutput):
    """A published term of the priority, with the version of its rule."""

    code: str
    omschrijving: str
    punten: int
    versie: int
    geldig_vanaf: date


class Verzet(ApiOutput):
    """Where a visit stood in another round that was confirmed and not released, and why it goes elsewhere."""

    planregel_id: UUID
    planronde_id: UUID
    planronde: str = Field(description="Naam van die planronde.")
    datum: date
    team_id: UUID
    aanvang: int
    waarom: str


class Redenen(ApiOutput):
    """Why a visit is in the plan.

    Attributes:
        norm: The norm or term that asks for it, in Dutch.
        toegestaan: Dates that the norm allows.
        geloot: The window drawn by lot, if one was.
        termen: Terms of the priority.
        prioriteit: Their sum.
        tussentijd: Days to any other visit of the object.
        vast: A planner fixed it before the run.
        verzet: Where it stood before, for a visit that this round takes over from another.
    """

    norm: str
    toegestaan: Datumbereik
    geloot: Datumbereik | None
    termen: list[TermRead]
    prioriteit: int
    tussentijd: int
    vast: bool
    verzet: Verzet | None = Field(
        default=None,
        description="Het bezoek stond al in een andere vastgestelde planronde; bij vrijgeven vervalt die plek.",
    )


class ObjectKort(ApiOutput):
    """Name and address of an object."""

    id: UUID
    type: Objecttype
    naam: str
    adres: str


class PlanregelRead(ApiOutput):
    """A proposed visit."""

    id: UUID
    planronde_id: UUID
    object: ObjectKort
    team_id: UUID
    actie_id: UUID | None
    datum: date
    aanvang: int
    duur: int
    reistijd: int
    volgorde: int
    normsleutel: str | None
    verplicht: bool
    aanleiding: str
    redenen: Redenen
    vast: bool
    waarschuwingen: list[str] = Field(default_factory=list, description="Houden niets tegen.")
    versie: int


class PlanrestRead(ApiOutput):
    """An object whose visit is not in the plan, and why."""

    id: UUID
    object: ObjectKort
    normsleutel: str | None
    verplicht: bool
    reden: str
    door_planner: bool = Field(description="Een planner heeft dit bezoek geschrapt; 'vul aan' zet het niet terug.")
    redenen: Redenen | None = Field(
        default=None, description="Norm, datums en termen van de voorrang; leeg waar geen bezoek is berekend."
    )


class PlanactieRead(ApiOutput):
    """A proposed integral action."""

    id: UUID
    datum: date
    gebied: str | None
    partner_ids: list[UUID]
    adressen: int
    vast: bool
    versie: int
