"""/gemeenten: the municipalities in which the caller works."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.work import Work
from app.gemeenten.schemas.gemeenten import GemeenteRead
from app.gemeenten.service import gemeenten, piket

router = APIRouter(prefix="/gemeenten", tags=["gemeenten"])
PathCode = Annotated[str, Path(pattern=r"^GM\d{4}$", description="Gemeentecode van CBS, bijvoorbeeld GM0518.")]


@router.get(
    "",
    operation_id="gemeenten_lijst",
    summary="Gemeenten",
    description="De gemeenten waarin u werkt, op volgorde van code.",
)
def gemeenten_lijst(uow: Work, page: Page, request: Request, response: Response) -> Pagina[GemeenteRead]:
    """The municipalities of the caller."""
    rows = gemeenten.list_gemeenten(uow, page)
    return page_of(rows, page, GemeenteRead.model_validate, lambda row: (row.code, UUID(int=0)), request, response)


@router.get("/{code}", operation_id="gemeenten_lezen", summary="Een gemeente", description="Een gemeente op code.")
def gemeenten_lezen(uow: Work, code: PathCode) -> GemeenteRead:
    """One municipality."""
    return GemeenteRead.model_validate(gemeenten.require_gemeente(uow, code))


@router.post(
    "/{code}/_ingebruiknemen",
    operation_id="gemeenten_in_gebruik_nemen",
    summary="Neem een gemeente in gebruik",
    description="Kan pas als een piketnummer van een aandachtsfunctionaris is getest. Nogmaals sturen verandert niets.",
)
def gemeenten_in_gebruik_nemen(uow: Work, code: PathCode) -> GemeenteRead:
    """Puts a municipality into use (ROL-24)."""
    return GemeenteRead.model_validate(piket.take_into_use(uow, code))
