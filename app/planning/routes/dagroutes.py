"""/dagroutes: the route of a team on a day, and proposals for it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.core.http.schemas import Datum
from app.core.http.versions import IfMatch
from app.core.http.work import Steps, Work
from app.planning.adapters.rekenproces import calculate
from app.planning.schemas.dagroutes import DagrouteRead, DagvoorstelRead, Herordenen, Overnemen, Samenstellen
from app.planning.service import dagovername
from app.planning.service import dagroutes as service

SECONDS = 5.0
"""A tablet waits; an ordinary answer takes a tenth of this."""

router = APIRouter(prefix="/dagroutes", tags=["planning"])


@router.get(
    "",
    operation_id="dagroutes_lezen",
    summary="De route van een team op een dag",
    description="In volgorde, met verwachte aankomst, reistijd, openingstijden en het einde van de dienst.",
)
def dagroutes_lezen(
    uow: Work,
    response: Response,
    datum: Annotated[Datum, Query(description="De datum.")],
    team_id: Annotated[UUID | None, Query(alias="teamId", description="Leeg is uw eigen team.")] = None,
) -> DagrouteRead:
    """The route as it stands."""
    route, tag = service.read_route(uow, datum, team_id)
    response.headers["ETag"] = tag
    return route


@router.post(
    "/_herordenen",
    operation_id="dagroutes_herordenen",
    summary="Een nieuwe volgorde voor de rest van de dag",
    description=(
        "Vanaf waar u staat en hoe laat het is, met overslaan en met adressen in de buurt erbij. Er wordt niets bewaard, ook niet waar "
        "u staat. Neem het voorstel over met `_overnemen` en de ETag van dit antwoord."
    ),
)
def dagroutes_herordenen(step: Steps, data: Herordenen, response: Response) -> DagvoorstelRead:
    """Another order, calculated between two transactions."""
    with step("dagroutes_herordenen", write=False) as uow:
        work = service.ask_order(uow, data)
    answer = calculate(work.werk, SECONDS)
    response.headers["ETag"] = work.dag.tag
    with step("dagroutes_herordenen", write=False) as uow:
        return service.show_proposal(uow, work, answer)


@router.post(
    "/_samenstellen",
    operation_id="dagroutes_samenstellen",
    summary="Een daglijst laten samenstellen",
    description=(
        "De beste stops voor een dienst: risicoadressen, normbezoeken en horeca die aan de beurt zijn, met zo min mogelijk reizen. Wat "
        "al op de route staat, blijft. Er wordt niets bewaard."
    ),
)
def dagroutes_samenstellen(step: Steps, data: Samenstellen, response: Response) -> DagvoorstelRead:
    """A day list, calculated between two transactions."""
    with step("dagroutes_samenstellen", write=False) as uow:
        work = service.ask_list(uow, data)
    answer = calculate(work.werk, SECONDS)
    response.headers["ETag"] = work.dag.tag
    with step("dagroutes_samenstellen", write=False) as uow:
        return service.show_proposal(uow, work, answer)


@router.post(
    "/_overnemen",
    operation_id="dagroutes_overnemen",
    summary="Een volgorde overnemen",
    description=(
        "Zet volgorde en aanvang op de controles en plant wat erbij kwam. Stuur in If-Match de ETag van de route of het voorstel mee; "
        "is er intussen iets gewijzigd, dan wordt er niets overgenomen."
    ),
)
def dagroutes_overnemen(uow: Work, data: Overnemen, response: Response, if_match: IfMatch = None) -> DagrouteRead:
    """Takes an order over."""
    team = dagovername.take_over(uow, data, if_match)
    route, tag = service.read_route(uow, data.datum, team)
    response.headers["ETag"] = tag
    return route
