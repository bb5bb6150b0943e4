"""Replanning over HTTP. The calculation runs between two transactions, in a process of its own."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.core.http.openapi import SETTINGS_MISSING
from app.core.http.paging import Page, Pagina, page_of
from app.core.http.schemas import Gemeentecode
from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Steps, Work
from app.planning.schemas.herplanningen import (
    AanleidingRead,
    Herplanbesluit,
    HerplanningCreate,
    HerplanningDetail,
    HerplanningRead,
    HerplanningToegepast,
)
from app.planning.schemas.planrondes import Intrekking
from app.planning.service import aanleidingen, herplanbesluiten
from app.planning.service import herplanningen as service
from app.planning.status import Herplanstatus

router = APIRouter(prefix="/herplanningen", tags=["planning"])


@router.get(
    "",
    operation_id="herplanningen_lijst",
    summary="Voorstellen om het vrijgegeven plan te wijzigen",
    description="Het oudste eerst.",
)
def herplanningen_lijst(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    status: Annotated[Herplanstatus | None, Query(description="Alleen voorstellen in deze toestand.")] = None,
) -> Pagina[HerplanningRead]:
    """Proposals, oldest first."""
    rows = service.list_replans(uow, page, status)
    return page_of(rows, page, service.read_replan, lambda row: (row.gemaakt_op.isoformat(), row.id), request, response)


@router.get(
    "/aanleidingen",
    operation_id="herplanningen_aanleidingen",
    responses=SETTINGS_MISSING,
    summary="Wat op herplannen wacht",
    description="Risicoadressen zonder controle, pogingen, uitgevallen diensten, geëindigde vergunningen en hercontroles; "
    "elk zoals het in een vraag kan worden meegestuurd.",
)
def herplanningen_aanleidingen(
    uow: Work,
    gemeentecode: Annotated[Gemeentecode | None, Query(description="Leeg is de eigen gemeente.")] = None,
) -> Pagina[AanleidingRead]:
    """What waits for replanning."""
    return Pagina[AanleidingRead](resultaten=aanleidingen.list_reasons(uow, gemeentecode), volgende=None)


@router.post(
    "",
    operation_id="herplanningen_toevoegen",
    status_code=201,
    summary="Kleinste wijziging van het vrijgegeven plan berekenen",
    description="Het antwoord is een voorstel; er wijzigt nog niets. Binnen enkele seconden komt het beste plan dat is gevonden, "
    "met de vraag of het bewezen het kleinste is.",
)
def herplanningen_toevoegen(steps: Steps, data: HerplanningCreate, response: Response) -> HerplanningDetail:
    """Asks for the smallest change."""
    with steps("herplanning_gegevens", write=False) as uow:
        made = service.same_as_before(uow, data)
        vraag = None if made is not None else service.prepare(uow, data)
    if vraag is not None:
        voorstel = service.calculate_change(vraag)
        with steps("herplanning_bewaren") as uow:
            made = service.store_proposal(uow, data, vraag, voorstel)
    if made is None:
        msg = "a question is stored or was"
        raise RuntimeError(msg)
    response.headers["Location"] = f"/v1/herplanningen/{made.id}"
    set_etag(response, made.versie)
    return made


@router.get(
    "/{herplanning_id}",
    operation_id="herplanningen_lezen",
    summary="Een voorstel met wat er wijzigt en waarom",
)
def herplanningen_lezen(uow: Work, herplanning_id: UUID, response: Response) -> HerplanningDetail:
    """One proposal."""
    found = service.show_replan(uow, herplanning_id)
    set_etag(response, found.versie)
    return found


@router.post(
    "/{herplanning_id}/_toepassen",
    operation_id="herplanningen_toepassen",
    summary="Voorstel toepassen op de controles",
    description="Alles of niets. Wordt geweigerd met alle redenen als een controle of dienst intussen is gewijzigd. "
    "Stuur in If-Match de versie mee die u hebt gezien.",
)
def herplanningen_toepassen(
    uow: Work, herplanning_id: UUID, data: Herplanbesluit, response: Response, if_match: IfMatch = None
) -> HerplanningToegepast:
    """Carries a proposal out."""
    done = herplanbesluiten.apply(uow, herplanning_id, if_match, data)
    set_etag(response, done.versie)
    return done


@router.post(
    "/{herplanning_id}/_afwijzen",
    operation_id="herplanningen_afwijzen",
    summary="Voorstel afwijzen; het plan blijft zoals het is",
)
def herplanningen_afwijzen(
    uow: Work, herplanning_id: UUID, data: Intrekking, response: Response, if_match: IfMatch = None
) -> HerplanningDetail:
    """Refuses a proposal."""
    done = herplanbesluiten.reject(uow, herplanning_id, if_match, data)
    set_etag(response, done.versie)
    return done
