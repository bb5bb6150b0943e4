"""/rapportages/eerlijkheid: the yearly fairness audit; counts only."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.core.http.schemas import Gemeentecode
from app.core.http.work import Work
from app.rapportage.schemas.eerlijkheid import EerlijkheidRead
from app.rapportage.service.eerlijkheid import fairness_of_year

router = APIRouter(tags=["rapportages"])


@router.get(
    "/rapportages/eerlijkheid",
    operation_id="rapportages_eerlijkheid",
    summary="Toets op eerlijke verdeling van een afgesloten jaar",
    description=(
        "Bezoeken en treffers van loting tegenover voorrang, per gebied en per sector, en de avonden en weekenddagen per team. Steeds "
        "aantallen met hun basis; kleine aantallen staan er niet. De toets rekent buiten de planner om."
    ),
)
def rapportages_eerlijkheid(
    uow: Work,
    jaar: Annotated[int, Query(ge=2001, le=2199, description="Kalenderjaar dat voorbij is.")],
    gemeentecode: Annotated[Gemeentecode | None, Query(description="Zonder code uw eigen gemeente.")] = None,
) -> EerlijkheidRead:
    """MON-13: the audit of a closed year."""
    return fairness_of_year(uow, gemeentecode or uow.caller.gemeentecode, jaar)
