"""Bibob tests of a permit and the desk worklist (CAD-02, INS-08)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.schemas import Datum
from app.core.http.work import Work
from app.objecten.routes.filters import GemeenteFilter
from app.objecten.schemas.vergunningen import BibobToetsCreate, BibobToetsRead, BibobWerkregel
from app.objecten.service import bibob

router = APIRouter(tags=["bibob"])


@router.get(
    "/vergunningen/{vergunning_id}/bibob-toetsen",
    operation_id="bibob_toetsen_lijst",
    summary="Bibob-toetsen van een vergunning",
    description="Wanneer de vergunning is getoetst, oudste eerst; nooit wat eruit kwam.",
)
def bibob_toetsen_lijst(
    uow: Work, vergunning_id: UUID, page: Page, request: Request, response: Response
) -> Pagina[BibobToetsRead]:
    """A page of the Bibob tests of a permit."""
    rows = bibob.list_bibob_toetsen(uow, vergunning_id, page)
    return page_of(rows, page, lambda row: row, lambda row: (row.getoetst_op.isoformat(), row.id), request, response)


@router.post(
    "/vergunningen/{vergunning_id}/bibob-toetsen",
    operation_id="bibob_toetsen_toevoegen",
    status_code=201,
    summary="Leg een Bibob-toets vast",
    description="Datum en kenmerk van een toets, bij elke soort vergunning.",
)
def bibob_toetsen_toevoegen(
    uow: Work, vergunning_id: UUID, data: BibobToetsCreate, response: Response
) -> BibobToetsRead:
    """Stores that a permit was tested."""
    made = bibob.add_bibob_toets(uow, vergunning_id, data)
    response.headers["Location"] = f"/v1/vergunningen/{vergunning_id}/bibob-toetsen"
    return made


@router.get(
    "/bibob-werklijst",
    operation_id="bibob_werklijst_lezen",
    summary="Bibob-werklijst",
    description="Vergunningen van seksinrichtingen en huisvesting die getoetst moeten worden, eerste datum eerst. "
    "Dit is bureauwerk: er volgt nooit een controle uit.",
)
def bibob_werklijst_lezen(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    gemeentecode: GemeenteFilter = None,
    voor: Annotated[Datum | None, Query(description="Alleen wat op of voor deze datum getoetst moet worden.")] = None,
) -> Pagina[BibobWerkregel]:
    """A page of the Bibob worklist."""
    rows = bibob.bibob_werklijst(uow, gemeentecode, voor, page)
    return page_of(
        rows, page, lambda row: row, lambda row: (row.toetsen_voor.isoformat(), row.vergunning_id), request, response
    )
