"""/afstemvragen for police and OM, /afstemmingen for planners: may a visit go on (PLN-01)."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.controles.rules.afstemming import shown
from app.controles.schemas.afstemmingen import (
    AfstemmingRead,
    AfstemmingVastleggen,
    AfstemoorzaakRead,
    AfstemvraagAntwoord,
    AfstemvraagRead,
)
from app.controles.service import afstemming
from app.controles.tables import Afstemming
from app.core.http.paging import Page, Pagina, page_of
from app.core.http.schemas import Datum
from app.core.http.work import Work
from app.core.unit_of_work import UnitOfWork
from app.objecten.service.objecten import objects_by_ids

router = APIRouter(tags=["afstemming"])


@router.get(
    "/afstemvragen",
    operation_id="afstemvragen_lijst",
    summary="Vragen aan uw dienst",
    description="Adres en periode van bezoeken waarover de gemeente uw dienst vraagt: akkoord of wachten.",
)
def afstemvragen_lijst(uow: Work, page: Page, request: Request, response: Response) -> Pagina[AfstemvraagRead]:
    """Questions to the caller's service."""
    rows = afstemming.list_questions(uow, page)
    vragen = {vraag.id: vraag for vraag in _questions(uow, rows[: page.limit])}
    return page_of(rows, page, lambda row: vragen[row.id], _key, request, response)


@router.post(
    "/afstemvragen/{afstemming_id}/_beantwoorden",
    operation_id="afstemvragen_beantwoorden",
    summary="Beantwoord een vraag",
    description="'akkoord' of 'wachten'; een reden wordt niet gevraagd en niet bewaard. Een later antwoord gaat voor.",
)
def afstemvragen_beantwoorden(uow: Work, afstemming_id: UUID, data: AfstemvraagAntwoord) -> AfstemvraagRead:
    """Answers a question."""
    return _questions(uow, [afstemming.answer_question(uow, afstemming_id, data.antwoord)])[0]


@router.get(
    "/afstemmingen",
    operation_id="afstemmingen_lijst",
    summary="Bezoeken die afstemming vragen",
    description="Per object en datum: 'akkoord', of 'planner' als het bezoek nu niet kan worden vrijgegeven.",
)
def afstemmingen_lijst(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    van: Annotated[Datum | None, Query(description="Vanaf deze datum; leeg is vandaag.")] = None,
    tot: Annotated[Datum | None, Query(description="Tot en met deze datum.")] = None,
) -> Pagina[AfstemmingRead]:
    """Questions as planners see them."""
    return page_of(afstemming.list_agreements(uow, page, van, tot), page, _read, _key, request, response)


@router.post(
    "/afstemmingen/{afstemming_id}/_vastleggen",
    operation_id="afstemmingen_vastleggen",
    summary="Leg een antwoord vast",
    description="Houd een bezoek zelf aan of laat het los. De hoofdplanner legt ook vast wat politie of OM antwoordde.",
)
def afstemmingen_vastleggen(uow: Work, afstemming_id: UUID, data: AfstemmingVastleggen) -> AfstemmingRead:
    """Records an answer."""
    return _read(afstemming.record_answer(uow, afstemming_id, data.wie, data.antwoord))


@router.get(
    "/afstemmingen/{afstemming_id}/oorzaak",
    operation_id="afstemmingen_oorzaak",
    summary="Wie wat antwoordde",
    description="Alleen voor de aandachtsfunctionaris en de hoofdplanner; elke inzage wordt vastgelegd.",
)
def afstemmingen_oorzaak(uow: Work, afstemming_id: UUID) -> list[AfstemoorzaakRead]:
    """The cause, logged."""
    return [AfstemoorzaakRead.model_validate(one) for one in afstemming.read_cause(uow, afstemming_id)]


def _questions(uow: UnitOfWork, rows: Sequence[Afstemming]) -> list[AfstemvraagRead]:
    plekken = objects_by_ids(uow, {row.object_id for row in rows})
    own = afstemming.own_answers(uow, rows)
    return [
        AfstemvraagRead(
            id=row.id,
            adres=plekken[row.object_id].adres,
            van=row.datum,
            tot=row.datum,
            antwoord=None if (given := own[row.id]) is None else given.antwoord,
        )
        for row in rows
    ]


def _read(row: Afstemming) -> AfstemmingRead:
    return AfstemmingRead(id=row.id, object_id=row.object_id, datum=row.datum, stand=shown(row.akkoord_tot, row.datum))


def _key(row: Afstemming) -> tuple[str, UUID]:
    return row.datum.isoformat(), row.id
