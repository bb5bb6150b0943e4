"""/agendas and /agendasleutels: calendar feeds behind a secret address (PLN-18).

A calendar program cannot sign in, so the secret in the path is the key. Paths are written to no log (`core.logs`).
"""

from collections.abc import Iterator
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Request, Response

from app.core.caller import system_caller
from app.core.http.openapi import PROBLEM_REF
from app.core.http.paging import Page, Pagina, page_of
from app.core.http.problems import MEDIA_TYPE
from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Work, operation_of, runtime_of
from app.core.unit_of_work import UnitOfWork
from app.planning.rules.agendas import BESTANDPATROON, UITGANG
from app.planning.schemas.agendas import AgendasleutelCreate, AgendasleutelNieuw, AgendasleutelRead
from app.planning.service import agendas as service

router = APIRouter(tags=["agendas"])
ICS = "text/calendar"
FEED: dict[int | str, dict[str, Any]] = {
    200: {"content": {ICS: {"schema": {"type": "string"}}}},
    429: {"description": "Te vaak opgehaald.", "content": {MEDIA_TYPE: {"schema": PROBLEM_REF}}},
}
Bestand = Annotated[
    str, Path(pattern=BESTANDPATROON, description="Het geheime deel van het adres, met '.ics' erachter.")
]


def feed_unit(request: Request) -> Iterator[UnitOfWork]:
    """A unit of work of the service itself: who fetches a feed is not known, the secret decides what is answered."""
    runtime = runtime_of(request)
    with runtime.unit(system_caller(), operation_of(request), request.state.request_id, write=True) as uow:
        yield uow


# Few at once, so that whoever polls calendars leaves the connections to the field.
Feed = Annotated[UnitOfWork, Depends(feed_unit, scope="function", max_concurrency=2)]


@router.get(
    "/agendas/teams/{team_id}/{bestand}",
    operation_id="agendas_team",
    summary="Agenda van een team",
    description="De diensten van een team als iCalendar: alleen wanneer. Nooit een adres, object, soort plek of aantal.",
    response_class=Response,
    responses=FEED,
)
def agendas_team(uow: Feed, team_id: UUID, bestand: Bestand) -> Response:
    """The calendar of a team."""
    return Response(service.team_calendar(uow, team_id, bestand.removesuffix(UITGANG)), media_type=ICS)


@router.get(
    "/agendas/partners/{partner_id}/{bestand}",
    operation_id="agendas_partner",
    summary="Agenda van een partner",
    description="De integrale acties waaraan een partner meedoet als iCalendar: dag, tijd en gemeente. Nooit waar.",
    response_class=Response,
    responses=FEED,
)
def agendas_partner(uow: Feed, partner_id: UUID, bestand: Bestand) -> Response:
    """The calendar of a partner."""
    return Response(service.partner_calendar(uow, partner_id, bestand.removesuffix(UITGANG)), media_type=ICS)


@router.get(
    "/agendasleutels",
    operation_id="agendasleutels_lijst",
    summary="Agenda's van teams en partners",
    description="Ook verlopen en ingetrokken; het geheime adres zelf is niet meer te zien.",
)
def agendasleutels_lijst(uow: Work, page: Page, request: Request, response: Response) -> Pagina[AgendasleutelRead]:
    """The calendar feeds."""
    rows = service.list_keys(uow, page)
    return page_of(rows, page, AgendasleutelRead.model_validate, lambda row: ("", row.id), request, response)


@router.post(
    "/agendasleutels",
    operation_id="agendasleutels_toevoegen",
    status_code=201,
    summary="Maak een agenda",
    description="Geeft eenmalig het geheime adres. Wie het heeft, ziet wanneer een team dienst heeft: deel het alleen met het team of de partner.",
)
def agendasleutels_toevoegen(uow: Work, data: AgendasleutelCreate, response: Response) -> AgendasleutelNieuw:
    """Makes a calendar feed."""
    made, new = service.add_key(uow, data)
    response.status_code = 201 if new else 200
    response.headers["Location"] = "/v1/agendasleutels"
    set_etag(response, made.versie)
    return made


@router.post(
    "/agendasleutels/{agenda_id}/_vernieuwen",
    operation_id="agendasleutels_vernieuwen",
    summary="Geef een agenda een nieuw geheim adres",
    description="Het oude adres werkt dan niet meer; ook een ingetrokken agenda werkt weer.",
)
def agendasleutels_vernieuwen(
    uow: Work, agenda_id: UUID, response: Response, if_match: IfMatch = None
) -> AgendasleutelNieuw:
    """Renews the secret of a feed."""
    made = service.renew_key(uow, agenda_id, if_match)
    set_etag(response, made.versie)
    return made


@router.post(
    "/agendasleutels/{agenda_id}/_intrekken",
    operation_id="agendasleutels_intrekken",
    summary="Trek een agenda in",
    description="Het adres werkt per direct niet meer.",
)
def agendasleutels_intrekken(
    uow: Work, agenda_id: UUID, response: Response, if_match: IfMatch = None
) -> AgendasleutelRead:
    """Ends a feed."""
    made = service.revoke_key(uow, agenda_id, if_match)
    set_etag(response, made.versie)
    return made
