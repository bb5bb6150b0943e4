"""/certificaten: certificates of companies and lodgings that house workers (REG-14)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.schemas import Code, Datum
from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Work
from app.objecten.routes.filters import GemeenteFilter
from app.objecten.schemas.certificaten import CertificaatCreate, Certificaatfilter, CertificaatPatch, CertificaatRead
from app.objecten.service import certificaten

router = APIRouter(prefix="/certificaten", tags=["certificaten"])


@router.get(
    "",
    operation_id="certificaten_lijst",
    summary="Certificaten",
    description="Certificaten voor huisvesting van werkenden in uw gemeenten; wat het eerst verloopt staat vooraan.",
)
def certificaten_lijst(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    gemeentecode: GemeenteFilter = None,
    object_id: Annotated[UUID | None, Query(alias="objectId", description="Alleen van dit object.")] = None,
    soort: Annotated[Code | None, Query(description="Alleen deze soort, bijvoorbeeld snf.")] = None,
    verloopt_voor: Annotated[
        Datum | None, Query(alias="verlooptVoor", description="Alleen wat voor deze dag zijn laatste dag heeft.")
    ] = None,
) -> Pagina[CertificaatRead]:
    """A page of certificates."""
    filters = Certificaatfilter(gemeentecode, object_id, soort, verloopt_voor)
    rows = certificaten.list_certificaten(uow, filters, page)
    return page_of(rows, page, lambda row: row, lambda row: (row.geldig_tot.isoformat(), row.id), request, response)


@router.get(
    "/{certificaat_id}", operation_id="certificaten_lezen", summary="Een certificaat", description="Een certificaat."
)
def certificaten_lezen(uow: Work, certificaat_id: UUID, response: Response) -> CertificaatRead:
    """One certificate."""
    return _answer(certificaten.get_certificaat(uow, certificaat_id), response)


@router.post(
    "",
    operation_id="certificaten_toevoegen",
    status_code=201,
    summary="Voeg een certificaat toe",
    description="Van een bedrijf of logies. Is het op de dag van een controle verlopen, dan is dat een bevinding over naleving.",
)
def certificaten_toevoegen(uow: Work, data: CertificaatCreate, response: Response) -> CertificaatRead:
    """Stores a certificate."""
    made = certificaten.add_certificaat(uow, data)
    response.headers["Location"] = f"/v1/certificaten/{made.id}"
    return _answer(made, response)


@router.patch(
    "/{certificaat_id}",
    operation_id="certificaten_wijzigen",
    summary="Werk een certificaat bij",
    description="Wat het register nu zegt. Wat u weglaat, blijft.",
)
def certificaten_wijzigen(
    uow: Work, certificaat_id: UUID, data: CertificaatPatch, response: Response, if_match: IfMatch = None
) -> CertificaatRead:
    """Changes a certificate."""
    return _answer(certificaten.change_certificaat(uow, certificaat_id, if_match, data), response)


def _answer(row: CertificaatRead, response: Response) -> CertificaatRead:
    set_etag(response, row.versie)
    return row
