"""/afstemverzoeken: what measures wait for, for the AF (INS-05, DEF-05, ROL-12)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Work
from app.maatregelen.schemas.afstemverzoeken import Afstemmen, AfstemverzoekRead, AfstemverzoekRegel, NietAfstemmen
from app.maatregelen.service import beslissen
from app.maatregelen.status import Afstemverzoekstand

router = APIRouter(prefix="/afstemverzoeken", tags=["afstemverzoeken"])


@router.get(
    "",
    operation_id="afstemverzoeken_lijst",
    summary="Maatregelen die op afstemming wachten",
    description="Oudste eerst. Alleen voor de aandachtsfunctionaris; wie de maatregel voorbereidt ziet 'wacht op afstemming'.",
)
def afstemverzoeken_lijst(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    stand: Annotated[Afstemverzoekstand, Query(description="Alleen deze stand.")] = Afstemverzoekstand.WACHT,
) -> Pagina[AfstemverzoekRegel]:
    """The AF's list."""
    rows = beslissen.list_requests(uow, stand, page)
    return page_of(
        rows,
        page,
        AfstemverzoekRegel.model_validate,
        lambda row: (row.gevraagd_op.isoformat(), row.id),
        request,
        response,
    )


@router.get(
    "/{verzoek_id}",
    operation_id="afstemverzoeken_lezen",
    summary="Een verzoek om afstemming",
    description="Met de maatregel en de redenen. Elke inzage wordt vastgelegd.",
)
def afstemverzoeken_lezen(uow: Work, verzoek_id: UUID, response: Response) -> AfstemverzoekRead:
    """One question."""
    return _answer(beslissen.get_request(uow, verzoek_id), response)


@router.post(
    "/{verzoek_id}/_afstemmen",
    operation_id="afstemverzoeken_afstemmen",
    summary="De maatregel is afgestemd",
    description="Hij kan daarna worden opgelegd. Wordt er voor die tijd iets nieuws bekend, dan wacht hij opnieuw.",
)
def afstemverzoeken_afstemmen(
    uow: Work, verzoek_id: UUID, data: Afstemmen, response: Response, if_match: IfMatch = None
) -> AfstemverzoekRead:
    """Agrees."""
    return _answer(beslissen.agree(uow, verzoek_id, if_match, data), response)


@router.post(
    "/{verzoek_id}/_weigeren",
    operation_id="afstemverzoeken_weigeren",
    summary="Er is geen overeenstemming",
    description="De maatregel kan niet worden opgelegd. De toelichting blijft bij de aandachtsfunctionaris.",
)
def afstemverzoeken_weigeren(
    uow: Work, verzoek_id: UUID, data: NietAfstemmen, response: Response, if_match: IfMatch = None
) -> AfstemverzoekRead:
    """Says no."""
    return _answer(beslissen.refuse(uow, verzoek_id, if_match, data), response)


def _answer(found: AfstemverzoekRead, response: Response) -> AfstemverzoekRead:
    set_etag(response, found.versie)
    return found
