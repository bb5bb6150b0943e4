"""/bevindingen/{id}/_afsluiten: a shortcoming that a re-check answered (PLN-12)."""

from uuid import UUID

from fastapi import APIRouter

from app.bevindingen.schemas.bevindingen import BevindingRead
from app.core.http.work import Work
from app.rapportage.service.hercontrole import close_shortcoming

router = APIRouter(tags=["bevindingen"])


@router.post(
    "/bevindingen/{bevinding_id}/_afsluiten",
    operation_id="bevindingen_afsluiten",
    summary="Sluit een tekortkoming af",
    description="Kan alleen met een hersteltermijn en na een hercontrole: hersteld, of opnieuw vastgesteld en daar verder gevolgd.",
)
def bevindingen_afsluiten(uow: Work, bevinding_id: UUID) -> BevindingRead:
    """Closes a shortcoming."""
    return close_shortcoming(uow, bevinding_id)
