"""Hand-overs over HTTP: the log of shares, and the answer of a partner."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Work
from app.signalen.schemas.overdrachten import Beantwoorden, OverdrachtRead
from app.signalen.service import overdragen

router = APIRouter(tags=["overdrachten"])


@router.get(
    "/overdrachten",
    operation_id="overdrachten_lijst",
    summary="Wat met wie is gedeeld",
    description="Nieuwste eerst: partner, grond, gegevens en kenmerk; nooit de inhoud.",
)
def overdrachten_lijst(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    signaal_id: Annotated[UUID | None, Query(alias="signaalId", description="Alleen van dit signaal.")] = None,
) -> Pagina[OverdrachtRead]:
    """The log of shares (DAT-03)."""
    rows = overdragen.list_overdrachten(uow, signaal_id, page)
    return page_of(
        rows, page, OverdrachtRead.model_validate, lambda row: (row.gemaakt_op.isoformat(), row.id), request, response
    )


@router.get(
    "/overdrachten/{overdracht_id}",
    operation_id="overdrachten_lezen",
    summary="Een overdracht lezen",
)
def overdrachten_lezen(uow: Work, overdracht_id: UUID, response: Response) -> OverdrachtRead:
    """One hand-over."""
    row = overdragen.get_overdracht(uow, overdracht_id)
    set_etag(response, row.versie)
    return OverdrachtRead.model_validate(row)


@router.post(
    "/overdrachten/{overdracht_id}/_beantwoorden",
    operation_id="overdrachten_beantwoorden",
    summary="Het antwoord van een partner vastleggen",
    description="Een code en het kenmerk van de partner, geen inhoud.",
)
def overdrachten_beantwoorden(
    uow: Work, overdracht_id: UUID, data: Beantwoorden, response: Response, if_match: IfMatch = None
) -> OverdrachtRead:
    """The answer of a partner (INS-12)."""
    answered, version = overdragen.answer_overdracht(uow, overdracht_id, data, if_match)
    set_etag(response, version)
    return answered
