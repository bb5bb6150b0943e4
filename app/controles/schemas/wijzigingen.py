"""Shapes of what goes back to a tablet: which controls changed, and which questions its own account answered."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, WithJsonSchema

from app.controles.status import Controlestatus
from app.core.http.schemas import ApiOutput

Waarde = Annotated[Any, WithJsonSchema({"description": "Het antwoord dat telt."})]


class AntwoordWijziging(ApiOutput):
    """A compliance answer as it counts now, and from where."""

    item: str
    waarde: Waarde
    apparaat_id: str
    volgnummer: int
    verschilt: bool = Field(description="Een andere tablet gaf een ander antwoord; de teamleider kiest.")


class ControleWijziging(ApiOutput):
    """A control as it stands now; nothing confidential, and nothing that tells of it."""

    controle_id: UUID
    object_id: UUID
    team_id: UUID | None
    status: Controlestatus
    versie: int
    datum: date
    aanvang: int | None
    duur: int
    volgorde: int
    gestart_op: datetime | None
    afgerond_op: datetime | None
    antwoorden: list[AntwoordWijziging]


class WijzigingenRead(ApiOutput):
    """What changed since the cursor."""

    cursor: str = Field(description="Stuur deze de volgende keer mee als 'vanaf'.")
    controles: list[ControleWijziging]
    niet_meer: list[UUID] = Field(description="Controles die niet meer bij uw werk van deze dagen horen.")


class AntwoordstandRead(ApiOutput):
    """The questions that the caller's account answered at a control that runs; never the answers."""

    controle_id: UUID
    codes: list[str]
