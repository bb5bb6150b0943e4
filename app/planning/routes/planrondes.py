"""Planning rounds over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.core.http.crs import SentCrs
from app.core.http.paging import Page, Pagina, page_of
from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Work
from app.planning.schemas.planrondes import (
    Besluit,
    PlanrondeCreate,
    PlanrondeDetail,
    PlanrondeRead,
    Vrijgavebesluit,
)
from app.planning.service import besluiten
from app.planning.service import planrondes as service
from app.planning.status import Planrondestatus
from app.planning.tables import Planronde

router = APIRouter(prefix="/planrondes", tags=["planning"])


@router.get(
    "",
    operation_id="planrondes_lijst",
    summary="Planrondes",
    description="Op eerste datum.",
)
def planrondes_lijst(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    status: Annotated[Planrondestatus | None, Query(description="Alleen planrondes in deze toestand.")] = None,
) -> Pagina[PlanrondeRead]:
    """Rounds by first date."""
    rows = service.list_rounds(uow, page, status)
    return page_of(rows, page, service.read_round, lambda row: (row.van.isoformat(), row.id), request, response)


@router.post(
    "",
    operation_id="planrondes_toevoegen",
    status_code=202,
    summary="Planronde starten",
    description="De berekening loopt op de achtergrond; haal de planronde op om de voortgang te zien.",
)
def planrondes_toevoegen(uow: Work, data: PlanrondeCreate, response: Response, sent: SentCrs) -> PlanrondeRead:
    """Starts a round."""
    ronde = service.start_round(uow, data, sent)
    response.headers["Location"] = f"/v1/planrondes/{ronde.id}"
    set_etag(response, ronde.versie)
    return service.read_round(ronde)


@router.get(
    "/{ronde_id}",
    operation_id="planrondes_lezen",
    summary="Een planronde met voortgang, uitkomst en stappen",
)
def planrondes_lezen(uow: Work, ronde_id: UUID, response: Response) -> PlanrondeDetail:
    """One round."""
    ronde = service.require_round(uow, ronde_id)
    set_etag(response, ronde.versie)
    return service.read_detail(uow, ronde)


@router.post(
    "/{ronde_id}/_vaststellen",
    operation_id="planrondes_vaststellen",
    summary="Voorstel vaststellen",
    description="Alleen een voorstel kan worden vastgesteld. Stuur in If-Match de versie mee die u hebt gezien.",
)
def planrondes_vaststellen(
    uow: Work, ronde_id: UUID, data: Besluit, response: Response, if_match: IfMatch = None
) -> PlanrondeRead:
    """Confirms a proposal."""
    return _answer(besluiten.confirm_round(uow, ronde_id, if_match, data), response)


@router.post(
    "/{ronde_id}/_vrijgeven",
    operation_id="planrondes_vrijgeven",
    summary="Vastgestelde planronde vrijgeven",
    description=(
        "Maakt de controles en acties van de planronde, of met `totEnMet` alleen die tot en met een dag. Wat is afgestemd gaat uit; "
        "de rest blijft gepland staan en kan later nog eens worden vrijgegeven."
    ),
)
def planrondes_vrijgeven(
    uow: Work, ronde_id: UUID, data: Vrijgavebesluit, response: Response, if_match: IfMatch = None
) -> PlanrondeRead:
    """Releases a confirmed round."""
    return _answer(besluiten.release_round(uow, ronde_id, if_match, data), response)


def _answer(ronde: Planronde, response: Response) -> PlanrondeRead:
    set_etag(response, ronde.versie)
    return service.read_round(ronde)
