"""Signals over HTTP: submit, inbox, acknowledge, own status."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Work
from app.signalen.schemas.signalen import (
    EigenSignaal,
    RegioSignaal,
    SignaalCreate,
    SignaalgebeurtenisRead,
    SignaalIngediend,
    SignaalRead,
    SignaalRegel,
)
from app.signalen.service import gebeurtenissen, indienen, ontvangen, postvak, routeren
from app.signalen.status import Signaalstatus

router = APIRouter(tags=["signalen"])


@router.get(
    "/signalen",
    operation_id="signalen_lijst",
    summary="Postvak met signalen",
    description="Signalen van uw gemeente, het dringendste eerst en daarna wat het eerst bevestigd moet worden. Zonder `status` alleen wat nog open is. Een teamleider ziet alleen status en urgentie.",
)
def signalen_lijst(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    status: Annotated[list[Signaalstatus] | None, Query(max_length=10, description="Alleen deze statussen.")] = None,
) -> Pagina[SignaalRegel]:
    """The inbox (ROL-01)."""
    found = postvak.list_signalen(uow, status or [], page)
    return page_of(found, page, lambda row: row[0], lambda row: (row[1], row[0].id), request, response)


@router.post(
    "/signalen",
    status_code=201,
    operation_id="signalen_toevoegen",
    summary="Een signaal indienen",
    description="Een niet-pluisgevoel is genoeg. Het signaal gaat naar de aandachtsfunctionaris van de gemeente van het object. Een tekst met persoonsgegevens wordt niet bewaard; het signaal gaat door en het antwoord zegt wat u weg moet laten. Hetzelfde nog eens sturen is veilig, ook met een verbeterde tekst.",
)
def signalen_toevoegen(uow: Work, data: SignaalCreate, response: Response) -> SignaalIngediend:
    """Submits by hand (RTE-24)."""
    done = indienen.submit_signaal(uow, data)
    response.headers["Location"] = f"/v1/signalen/{done.ref.id}"
    return SignaalIngediend(
        id=done.ref.id,
        status=done.ref.status,
        ontstaan_op=done.ontstaan_op,
        tekst_bewaard=done.tekst_bewaard,
        tekst_meldingen=done.meldingen,
        zelf_melden=routeren.numbers_for_submitter(uow, done.ref.id),
        piket=done.piket,
    )


@router.get(
    "/signalen/{signaal_id}",
    operation_id="signalen_lezen",
    summary="Een signaal lezen",
    description="Met de bevindingen erachter. Een teamleider ziet alleen status en urgentie. Elke inzage wordt vastgelegd.",
)
def signalen_lezen(uow: Work, signaal_id: UUID, response: Response) -> SignaalRead:
    """One signal."""
    found, version = postvak.get_signaal(uow, signaal_id)
    set_etag(response, version)
    return found


@router.post(
    "/signalen/{signaal_id}/_ontvangen",
    operation_id="signalen_ontvangen",
    summary="De ontvangst van een signaal bevestigen",
    description="Alleen door een aandachtsfunctionaris die het signaal niet zelf indiende.",
)
def signalen_ontvangen(uow: Work, signaal_id: UUID, response: Response, if_match: IfMatch = None) -> SignaalRead:
    """Acknowledges (ROL-01)."""
    found, version = ontvangen.receive_signaal(uow, signaal_id, if_match)
    set_etag(response, version)
    return found


@router.get(
    "/signalen/{signaal_id}/gebeurtenissen",
    operation_id="signaalgebeurtenissen_lijst",
    summary="Wat er met een signaal gebeurde",
    description="Oudste eerst. Alleen voor de aandachtsfunctionaris.",
)
def signaalgebeurtenissen_lijst(
    uow: Work, signaal_id: UUID, page: Page, request: Request, response: Response
) -> Pagina[SignaalgebeurtenisRead]:
    """The events of a signal."""
    found = gebeurtenissen.list_events(uow, signaal_id, page)
    return page_of(found, page, lambda row: row, lambda row: (str(row.volgnummer), signaal_id), request, response)


@router.get(
    "/eigen-signalen",
    operation_id="eigen_signalen_lijst",
    summary="Uw eigen signalen",
    description="Nieuwste eerst; alleen de status.",
)
def eigen_signalen_lijst(uow: Work, page: Page, request: Request, response: Response) -> Pagina[EigenSignaal]:
    """Status only (table E)."""
    found = postvak.list_own(uow, page)
    return page_of(found, page, lambda row: row, lambda row: (row.ontstaan_op.isoformat(), row.id), request, response)


@router.get(
    "/regiosignalen",
    operation_id="regiosignalen_lijst",
    summary="Overgedragen signalen in uw regio",
    description="Nieuwste eerst: gemeente, status, urgentie en vorm; zonder adres en zonder tekst.",
)
def regiosignalen_lijst(uow: Work, page: Page, request: Request, response: Response) -> Pagina[RegioSignaal]:
    """For the ketenregisseur (ROL-03)."""
    found = postvak.list_routed(uow, page)
    return page_of(found, page, lambda row: row, lambda row: (row.uitgezet_op.isoformat(), row.id), request, response)
