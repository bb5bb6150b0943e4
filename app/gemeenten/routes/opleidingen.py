"""/opleidingen: trainings and competences of function accounts (TRN-01, TRN-04)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.schemas import Datum
from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Work
from app.gemeenten.routes.filters import GemeenteFilter
from app.gemeenten.schemas.opleidingen import OpleidingCreate, OpleidingRead, OpleidingsgraadRead, OpleidingUpdate
from app.gemeenten.service import opleidingen
from app.gemeenten.tables import Opleiding

router = APIRouter(tags=["opleidingen"])


@router.get(
    "/opleidingen",
    operation_id="opleidingen_lijst",
    summary="Opleidingen",
    description="De opleidingen en bekwaamheden van functieaccounts in uw gemeenten, ook verlopen, op volgorde van soort.",
)
def opleidingen_lijst(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    gemeentecode: GemeenteFilter = None,
    accountId: Annotated[UUID | None, Query(description="Alleen van dit account.")] = None,  # noqa: N803 - query keys are camelCase
) -> Pagina[OpleidingRead]:
    """A page of trainings."""
    rows = opleidingen.list_opleidingen(uow, page, gemeentecode, accountId)
    return page_of(rows, page, OpleidingRead.model_validate, lambda row: (row.soort.value, row.id), request, response)


@router.get(
    "/opleidingen/{opleiding_id}",
    operation_id="opleidingen_lezen",
    summary="Een opleiding",
    description="Een opleiding op kenmerk.",
)
def opleidingen_lezen(uow: Work, opleiding_id: UUID, response: Response) -> OpleidingRead:
    """One training."""
    return _answer(opleidingen.get_opleiding(uow, opleiding_id), response)


@router.post(
    "/opleidingen",
    operation_id="opleidingen_toevoegen",
    status_code=201,
    summary="Voeg een opleiding toe",
    description="Met de laatste dag waarop het certificaat geldt. Nooit een cijfer of beoordeling.",
)
def opleidingen_toevoegen(uow: Work, data: OpleidingCreate, response: Response) -> OpleidingRead:
    """Stores a training."""
    opleiding = opleidingen.add_opleiding(uow, data)
    response.headers["Location"] = f"/v1/opleidingen/{opleiding.id}"
    return _answer(opleiding, response)


@router.patch(
    "/opleidingen/{opleiding_id}",
    operation_id="opleidingen_wijzigen",
    summary="Verleng of beëindig een opleiding",
    description="Zet de laatste dag waarop zij geldt; leeg is tot nader order.",
)
def opleidingen_wijzigen(
    uow: Work, opleiding_id: UUID, data: OpleidingUpdate, response: Response, if_match: IfMatch = None
) -> OpleidingRead:
    """Changes a training."""
    return _answer(opleidingen.change_opleiding(uow, opleiding_id, data, if_match), response)


@router.get(
    "/teams/{team_id}/opleidingsgraad",
    operation_id="teams_opleidingsgraad",
    summary="Hoeveel van een team geschoold is",
    description="Per soort opleiding het aantal leden en het percentage met een geldige opleiding; nooit wie.",
)
def teams_opleidingsgraad(
    uow: Work,
    team_id: UUID,
    peildatum: Annotated[Datum | None, Query(description="Leeg is vandaag.")] = None,
) -> list[OpleidingsgraadRead]:
    """Share of a team that is trained."""
    return opleidingen.team_training(uow, team_id, peildatum or uow.today)


def _answer(opleiding: Opleiding, response: Response) -> OpleidingRead:
    set_etag(response, opleiding.versie)
    return OpleidingRead.model_validate(opleiding)
