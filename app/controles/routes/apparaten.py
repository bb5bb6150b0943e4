"""/apparaten: tablets, what waits on them, and the order to wipe one."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.controles.schemas.apparaten import ApparaatMelding, ApparaatOrder, ApparaatRead
from app.controles.service import apparaten as service
from app.core.http.bounds import TOO_OFTEN, Bounded
from app.core.http.paging import Page, Pagina, page_of
from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Work

router = APIRouter(prefix="/apparaten", tags=["apparaten"])


@router.get(
    "",
    operation_id="apparaten_lijst",
    summary="Tablets en wat er nog op staat",
    description="Wie zich het langst niet heeft gemeld eerst. 'aandacht' zegt waarom een tablet aandacht vraagt.",
)
def apparaten_lijst(uow: Work, page: Page, request: Request, response: Response) -> Pagina[ApparaatRead]:
    """Tablets."""
    rows = service.list_apparaten(uow, page)
    hours = service.silent_hours(uow)
    return page_of(
        rows,
        page,
        lambda row: service.show(uow, row, hours),
        lambda row: (row.gezien_op.isoformat(), row.id),
        request,
        response,
    )


@router.get("/{apparaat_id}", operation_id="apparaten_lezen", summary="Een tablet")
def apparaten_lezen(uow: Work, apparaat_id: UUID, response: Response) -> ApparaatRead:
    """One tablet."""
    found = service.get_apparaat(uow, apparaat_id)
    set_etag(response, found.versie)
    return found


@router.put(
    "/{apparaat_id}",
    operation_id="apparaten_melden",
    summary="Meld hoe het met deze tablet staat",
    description="De tablet meldt wat nog niet is verstuurd en hoort wat hij moet doen. Alleen aantallen en tijdstippen, nooit inhoud.",
    responses=TOO_OFTEN,
    dependencies=[Bounded],
)
def apparaten_melden(uow: Work, apparaat_id: UUID, data: ApparaatMelding) -> ApparaatOrder:
    """A tablet tells of itself."""
    return service.report(uow, apparaat_id, data)


@router.post(
    "/{apparaat_id}/_wissen",
    operation_id="apparaten_wissen",
    summary="Laat een verloren tablet zich wissen",
    description="De tablet verstuurt eerst wat kan en wist zich bij de volgende melding. Stuur in If-Match de versie mee die u hebt gezien.",
)
def apparaten_wissen(uow: Work, apparaat_id: UUID, response: Response, if_match: IfMatch = None) -> ApparaatRead:
    """Orders a wipe."""
    found = service.ask_wipe(uow, apparaat_id, if_match)
    set_etag(response, found.versie)
    return found


@router.post(
    "/{apparaat_id}/_gewist",
    operation_id="apparaten_gewist",
    status_code=204,
    summary="Meld dat deze tablet is gewist",
    description="Nog een keer melden verandert niets.",
)
def apparaten_gewist(uow: Work, apparaat_id: UUID) -> None:
    """A tablet tells that it wiped itself."""
    service.note_wiped(uow, apparaat_id)
