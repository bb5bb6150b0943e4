"""/gebieden: areas per year."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request, Response

from app.core.http.crs import WITH_CRS, AskedCrs, content_crs, tell_crs
from app.core.http.paging import Page, Pagina, page_of
from app.core.http.versions import answer_or_304
from app.core.http.work import Work
from app.gemeenten.routes.filters import GemeenteFilter
from app.gemeenten.schemas.gemeenten import GebiedenCreate, GebiedenkaartRead, GebiedenResultaat, GebiedRead
from app.gemeenten.service import gebieden
from app.gemeenten.service.gebiedenkaart import light_map
from app.gemeenten.service.gemeenten import require_gemeente
from app.gemeenten.status import Gebiedsoort
from geo.crs import Crs

router = APIRouter(prefix="/gebieden", tags=["gebieden"])
JaarFilter = Annotated[int | None, Query(ge=1995, le=2200, description="Alleen de indeling van dit jaar.")]
SoortFilter = Annotated[Gebiedsoort | None, Query(description="Alleen gemeenten, wijken of buurten.")]


def asked_boundary(
    geometrie: Annotated[bool, Query(description="Ook de grens, als GeoJSON in het stelsel van crs.")] = False,
    crs: AskedCrs = Crs.CRS84,
) -> Crs | None:
    """The system in which boundaries are asked for; None without them."""
    return crs if geometrie else None


AskedBoundary = Annotated[Crs | None, Depends(asked_boundary)]


@router.get(
    "",
    operation_id="gebieden_lijst",
    summary="Gebieden",
    description="Gemeenten, wijken en buurten van uw gemeenten, op volgorde van code; de grens alleen met geometrie=true.",
    responses=WITH_CRS,
)
def gebieden_lijst(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    boundary: AskedBoundary,
    gemeentecode: GemeenteFilter = None,
    jaar: JaarFilter = None,
    soort: SoortFilter = None,
) -> Pagina[GebiedRead]:
    """A page of areas."""
    rows = gebieden.list_gebieden(uow, page, gemeentecode, jaar, soort)
    if boundary is not None:
        tell_crs(response, boundary)
    return page_of(
        rows,
        page,
        lambda row: GebiedRead(
            **row.model_dump(exclude={"geometrie"}), geometrie=gebieden.boundary_of(row, boundary) if boundary else None
        ),
        lambda row: (row.code, row.id),
        request,
        response,
    )


@router.get(
    "/kaart",
    operation_id="gebieden_kaart",
    summary="Een lichte kaart van de gebieden van een gemeente",
    description=(
        "Gemeentegrens en fijnste indeling van dit jaar als GeoJSON (CRS84), vereenvoudigd tot hooguit enkele honderden kB, "
        "voor een kaart zonder netwerk. Ongewijzigd: 304."
    ),
    response_model=GebiedenkaartRead,
    responses={**WITH_CRS, 304: {"description": "Niets veranderd sinds de ETag in If-None-Match."}},
)
def gebieden_kaart(
    uow: Work,
    gemeentecode: GemeenteFilter = None,
    if_none_match: Annotated[str | None, Header(alias="If-None-Match", max_length=200)] = None,
) -> Response:
    """The areas of a municipality, light enough to keep on a tablet."""
    content = light_map(uow, gemeentecode or uow.caller.gemeentecode)
    return answer_or_304(content, if_none_match, content_crs(Crs.CRS84))


@router.post(
    "",
    operation_id="gebieden_toevoegen",
    status_code=201,
    summary="Voeg de gebieden van een jaar toe",
    description=(
        "Neemt GeoJSON van CBS of een eigen indeling met 'soort', 'code' en 'naam'. Bij een fout wordt niets bewaard. "
        "Nogmaals sturen verandert niets; een gebied van een jaar dat er al is, kan niet anders worden opgeslagen."
    ),
)
def gebieden_toevoegen(uow: Work, data: GebiedenCreate, response: Response) -> GebiedenResultaat:
    """Stores the areas of a year (REG-20)."""
    require_gemeente(uow, data.gemeentecode, lock=True)
    result = gebieden.store_areas(uow, data.gemeentecode, data.jaar, data.gebieden, data.bron)
    response.headers["Location"] = f"/v1/gebieden?gemeentecode={data.gemeentecode}&jaar={data.jaar}"
    return result
