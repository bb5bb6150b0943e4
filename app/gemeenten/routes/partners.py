"""/partners: partner organisations (REG-16)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Work
from app.core.shapes import shaped
from app.gemeenten.routes.filters import DagFilter, GemeenteFilter
from app.gemeenten.schemas.partners import PartnerCreate, PartnerRead, PartnerUpdate
from app.gemeenten.service import partners
from app.gemeenten.status import Partnersoort
from app.gemeenten.tables import Partner

router = APIRouter(prefix="/partners", tags=["partners"])
Zoek = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=100,
        pattern=shaped(r"^[^\x00]*$", "tekst zonder onzichtbare tekens"),
        description="Deel van een naam, ook een oude naam: ISZW vindt de Arbeidsinspectie.",
    ),
]


@router.get(
    "",
    operation_id="partners_lijst",
    summary="Partners",
    description="De partners van uw gemeenten, op volgorde van naam; ook beëindigde, tenzij u geldigOp meegeeft.",
)
def partners_lijst(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    gemeentecode: GemeenteFilter = None,
    soort: Annotated[Partnersoort | None, Query(description="Alleen dit soort partner.")] = None,
    zoek: Zoek = None,
    geldigOp: DagFilter = None,  # noqa: N803 - query keys are camelCase (API design rules)
) -> Pagina[PartnerRead]:
    """A page of partners."""
    rows = partners.list_partners(uow, page, gemeentecode, soort, zoek, geldigOp)
    return page_of(rows, page, PartnerRead.model_validate, lambda row: (row.naam, row.id), request, response)


@router.get(
    "/{partner_id}", operation_id="partners_lezen", summary="Een partner", description="Een partner op kenmerk."
)
def partners_lezen(uow: Work, partner_id: UUID, response: Response) -> PartnerRead:
    """One partner."""
    return _answer(partners.get_partner(uow, partner_id), response)


@router.post(
    "",
    operation_id="partners_toevoegen",
    status_code=201,
    summary="Voeg een partner toe",
    description="Onder de naam die in de regio gebruikt wordt; oude namen van de soort vinden de partner ook.",
)
def partners_toevoegen(uow: Work, data: PartnerCreate, response: Response) -> PartnerRead:
    """Stores a partner."""
    partner = partners.add_partner(uow, data)
    response.headers["Location"] = f"/v1/partners/{partner.id}"
    return _answer(partner, response)


@router.patch(
    "/{partner_id}",
    operation_id="partners_wijzigen",
    summary="Wijzig of beëindig een partner",
    description="Wat u weglaat, blijft. Een beëindigde partner krijgt niets meer, en blijft bewaard.",
)
def partners_wijzigen(
    uow: Work, partner_id: UUID, data: PartnerUpdate, response: Response, if_match: IfMatch = None
) -> PartnerRead:
    """Changes a partner."""
    return _answer(partners.change_partner(uow, partner_id, data, if_match), response)


def _answer(partner: Partner, response: Response) -> PartnerRead:
    set_etag(response, partner.versie)
    return PartnerRead.model_validate(partner)
