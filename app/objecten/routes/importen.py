"""/importen: files of a municipality, read in the background (design section 4)."""

from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response, UploadFile
from fastapi.responses import StreamingResponse
from fastapi.routing import APIRoute
from pydantic import Field, StringConstraints
from starlette.concurrency import run_in_threadpool

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.schemas import ApiInput, Datum, Gemeentecode, Naam
from app.core.http.work import Work, authorise, runtime_of
from app.core.shapes import shaped
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.schemas.velden import Jaar
from app.objecten.routes.filters import GemeenteFilter
from app.objecten.schemas.importen import Aanvraag, ImportafwijzingRead, ImportDetail, ImportRead
from app.objecten.service import afgewezen, importacties, importen
from app.objecten.status import Importindeling

RETRY_SECONDS = "2"


class SignedInFirst(APIRoute):
    """Looks who asks before a large body is taken in; a body is otherwise read before any dependency runs."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler of FastAPI with the check before it."""
        handle = super().get_route_handler()

        async def handle_signed_in(request: Request) -> Response:
            await run_in_threadpool(authorise, request, runtime_of(request))
            return await handle(request)

        return handle_signed_in


router = APIRouter(prefix="/importen", tags=["importen"])
uploads = APIRouter(prefix="/importen", tags=["importen"], route_class=SignedInFirst)


class Importverzoek(ApiInput):
    """A file with what it is and where it came from."""

    bestand: UploadFile = Field(description="Het bestand.")
    indeling: Importindeling | None = Field(
        default=None, description="Hoe het bestand is ingedeeld. Weglaten: de dienst herkent het aan de kolommen."
    )
    gemeentecode: Gemeentecode = Field(description="De gemeente waarvan het bestand is.")
    bron: Naam = Field(description="Waar het bestand vandaan komt.")
    proef: bool = Field(default=False, description="Alleen lezen, controleren en vergelijken; er wordt niets bewaard.")
    licentie: Naam | None = Field(default=None, description="De licentie van de bron, als die afwijkt van de bekende.")
    bron_url: (
        Annotated[
            str,
            StringConstraints(
                pattern=shaped(r"^https?://[^\s]{1,490}$", "een webadres dat met http:// of https:// begint")
            ),
        ]
        | None
    ) = Field(default=None, description="Waar de bron gepubliceerd is.")
    peildatum: Datum | None = Field(default=None, description="De dag waarover het bestand gaat.")
    jaar: Jaar | None = Field(default=None, description="Jaar van de gebiedsindeling, als het bestand dat niet zegt.")


@router.get(
    "",
    operation_id="importen_lijst",
    summary="Importen",
    description="De importen van uw gemeenten, nieuwste eerst.",
)
def importen_lijst(
    uow: Work, page: Page, request: Request, response: Response, gemeentecode: GemeenteFilter = None
) -> Pagina[ImportRead]:
    """A page of imports."""
    rows = importen.list_importen(uow, gemeentecode, page)
    return page_of(rows, page, lambda row: row, lambda row: (row.gemaakt_op.isoformat(), row.id), request, response)


@router.get(
    "/{import_id}",
    operation_id="importen_lezen",
    summary="Een import",
    description="Hoe ver het inlezen is en wat de rijen deden: nieuw, gewijzigd, ongewijzigd of afgewezen.",
)
def importen_lezen(uow: Work, import_id: UUID, response: Response) -> ImportDetail:
    """One import; as long as it is at work the answer says when to ask again."""
    found = importen.get_import(uow, import_id)
    if found.fase is not None:
        response.headers["Retry-After"] = RETRY_SECONDS
    return found


@uploads.post(
    "",
    operation_id="importen_toevoegen",
    status_code=202,
    summary="Lees een bestand in",
    description="Het inlezen gebeurt op de achtergrond: goede rijen komen erin, elke afgewezen rij wordt met reden getoond. "
    "Hetzelfde bestand nog een keer verandert niets. Met 'proef' wordt alles gelezen en vergeleken en niets bewaard.",
)
def importen_toevoegen(
    uow: Work,
    response: Response,
    data: Annotated[Importverzoek, Form(media_type="multipart/form-data")],
) -> ImportRead:
    """Keeps a file and has it read in the background. The body has been received in full when the transaction begins."""
    wanted = Aanvraag(**data.model_dump(exclude={"bestand"}))
    made = importen.add_import(uow, wanted, data.bestand.filename or "", data.bestand.file)
    response.headers["Location"] = f"/v1/importen/{made.id}"
    response.headers["Retry-After"] = RETRY_SECONDS
    return made


@router.post(
    "/{import_id}/_doorvoeren",
    operation_id="importen_doorvoeren",
    status_code=202,
    summary="Voer een proef door",
    description="Leest het bestand van een proef die klaar is nu echt in. Nog een keer vragen verandert niets.",
)
def importen_doorvoeren(uow: Work, import_id: UUID, response: Response) -> ImportRead:
    """Makes a preview real."""
    made = importacties.make_real(uow, import_id)
    response.headers["Location"] = f"/v1/importen/{made.id}"
    return made


@router.post(
    "/{import_id}/_bevestigen",
    operation_id="importen_bevestigen",
    summary="Bevestig verdwenen vergunningen",
    description="Markeert de vergunningen die opvallend veel tegelijk uit de bron verdwenen. Nog een keer vragen verandert niets.",
)
def importen_bevestigen(uow: Work, import_id: UUID) -> ImportRead:
    """Marks what waited for confirmation."""
    return importacties.confirm_disappeared(uow, import_id)


@router.delete(
    "/{import_id}",
    operation_id="importen_verwijderen",
    status_code=204,
    summary="Verwijder het verslag van een import",
    description="Verwijdert afgewezen rijen, redenen en bestand. Wat is ingelezen blijft, met de bron waar het vandaan komt.",
)
def importen_verwijderen(uow: Work, import_id: UUID) -> None:
    """Deletes a report."""
    importacties.delete_import(uow, import_id)


@router.get(
    "/{import_id}/afgewezen-rijen",
    operation_id="afgewezen_rijen_ophalen",
    summary="Afgewezen rijen als CSV",
    description="De rijen zoals ze in het bestand stonden, met 'veldwachtRegel' en 'veldwachtReden'. Herstel ze en stuur het bestand opnieuw in.",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
def afgewezen_rijen_ophalen(uow: Work, import_id: UUID, request: Request) -> StreamingResponse:
    """Streams a CSV file; its units of work are its own, since this one ends before the body runs."""
    record = afgewezen.check_rejected_rows(uow, import_id)
    runtime, caller, action, request_id = runtime_of(request), uow.caller, uow.action, uow.request_id

    def open_unit() -> AbstractContextManager[UnitOfWork]:
        return runtime.unit(caller, action, request_id, write=False)

    pieces = afgewezen.rejected_rows_csv(open_unit, record.id, list(record.kolommen))
    name = f'attachment; filename="afgewezen-rijen-{record.id}.csv"'
    return StreamingResponse(pieces, media_type="text/csv; charset=utf-8", headers={"Content-Disposition": name})


@router.get(
    "/{import_id}/afwijzingen",
    operation_id="importafwijzingen_lijst",
    summary="Afgewezen rijen van een import",
    description="Regel, veld en reden, op volgorde van het bestand. Met rijIngelezen is alleen dat veld weggelaten.",
)
def importafwijzingen_lijst(
    uow: Work, import_id: UUID, page: Page, request: Request, response: Response
) -> Pagina[ImportafwijzingRead]:
    """A page of rejected rows."""
    rows = importen.list_afwijzingen(uow, import_id, page)
    return page_of(rows, page, lambda row: row, lambda row: (f"{row.regel}|{row.veld}", row.id), request, response)
