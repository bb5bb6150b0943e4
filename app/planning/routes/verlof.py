"""/verlofperioden: leave of teams and function accounts, without a reason."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.schemas import Datum
from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Work
from app.planning.schemas.verlof import VerlofCreate, VerlofRead
from app.planning.service import verlof as service

router = APIRouter(prefix="/verlofperioden", tags=["planning"])


@router.get(
    "",
    operation_id="verlofperioden_lijst",
    summary="Verlof van teams en functieaccounts",
    description="Op eerste dag. Waarom iemand er niet is, staat nergens.",
)
def verlofperioden_lijst(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    van: Annotated[Datum | None, Query(description="Alleen wat na deze dag nog loopt.")] = None,
    tot: Annotated[Datum | None, Query(description="Alleen wat op deze dag al loopt.")] = None,
) -> Pagina[VerlofRead]:
    """Leave by first day."""
    rows = service.list_leave(uow, page, van, tot)
    return page_of(rows, page, VerlofRead.model_validate, lambda row: (row.van.isoformat(), row.id), request, response)


@router.post(
    "",
    operation_id="verlofperioden_toevoegen",
    status_code=201,
    summary="Leg verlof vast",
    description="Van een heel team of van een lid ervan. De planner rekent dan niet op hen; al geplande controles blijven staan.",
)
def verlofperioden_toevoegen(uow: Work, data: VerlofCreate, response: Response) -> VerlofRead:
    """Stores leave."""
    row, new = service.add_leave(uow, data)
    response.status_code = 201 if new else 200
    response.headers["Location"] = "/v1/verlofperioden"
    set_etag(response, row.versie)
    return VerlofRead.model_validate(row)


@router.delete(
    "/{verlof_id}",
    operation_id="verlofperioden_verwijderen",
    status_code=204,
    summary="Trek verlof in",
    description="De planner rekent dan weer op het team of het lid.",
)
def verlofperioden_verwijderen(uow: Work, verlof_id: UUID, if_match: IfMatch = None) -> None:
    """Takes leave back."""
    service.remove_leave(uow, verlof_id, if_match)
