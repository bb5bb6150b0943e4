"""/acties: integral actions (CAD-04, CAD-05)."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.controles.schemas.controles import ActieCreate, ActiePatch, ActieRead
from app.controles.service import acties
from app.core.http.paging import Page, Pagina, page_of
from app.core.http.versions import IfMatch, set_etag
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
    response.headers["Location"] = f"/v1/acties/{actie.id}"
    set_etag(response, actie.versie)
    return actie


@router.get(
    "/{actie_id}",
    operation_id="acties_lezen",
    summary="Een integrale actie",
    description="Tijd, verzamelpunt en deelnemende diensten; wie meedoet ziet vanaf 'adressenVanaf' ook waar.",
)
def acties_lezen(uow: Work, actie_id: UUID, response: Response) -> ActieRead:
    """One action."""
    actie = acties.get_actie(uow, actie_id)
    set_etag(response, actie.versie)
    return actie


@router.patch(
    "/{actie_id}",
    operation_id="acties_wijzigen",
    summary="Wijzig een integrale actie",
    description="Wat u weglaat, blijft. Met een andere aanvang schuift ook het moment waarop deelnemers de adressen zien.",
)
def acties_wijzigen(
    uow: Work, actie_id: UUID, data: ActiePatch, response: Response, if_match: IfMatch = None
) -> ActieRead:
    """Changes an action."""
    actie = acties.change_actie(uow, actie_id, if_match, data)
    set_etag(response, actie.versie)
    return actie
