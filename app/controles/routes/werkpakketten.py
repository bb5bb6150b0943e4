"""/werkpakketten: all that a tablet needs for a day."""

from typing import Annotated

from fastapi import APIRouter, Header, Response

from app.controles.schemas.werkpakket import WerkpakketRead
from app.controles.service import werkpakket
from app.core.http.crs import WITH_CRS, content_crs
from app.core.http.schemas import Datum
from app.core.http.versions import answer_or_304
from app.core.http.work import Work
from geo.crs import Crs

router = APIRouter(prefix="/werkpakketten", tags=["werkpakketten"])


@router.get(
    "/{datum}",
    operation_id="werkpakketten_lezen",
    summary="Het werk van een dag",
    description="Alle controles van uw teams op een dag in één antwoord, met alleen wat daarvoor nodig is. Ongewijzigd: 304.",
    response_model=WerkpakketRead,
    responses={**WITH_CRS, 304: {"description": "Niets veranderd sinds de ETag in If-None-Match."}},
)
def werkpakketten_lezen(
    uow: Work,
    datum: Datum,
    if_none_match: Annotated[str | None, Header(alias="If-None-Match", max_length=200)] = None,
) -> Response:
    """The day of a team; 304 when the tablet has these bytes already."""
    content = werkpakket.build_package(uow, datum).model_dump_json(by_alias=True).encode()
    return answer_or_304(content, if_none_match, content_crs(Crs.CRS84))
