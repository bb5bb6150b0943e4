"""Capacity over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.schemas import Datum
from app.core.http.work import Work
from app.planning.repository.beschikbaarheden import Beschikbaarheidfilter
from app.planning.schemas.beschikbaarheden import (
    BeschikbaarhedenCreate,
    BeschikbaarhedenResultaat,
    BeschikbaarheidRead,
)
from app.planning.service import beschikbaarheden as service

router = APIRouter(prefix="/beschikbaarheden", tags=["planning"])


@router.get(
    "",
    operation_id="beschikbaarheden_lijst",
    summary="Diensten van teams en dagen van partners",
    description="Op datum. Een dienst die na middernacht eindigt heeft een 'tot' boven 1440.",
)
def beschikbaarheden_lijst(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    van: Annotated[Datum | None, Query(description="Eerste datum.")] = None,
    tot: Annotated[Datum | None, Query(description="Laatste datum.")] = None,
    team_id: Annotated[UUID | None, Query(alias="teamId", description="Alleen dit team.")] = None,
    partner_id: Annotated[UUID | None, Query(alias="partnerId", description="Alleen deze partner.")] = None,
) -> Pagina[BeschikbaarheidRead]:
    """Capacity by date."""
    rows = service.list_beschikbaarheden(uow, Beschikbaarheidfilter(van, tot, team_id, partner_id), page)
    return page_of(
        rows, page, BeschikbaarheidRead.model_validate, lambda row: (row.datum.isoformat(), row.id), request, response
    )


@router.post(
    "",
    operation_id="beschikbaarheden_toevoegen",
    status_code=201,
    summary="Diensten en partnerdagen toevoegen",
    description="Hoogstens 2.000 regels in een keer: alles wordt opgeslagen, of niets. Overlap wordt geweigerd, met alle fouten tegelijk.",
)
def beschikbaarheden_toevoegen(
    uow: Work, data: BeschikbaarhedenCreate, response: Response
) -> BeschikbaarhedenResultaat:
    """Adds capacity."""
    added, standing = service.add_beschikbaarheden(uow, data)
    response.headers["Location"] = "/v1/beschikbaarheden"
    return BeschikbaarhedenResultaat(toegevoegd=added, al_aanwezig=standing)
