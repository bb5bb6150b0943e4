"""Routes of reports."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.core.audit import audit_page
from app.core.http.paging import Page, Pagina, page_of
from app.core.http.schemas import Gemeentecode
from app.core.http.work import Work
from app.rapportage.schemas import AuditregelRead, SectorenRead
from app.rapportage.service import sectors_of_year

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


@router.get("/auditregels", operation_id="auditregels_lijst", summary="Wie deed of las wat")
def auditregels_lijst(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    object_id: Annotated[UUID | None, Query(alias="objectId", description="Alleen over dit gegeven.")] = None,
) -> Pagina[AuditregelRead]:
    """The audit rows of the own municipality, newest first."""
    rows = audit_page(uow, page, object_id)
    return page_of(
        rows, page, AuditregelRead.model_validate, lambda row: (row.tijdstip.isoformat(), row.id), request, response
    )
