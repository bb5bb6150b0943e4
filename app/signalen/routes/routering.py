"""Over HTTP: the proposal of recipients, the class of Veilig Thuis, and the dated route profiles."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.core.http.paging import Page, Pagina
from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Work
from app.signalen.routes.versies import answer_page, answer_version
from app.signalen.schemas.routering import (
    ProefRead,
    RouteproefCreate,
    RouteprofielCreate,
    RouteprofielRead,
    RouteprofielRegel,
    RouteprofielUpdate,
    VoorstelRead,
    VtKlasseCreate,
)
from app.signalen.schemas.signalen import SignaalRead
from app.signalen.service import routeproef, routeprofielen, routeren, vtklasse

router = APIRouter()
signalen = APIRouter(prefix="/signalen/{signaal_id}", tags=["signalen"])
profielen = APIRouter(prefix="/routeprofielen", tags=["routeprofielen"])


@signalen.get(
    "/voorstel",
    operation_id="signalen_voorstel",
    summary="Wie dit signaal zou moeten krijgen",
    description="Een voorstel met bij elke ontvanger de regel en de reden. U beslist. Een partner die ontbreekt of waarvan de afspraak is verlopen, staat er ook in.",
)
def signalen_voorstel(uow: Work, signaal_id: UUID) -> VoorstelRead:
    """The proposal (RTE-05 to RTE-16)."""
    return routeren.get_proposal(uow, signaal_id)


@signalen.post(
    "/_vtklasse",
    operation_id="signalen_vtklasse",
    summary="De klasse van Veilig Thuis noteren",
    description="Alleen Veilig Thuis bepaalt de klasse; u neemt haar over met de datum. Dat kan pas als Veilig Thuis het signaal heeft.",
)
def signalen_vtklasse(
    uow: Work, signaal_id: UUID, data: VtKlasseCreate, response: Response, if_match: IfMatch = None
) -> SignaalRead:
    """Notes the class (RTE-09)."""
    found, version = vtklasse.set_class(uow, signaal_id, data, if_match)
    set_etag(response, version)
    return found


@profielen.get(
    "",
    operation_id="routeprofielen_lijst",
    summary="Routeprofielen",
    description="De basistabel en de versies van uw gemeenten, op volgorde van begindatum. Een versie die gold, blijft bewaard.",
)
def routeprofielen_lijst(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    gemeentecode: Annotated[
        str | None, Query(pattern=r"^GM\d{4}$", description="Alleen van deze gemeente, met de basistabel.")
    ] = None,
) -> Pagina[RouteprofielRegel]:
    """Versions (CAD-11)."""
    found = routeprofielen.PROFIELEN.page(uow, gemeentecode, page)
    return answer_page(found, RouteprofielRegel, page, request, response)


@profielen.get(
    "/{profiel_id}",
    operation_id="routeprofielen_lezen",
    summary="Een routeprofiel",
    description="Alle regels van een versie.",
)
def routeprofielen_lezen(uow: Work, profiel_id: UUID, response: Response) -> RouteprofielRead:
    """One version."""
    return answer_version(routeprofielen.PROFIELEN.get(uow, profiel_id), RouteprofielRead, response)


@profielen.post(
    "",
    operation_id="routeprofielen_toevoegen",
    status_code=201,
    summary="Een nieuwe versie van een routeprofiel",
    description="Geldt vanaf de gekozen dag, vandaag of later. Signalen die al beoordeeld zijn, houden de versie die ze hadden.",
)
def routeprofielen_toevoegen(uow: Work, data: RouteprofielCreate, response: Response) -> RouteprofielRead:
    """Stores a new version."""
    row = routeprofielen.add_profiel(uow, data)
    response.headers["Location"] = f"/v1/routeprofielen/{row.id}"
    return answer_version(row, RouteprofielRead, response)


@profielen.put(
    "/{profiel_id}",
    operation_id="routeprofielen_wijzigen",
    summary="Een routeprofiel wijzigen dat nog niet geldt",
    description="Een versie die al geldt, verandert niet meer; maak dan een nieuwe.",
)
def routeprofielen_wijzigen(
    uow: Work, profiel_id: UUID, data: RouteprofielUpdate, response: Response, if_match: IfMatch = None
) -> RouteprofielRead:
    """Changes a version that does not hold yet."""
    return answer_version(routeprofielen.change_profiel(uow, profiel_id, data, if_match), RouteprofielRead, response)


@profielen.post(
    "/_proef",
    operation_id="routeprofielen_proef",
    summary="Proberen wat een routeprofiel verandert",
    description="Rekent het voorstel van open signalen opnieuw uit en bewaart niets. De beheerder ziet alleen hoeveel er ongeveer verandert; de aandachtsfunctionaris ook welke regels, per signaal.",
)
def routeprofielen_proef(uow: Work, data: RouteproefCreate) -> ProefRead:
    """Tries out rules."""
    return routeproef.try_out(uow, data)


router.include_router(signalen)
router.include_router(profielen)
