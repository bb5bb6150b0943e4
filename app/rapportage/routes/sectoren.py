"""/rapportages/sectoren: figures per sector."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.core.http.schemas import Gemeentecode
from app.core.http.work import Work
from app.rapportage.schemas.sectoren import SectorenRead
from app.rapportage.service.sectoren import sectors_of_year

router = APIRouter(tags=["rapportages"])


@router.get(
    "/rapportages/sectoren",
    operation_id="rapportages_sectoren",
    summary="Controles per sector in een jaar",
    description="Afgeronde controles en gecontroleerde objecten per sector. Woningen hebben geen sector.",
)
def rapportages_sectoren(
    uow: Work,
    jaar: Annotated[int, Query(ge=2000, le=2200, description="Kalenderjaar.")],
    gemeentecode: Annotated[Gemeentecode | None, Query(description="Zonder code uw eigen gemeente.")] = None,
) -> SectorenRead:
    """REG-07: sectors are reported, 'overig' too."""
    return sectors_of_year(uow, gemeentecode or uow.caller.gemeentecode, jaar)
