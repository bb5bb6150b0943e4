"""/auditregels: who did or read what."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.core.audit import audit_page
from app.core.http.paging import Page, Pagina, page_of
from app.core.http.work import Work
from app.rapportage.schemas.auditregels import AuditregelRead

router = APIRouter(tags=["rapportages"])


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
