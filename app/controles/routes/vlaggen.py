"""/vlaggen: flags of the Pandbrigade (REG-09, ROL-07)."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.controles.schemas.vlaggen import VlagCreate, VlagRead
from app.controles.service import vlaggen
from app.core.http.paging import Page, Pagina, page_of
from app.core.http.versions import set_etag
from app.core.http.work import Work

router = APIRouter(prefix="/vlaggen", tags=["vlaggen"])


@router.get(
    "",
    operation_id="vlaggen_lijst",
    summary="Vlaggen",
    description="De vlaggen van uw team; de aandachtsfunctionaris en de planner zien die van hun gemeente. Nieuwste eerst.",
)
def vlaggen_lijst(uow: Work, page: Page, request: Request, response: Response) -> Pagina[VlagRead]:
    """Flags, newest first."""
    rows = vlaggen.list_vlaggen(uow, page)
    shown = {vlag.id: vlag for vlag in vlaggen.show_vlaggen(uow, rows[: page.limit])}
    return page_of(
        rows, page, lambda row: shown[row.id], lambda row: (row.gemeld_op.isoformat(), row.id), request, response
    )


@router.get("/{vlag_id}", operation_id="vlaggen_lezen", summary="Een vlag", description="Een vlag op kenmerk.")
def vlaggen_lezen(uow: Work, vlag_id: UUID, response: Response) -> VlagRead:
    """One flag."""
    vlag = vlaggen.get_vlag(uow, vlag_id)
    set_etag(response, vlag.versie)
    return vlag


@router.post(
    "",
    operation_id="vlaggen_toevoegen",
    status_code=201,
    summary="Zet een vlag",
    description="Adres, m², bedden en aantal personen; nooit een naam. De dienst rekent de ruimte per persoon uit en zet het adres zo nodig in beeld.",
)
def vlaggen_toevoegen(uow: Work, data: VlagCreate, response: Response) -> VlagRead:
    """Stores a flag."""
    vlag, new = vlaggen.add_vlag(uow, data)
    response.status_code = 201 if new else 200
    response.headers["Location"] = f"/v1/vlaggen/{vlag.id}"
    set_etag(response, vlag.versie)
    return vlag
