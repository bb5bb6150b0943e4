"""Report of findings, Bibob file, export on request of access and worklist; each as JSON and as PDF (RPT-01, RPT-04, DAT-14)."""

from datetime import date
from typing import Annotated, Any, TypeVar
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.schemas import ApiOutput, Gemeentecode
from app.core.http.work import Work
from app.core.printing.drukken import print_pdf
from app.core.settings import ROOT
from app.rapportage.schemas.briefing import BriefingRead
from app.rapportage.schemas.rapporten import (
    BibobDossierRead,
    InzageRead,
    RapportRead,
    Rapportvorm,
    WerklijstRead,
    Werkregel,
)
from app.rapportage.service import briefing, rapporten, werklijst

router = APIRouter(tags=["dossiers"])
SJABLONEN = ROOT / "app" / "rapportage" / "sjablonen"

Stuk = TypeVar("Stuk", bound=ApiOutput)
Vorm = Annotated[Rapportvorm, Query(description="Als JSON, of om te printen als PDF (PDF/A-2a).")]
MET_PDF: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}
}


@router.get(
    "/controles/{controle_id}/rapport",
    operation_id="controles_rapport",
    summary="Rapport van bevindingen",
    description="Van een afgeronde controle of een poging: grondslag, binnentreden, metingen en tekortkomingen. Met het nummer "
    "van de toezichthouder, nooit met een naam.",
    response_model=RapportRead,
    responses=MET_PDF,
)
def controles_rapport(uow: Work, controle_id: UUID, formaat: Vorm = Rapportvorm.JSON) -> RapportRead | Response:
    """The report of a control."""
    made = rapporten.report_of_findings(uow, controle_id)
    return _as(formaat, "rapport", made.datum, made)


@router.get(
    "/acties/{actie_id}/briefing",
    operation_id="acties_briefing",
    summary="Briefing van een integrale actie",
    description="Tijd, verzamelpunt, diensten met hun bevoegdheden en een contactkaart, voor wie meedoet. Adressen pas vanaf de briefing.",
    response_model=BriefingRead,
    responses=MET_PDF,
)
def acties_briefing(uow: Work, actie_id: UUID, formaat: Vorm = Rapportvorm.JSON) -> BriefingRead | Response:
    """The briefing sheet of an action."""
    made = briefing.briefing_sheet(uow, actie_id)
    return _as(formaat, "briefing", made.datum, made)


@router.get(
    "/vergunningen/{vergunning_id}/bibob-dossier",
    operation_id="vergunningen_bibob_dossier",
    summary="Bibob-dossier van een vergunning",
    description="De vergunning met haar verlengingen, wanneer zij is getoetst, en wat er bij controles over naleving is vastgesteld.",
    response_model=BibobDossierRead,
    responses=MET_PDF,
)
def vergunningen_bibob_dossier(
    uow: Work, vergunning_id: UUID, formaat: Vorm = Rapportvorm.JSON
) -> BibobDossierRead | Response:
    """The Bibob file of a permit."""
    made = rapporten.bibob_file(uow, vergunning_id)
    return _as(formaat, "bibob", made.peildatum, made)


@router.get(
    "/objecten/{object_id}/inzage",
    operation_id="objecten_inzage",
    summary="Overzicht bij een verzoek om inzage",
    description="Wat over een object is vastgelegd, zoals het bij een verzoek om inzage kan worden gegeven.",
    response_model=InzageRead,
    responses=MET_PDF,
)
def objecten_inzage(uow: Work, object_id: UUID, formaat: Vorm = Rapportvorm.JSON) -> InzageRead | Response:
    """The export on a request of access."""
    made = rapporten.access_export(uow, object_id)
    return _as(formaat, "inzage", made.peildatum, made)


@router.get(
    "/naleving-werklijst",
    operation_id="naleving_werklijst",
    summary="Werklijst handhaving",
    description="Tekortkomingen die nog niet hersteld zijn gezien, met hersteltermijn, hercontrole en team; wat over zijn "
    "termijn is, staat bovenaan.",
    response_model=Pagina[Werkregel],
    responses=MET_PDF,
)
def naleving_werklijst(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    gemeentecode: Annotated[Gemeentecode | None, Query(description="Alleen deze gemeente.")] = None,
    formaat: Vorm = Rapportvorm.JSON,
) -> Pagina[Werkregel] | Response:
    """A page of the worklist."""
    rows = werklijst.open_shortcomings(uow, gemeentecode, page)
    if formaat is Rapportvorm.PDF:
        paper = WerklijstRead(peildatum=uow.today, regels=rows[: page.limit])
        return _pdf("werklijst", uow.today, paper)
    return page_of(rows, page, lambda row: row, werklijst.cursor_of, request, response)


def _as(formaat: Rapportvorm, sjabloon: str, datum: date, made: Stuk) -> Stuk | Response:
    return made if formaat is Rapportvorm.JSON else _pdf(sjabloon, datum, made)


def _pdf(sjabloon: str, datum: date, made: ApiOutput) -> Response:
    headers = {"Content-Disposition": f'inline; filename="{sjabloon}.pdf"', "Cache-Control": "no-store"}
    return Response(
        print_pdf(SJABLONEN / f"{sjabloon}.typ", datum, made), media_type="application/pdf", headers=headers
    )
