"""/piketdiensten: the on-call roster (ROL-24)."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.work import Work
from app.gemeenten.routes.filters import GemeenteFilter
from app.gemeenten.schemas.accounts import PiketdienstCreate, PiketdienstRead
from app.gemeenten.service import piket

router = APIRouter(prefix="/piketdiensten", tags=["piketdiensten"])


@router.get(
    "",
    operation_id="piketdiensten_lijst",
    summary="Piketrooster",
    description="De piketdiensten van de aandachtsfunctionarissen van uw gemeenten, op volgorde van begin.",
)
def piketdiensten_lijst(
    uow: Work, page: Page, request: Request, response: Response, gemeentecode: GemeenteFilter = None
) -> Pagina[PiketdienstRead]:
    """A page of shifts."""
    rows = piket.list_piketdiensten(uow, page, gemeentecode)
    return page_of(
        rows, page, PiketdienstRead.model_validate, lambda row: (row.van.isoformat(), row.id), request, response
    )


@router.get(
    "/{piketdienst_id}",
    operation_id="piketdiensten_lezen",
    summary="Een piketdienst",
    description="Een piketdienst op kenmerk.",
)
def piketdiensten_lezen(uow: Work, piketdienst_id: UUID) -> PiketdienstRead:
    """One shift."""
    return PiketdienstRead.model_validate(piket.get_piketdienst(uow, piketdienst_id))


@router.post(
    "",
    operation_id="piketdiensten_toevoegen",
    status_code=201,
    summary="Voeg een piketdienst toe",
    description="Rang 1 heeft dienst, rang 2 is de vervanger. Een nummer dat al getest is, telt als getest.",
)
def piketdiensten_toevoegen(uow: Work, data: PiketdienstCreate, response: Response) -> PiketdienstRead:
    """Stores a shift."""
    dienst = piket.add_piketdienst(uow, data)
    response.headers["Location"] = f"/v1/piketdiensten/{dienst.id}"
    return PiketdienstRead.model_validate(dienst)


@router.post(
    "/{piketdienst_id}/_testen",
    operation_id="piketdiensten_testen",
    summary="Leg een geslaagde test vast",
    description="Het nummer is gebeld en er is opgenomen. Geldt voor elke komende dienst op dit nummer.",
)
def piketdiensten_testen(uow: Work, piketdienst_id: UUID) -> PiketdienstRead:
    """Notes that the number was called and answered (ROL-24)."""
    return PiketdienstRead.model_validate(piket.record_test(uow, piketdienst_id))
