"""/taken: what the caller's roles and teams must do."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.work import Work
from app.gemeenten.routes.filters import GemeenteFilter
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.schemas.accounts import TaakRead
from app.gemeenten.service import taken
from app.gemeenten.status import Taakstatus

router = APIRouter(prefix="/taken", tags=["taken"])


@router.get(
    "",
    operation_id="taken_lijst",
    summary="Taken",
    description="De taken voor uw rollen en teams, op volgorde van datum; taken zonder datum staan achteraan.",
)
def taken_lijst(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    status: Annotated[Taakstatus, Query(description="Alleen taken met deze stand.")] = Taakstatus.OPEN,
    rol: Annotated[Rol | None, Query(description="Alleen taken voor deze rol.")] = None,
    teamId: Annotated[UUID | None, Query(description="Alleen taken voor dit team.")] = None,  # noqa: N803 - query keys are camelCase
    gemeentecode: GemeenteFilter = None,
) -> Pagina[TaakRead]:
    """The tasks of the caller's roles and teams."""
    rows = taken.list_taken(uow, page, status, rol, teamId, gemeentecode)
    return page_of(rows, page, lambda row: taken.read_taak(row, uow.today), taken.sort_key, request, response)


@router.post(
    "/{taak_id}/_afronden",
    operation_id="taken_afronden",
    summary="Rond een taak af",
    description="Nogmaals sturen verandert niets.",
)
def taken_afronden(uow: Work, taak_id: UUID) -> TaakRead:
    """Marks a task as done."""
    return taken.read_taak(taken.finish_taak(uow, taak_id), uow.today)
