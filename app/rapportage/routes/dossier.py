"""/objecten/{id}/dossier: the file of an object (design section 4)."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.core.http.paging import Page, page_of
from app.core.http.work import Work
from app.rapportage.schemas.dossier import DossierRead
from app.rapportage.service import dossier
from app.rapportage.service.naleving import measures_at

router = APIRouter(tags=["dossiers"])


@router.get(
    "/objecten/{object_id}/dossier",
    operation_id="objecten_dossier",
    summary="Dossier van een object",
    description="Het object met vergunningen, plannen, termijnen, koppelingen en wat er bij controles over naleving is "
    "vastgesteld, zover u dat mag zien. De geschiedenis komt per pagina, nieuwste eerst.",
)
def objecten_dossier(uow: Work, object_id: UUID, page: Page, request: Request, response: Response) -> DossierRead:
    """The file of an object."""
    papers, links = dossier.papers_with_links(uow, object_id)
    rows = dossier.history(uow, object_id, papers.object.type, page)
    shown = page_of(rows, page, lambda row: row, lambda row: (row.datum.isoformat(), row.id), request, response)
    measures = measures_at(uow, object_id)
    return DossierRead(**dict(papers), maatregelen=measures, gekoppelde_objecten=links, geschiedenis=shown)
