"""/zorgaanbod: the zorgkaart, and its gaps (REG-15, HLP-01, HLP-02)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.schemas import Code, Datum, Gemeentecode
from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Work
from app.gemeenten.routes.filters import DagFilter, GemeenteFilter
from app.gemeenten.schemas.zorgaanbod import ZorgaanbodCreate, ZorgaanbodRead, ZorgaanbodUpdate, ZorghiatenRead
from app.gemeenten.service import zorgaanbod

router = APIRouter(tags=["zorgaanbod"])


@router.get(
    "/zorgaanbod",
    operation_id="zorgaanbod_lijst",
    summary="Zorgkaart",
    description="Wie welke groep helpt, op volgorde van organisatie; ook aanbod voor de regio en voor het hele land.",
)
def zorgaanbod_lijst(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    gemeentecode: GemeenteFilter = None,
    groep: Annotated[Code | None, Query(description="Alleen voor deze groep, uit de lijst 'hulpgroepen'.")] = None,
    hulpsoort: Annotated[Code | None, Query(description="Alleen deze soort hulp.")] = None,
    geldigOp: DagFilter = None,  # noqa: N803 - query keys are camelCase (API design rules)
) -> Pagina[ZorgaanbodRead]:
    """A page of offers."""
    rows = zorgaanbod.list_zorgaanbod(uow, page, gemeentecode, groep, hulpsoort, geldigOp)
    return page_of(rows, page, lambda row: row, lambda row: (row.organisatie, row.id), request, response)


@router.get(
    "/zorgaanbod/{zorgaanbod_id}",
    operation_id="zorgaanbod_lezen",
    summary="Een zorgaanbod",
    description="Een soort hulp van een organisatie.",
)
def zorgaanbod_lezen(uow: Work, zorgaanbod_id: UUID, response: Response) -> ZorgaanbodRead:
    """One offer."""
    return _answer(zorgaanbod.get_zorgaanbod(uow, zorgaanbod_id), response)


@router.post(
    "/zorgaanbod",
    operation_id="zorgaanbod_toevoegen",
    status_code=201,
    summary="Voeg zorgaanbod toe",
    description="Een soort hulp van een organisatie, en voor wie. Zonder financier geldt die van de soort hulp.",
)
def zorgaanbod_toevoegen(uow: Work, data: ZorgaanbodCreate, response: Response) -> ZorgaanbodRead:
    """Stores an offer."""
    made = zorgaanbod.add_zorgaanbod(uow, data)
    response.headers["Location"] = f"/v1/zorgaanbod/{made.id}"
    return _answer(made, response)


@router.patch(
    "/zorgaanbod/{zorgaanbod_id}",
    operation_id="zorgaanbod_wijzigen",
    summary="Wijzig of beëindig zorgaanbod",
    description="Wat u weglaat, blijft. Beëindigd aanbod blijft bewaard en telt niet meer mee.",
)
def zorgaanbod_wijzigen(
    uow: Work, zorgaanbod_id: UUID, data: ZorgaanbodUpdate, response: Response, if_match: IfMatch = None
) -> ZorgaanbodRead:
    """Changes an offer."""
    return _answer(zorgaanbod.change_zorgaanbod(uow, zorgaanbod_id, data, if_match), response)


@router.get(
    "/rapportages/zorgkaart-hiaten",
    operation_id="rapportages_zorgkaart_hiaten",
    summary="Groepen zonder zorgaanbod",
    description="Elke groep met het aantal keren aanbod op een dag; een groep zonder aanbod is een hiaat.",
)
def rapportages_zorgkaart_hiaten(
    uow: Work,
    gemeentecode: Annotated[Gemeentecode | None, Query(description="Zonder code uw eigen gemeente.")] = None,
    op: Annotated[Datum | None, Query(description="Op deze dag; zonder datum vandaag.")] = None,
) -> ZorghiatenRead:
    """REG-15: the gap report."""
    return zorgaanbod.find_gaps(uow, gemeentecode or uow.caller.gemeentecode, op or uow.today)


def _answer(row: ZorgaanbodRead, response: Response) -> ZorgaanbodRead:
    set_etag(response, row.versie)
    return row
