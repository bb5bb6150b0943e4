"""/bevindingen/{id}/interventies: what fits a finding (INS-11)."""

from uuid import UUID

from fastapi import APIRouter

from app.core.http.work import Work
from app.maatregelen.schemas.interventies import InterventieRead
from app.maatregelen.service.interventies import interventions_for

router = APIRouter(tags=["maatregelen"])


@router.get(
    "/bevindingen/{bevinding_id}/interventies",
    operation_id="interventies_lijst",
    summary="Maatregelen die bij een bevinding passen",
    description="Een voorstel uit de lijst 'interventies', lichtste eerst: grondslag, orgaan, voorwaarden, stappen en of afstemming "
    "met het OM nodig is. U kiest zelf.",
)
def interventies_lijst(uow: Work, bevinding_id: UUID) -> list[InterventieRead]:
    """Proposals."""
    return interventions_for(uow, bevinding_id)
