"""Norm states over HTTP."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.core.http.openapi import PROBLEM_REF
from app.core.http.paging import Page, Pagina, page_of
from app.core.http.problems import MEDIA_TYPE
from app.core.http.schemas import Datum, Gemeentecode
from app.core.http.work import Work
from app.planning.schemas.normstanden import GemeentestandRead, ObjectnormstandRead
from app.planning.service import normstanden as service

router = APIRouter(prefix="/normstanden", tags=["planning"])

NOT_FOUND: dict[int | str, dict[str, Any]] = {
    404: {
        "description": "Deze gemeente bestaat niet in deze dienst, of u werkt er niet.",
        "content": {MEDIA_TYPE: {"schema": PROBLEM_REF}},
    }
}
Gemeente = Annotated[Gemeentecode | None, Query(description="Een gemeente waar u werkt; leeg is uw eigen gemeente.")]
Peildatum = Annotated[Datum | None, Query(description="De dag waarop de stand wordt bekeken; leeg is vandaag.")]


@router.get(
    "/objecten",
    operation_id="normstanden_objecten",
    summary="Stand van de norm per object",
    responses=NOT_FOUND,
    description=(
        "Vergunde seksinrichtingen en horeca: gedaan en nodig, gepland, uiterste datum en of de norm in gevaar is. De peildatum mag "
        "in het verleden of in de toekomst liggen; op een latere dag telt wat ervoor gepland staat als gedaan ('verwacht')."
    ),
)
def normstanden_objecten(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    gemeentecode: Gemeente = None,
    peildatum: Peildatum = None,
    object_id: Annotated[UUID | None, Query(alias="objectId", description="Alleen dit object.")] = None,
) -> Pagina[ObjectnormstandRead]:
    """Norm states per object."""
    rows = service.object_states(uow, gemeentecode, peildatum, object_id, page)
    return page_of(rows, page, lambda row: row[1], lambda row: (row[0], row[1].object_id), request, response)


@router.get(
    "/gemeente",
    operation_id="normstanden_gemeente",
    summary="Stand van de normen van een gemeente",
    responses=NOT_FOUND,
    description="Alleen cijfers. Een norm die niet geldt is 'n.v.t.', nooit 0 %.",
)
def normstanden_gemeente(uow: Work, gemeentecode: Gemeente = None, peildatum: Peildatum = None) -> GemeentestandRead:
    """Norm states of a municipality."""
    return service.municipality_state(uow, gemeentecode, peildatum)
