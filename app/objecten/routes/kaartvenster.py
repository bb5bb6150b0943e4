"""/objecten/_kaart: a window of the map as GeoJSON (REG-20)."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse

from app.core.http.crs import WITH_CRS, AskedCrs, tell_crs
from app.core.http.work import Work
from app.objecten.routes.filters import GemeenteFilter, Soorten
from app.objecten.routes.kaart import RequiredWindow
from app.objecten.schemas.filters import Kaartfilter
from app.objecten.schemas.kaart import KaartRead
from app.objecten.service import kaart
from app.objecten.status import Objectstatus
from geo.crs import Crs

router = APIRouter(prefix="/objecten", tags=["objecten"])


class GeoJson(JSONResponse):
    """An answer in GeoJSON (RFC 7946)."""

    media_type = "application/geo+json"


@router.get(
    "/_kaart",
    operation_id="objecten_kaart",
    summary="Objecten op de kaart",
    description="Wat in het venster ligt, als GeoJSON. Tot en met 2.000 objecten elk apart; daarboven clusters: cellen met het aantal, "
    "het aantal per soort en het gemiddelde punt. Met de bbox van een cluster kunt u inzoomen. 'totaal' is het aantal objecten in het venster.",
    responses=WITH_CRS,
    response_class=GeoJson,
)
def objecten_kaart(
    uow: Work,
    response: Response,
    window: RequiredWindow,
    gemeentecode: GemeenteFilter = None,
    soort: Soorten = [],  # noqa: B006 - FastAPI copies a default
    status: Annotated[Objectstatus | None, Query(description="Alleen objecten met deze status.")] = None,
    crs: AskedCrs = Crs.CRS84,
) -> KaartRead:
    """A window of the map."""
    tell_crs(response, crs)
    return kaart.show_map(uow, Kaartfilter(gemeentecode, tuple(soort), status), window, crs)
