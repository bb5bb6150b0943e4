"""What a round proposes, over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.schemas import Datum
from app.core.http.versions import set_etag
from app.core.http.work import Work
from app.planning.schemas.planregels import PlanactieRead, PlanregelRead, PlanrestRead
from app.planning.service import planregels as service

router = APIRouter(tags=["planning"])


@router.get(
    "/planrondes/{ronde_id}/planregels",
    operation_id="planregels_lijst",
    summary="Voorgestelde bezoeken met hun redenen",
    description="Op datum, team en volgorde.",
)
def planregels_lijst(
    uow: Work,
    ronde_id: UUID,
    page: Page,
    request: Request,
    response: Response,
    datum: Annotated[Datum | None, Query(description="Alleen deze datum.")] = None,
) -> Pagina[PlanregelRead]:
    """Proposed visits."""
    rows = service.list_rules(uow, ronde_id, page, datum)
    return page_of(rows, page, lambda row: row, service.sort_key, request, response)


@router.get(
    "/planrondes/{ronde_id}/planresten",
    operation_id="planresten_lijst",
    summary="Wat niet in het plan staat, en waarom",
)
def planresten_lijst(
    uow: Work, ronde_id: UUID, page: Page, request: Request, response: Response
) -> Pagina[PlanrestRead]:
    """What did not fit."""
    rows = service.list_leftovers(uow, ronde_id, page)
    return page_of(rows, page, lambda row: row, lambda row: ("", row.id), request, response)


@router.get(
    "/planrondes/{ronde_id}/planacties",
    operation_id="planacties_lijst",
    summary="Voorgestelde integrale acties",
    description="Op datum, met het aantal adressen. Een planronde heeft er hoogstens enkele tientallen.",
)
def planacties_lijst(uow: Work, ronde_id: UUID) -> Pagina[PlanactieRead]:
    """Proposed acties."""
    return Pagina[PlanactieRead](resultaten=service.list_acties(uow, ronde_id), volgende=None)


@router.get("/planregels/{regel_id}", operation_id="planregels_lezen", summary="Een voorgesteld bezoek")
def planregels_lezen(uow: Work, regel_id: UUID, response: Response) -> PlanregelRead:
    """One proposed visit."""
    found = service.get_rule(uow, regel_id)
    set_etag(response, found.versie)
    return found


@router.get("/planacties/{actie_id}", operation_id="planacties_lezen", summary="Een voorgestelde integrale actie")
def planacties_lezen(uow: Work, actie_id: UUID, response: Response) -> PlanactieRead:
    """One proposed actie."""
    found = service.get_actie(uow, actie_id)
    set_etag(response, found.versie)
    return found
