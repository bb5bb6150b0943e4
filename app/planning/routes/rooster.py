"""What the roster lacks: warnings at shifts and controls, and controls that no shift holds any more."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from app.core.errors import Fout, InvalidInput
from app.core.http.openapi import SETTINGS_MISSING
from app.core.http.schemas import Datum
from app.core.http.work import Work
from app.planning.schemas.beschikbaarheden import ControleZonderDienst, DienstwaarschuwingRead
from app.planning.service import diensten, waarschuwingen

router = APIRouter(tags=["planning"])
LANGSTE_DAGEN = 100


def read_period(
    van: Annotated[Datum, Query(description="Eerste dag.")],
    tot: Annotated[Datum, Query(description="Laatste dag; hoogstens 100 dagen na de eerste.")],
) -> tuple[Datum, Datum]:
    """Reads the asked days.

    Raises:
        InvalidInput: no period, or too long.
    """
    if not 0 <= (tot - van).days <= LANGSTE_DAGEN:
        fault = Fout("tot", "ligt voor de eerste dag, of meer dan 100 dagen erna")
        raise InvalidInput("Er is 1 fout gevonden; zie 'fouten'.", [fault])
    return van, tot


Periode = Annotated[tuple[Datum, Datum], Depends(read_period)]
Team = Annotated[UUID | None, Query(alias="teamId", description="Alleen dit team.")]


@router.get(
    "/dienstwaarschuwingen",
    operation_id="dienstwaarschuwingen_lijst",
    responses=SETTINGS_MISSING,
    summary="Diensten met een waarschuwing",
    description="Te weinig toezichthouders door verlof of rusttijd, geen trekker, of een trekker zonder geldige opleiding.",
)
def dienstwaarschuwingen_lijst(uow: Work, period: Periode, team_id: Team = None) -> list[DienstwaarschuwingRead]:
    """Shifts that are warned for something."""
    return waarschuwingen.list_warnings(uow, uow.caller.gemeentecode, *period, team_id)


@router.get(
    "/controles-zonder-dienst",
    operation_id="controles_zonder_dienst_lijst",
    responses=SETTINGS_MISSING,
    summary="Controles zonder dienst",
    description="Geplande en vrijgegeven controles waarvoor het team op dat moment geen bezette dienst heeft.",
)
def controles_zonder_dienst_lijst(uow: Work, period: Periode, team_id: Team = None) -> list[ControleZonderDienst]:
    """Controls that no shift holds."""
    teams = None if team_id is None else {team_id}
    return diensten.homeless_controls(uow, uow.caller.gemeentecode, *period, teams)


@router.get(
    "/controles/{controle_id}/waarschuwingen",
    operation_id="controlewaarschuwingen_lijst",
    responses=SETTINGS_MISSING,
    summary="Waarschuwingen bij een controle",
    description="Over de dienst van de controle: bezetting, trekker en vakkennis. Een waarschuwing houdt niets tegen.",
)
def controlewaarschuwingen_lijst(uow: Work, controle_id: UUID) -> list[str]:
    """What a control is warned for."""
    return waarschuwingen.control_warnings(uow, controle_id)
