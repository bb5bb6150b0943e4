"""The list of compliance findings at an object."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.bevindingen.schemas.bevindingen import BevindingRead, Hersteltermijn
from app.bevindingen.service import bevindingen as service
from app.core.http.paging import Page, Pagina, page_of
from app.core.http.work import Work

router = APIRouter(prefix="/bevindingen", tags=["bevindingen"])


@router.get(
    "",
    operation_id="bevindingen_lijst",
    summary="Bevindingen over naleving bij een object",
    description="Nieuwste eerst. Alleen bevindingen over naleving; een bevinding waarvan het antwoord later is hersteld, heeft een tijdstip in `gecorrigeerdOp`.",
)
def bevindingen_lijst(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    object_id: Annotated[UUID, Query(alias="objectId", description="Kenmerk van het object.")],
) -> Pagina[BevindingRead]:
    """Compliance only, whoever asks (DAT-13)."""
    found = service.list_findings(uow, object_id, page)
    return page_of(
        found,
        page,
        BevindingRead.model_validate,
        lambda row: (row.vastgesteld_op.isoformat(), row.id),
        request,
        response,
    )


@router.post(
    "/{bevinding_id}/_termijn",
    operation_id="bevindingen_termijn",
    summary="Geef een bevinding een hersteltermijn",
    description="Alleen als de normen er geen gaven. Na de termijn vraagt de dienst een hercontrole.",
)
def bevindingen_termijn(uow: Work, bevinding_id: UUID, data: Hersteltermijn) -> BevindingRead:
    """Sets a term where there is none (PLN-12)."""
    return BevindingRead.model_validate(service.set_term(uow, bevinding_id, data.hersteltermijn))
