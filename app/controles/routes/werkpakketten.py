"""/werkpakketten: all that a tablet needs for a day."""

from dataclasses import replace
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Request, Response

from app.controles.schemas.werkpakket import WerkpakketRead
from app.controles.service import werkpakket
from app.core.http.bounds import TOO_OFTEN, Bounded
from app.core.http.crs import WITH_CRS, content_crs
from app.core.http.schemas import Datum
from app.core.http.versions import answer_or_304
from app.core.http.work import SignedIn, operation_of, runtime_of
from geo.crs import Crs

TEAM_ID = UUID(int=1)

router = APIRouter(prefix="/werkpakketten", tags=["werkpakketten"])


@router.get(
    "/{datum}",
    operation_id="werkpakketten_lezen",
    summary="Het werk van een dag",
    description="Alle controles van uw teams op een dag in één antwoord, met alleen wat daarvoor nodig is. Ongewijzigd: 304.",
    response_model=WerkpakketRead,
    dependencies=[Bounded],
    responses={**WITH_CRS, **TOO_OFTEN, 304: {"description": "Niets veranderd sinds de ETag in If-None-Match."}},
)
async def werkpakketten_lezen(
    request: Request,
    caller: SignedIn,
    datum: Datum,
    if_none_match: Annotated[str | None, Header(alias="If-None-Match", max_length=200)] = None,
) -> Response:
    """The day of a team, looked up once for all of it that ask together; 304 when the tablet has these bytes already."""
    # Whose account it is can play no part in what is shared, so the look is made by nobody's.
    anybody = replace(caller, account_id=TEAM_ID, sub="", herkomst="", session_csrf=None)
    runtime = runtime_of(request)

    def look() -> bytes:
        with runtime.unit(anybody, operation_of(request), request.state.request_id, write=False) as uow:
            return werkpakket.build_package(uow, datum).model_dump_json(by_alias=True).encode()

    content = await request.app.state.together.answer((anybody, datum), look)
    return answer_or_304(content, if_none_match, content_crs(Crs.CRS84))
