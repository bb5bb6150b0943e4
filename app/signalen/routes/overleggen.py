"""Meetings over HTTP: series, dates, agendas for members, decisions, the quarterly overview."""

from datetime import date
from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Work
from app.signalen.schemas import overleggen as o
from app.signalen.service import agenda, besluiten, overleggen, overlegoverzicht, overlegreeksen

router = APIRouter(tags=["overleggen"])
Versioned = TypeVar("Versioned", o.OverlegreeksRead, o.OverlegRead, o.AgendapuntRead)


@router.get(
    "/overlegreeksen",
    operation_id="overlegreeksen_lijst",
    summary="Overleggen met een ritme",
    description="De reeksen waarvan u lid bent, op volgorde van naam. De beheerder ziet de reeksen van zijn gemeente en regio.",
)
def overlegreeksen_lijst(uow: Work, page: Page, request: Request, response: Response) -> Pagina[o.OverlegreeksRead]:
    """Series (CAD-07 to CAD-10)."""
    rows = overlegreeksen.list_reeksen(uow, page)
    return page_of(rows, page, lambda row: row, lambda row: (row.naam, row.id), request, response)


@router.get("/overlegreeksen/{reeks_id}", operation_id="overlegreeksen_lezen", summary="Een reeks overleggen")
def overlegreeksen_lezen(uow: Work, reeks_id: UUID, response: Response) -> o.OverlegreeksRead:
    """One series."""
    return _tagged(overlegreeksen.get_reeks(uow, reeks_id), response)


@router.post(
    "/overlegreeksen",
    operation_id="overlegreeksen_toevoegen",
    status_code=201,
    summary="Een reeks overleggen toevoegen",
    description="De data volgen uit het ritme; valt er een in het weekend of op een feestdag, dan is het overleg op de werkdag ervoor.",
)
def overlegreeksen_toevoegen(uow: Work, data: o.OverlegreeksCreate, response: Response) -> o.OverlegreeksRead:
    """Stores a series."""
    found = overlegreeksen.add_reeks(uow, data)
    return _made(found, f"/overlegreeksen/{found.id}", response)


@router.patch(
    "/overlegreeksen/{reeks_id}",
    operation_id="overlegreeksen_wijzigen",
    summary="Naam of leden wijzigen, of een reeks beëindigen",
    description="Wat u weglaat, blijft. Een ander ritme is een nieuwe reeks.",
)
def overlegreeksen_wijzigen(
    uow: Work, reeks_id: UUID, data: o.OverlegreeksUpdate, response: Response, if_match: IfMatch = None
) -> o.OverlegreeksRead:
    """Changes a series."""
    return _tagged(overlegreeksen.change_reeks(uow, reeks_id, data, if_match), response)


@router.get(
    "/overlegreeksen/{reeks_id}/kwartalen",
    operation_id="overlegkwartalen_lijst",
    summary="Kwartalen van het overleg met de zorgcoördinator",
    description="Per kwartaal of het overleg is gehouden, gemist of nog moet komen. Leeg bij een ander overleg.",
)
def overlegkwartalen_lijst(uow: Work, reeks_id: UUID) -> list[o.KwartaalRead]:
    """Quarters (CAD-10)."""
    return overlegreeksen.list_quarters(uow, reeks_id)


@router.get(
    "/overleggen",
    operation_id="overleggen_lijst",
    summary="Overleggen",
    description="Op volgorde van datum; zonder de agenda.",
)
def overleggen_lijst(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    reeks_id: Annotated[UUID | None, Query(alias="reeksId", description="Alleen van deze reeks.")] = None,
    van: Annotated[date | None, Query(description="Alleen vanaf deze dag.")] = None,
) -> Pagina[o.OverlegRead]:
    """Meetings by date."""
    rows = overleggen.list_overleggen(uow, reeks_id, van, page)
    return page_of(rows, page, lambda row: row, lambda row: (row.datum.isoformat(), row.id), request, response)


@router.post(
    "/overleggen",
    operation_id="overleggen_toevoegen",
    status_code=201,
    summary="Een los overleg toevoegen",
    description="Bijvoorbeeld een netwerkbijeenkomst met een thema, of een extra overleg van een reeks.",
)
def overleggen_toevoegen(uow: Work, data: o.OverlegCreate, response: Response) -> o.OverlegRead:
    """Stores a meeting (OVL-02)."""
    found = overleggen.add_overleg(uow, data)
    return _made(found, f"/overleggen/{found.id}", response)


@router.get("/overleggen/{overleg_id}", operation_id="overleggen_lezen", summary="Een overleg, zonder de agenda")
def overleggen_lezen(uow: Work, overleg_id: UUID, response: Response) -> o.OverlegRead:
    """One meeting."""
    return _tagged(overleggen.get_overleg(uow, overleg_id), response)


@router.patch(
    "/overleggen/{overleg_id}",
    operation_id="overleggen_wijzigen",
    summary="Een overleg verplaatsen, of noteren dat het is gehouden of vervallen",
)
def overleggen_wijzigen(
    uow: Work, overleg_id: UUID, data: o.OverlegUpdate, response: Response, if_match: IfMatch = None
) -> o.OverlegRead:
    """Changes a meeting."""
    return _tagged(overleggen.change_overleg(uow, overleg_id, data, if_match), response)


@router.get(
    "/overleggen/{overleg_id}/agendapunten",
    operation_id="agendapunten_lijst",
    summary="De agenda van een overleg",
    description="Alleen voor leden; elke inzage wordt vastgelegd. Van een signaal ziet u adres, vorm, urgentie en status, meer niet.",
)
def agendapunten_lijst(
    uow: Work, overleg_id: UUID, page: Page, request: Request, response: Response
) -> Pagina[o.AgendapuntRead]:
    """The agenda (OVL-03)."""
    rows = agenda.list_agenda(uow, overleg_id, page)
    return page_of(rows, page, lambda row: row[0], lambda row: (row[1], row[0].id), request, response)


@router.post(
    "/overleggen/{overleg_id}/agendapunten",
    operation_id="agendapunten_toevoegen",
    status_code=201,
    summary="Een signaal op de agenda zetten",
    description="Alleen een beoordeeld, open signaal van uw gemeente dat bij dit overleg hoort.",
)
def agendapunten_toevoegen(
    uow: Work, overleg_id: UUID, data: o.AgendapuntCreate, response: Response
) -> o.AgendapuntRead:
    """Puts a signal on an agenda."""
    return _made(agenda.put_on_agenda(uow, overleg_id, data), f"/overleggen/{overleg_id}/agendapunten", response)


@router.post(
    "/agendapunten/{agendapunt_id}/_besluiten",
    operation_id="agendapunten_besluiten",
    summary="Het besluit over een signaal noteren",
    description="Een code en zo nodig een korte tekst zonder personen. Het besluit staat ook bij het signaal en telt als overleg.",
)
def agendapunten_besluiten(
    uow: Work, agendapunt_id: UUID, data: o.BesluitCreate, response: Response, if_match: IfMatch = None
) -> o.AgendapuntRead:
    """Notes a decision (OVL-01)."""
    return _tagged(besluiten.decide_point(uow, agendapunt_id, data, if_match), response)


@router.get(
    "/overleggen/{overleg_id}/overzicht",
    operation_id="overleggen_overzicht",
    summary="Overzicht voor het kwartaaloverleg",
    description="Stand van zaken, gesignaleerde, lopende en afgeronde casussen, ontwikkelingen, knelpunten en trends van de drie maanden ervoor. Alleen aantallen.",
)
def overleggen_overzicht(uow: Work, overleg_id: UUID) -> o.OverzichtRead:
    """The overview (CAD-10)."""
    return overlegoverzicht.overview_of(uow, overleg_id)


@router.get(
    "/overlegtellingen",
    operation_id="overlegtellingen_lijst",
    summary="Aantal overleggen in een jaar",
    description="Per soort in uw gemeente en regio, met de thema's.",
)
def overlegtellingen_lijst(
    uow: Work, jaar: Annotated[int, Query(ge=2000, le=2200, description="Het kalenderjaar.")]
) -> list[o.OverlegtellingRead]:
    """Meetings per year (OVL-02)."""
    return overleggen.count_year(uow, jaar)


def _tagged(found: Versioned, response: Response) -> Versioned:
    set_etag(response, found.versie)
    return found


def _made(found: Versioned, path: str, response: Response) -> Versioned:
    response.headers["Location"] = f"/v1{path}"
    return _tagged(found, response)
