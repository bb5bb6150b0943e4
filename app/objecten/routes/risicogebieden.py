"""/risicogebieden: why an area asks attention (REG-12)."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.schemas import Datum
from app.core.http.work import Work
from app.objecten.repository.risicogebieden import Risicogebiedfilter
from app.objecten.routes.filters import GemeenteFilter
from app.objecten.schemas.risicogebieden import (
    Gebiedcode,
    Gebiedenbestand,
    GebiedenIngelezen,
    RisicogebiedCreate,
    RisicogebiedRead,
)
from app.objecten.service import risicogebieden

router = APIRouter(prefix="/risicogebieden", tags=["risicogebieden"])


@router.get(
    "",
    operation_id="risicogebieden_lijst",
    summary="Risicogebieden",
    description="Waarom een gebied aandacht vraagt, met bron en kerngetal. Het telt in geen enkele prioriteit mee.",
)
def risicogebieden_lijst(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    gemeentecode: GemeenteFilter = None,
    gebiedcode: Annotated[Gebiedcode | None, Query(description="Alleen dit gebied.")] = None,
    geldig_op: Annotated[Datum | None, Query(alias="geldigOp", description="Alleen wat op deze dag geldt.")] = None,
) -> Pagina[RisicogebiedRead]:
    """A page of risk areas."""
    rows = risicogebieden.list_risicogebieden(uow, Risicogebiedfilter(gemeentecode, gebiedcode, geldig_op), page)
    return page_of(rows, page, lambda row: row, lambda row: (row.gebiedcode, row.id), request, response)


@router.post(
    "",
    operation_id="risicogebieden_toevoegen",
    status_code=201,
    summary="Voeg een risicogebied toe",
    description="Met reden en bron, nooit over personen.",
)
def risicogebieden_toevoegen(uow: Work, data: RisicogebiedCreate, response: Response) -> RisicogebiedRead:
    """Stores a risk area."""
    made, new = risicogebieden.add_risicogebied(uow, data)
    response.status_code = 201 if new else 200
    response.headers["Location"] = f"/v1/risicogebieden?gebiedcode={made.gebiedcode}"
    return made


@router.post(
    "/_inlezen",
    operation_id="risicogebieden_inlezen",
    summary="Lees kerngetallen per gebied in",
    description="CSV met de kolommen gebiedcode, jaar, reden, bron, url, kerngetal, waarde en geldigTot. Een bestand met een kolom over "
    "personen wordt in zijn geheel geweigerd. Hetzelfde bestand nog een keer verandert niets.",
)
def risicogebieden_inlezen(
    uow: Work, data: Annotated[Gebiedenbestand, Form(media_type="multipart/form-data")]
) -> GebiedenIngelezen:
    """Reads a file of figures per area."""
    return risicogebieden.import_risicogebieden(uow, data.gemeentecode, data.bestand.file.read())
