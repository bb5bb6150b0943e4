"""/aanwijzingen: designations of inspectors per law and municipality (REG-17, ROL-23)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Work
from app.gemeenten.routes.filters import GemeenteFilter
from app.gemeenten.schemas.accounts import AanwijzingCreate, AanwijzingRead, AanwijzingUpdate
from app.gemeenten.service import aanwijzingen
from app.gemeenten.tables import Aanwijzing

router = APIRouter(prefix="/aanwijzingen", tags=["aanwijzingen"])


@router.get(
    "",
    operation_id="aanwijzingen_lijst",
    summary="Aanwijzingen",
    description="De aanwijzingen in uw gemeenten, ook beëindigde, op volgorde van wet.",
)
def aanwijzingen_lijst(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    gemeentecode: GemeenteFilter = None,
    accountId: Annotated[UUID | None, Query(description="Alleen van dit account.")] = None,  # noqa: N803 - query keys are camelCase
) -> Pagina[AanwijzingRead]:
    """A page of designations."""
    rows = aanwijzingen.list_aanwijzingen(uow, page, gemeentecode, accountId)
    return page_of(rows, page, AanwijzingRead.model_validate, lambda row: (row.wet.value, row.id), request, response)


@router.get(
    "/{aanwijzing_id}",
    operation_id="aanwijzingen_lezen",
    summary="Een aanwijzing",
    description="Een aanwijzing op kenmerk.",
)
def aanwijzingen_lezen(uow: Work, aanwijzing_id: UUID, response: Response) -> AanwijzingRead:
    """One designation."""
    return _answer(aanwijzingen.get_aanwijzing(uow, aanwijzing_id), response)


@router.post(
    "",
    operation_id="aanwijzingen_toevoegen",
    status_code=201,
    summary="Voeg een aanwijzing toe",
    description="Alleen de gemeente waarin zij geldt, geeft haar; het account mag van elke gemeente van de regio zijn.",
)
def aanwijzingen_toevoegen(uow: Work, data: AanwijzingCreate, response: Response) -> AanwijzingRead:
    """Stores a designation."""
    aanwijzing = aanwijzingen.add_aanwijzing(uow, data)
    response.headers["Location"] = f"/v1/aanwijzingen/{aanwijzing.id}"
    return _answer(aanwijzing, response)


@router.patch(
    "/{aanwijzing_id}",
    operation_id="aanwijzingen_wijzigen",
    summary="Verleng of beëindig een aanwijzing",
    description="'geldigTot' op gisteren beëindigt de aanwijzing per direct; leeg is tot nader order.",
)
def aanwijzingen_wijzigen(
    uow: Work, aanwijzing_id: UUID, data: AanwijzingUpdate, response: Response, if_match: IfMatch = None
) -> AanwijzingRead:
    """Changes a designation."""
    return _answer(aanwijzingen.change_aanwijzing(uow, aanwijzing_id, data, if_match), response)


def _answer(aanwijzing: Aanwijzing, response: Response) -> AanwijzingRead:
    set_etag(response, aanwijzing.versie)
    return AanwijzingRead.model_validate(aanwijzing)
