"""/rapportages/controles-per-team: the volume per team (CAD-17)."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.controles.schemas.tellingen import ControlesPerTeamRead
from app.controles.service import tellingen
from app.core.http.schemas import Gemeentecode
from app.core.http.work import Work

router = APIRouter(prefix="/rapportages", tags=["rapportages"])


@router.get(
    "/controles-per-team",
    operation_id="rapportages_controles_per_team",
    summary="Controles per team in een jaar",
    description="Elk team van de gemeente, ook zonder controles. Alleen aantallen.",
)
def rapportages_controles_per_team(
    uow: Work,
    jaar: Annotated[int, Query(ge=2000, le=2200, description="Kalenderjaar.")],
    gemeentecode: Annotated[Gemeentecode | None, Query(description="Zonder code uw eigen gemeente.")] = None,
) -> ControlesPerTeamRead:
    """The figures of a year."""
    return tellingen.count_per_team(uow, gemeentecode or uow.caller.gemeentecode, jaar)
