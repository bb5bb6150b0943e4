"""/herkansingen: where nobody came in, and when to try again (PLN-15)."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.controles.schemas.herkansingen import HerkansingRead
from app.controles.service import herkansingen
from app.core.http.schemas import Gemeentecode
from app.core.http.work import Work

router = APIRouter(prefix="/herkansingen", tags=["controles"])


@router.get(
    "",
    operation_id="herkansingen_lijst",
    summary="Pogingen die wachten op een herkansing",
    description="Waar niemand binnenkwam en nog geen nieuw bezoek staat, met de dagdelen om het opnieuw te proberen.",
)
def herkansingen_lijst(
    uow: Work,
    gemeentecode: Annotated[Gemeentecode | None, Query(description="Leeg: uw eigen gemeente.")] = None,
) -> list[HerkansingRead]:
    """Attempts that wait."""
    return [HerkansingRead.model_validate(one) for one in herkansingen.list_retries(uow, gemeentecode)]
