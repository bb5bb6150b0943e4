"""/risicoadressen: addresses in view and the waiting list (REG-01, CAD-06)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from app.core.http.crs import CREATED_WITH_CRS, WITH_CRS, AskedCrs, SentCrs, tell_crs
from app.core.http.paging import Page, Pagina, page_of
from app.core.http.schemas import Datum
from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Work
from app.objecten.routes.filters import BuurtFilter, GemeenteFilter, WijkFilter
from app.objecten.routes.kaart import Window
from app.objecten.schemas.filters import Risicofilter
from app.objecten.schemas.risicoadressen import RisicoadresCreate, RisicoadresPatch, RisicoadresRead
from app.objecten.service import risicoadressen
from app.objecten.status import Objecttype, Risicostatus
from geo.crs import Crs

router = APIRouter(prefix="/risicoadressen", tags=["risicoadressen"])


def asked_risks(
    bbox: Window,
    gemeentecode: GemeenteFilter = None,
    status: Annotated[Risicostatus | None, Query(description="Alleen met deze status.")] = None,
    soort: Annotated[Objecttype | None, Query(alias="type", description="Alleen dit soort object.")] = None,
    wijkcode: WijkFilter = None,
    buurtcode: BuurtFilter = None,
    due_voor: Annotated[
        Datum | None,
        Query(alias="dueVoor", description="Alleen wat op of voor deze datum gecontroleerd moet zijn."),
    ] = None,
) -> Risicofilter:
    """What the waiting list is narrowed by; never by reason or use (REG-05, REG-20)."""
    return Risicofilter(gemeentecode, status, soort, wijkcode, buurtcode, due_voor, bbox)


Filters = Annotated[Risicofilter, Depends(asked_risks)]


@router.get(
    "",
    operation_id="risicoadressen_lijst",
    summary="Risicoadressen",
    description="De wachtlijst: wat het langst in beeld is eerst. Met bbox kan een pagina korter zijn dan limiet.",
    responses=WITH_CRS,
)
def risicoadressen_lijst(
    uow: Work, page: Page, request: Request, response: Response, filters: Filters, crs: AskedCrs = Crs.CRS84
) -> Pagina[RisicoadresRead]:
    """A page of the waiting list."""
    found = risicoadressen.list_risicoadressen(uow, filters, page, crs)
    tell_crs(response, crs)
    shown = page_of(
        found.rows, page, lambda row: row, lambda row: (row.in_beeld_op.isoformat(), row.id), request, response
    )
    shown.resultaten = [row for row in shown.resultaten if row.id not in found.outside]
    return shown


@router.get(
    "/{risicoadres_id}",
    operation_id="risicoadressen_lezen",
    summary="Een risicoadres",
    description="Een risicoadres met de datum waarvoor het gecontroleerd moet zijn.",
    responses=WITH_CRS,
)
def risicoadressen_lezen(
    uow: Work, risicoadres_id: UUID, response: Response, crs: AskedCrs = Crs.CRS84
) -> RisicoadresRead:
    """One risk address."""
    return _answer(risicoadressen.get_risicoadres(uow, risicoadres_id, crs), response, crs)


@router.post(
    "",
    operation_id="risicoadressen_toevoegen",
    status_code=201,
    summary="Breng een adres in beeld",
    description="Met reden, bron en herzieningsdatum. Er komt meteen een controletaak. Een adres dat al in beeld is, wordt aangevuld; "
    "de vroegste datum blijft.",
    responses=CREATED_WITH_CRS,
)
def risicoadressen_toevoegen(uow: Work, data: RisicoadresCreate, response: Response, crs: SentCrs) -> RisicoadresRead:
    """Brings an address into view."""
    made = risicoadressen.add_risicoadres(uow, data, crs)
    response.headers["Location"] = f"/v1/risicoadressen/{made.id}"
    return _answer(made, response, crs)


@router.patch(
    "/{risicoadres_id}",
    operation_id="risicoadressen_wijzigen",
    summary="Wijzig een risicoadres",
    description="Wat u weglaat, blijft. Met status vervallen gaat het adres uit beeld.",
    responses=WITH_CRS,
)
def risicoadressen_wijzigen(
    uow: Work,
    risicoadres_id: UUID,
    data: RisicoadresPatch,
    response: Response,
    if_match: IfMatch = None,
    crs: AskedCrs = Crs.CRS84,
) -> RisicoadresRead:
    """Changes a risk address."""
    return _answer(risicoadressen.change_risicoadres(uow, risicoadres_id, if_match, data, crs), response, crs)


def _answer(row: RisicoadresRead, response: Response, crs: Crs) -> RisicoadresRead:
    set_etag(response, row.versie)
    tell_crs(response, crs)
    return row
