"""/objecten: the stock to be watched, and the business plans of an object."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Work
from app.objecten.routes.filters import BuurtFilter, GemeenteFilter, WijkFilter
from app.objecten.routes.kaart import CREATED_WITH_CRS, WITH_CRS, AskedCrs, SentCrs, Window, tell_crs
from app.objecten.schemas.filters import Objectfilter
from app.objecten.schemas.objecten import ObjectCreate, ObjectPatch, ObjectRead, Zoekvraag
from app.objecten.schemas.vergunningen import BedrijfsplanCreate, BedrijfsplanRead
from app.objecten.service import bedrijfsplannen, objecten, zoeken
from app.objecten.status import Objectstatus, Objecttype
from geo.crs import Crs

router = APIRouter(prefix="/objecten", tags=["objecten"])


def asked_objects(
    bbox: Window,
    gemeentecode: GemeenteFilter = None,
    soort: Annotated[Objecttype | None, Query(alias="type", description="Alleen dit soort object.")] = None,
    status: Annotated[Objectstatus | None, Query(description="Alleen objecten met deze status.")] = None,
    wijkcode: WijkFilter = None,
    buurtcode: BuurtFilter = None,
    buiten_gemeente: Annotated[
        bool | None,
        Query(alias="buitenGemeente", description="Alleen wat buiten (true) of binnen (false) de gemeentegrens ligt."),
    ] = None,
) -> Objectfilter:
    """What a list of objects is narrowed by; nothing tells dwellings apart by their use (REG-05, REG-20)."""
    return Objectfilter(gemeentecode, soort, status, wijkcode, buurtcode, bbox, buiten_gemeente)


Filters = Annotated[Objectfilter, Depends(asked_objects)]


@router.get(
    "",
    operation_id="objecten_lijst",
    summary="Objecten",
    description="De objecten van uw gemeenten, op volgorde van gemeente en nummer. Met bbox kan een pagina korter zijn dan limiet.",
    responses=WITH_CRS,
)
def objecten_lijst(
    uow: Work, page: Page, request: Request, response: Response, filters: Filters, crs: AskedCrs = Crs.CRS84
) -> Pagina[ObjectRead]:
    """A page of objects."""
    found = objecten.list_objecten(uow, filters, page, crs)
    tell_crs(response, crs)
    shown = page_of(found.rows, page, lambda row: row, _key, request, response)
    shown.resultaten = [row for row in shown.resultaten if row.id not in found.outside]
    return shown


@router.post(
    "/_zoek",
    operation_id="objecten_zoeken",
    summary="Zoek een object",
    description="Zoekt op adres, naam, vergunningnummer, KvK-nummer of eigen nummer. De zoekwoorden staan in de inhoud, "
    "zodat ze in geen logboek komen.",
    responses=WITH_CRS,
)
def objecten_zoeken(
    uow: Work, data: Zoekvraag, page: Page, request: Request, response: Response, crs: AskedCrs = Crs.CRS84
) -> Pagina[ObjectRead]:
    """A page of objects that fit the words."""
    tell_crs(response, crs)
    return page_of(zoeken.search_objects(uow, data, page, crs), page, lambda row: row, _key, request, response)


@router.get(
    "/{object_id}",
    operation_id="objecten_lezen",
    summary="Een object",
    description="Een object met zijn adres.",
    responses=WITH_CRS,
)
def objecten_lezen(uow: Work, object_id: UUID, response: Response, crs: AskedCrs = Crs.CRS84) -> ObjectRead:
    """One object."""
    return _answer(objecten.get_object(uow, object_id, crs), response, crs)


@router.post(
    "",
    operation_id="objecten_toevoegen",
    status_code=201,
    summary="Voeg een object toe",
    description="Op een bekend adres (adresId) of een nieuw adres met punt. Een woning heeft nooit een KvK-nummer.",
    responses=CREATED_WITH_CRS,
)
def objecten_toevoegen(uow: Work, data: ObjectCreate, response: Response, crs: SentCrs) -> ObjectRead:
    """Stores an object."""
    made = objecten.add_object(uow, data, crs)
    response.headers["Location"] = f"/v1/objecten/{made.id}"
    return _answer(made, response, crs)


@router.patch(
    "/{object_id}",
    operation_id="objecten_wijzigen",
    summary="Wijzig een object",
    description="Wat u weglaat, blijft. Soort en adres veranderen niet; voeg daarvoor een nieuw object toe.",
    responses=WITH_CRS,
)
def objecten_wijzigen(
    uow: Work,
    object_id: UUID,
    data: ObjectPatch,
    response: Response,
    if_match: IfMatch = None,
    crs: AskedCrs = Crs.CRS84,
) -> ObjectRead:
    """Changes an object."""
    return _answer(objecten.change_object(uow, object_id, if_match, data, crs), response, crs)


@router.get(
    "/{object_id}/bedrijfsplannen",
    operation_id="bedrijfsplannen_lijst",
    summary="Bedrijfsplannen van een object",
    description="De goedgekeurde versies, oudste eerst.",
)
def bedrijfsplannen_lijst(
    uow: Work, object_id: UUID, page: Page, request: Request, response: Response
) -> Pagina[BedrijfsplanRead]:
    """A page of business plans."""
    rows = bedrijfsplannen.list_bedrijfsplannen(uow, object_id, page)
    return page_of(rows, page, lambda row: row, lambda row: (row.goedgekeurd_op.isoformat(), row.id), request, response)


@router.post(
    "/{object_id}/bedrijfsplannen",
    operation_id="bedrijfsplannen_toevoegen",
    status_code=201,
    summary="Voeg een bedrijfsplan toe",
    description="Een goedgekeurde versie; een controle legt vast welke versie is gecontroleerd.",
)
def bedrijfsplannen_toevoegen(
    uow: Work, object_id: UUID, data: BedrijfsplanCreate, response: Response
) -> BedrijfsplanRead:
    """Stores a business plan."""
    made = bedrijfsplannen.add_bedrijfsplan(uow, object_id, data)
    response.headers["Location"] = f"/v1/objecten/{object_id}/bedrijfsplannen"
    return made


def _key(row: ObjectRead) -> tuple[str, UUID]:
    return f"{row.gemeentecode}|{row.nummer}", row.id


def _answer(row: ObjectRead, response: Response, crs: Crs) -> ObjectRead:
    set_etag(response, row.versie)
    tell_crs(response, crs)
    return row
