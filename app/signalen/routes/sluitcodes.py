"""/sluitcodes and /sluitcodeversies: why a signal can be closed, and which of these reasons a municipality uses."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.core.http.paging import Page, Pagina
from app.core.http.versions import IfMatch
from app.core.http.work import Work
from app.signalen.routes.versies import answer_page, answer_version
from app.signalen.schemas.sluitcodes import (
    SluitcodeproefCreate,
    SluitcodeproefRead,
    SluitcodeRead,
    SluitcodeversieCreate,
    SluitcodeversieRead,
    SluitcodeversieUpdate,
)
from app.signalen.service import sluitcodeproef, sluitcodes

router = APIRouter()
codes = APIRouter(prefix="/sluitcodes", tags=["signalen"])
versies = APIRouter(prefix="/sluitcodeversies", tags=["sluitcodes"])
GemeenteFilter = Annotated[
    str | None, Query(pattern=r"^GM\d{4}$", description="Een gemeente van uw regio; leeg is uw eigen gemeente.")
]


@codes.get(
    "",
    operation_id="sluitcodes_lijst",
    summary="Redenen om een signaal te sluiten",
    description="Met wat het sluiten dan vraagt, hoe het telt in de monitor, hoe lang de inhoud blijft, en of de gemeente de reden vandaag gebruikt. De termijnen zijn normen, die de beheerder per gemeente en met een ingangsdatum instelt.",
)
def sluitcodes_lijst(uow: Work, gemeentecode: GemeenteFilter = None) -> list[SluitcodeRead]:
    """The closing codes (RTE-22)."""
    return sluitcodes.list_codes(uow, gemeentecode)


@versies.get(
    "",
    operation_id="sluitcodeversies_lijst",
    summary="Welke sluitcodes een gemeente gebruikt, door de tijd",
    description="De versies van uw gemeenten, op volgorde van begindatum. Zonder versie gebruikt een gemeente alle codes.",
)
def sluitcodeversies_lijst(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    gemeentecode: Annotated[str | None, Query(pattern=r"^GM\d{4}$", description="Alleen van deze gemeente.")] = None,
) -> Pagina[SluitcodeversieRead]:
    """Versions."""
    found = sluitcodes.VERSIES.page(uow, gemeentecode, page)
    return answer_page(found, SluitcodeversieRead, page, request, response)


@versies.get(
    "/{versie_id}", operation_id="sluitcodeversies_lezen", summary="Een versie", description="Een versie op kenmerk."
)
def sluitcodeversies_lezen(uow: Work, versie_id: UUID, response: Response) -> SluitcodeversieRead:
    """One version."""
    return answer_version(sluitcodes.VERSIES.get(uow, versie_id), SluitcodeversieRead, response)


@versies.post(
    "",
    operation_id="sluitcodeversies_toevoegen",
    status_code=201,
    summary="Sluitcodes uit- of weer aanzetten",
    description="Geldt vanaf de gekozen dag, vandaag of later. Codes die een andere regel nodig heeft, kunnen niet uit; het antwoord zegt waarom. Signalen die al met een code zijn gesloten, houden die.",
)
def sluitcodeversies_toevoegen(uow: Work, data: SluitcodeversieCreate, response: Response) -> SluitcodeversieRead:
    """Stores a new version."""
    row = sluitcodes.add_version(uow, data)
    response.headers["Location"] = f"/v1/sluitcodeversies/{row.id}"
    return answer_version(row, SluitcodeversieRead, response)


@versies.put(
    "/{versie_id}",
    operation_id="sluitcodeversies_wijzigen",
    summary="Een versie wijzigen die nog niet geldt",
    description="Een versie die al geldt, verandert niet meer; maak dan een nieuwe.",
)
def sluitcodeversies_wijzigen(
    uow: Work, versie_id: UUID, data: SluitcodeversieUpdate, response: Response, if_match: IfMatch = None
) -> SluitcodeversieRead:
    """Changes a version that does not hold yet."""
    return answer_version(sluitcodes.change_version(uow, versie_id, data, if_match), SluitcodeversieRead, response)


@versies.post(
    "/_proef",
    operation_id="sluitcodeversies_proef",
    summary="Proberen wat er verandert",
    description="Welke codes vervallen of terugkomen, hoe vaak zij het afgelopen jaar zijn gebruikt, en hoeveel sluitingen die op een tweede persoon wachten dan worden geweigerd. Bewaart niets.",
)
def sluitcodeversies_proef(uow: Work, data: SluitcodeproefCreate) -> SluitcodeproefRead:
    """Tries out a choice."""
    return sluitcodeproef.try_codes(uow, data)


router.include_router(codes)
router.include_router(versies)
