"""/objecten: the stock to be watched, and the business plans of an object."""

from dataclasses import replace
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from app.core.http.crs import CREATED_WITH_CRS, WITH_CRS, AskedCrs, SentCrs, tell_crs
from app.core.http.paging import Page, Pagina, page_of, page_up_to
from app.core.http.schemas import Datum
from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Work
from app.objecten.routes.filters import BuurtFilter, GemeenteFilter, Soorten, WijkFilter
from app.objecten.routes.kaart import Window
from app.objecten.schemas.filters import Objectfilter
from app.objecten.schemas.objecten import ObjectCreate, ObjectPatch, ObjectRead, Zoekvraag
from app.objecten.schemas.vergunningen import BedrijfsplanCreate, BedrijfsplanRead
from app.objecten.service import bedrijfsplannen, objecten, zoeken
from app.objecten.status import Objectstatus, Vergunningsoort
from geo.crs import Crs

router = APIRouter(prefix="/objecten", tags=["objecten"])


def asked_more(
    bbox: Window,
    buiten_gemeente: Annotated[
        bool | None, Query(alias="buitenGemeente", description="Alleen wat buiten de gemeente ligt, of juist niet.")
    ] = None,
    controle_voor: Annotated[
        Datum | None,
        Query(alias="controleVoor", description="Alleen met een risicoadres, te controleren op of voor deze datum."),
    ] = None,
    vergunningsoort: Annotated[
        Vergunningsoort | None, Query(description="Alleen met een verleende vergunning van deze soort.")
    ] = None,
    bibob_voor: Annotated[
        Datum | None,
        Query(alias="bibobVoor", description="Alleen met een vergunning, te toetsen op of voor deze datum."),
    ] = None,
) -> Objectfilter:
    """What stands elsewhere than in the object itself: where it lies, what it waits for, its permits."""
    return Objectfilter(
        bbox=bbox,
        buiten_gemeente=buiten_gemeente,
        controle_voor=controle_voor,
        vergunningsoort=vergunningsoort,
        bibob_voor=bibob_voor,
    )


def asked_objects(
    more: Annotated[Objectfilter, Depends(asked_more)],
    gemeentecode: GemeenteFilter = None,
    soort: Soorten = [],  # noqa: B006 - FastAPI copies a default
    status: Annotated[Objectstatus | None, Query(description="Alleen objecten met deze status.")] = None,
    wijkcode: WijkFilter = None,
    buurtcode: BuurtFilter = None,
) -> Objectfilter:
    """What a list of objects is narrowed by; nothing tells dwellings apart by their use (REG-05, REG-20)."""
    return replace(
        more,
        gemeentecode=gemeentecode,
        types=tuple(soort),
        status=status,
        wijkcodes=(wijkcode,) if wijkcode else (),
        buurtcodes=(buurtcode,) if buurtcode else (),
    )


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
    found = zoeken.find_objects(uow, filters, None, page, crs)
    tell_crs(response, crs)
    return page_up_to(objecten.as_seen(uow, found.rows), found.volgende, request, response)


@router.post(
    "/_zoek",
    operation_id="objecten_zoeken",
    summary="Zoek een object",
    description="Zoekt op adres, naam, vergunningnummer, KvK-nummer, BAG-nummer of eigen nummer, en op kenmerken en gebied. De zoekwoorden "
    "staan in de inhoud, zodat ze in geen logboek komen. Met tekst komen hele nummers eerst, dan woorden. Met een gebied kan een pagina "
    "korter zijn dan limiet.",
    responses=WITH_CRS,
)
def objecten_zoeken(
    uow: Work,
    data: Zoekvraag,
    page: Page,
    request: Request,
    response: Response,
    sent: SentCrs,
    crs: AskedCrs = Crs.CRS84,
) -> Pagina[ObjectRead]:
    """A page of objects that fit."""
    tell_crs(response, crs)
    found = zoeken.search_objects(uow, data, page, sent, crs)
    return page_up_to(objecten.as_seen(uow, found.rows), found.volgende, request, response)


@router.get(
    "/{object_id}",
    operation_id="objecten_lezen",
    summary="Een object",
    description="Een object met zijn adres. Het KvK-nummer alleen voor wie het register bijhoudt of koppelingen ziet; nooit bij een woning.",
    responses=WITH_CRS,
)
def objecten_lezen(uow: Work, object_id: UUID, response: Response, crs: AskedCrs = Crs.CRS84) -> ObjectRead:
    """One object."""
    return _answer(objecten.as_seen(uow, [objecten.get_object(uow, object_id, crs)])[0], response, crs)


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


def _answer(row: ObjectRead, response: Response, crs: Crs) -> ObjectRead:
    set_etag(response, row.versie)
    tell_crs(response, crs)
    return row
