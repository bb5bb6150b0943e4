"""/planningswensen: what is wished of the planning of an object (PLN-17)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.schemas import Gemeentecode
from app.core.http.work import Work
from app.objecten.schemas.wensen import PlanningswensCreate, PlanningswensRead, WensoorzaakRead
from app.objecten.service import wensen

router = APIRouter(prefix="/planningswensen", tags=["planningswensen"])


@router.get(
    "",
    operation_id="planningswensen_lijst",
    summary="Wensen voor de planning",
    description="Wat nu geldt, in willekeurige volgorde. Wie een wens zette, waarom en tot wanneer staat er niet bij.",
)
def planningswensen_lijst(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    gemeentecode: Annotated[Gemeentecode | None, Query(description="Alleen deze gemeente.")] = None,
    object_id: Annotated[UUID | None, Query(alias="objectId", description="Alleen dit object.")] = None,
) -> Pagina[PlanningswensRead]:
    """Wishes that hold."""
    rows = wensen.list_wishes(uow, gemeentecode, object_id, page)
    return page_of(rows, page, PlanningswensRead.model_validate, lambda row: ("", row.id), request, response)


@router.post(
    "",
    operation_id="planningswensen_toevoegen",
    status_code=201,
    summary="Zet een wens voor de planning",
    description="'controle-gewenst' of 'niet-plannen-tot'. Anderen zien alleen 'planner'. Een nieuwe wens van u komt in de plaats van "
    "uw vorige.",
)
def planningswensen_toevoegen(uow: Work, data: PlanningswensCreate, response: Response) -> PlanningswensRead:
    """Sets a wish."""
    made = wensen.set_wish(uow, data)
    response.headers["Location"] = f"/v1/planningswensen/{made.id}"
    return made


@router.get(
    "/{wens_id}",
    operation_id="planningswensen_lezen",
    summary="Een wens voor de planning",
    description="Zoals iedereen hem ziet.",
)
def planningswensen_lezen(uow: Work, wens_id: UUID) -> PlanningswensRead:
    """One wish."""
    return wensen.get_wish(uow, wens_id)


@router.post(
    "/{wens_id}/_intrekken",
    operation_id="planningswensen_intrekken",
    status_code=204,
    summary="Trek uw eigen wens in",
    description="Wat een ander wenst blijft staan.",
)
def planningswensen_intrekken(uow: Work, wens_id: UUID) -> None:
    """Withdraws the caller's own wish."""
    wensen.withdraw_wish(uow, wens_id)


@router.get(
    "/{wens_id}/oorzaak",
    operation_id="planningswensen_oorzaak",
    summary="Wie wat wenste en waarom",
    description="Alleen voor de aandachtsfunctionaris en de hoofdplanner; elke inzage wordt vastgelegd.",
)
def planningswensen_oorzaak(uow: Work, wens_id: UUID) -> list[WensoorzaakRead]:
    """The cause, logged."""
    return wensen.read_cause(uow, wens_id)
