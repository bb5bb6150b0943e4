"""/acties: integral actions (CAD-04, CAD-05)."""

from fastapi import APIRouter, Request, Response

from app.controles.schemas.controles import ActieCreate, ActieRead
from app.controles.service import acties
from app.core.http.paging import Page, Pagina, page_of
from app.core.http.versions import set_etag
from app.core.http.work import Work

router = APIRouter(prefix="/acties", tags=["acties"])


@router.get("", operation_id="acties_lijst", summary="Integrale acties", description="Op volgorde van datum.")
def acties_lijst(uow: Work, page: Page, request: Request, response: Response) -> Pagina[ActieRead]:
    """Actions by date."""
    rows = acties.list_acties(uow, page)
    return page_of(rows, page, lambda row: row, lambda row: (row.datum.isoformat(), row.id), request, response)


@router.post(
    "",
    operation_id="acties_toevoegen",
    status_code=201,
    summary="Plan een integrale actie",
    description="Een datum, de gemeente en haar partners. Zonder partner telt de actie niet als integraal.",
)
def acties_toevoegen(uow: Work, data: ActieCreate, response: Response) -> ActieRead:
    """Plans an action."""
    actie, new = acties.add_actie(uow, data)
    response.status_code = 201 if new else 200
    response.headers["Location"] = "/v1/acties"
    set_etag(response, actie.versie)
    return actie
