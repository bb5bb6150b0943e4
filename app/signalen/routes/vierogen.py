"""Four eyes and break-glass over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Work
from app.signalen.schemas.signalen import SignaalRead
from app.signalen.schemas.vierogen import (
    InzageBuitenRolRegel,
    Inzien,
    VierogenverzoekRead,
    VierogenverzoekRegel,
    Weigeren,
)
from app.signalen.service import inzien, vierogen
from app.signalen.status import Verzoekstatus

router = APIRouter(tags=["vierogenverzoeken"])


@router.get(
    "/vierogenverzoeken",
    operation_id="vierogenverzoeken_lijst",
    summary="Verzoeken om een tweede persoon",
    description="Uw eigen verzoeken en die waarop u mag beslissen, oudste eerst.",
)
def vierogenverzoeken_lijst(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    status: Annotated[Verzoekstatus, Query(description="Alleen deze status.")] = Verzoekstatus.OPEN,
) -> Pagina[VierogenverzoekRegel]:
    """The work list of the second person."""
    rows = vierogen.list_requests(uow, status, page)
    return page_of(rows, page, lambda row: row, lambda row: (row.gevraagd_op.isoformat(), row.id), request, response)


@router.get(
    "/vierogenverzoeken/{verzoek_id}",
    operation_id="vierogenverzoeken_lezen",
    summary="Een verzoek lezen",
    description="Met de reden en het signaal waar het over gaat. Elke inzage wordt vastgelegd.",
)
def vierogenverzoeken_lezen(uow: Work, verzoek_id: UUID, response: Response) -> VierogenverzoekRead:
    """What the second person needs to judge it."""
    found, version = vierogen.get_request(uow, verzoek_id)
    set_etag(response, version)
    return found


@router.post(
    "/vierogenverzoeken/{verzoek_id}/_akkoord",
    operation_id="vierogenverzoeken_akkoord",
    summary="Akkoord geven als tweede persoon",
    description="De stap wordt direct gedaan. Is het signaal intussen gewijzigd, dan gebeurt er niets en is het verzoek achterhaald.",
)
def vierogenverzoeken_akkoord(
    uow: Work, verzoek_id: UUID, response: Response, if_match: IfMatch = None
) -> VierogenverzoekRegel:
    """Agrees."""
    found, version = vierogen.agree(uow, verzoek_id, if_match)
    set_etag(response, version)
    return found


@router.post(
    "/vierogenverzoeken/{verzoek_id}/_weigeren",
    operation_id="vierogenverzoeken_weigeren",
    summary="Weigeren als tweede persoon",
    description="Met een reden; er verandert niets aan het signaal.",
)
def vierogenverzoeken_weigeren(
    uow: Work, verzoek_id: UUID, data: Weigeren, response: Response, if_match: IfMatch = None
) -> VierogenverzoekRegel:
    """Refuses."""
    found, version = vierogen.refuse(uow, verzoek_id, data.reden, if_match)
    set_etag(response, version)
    return found


@router.post(
    "/vierogenverzoeken/{verzoek_id}/_intrekken",
    operation_id="vierogenverzoeken_intrekken",
    summary="Een eigen verzoek intrekken",
)
def vierogenverzoeken_intrekken(
    uow: Work, verzoek_id: UUID, response: Response, if_match: IfMatch = None
) -> VierogenverzoekRegel:
    """Withdraws."""
    found, version = vierogen.withdraw(uow, verzoek_id, if_match)
    set_etag(response, version)
    return found


@router.post(
    "/signalen/{signaal_id}/_inzien",
    status_code=202,
    operation_id="signalen_inzien",
    summary="Vragen om een signaal buiten uw rol te zien",
    description="Een tweede aandachtsfunctionaris beslist. Na akkoord kunt u het een uur lezen; elke inzage wordt vastgelegd en nagekeken.",
)
def signalen_inzien(uow: Work, signaal_id: UUID, data: Inzien) -> VierogenverzoekRegel:
    """Asks to see a signal outside the role."""
    return inzien.ask_view(uow, signaal_id, data)


@router.get(
    "/vierogenverzoeken/{verzoek_id}/inzage",
    operation_id="vierogenverzoeken_inzage",
    summary="Een signaal buiten uw rol lezen",
    description="Alleen zolang de inzage duurt. Elke inzage wordt vastgelegd.",
)
def vierogenverzoeken_inzage(uow: Work, verzoek_id: UUID) -> SignaalRead:
    """The signal inside the window."""
    return inzien.read_view(uow, verzoek_id)


@router.get(
    "/inzagen-buiten-rol",
    operation_id="inzagen_buiten_rol_lijst",
    summary="Inzagen buiten de rol, om na te kijken",
    description="Wie vroeg, wie akkoord gaf en wanneer; niets van de signalen.",
)
def inzagen_buiten_rol_lijst(
    uow: Work, page: Page, request: Request, response: Response
) -> Pagina[InzageBuitenRolRegel]:
    """For review."""
    rows = inzien.list_views(uow, page)
    return page_of(rows, page, lambda row: row, lambda row: (row.gevraagd_op.isoformat(), row.id), request, response)
