"""API shapes of moving an integral action that stands on the plan."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.controles.schemas.controles import ActieRead
from app.core.http.schemas import ApiInput, Datum
from app.planning.schemas.bewerken import GevolgRead
from app.planning.schemas.velden import Aanvang, Toelichting


class ActieVerzetten(ApiInput):
    """Where an action goes; what is left out stays, and of team and time the service chooses what fits."""

    datum: Datum
    aanvang: Aanvang | None = Field(default=None, description="Niet eerder beginnen dan deze minuut na middernacht.")
    team_ids: Annotated[list[UUID], Field(max_length=20)] = Field(
        default=[], description="Alleen diensten van deze teams; leeg: liefst het team dat de actie al heeft."
    )
    partner_ids: Annotated[list[UUID], Field(min_length=1, max_length=20)] | None = Field(
        default=None, description="De partners op de nieuwe dag; leeg: dezelfde."
    )
    toelichting: Toelichting = ""


class ActieVerzet(ActieRead):
    """An integral action after its move, with what the move brings with it."""

    gevolgen: list[GevolgRead]
