"""Capacity over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.schemas import Datum
from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Work
from app.planning.repository.beschikbaarheden import Beschikbaarheidfilter
from app.planning.schemas.beschikbaarheden import (
    BeschikbaarhedenCreate,
    BeschikbaarhedenResultaat,
    BeschikbaarheidDetail,
    BeschikbaarheidPatch,
    BeschikbaarheidRead,
    BeschikbaarheidVerwijderd,
)
from app.planning.service import beschikbaarheden as service
from app.planning.service import diensten

router = APIRouter(prefix="/beschikbaarheden", tags=["planning"])


@router.get(
    "",
    operation_id="beschikbaarheden_lijst",
    summary="Diensten van teams en dagen van partners",
    description="Op datum. Een dienst die na middernacht eindigt heeft een 'tot' boven 1440.",
)
def beschikbaarheden_lijst(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    van: Annotated[Datum | None, Query(description="Eerste datum.")] = None,
    tot: Annotated[Datum | None, Query(description="Laatste datum.")] = None,
    team_id: Annotated[UUID | None, Query(alias="teamId", description="Alleen dit team.")] = None,
    partner_id: Annotated[UUID | None, Query(alias="partnerId", description="Alleen deze partner.")] = None,
) -> Pagina[BeschikbaarheidRead]:
    """Capacity by date."""
    rows = service.list_beschikbaarheden(uow, Beschikbaarheidfilter(van, tot, team_id, partner_id), page)
    return page_of(
        rows, page, BeschikbaarheidRead.model_validate, lambda row: (row.datum.isoformat(), row.id), request, response
    )


@router.post(
    "",
    operation_id="beschikbaarheden_toevoegen",
    status_code=201,
    summary="Diensten en partnerdagen toevoegen",
    description="Hoogstens 2.000 regels in een keer: alles wordt opgeslagen, of niets. Overlap wordt geweigerd, met alle fouten tegelijk.",
)
def beschikbaarheden_toevoegen(
    uow: Work, data: BeschikbaarhedenCreate, response: Response
) -> BeschikbaarhedenResultaat:
    """Adds capacity."""
    added, standing = service.add_beschikbaarheden(uow, data)
    response.headers["Location"] = "/v1/beschikbaarheden"
    return BeschikbaarhedenResultaat(toegevoegd=added, al_aanwezig=standing)


@router.get(
    "/{beschikbaarheid_id}",
    operation_id="beschikbaarheden_lezen",
    summary="Een dienst of partnerdag",
    description="Met wie er op de dienst zijn, als dat bekend is, en waarvoor wordt gewaarschuwd.",
)
def beschikbaarheden_lezen(uow: Work, beschikbaarheid_id: UUID, response: Response) -> BeschikbaarheidDetail:
    """One shift."""
    return _answer(diensten.show_shift(uow, beschikbaarheid_id), response)


@router.patch(
    "/{beschikbaarheid_id}",
    operation_id="beschikbaarheden_wijzigen",
    summary="Wijzig een dienst of partnerdag",
    description="Wat u weglaat, blijft. Wie na een late dienst te weinig rust zou hebben, wordt geweigerd.",
)
def beschikbaarheden_wijzigen(
    uow: Work,
    beschikbaarheid_id: UUID,
    data: BeschikbaarheidPatch,
    response: Response,
    if_match: IfMatch = None,
) -> BeschikbaarheidDetail:
    """Changes a shift."""
    return _answer(diensten.change_shift(uow, beschikbaarheid_id, if_match, data), response)


@router.delete(
    "/{beschikbaarheid_id}",
    operation_id="beschikbaarheden_verwijderen",
    summary="Haal een dienst van het rooster",
    description="Kan ook als er al controles voor zijn vrijgegeven: een team kan uitvallen. U krijgt de controles die nu geen dienst "
    "meer hebben en opnieuw gepland moeten worden.",
)
def beschikbaarheden_verwijderen(
    uow: Work, beschikbaarheid_id: UUID, if_match: IfMatch = None
) -> BeschikbaarheidVerwijderd:
    """Takes a shift off the roster."""
    left = diensten.remove_shift(uow, beschikbaarheid_id, if_match)
    return BeschikbaarheidVerwijderd(controles_zonder_dienst=left)


def _answer(detail: BeschikbaarheidDetail, response: Response) -> BeschikbaarheidDetail:
    set_etag(response, detail.versie)
    return detail
