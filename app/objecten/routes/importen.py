"""/importen: files of a municipality, read in the background (design section 4)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Form, Request, Response, UploadFile

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.schemas import Gemeentecode
from app.core.http.work import Work
from app.objecten.routes.filters import GemeenteFilter
from app.objecten.schemas.importen import ImportafwijzingRead, ImportRead
from app.objecten.service import importen
from app.objecten.status import Importindeling

router = APIRouter(prefix="/importen", tags=["importen"])


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
def importen_lezen(uow: Work, import_id: UUID) -> ImportRead:
    """One import."""
    return importen.get_import(uow, import_id)


@router.post(
    "",
    operation_id="importen_toevoegen",
    status_code=202,
    summary="Lees een bestand in",
    description="CSV of GeoJSON. Het inlezen gebeurt op de achtergrond: goede rijen komen erin, elke afgewezen rij wordt met reden getoond. "
    "Hetzelfde bestand nog een keer verandert niets.",
)
def importen_toevoegen(
    uow: Work,
    response: Response,
    bestand: Annotated[UploadFile, File(description="Het bestand.")],
    indeling: Annotated[Importindeling, Form(description="Hoe het bestand is ingedeeld.")],
    gemeentecode: Annotated[Gemeentecode, Form(description="De gemeente waarvan het bestand is.")],
    bron: Annotated[
        str,
        Form(min_length=1, max_length=200, pattern=r"^[^\x00]*$", description="Waar het bestand vandaan komt."),
    ],
) -> ImportRead:
    """Keeps a file and has it read in the background."""
    made = importen.add_import(
        uow, gemeentecode, indeling, bron.strip() or bron, bestand.filename or "", bestand.file.read()
    )
    response.headers["Location"] = f"/v1/importen/{made.id}"
    return made


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
