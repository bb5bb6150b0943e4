"""/piketdiensten: the on-call roster (ROL-24)."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.work import Work
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.routes.filters import GemeenteFilter
from app.gemeenten.schemas.accounts import PiketdienstCreate, PiketdienstRead
from app.gemeenten.service import piket
from app.gemeenten.tables import Piketdienst

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
    shown = piket.read_piketdiensten(uow, rows)
    return page_of(rows, page, lambda row: shown[row.id], lambda row: (row.van.isoformat(), row.id), request, response)


@router.get(
    "/{piketdienst_id}",
    operation_id="piketdiensten_lezen",
    summary="Een piketdienst",
    description="Een piketdienst op kenmerk.",
)
def piketdiensten_lezen(uow: Work, piketdienst_id: UUID) -> PiketdienstRead:
    """One shift."""
    return _read(uow, piket.get_piketdienst(uow, piketdienst_id))


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
    return _read(uow, dienst)


@router.post(
    "/{piketdienst_id}/_testen",
    operation_id="piketdiensten_testen",
    summary="Leg een geslaagde test vast",
    description="Het nummer is gebeld en er is opgenomen. Geldt voor elke komende dienst op dit nummer.",
)
def piketdiensten_testen(uow: Work, piketdienst_id: UUID) -> PiketdienstRead:
    """Notes that the number was called and answered (ROL-24)."""
    return _read(uow, piket.record_test(uow, piketdienst_id))


@router.post(
    "/{piketdienst_id}/_testalarm",
    operation_id="piketdiensten_testalarm",
    summary="Stuur een testalarm",
    description="Een echt bericht naar het nummer en de aandachtsfunctionaris van deze dienst. Wie piket heeft beantwoordt het met `_beantwoorden`.",
)
def piketdiensten_testalarm(uow: Work, piketdienst_id: UUID) -> PiketdienstRead:
    """Sends a test alarm (ROL-24)."""
    return _read(uow, piket.send_test_alarm(uow, piketdienst_id))


@router.post(
    "/{piketdienst_id}/_beantwoorden",
    operation_id="piketdiensten_beantwoorden",
    summary="Beantwoord een testalarm",
    description="Alleen door wie deze dienst heeft, en op tijd. Het nummer telt daarna als getest.",
)
def piketdiensten_beantwoorden(uow: Work, piketdienst_id: UUID) -> PiketdienstRead:
    """Answers a test alarm (ROL-24)."""
    return _read(uow, piket.answer_test_alarm(uow, piketdienst_id))


def _read(uow: UnitOfWork, dienst: Piketdienst) -> PiketdienstRead:
    return piket.read_piketdiensten(uow, [dienst])[dienst.id]
