"""/exploitantgesprekken and /rondes: recorded in the field, never a control (PLN-20, CAD-16)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.controles.schemas.contacten import ExploitantgesprekCreate, ExploitantgesprekRead, RondeCreate, RondeRead
from app.controles.service import contacten
from app.core.http.paging import Page, Pagina, page_of
from app.core.http.work import Work

router = APIRouter(tags=["controles"])


@router.get(
    "/exploitantgesprekken",
    operation_id="exploitantgesprekken_lijst",
    summary="Gesprekken met exploitanten",
    description="Datum en onderwerp; nieuwste eerst. Een gesprek is geen controle.",
)
def exploitantgesprekken_lijst(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    objectId: Annotated[UUID | None, Query(description="Alleen van dit object.")] = None,  # noqa: N803 - query keys are camelCase
) -> Pagina[ExploitantgesprekRead]:
    """Talks, newest first."""
    rows = contacten.list_talks(uow, page, objectId)
    return page_of(
        rows, page, ExploitantgesprekRead.model_validate, lambda row: (row.datum.isoformat(), row.id), request, response
    )


@router.post(
    "/exploitantgesprekken",
    operation_id="exploitantgesprekken_toevoegen",
    status_code=201,
    summary="Leg een gesprek met een exploitant vast",
    description="Alleen datum en onderwerp; telt voor geen enkele norm mee.",
)
def exploitantgesprekken_toevoegen(
    uow: Work, data: ExploitantgesprekCreate, response: Response
) -> ExploitantgesprekRead:
    """Stores a talk."""
    row, new = contacten.add_talk(uow, data)
    response.status_code = 201 if new else 200
    response.headers["Location"] = "/v1/exploitantgesprekken"
    return ExploitantgesprekRead.model_validate(row)


@router.get(
    "/rondes",
    operation_id="rondes_lijst",
    summary="Rondes",
    description="Rondes door de raamstraten; nieuwste eerst. Een ronde is geen controle.",
)
def rondes_lijst(uow: Work, page: Page, request: Request, response: Response) -> Pagina[RondeRead]:
    """Rounds, newest first."""
    rows = contacten.list_rounds(uow, page)
    return page_of(rows, page, RondeRead.model_validate, lambda row: (row.van.isoformat(), row.id), request, response)


@router.post(
    "/rondes",
    operation_id="rondes_toevoegen",
    status_code=201,
    summary="Leg een ronde vast",
    description="Gebied, tijd en het aantal ramen in gebruik; nooit wie. Nog eens sturen is veilig.",
)
def rondes_toevoegen(uow: Work, data: RondeCreate, response: Response) -> RondeRead:
    """Stores a round."""
    row, new = contacten.add_round(uow, data)
    response.status_code = 201 if new else 200
    response.headers["Location"] = "/v1/rondes"
    return RondeRead.model_validate(row)
