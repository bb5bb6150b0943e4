"""What a planner does with a whole round beside confirming and releasing it, over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.core.http.crs import SentCrs
from app.core.http.paging import Page, Pagina, page_of, page_up_to
from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Work
from app.planning.schemas.planrondes import Besluit, Intrekking, LotingRead, PlanrondeRead
from app.planning.schemas.vergelijking import KandidaatRead, Kandidatenvraag, Vergelijking
from app.planning.service import kandidaten, stappen, vergelijking
from app.planning.service.planrondes import read_round
from app.planning.tables import Planronde

router = APIRouter(prefix="/planrondes", tags=["planning"])


@router.post(
    "/{ronde_id}/_aanvullen",
    operation_id="planrondes_aanvullen",
    status_code=202,
    summary="Vul aan: de rest opnieuw plannen om wat vaststaat heen",
    description="Op dezelfde planronde, op de achtergrond. Wat vaststaat houdt plaats en tijd, wat geschrapt is blijft eruit. Het eerdere voorstel "
    "staat er tot het nieuwe klaar is, en blijft als het niet lukt.",
)
def planrondes_aanvullen(
    uow: Work, ronde_id: UUID, data: Besluit, response: Response, if_match: IfMatch = None
) -> PlanrondeRead:
    """Completes a proposal."""
    return _answer(stappen.complete_round(uow, ronde_id, if_match, data), response)


@router.post(
    "/{ronde_id}/_vervallen",
    operation_id="planrondes_vervallen",
    summary="Planronde intrekken",
    description="Tot het vrijgeven. Een berekening die loopt stopt. De planronde blijft leesbaar, met haar stappen.",
)
def planrondes_vervallen(
    uow: Work, ronde_id: UUID, data: Intrekking, response: Response, if_match: IfMatch = None
) -> PlanrondeRead:
    """Withdraws a round."""
    return _answer(stappen.withdraw_round(uow, ronde_id, if_match, data), response)


@router.get(
    "/{ronde_id}/loting",
    operation_id="planrondes_loting",
    summary="De loting van een planronde",
    description="Pas na de laatste dag van de planronde. Wie haar opvraagt staat in het logboek.",
)
def planrondes_loting(uow: Work, ronde_id: UUID) -> LotingRead:
    """What chance did in a round."""
    return stappen.draw_of(uow, ronde_id)


@router.get(
    "/{ronde_id}/vergelijking",
    operation_id="planrondes_vergelijken",
    summary="Twee planrondes naast elkaar",
    description="Beide in cijfers, en de bezoeken die alleen in een van beide staan of verplaatst zijn, op datum.",
)
def planrondes_vergelijken(
    uow: Work,
    ronde_id: UUID,
    page: Page,
    request: Request,
    response: Response,
    met: Annotated[UUID, Query(description="De andere planronde.")],
) -> Vergelijking:
    """Two rounds beside each other."""
    here, there, rows = vergelijking.compare_rounds(uow, ronde_id, met, page)
    shown = page_of(rows, page, lambda row: row, vergelijking.sort_key, request, response)
    return Vergelijking(resultaten=shown.resultaten, volgende=shown.volgende, hier=here, daar=there)


@router.post(
    "/{ronde_id}/_kandidaten",
    operation_id="planrondes_kandidaten",
    summary="Objecten die in een planronde kunnen, op uiterste datum",
    description="In een getekend gebied of in wijken en buurten. Met wat de norm of termijn vraagt, de termen van de prioriteit, en hoe het in het "
    "voorstel staat.",
)
def planrondes_kandidaten(
    uow: Work, ronde_id: UUID, data: Kandidatenvraag, page: Page, request: Request, response: Response, sent: SentCrs
) -> Pagina[KandidaatRead]:
    """What a round could visit."""
    rows, keys = kandidaten.list_candidates(uow, ronde_id, data, sent, page)
    following = keys[page.limit - 1] if len(rows) > page.limit else None
    return page_up_to(rows[: page.limit], following, request, response)


def _answer(ronde: Planronde, response: Response) -> PlanrondeRead:
    set_etag(response, ronde.versie)
    return read_round(ronde)
