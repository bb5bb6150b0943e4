"""Intake over HTTP: the forms per source, and the addresses that the desk looks into."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Work
from app.signalen.schemas.intake import AdresonderzoekAfronden, AdresonderzoekRead, SignaalformulierRead
from app.signalen.service import adresonderzoek, intake

router = APIRouter()


@router.get(
    "/signaalformulieren",
    operation_id="signaalformulieren_lijst",
    summary="Formulieren om een signaal in te dienen",
    description="Per bron de vragen die erbij horen, voor uw rollen. Geen enkel formulier vraagt wie het is.",
    tags=["signalen"],
)
def signaalformulieren_lijst(uow: Work) -> list[SignaalformulierRead]:
    """The forms of intake (ROL-09, ROL-17)."""
    return intake.list_forms(uow)


@router.get(
    "/adresonderzoeken",
    operation_id="adresonderzoeken_lijst",
    summary="Adressen in onderzoek",
    description="Wat de balie onder handen heeft, het oudste eerst. Markeren, een brief of een huisbezoek mag pas na vrijgave.",
    tags=["adresonderzoeken"],
)
def adresonderzoeken_lijst(uow: Work, page: Page, request: Request, response: Response) -> Pagina[AdresonderzoekRead]:
    """The addresses that the desk looks into (REG-10)."""
    found = adresonderzoek.list_investigations(uow, page)
    return page_of(found, page, lambda row: row, lambda row: (row.gemaakt_op.isoformat(), row.id), request, response)


@router.get(
    "/adresonderzoeken/{onderzoek_id}",
    operation_id="adresonderzoeken_lezen",
    summary="Een adres in onderzoek",
    description="Met wat is vrijgegeven.",
    tags=["adresonderzoeken"],
)
def adresonderzoeken_lezen(uow: Work, onderzoek_id: UUID, response: Response) -> AdresonderzoekRead:
    """One address that the desk looks into."""
    found, version = adresonderzoek.get_investigation(uow, onderzoek_id)
    set_etag(response, version)
    return found


@router.post(
    "/adresonderzoeken/{onderzoek_id}/_afronden",
    operation_id="adresonderzoeken_afronden",
    summary="Een adresonderzoek afronden",
    description="Met de uitkomst uit de lijst. Kan pas als de aandachtsfunctionaris iets heeft vrijgegeven.",
    tags=["adresonderzoeken"],
)
def adresonderzoeken_afronden(
    uow: Work, onderzoek_id: UUID, data: AdresonderzoekAfronden, response: Response, if_match: IfMatch = None
) -> AdresonderzoekRead:
    """Finishes it with its outcome (INS-09)."""
    found, version = adresonderzoek.finish(uow, onderzoek_id, data, if_match)
    set_etag(response, version)
    return found
