"""/importen: files of a municipality, read in the background (design section 4)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response, UploadFile
from pydantic import Field

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.schemas import ApiInput, Gemeentecode, Naam
from app.core.http.work import Work
from app.gemeenten.schemas.velden import Jaar
from app.objecten.routes.filters import GemeenteFilter
from app.objecten.schemas.importen import ImportafwijzingRead, ImportRead
from app.objecten.service import importen
from app.objecten.status import Importindeling

router = APIRouter(prefix="/importen", tags=["importen"])


class Importverzoek(ApiInput):
    """A file with what it is and where it came from."""

    bestand: UploadFile = Field(description="Het bestand.")
    indeling: Importindeling = Field(description="Hoe het bestand is ingedeeld.")
    gemeentecode: Gemeentecode = Field(description="De gemeente waarvan het bestand is.")
    bron: Naam = Field(description="Waar het bestand vandaan komt.")
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
    data: Annotated[Importverzoek, Form(media_type="multipart/form-data")],
) -> ImportRead:
    """Keeps a file and has it read in the background."""
    file = data.bestand
    made = importen.add_import(
        uow, data.gemeentecode, data.indeling, data.bron, file.filename or "", file.file.read(), data.jaar
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
