"""/adressen: where addresses lie, how that is known, and what the sources outside say of them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.core.http.crs import WITH_CRS, AskedCrs, SentCrs, tell_crs
from app.core.http.paging import Page, Pagina, page_of
from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Steps, Work
from app.objecten.routes.buiten import Buiten
from app.objecten.routes.filters import GemeenteFilter
from app.objecten.schemas.adressen import (
    AdrescontroleRead,
    AdresPatch,
    AdresStandRead,
    AdresZoekantwoord,
    AdresZoekvraag,
    GeocoderingRead,
)
from app.objecten.service import adrescontrole, adresstand, geocoderen
from app.objecten.service import adressen_zoeken as zoeken
from app.objecten.status import Geocodestatus
from geo.crs import Crs

router = APIRouter(prefix="/adressen", tags=["objecten"])


@router.get(
    "",
    operation_id="adressen_lijst",
    summary="Adressen",
    description="De adressen van uw gemeenten, op volgorde van gemeente, postcode en nummer. Met geocodeStatus=wacht ziet u welke "
    "adressen nog geen punt hebben, en waarom.",
    responses=WITH_CRS,
)
def adressen_lijst(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    gemeentecode: GemeenteFilter = None,
    status: Annotated[
        Geocodestatus | None, Query(alias="geocodeStatus", description="Alleen adressen waarvan het punt zo staat.")
    ] = None,
    crs: AskedCrs = Crs.CRS84,
) -> Pagina[AdresStandRead]:
    """A page of addresses."""
    tell_crs(response, crs)
    rows = adresstand.list_adressen(uow, gemeentecode, status, page, crs)
    return page_of(rows, page, lambda row: row, _key, request, response)


@router.post(
    "/_zoek",
    operation_id="adressen_zoeken",
    summary="Zoek een adres",
    description="Eerst in de eigen adressen; met ookLandelijk ook bij de PDOK Locatieserver. Is die niet bereikbaar, dan staan de "
    "eigen adressen er toch, en zegt 'bronnen' wat er aan de hand is.",
    responses=WITH_CRS,
)
def adressen_zoeken(
    step: Steps, sources: Buiten, data: AdresZoekvraag, response: Response, crs: AskedCrs = Crs.CRS84
) -> AdresZoekantwoord:
    """Own addresses and, when asked, those of the country."""
    tell_crs(response, crs)
    return zoeken.search_addresses(step, sources, data, crs)


@router.get(
    "/{adres_id}",
    operation_id="adressen_lezen",
    summary="Een adres",
    description="Een adres, met of en hoe bekend is waar het ligt.",
    responses=WITH_CRS,
)
def adressen_lezen(uow: Work, adres_id: UUID, response: Response, crs: AskedCrs = Crs.CRS84) -> AdresStandRead:
    """One address."""
    return _answer(adresstand.get_adres(uow, adres_id, crs), response, crs)


@router.patch(
    "/{adres_id}",
    operation_id="adressen_wijzigen",
    summary="Zet het punt van een adres met de hand",
    description="Geen bron verandert dit punt daarna nog. Objecten op dit adres zonder eigen punt krijgen het ook.",
    responses=WITH_CRS,
)
def adressen_wijzigen(
    uow: Work,
    adres_id: UUID,
    data: AdresPatch,
    response: Response,
    sent: SentCrs,
    if_match: IfMatch = None,
    crs: AskedCrs = Crs.CRS84,
) -> AdresStandRead:
    """Sets the point of an address."""
    return _answer(adresstand.set_point(uow, adres_id, if_match, data, sent, crs), response, crs)


@router.post(
    "/{adres_id}/_geocodeer",
    operation_id="adressen_geocoderen",
    summary="Zoek nu op waar dit adres ligt",
    description="Alleen een adres dat in alle delen gelijk is, wordt overgenomen. Kan dat niet, dan staan in 'keuzes' de adressen die "
    "de bron daar kent. Een adres dat al een punt heeft, blijft zoals het is.",
    responses=WITH_CRS,
)
def adressen_geocoderen(
    step: Steps, sources: Buiten, adres_id: UUID, response: Response, crs: AskedCrs = Crs.CRS84
) -> GeocoderingRead:
    """Looks an address up."""
    found = geocoderen.geocode_now(step, sources, adres_id, crs)
    _answer(found.adres, response, crs)
    return found


@router.post(
    "/{adres_id}/_controleren",
    operation_id="adressen_controleren",
    summary="Vergelijk een adres met de BAG",
    description="Bestaat het, wat is de status, waarvoor mag het worden gebruikt, hoe groot is het, en waar verschilt het van wat hier "
    "staat. Wat de BAG registreert, wordt bijgewerkt; wat mensen invulden, blijft.",
    responses=WITH_CRS,
)
def adressen_controleren(
    step: Steps, sources: Buiten, adres_id: UUID, response: Response, crs: AskedCrs = Crs.CRS84
) -> AdrescontroleRead:
    """Holds an address against the BAG."""
    found = adrescontrole.check_address(step, sources, adres_id, crs)
    _answer(found.adres, response, crs)
    return found


def _key(row: AdresStandRead) -> tuple[str, UUID]:
    return f"{row.gemeentecode}|{row.postcode}|{row.huisnummer}", row.id


def _answer(row: AdresStandRead, response: Response, crs: Crs) -> AdresStandRead:
    set_etag(response, row.versie)
    tell_crs(response, crs)
    return row
