"""/toezichtplannen: continuous supervision with or without a number (CAD-18)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.schemas import Datum
from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Work
from app.planning.schemas.toezichtplannen import ToezichtplanCreate, ToezichtplanPatch, ToezichtplanRead
from app.planning.service import toezichtplannen as service

router = APIRouter(prefix="/toezichtplannen", tags=["planning"])


@router.get(
    "",
    operation_id="toezichtplannen_lijst",
    summary="Doorlopend toezicht",
    description="Op naam, met wat er dit jaar is gedaan. Zonder vast aantal is er geen norm en dus ook geen achterstand.",
)
def toezichtplannen_lijst(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    peildatum: Annotated[Datum | None, Query(description="Leeg is vandaag.")] = None,
) -> Pagina[ToezichtplanRead]:
    """Plans of continuous supervision."""
    rows = service.list_plans(uow, page, peildatum)
    return page_of(rows, page, lambda row: row, lambda row: (row.naam, row.id), request, response)


@router.get(
    "/{plan_id}",
    operation_id="toezichtplannen_lezen",
    summary="Een toezichtplan",
    description="Met wat er dit jaar is gedaan.",
)
def toezichtplannen_lezen(uow: Work, plan_id: UUID, response: Response) -> ToezichtplanRead:
    """One plan."""
    return _answer(service.get_plan(uow, plan_id), response)


@router.post(
    "",
    operation_id="toezichtplannen_toevoegen",
    status_code=201,
    summary="Leg doorlopend toezicht vast",
    description="Met of zonder aantal per jaar. Woningen tellen nooit mee: een woningcontrole is een gewone controle.",
)
def toezichtplannen_toevoegen(uow: Work, data: ToezichtplanCreate, response: Response) -> ToezichtplanRead:
    """Stores a plan."""
    plan, new = service.add_plan(uow, data)
    response.status_code = 201 if new else 200
    response.headers["Location"] = f"/v1/toezichtplannen/{plan.id}"
    return _answer(plan, response)


@router.patch(
    "/{plan_id}",
    operation_id="toezichtplannen_wijzigen",
    summary="Verleng of beëindig doorlopend toezicht",
    description="Zet de laatste dag; leeg is tot nader order. Een ander aantal is een nieuw plan.",
)
def toezichtplannen_wijzigen(
    uow: Work, plan_id: UUID, data: ToezichtplanPatch, response: Response, if_match: IfMatch = None
) -> ToezichtplanRead:
    """Changes a plan."""
    return _answer(service.change_plan(uow, plan_id, if_match, data), response)


def _answer(plan: ToezichtplanRead, response: Response) -> ToezichtplanRead:
    set_etag(response, plan.versie)
    return plan
