"""/vergunningen: the permits of objects."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Work
from app.objecten.routes.filters import GemeenteFilter
from app.objecten.schemas.filters import Vergunningfilter
from app.objecten.schemas.vergunningen import VergunningCreate, VergunningPatch, VergunningRead
from app.objecten.service import vergunningen
from app.objecten.status import Vergunningsoort, Vergunningstatus

router = APIRouter(prefix="/vergunningen", tags=["vergunningen"])


def asked_permits(
    gemeentecode: GemeenteFilter = None,
    object_id: Annotated[UUID | None, Query(alias="objectId", description="Alleen van dit object.")] = None,
    soort: Annotated[Vergunningsoort | None, Query(description="Alleen deze soort.")] = None,
    status: Annotated[Vergunningstatus | None, Query(description="Alleen met deze status.")] = None,
) -> Vergunningfilter:
    """What a list of permits is narrowed by."""
    return Vergunningfilter(gemeentecode, object_id, soort, status)


Filters = Annotated[Vergunningfilter, Depends(asked_permits)]


@router.get(
    "",
    operation_id="vergunningen_lijst",
    summary="Vergunningen",
    description="De vergunningen in uw gemeenten, op volgorde van gemeente, soort en nummer; ook ingetrokken en verlopen.",
)
def vergunningen_lijst(
    uow: Work, page: Page, request: Request, response: Response, filters: Filters
) -> Pagina[VergunningRead]:
    """A page of permits."""
    rows = vergunningen.list_vergunningen(uow, filters, page)
    return page_of(rows, page, lambda row: row, _key, request, response)


@router.get(
    "/{vergunning_id}", operation_id="vergunningen_lezen", summary="Een vergunning", description="Een vergunning."
)
def vergunningen_lezen(uow: Work, vergunning_id: UUID, response: Response) -> VergunningRead:
    """One permit."""
    return _answer(vergunningen.get_vergunning(uow, vergunning_id), response)


@router.post(
    "",
    operation_id="vergunningen_toevoegen",
    status_code=201,
    summary="Voeg een vergunning toe",
    description="Een vergunning van een object. Noem bij de bijlage met leidinggevenden alleen het kenmerk, nooit namen.",
)
def vergunningen_toevoegen(uow: Work, data: VergunningCreate, response: Response) -> VergunningRead:
    """Stores a permit."""
    made = vergunningen.add_vergunning(uow, data)
    response.headers["Location"] = f"/v1/vergunningen/{made.id}"
    return _answer(made, response)


@router.patch(
    "/{vergunning_id}",
    operation_id="vergunningen_wijzigen",
    summary="Wijzig een vergunning",
    description="Wat u weglaat, blijft.",
)
def vergunningen_wijzigen(
    uow: Work, vergunning_id: UUID, data: VergunningPatch, response: Response, if_match: IfMatch = None
) -> VergunningRead:
    """Changes a permit."""
    return _answer(vergunningen.change_vergunning(uow, vergunning_id, if_match, data), response)


def _key(row: VergunningRead) -> tuple[str, UUID]:
    return f"{row.gemeentecode}|{row.soort}|{row.nummer}", row.id


def _answer(row: VergunningRead, response: Response) -> VergunningRead:
    set_etag(response, row.versie)
    return row
