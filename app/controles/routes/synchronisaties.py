"""/synchronisaties and /quarantaine: what tablets send, and what waits of it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from app.controles.schemas.synchronisaties import QuarantaineRead, SynchronisatieInput, SynchronisatieRead
from app.controles.schemas.wijzigingen import AntwoordstandRead, WijzigingenRead
from app.controles.service import antwoordstand, quarantaine, synchronisatie, wijzigingen
from app.controles.service.spoed import cannot_wait
from app.core.errors import TooManyRequests
from app.core.http.bounds import TOO_OFTEN, Bounded, check_bound
from app.core.http.paging import Page, Pagina, page_of
from app.core.http.work import Intake, Work
from app.core.shapes import shaped

router = APIRouter(tags=["synchronisaties"])


async def bounded_delivery(request: Request, data: SynchronisatieInput) -> None:
    """As `bounded`, but what tells of danger or is a signal goes through however often was asked."""
    try:
        check_bound(request)
    except TooManyRequests:
        if not cannot_wait(data.gebeurtenissen):
            raise


@router.post(
    "/synchronisaties",
    operation_id="synchronisaties_toevoegen",
    summary="Verstuur gebeurtenissen van een tablet",
    description=(
        "Ten hoogste 200 gebeurtenissen; het antwoord heeft voor elke gebeurtenis een resultaat, in dezelfde volgorde. "
        "Nog eens sturen is altijd veilig. Een gebeurtenis die niet past, wordt bewaard en houdt de andere niet op."
    ),
    responses=TOO_OFTEN,
    dependencies=[Depends(bounded_delivery)],
)
def synchronisaties_toevoegen(uow: Intake, data: SynchronisatieInput) -> SynchronisatieRead:
    """Takes in a batch of events."""
    return synchronisatie.synchronise(uow, data.gebeurtenissen)


@router.get(
    "/synchronisaties/wijzigingen",
    operation_id="synchronisaties_wijzigingen",
    summary="Wat er veranderde aan het werk van uw teams",
    description=(
        "Controles van eergisteren tot en met overmorgen die anders zijn dan bij de cursor, met de nalevingsantwoorden die tellen. "
        "Zonder cursor: wat nu loopt. Hooguit 250 controles."
    ),
    responses=TOO_OFTEN,
    dependencies=[Bounded],
)
def synchronisaties_wijzigingen(
    uow: Work,
    vanaf: Annotated[
        str | None,
        Query(
            max_length=8000,
            pattern=shaped(r"^[A-Za-z0-9_-]+$", "letters, cijfers, _ en -, precies zoals de dienst het gaf"),
            description="De cursor van het vorige antwoord.",
        ),
    ] = None,
) -> WijzigingenRead:
    """What changed since a cursor."""
    return wijzigingen.changes_since(uow, vanaf)


@router.get(
    "/controles/{controle_id}/antwoordstand",
    operation_id="controles_antwoordstand",
    summary="Welke vragen u bij een lopende controle hebt beantwoord",
    description="Alleen de codes die uw eigen account invulde, nooit de antwoorden; niet meer na afloop.",
    responses=TOO_OFTEN,
    dependencies=[Bounded],
)
def controles_antwoordstand(
    uow: Work,
    controle_id: UUID,
    apparaat_id: Annotated[
        UUID | None, Query(alias="apparaatId", description="Alleen wat op deze tablet is ingevuld.")
    ] = None,
) -> AntwoordstandRead:
    """The questions that were answered."""
    return antwoordstand.answered_codes(uow, controle_id, apparaat_id)


@router.get(
    "/quarantaine",
    operation_id="quarantaine_lijst",
    summary="Gebeurtenissen die wachten",
    description="Wat is bewaard maar nog niet verwerkt, met de reden en zonder de inhoud; oudste eerst.",
)
def quarantaine_lijst(uow: Work, page: Page, request: Request, response: Response) -> Pagina[QuarantaineRead]:
    """What waits."""
    rows = quarantaine.list_quarantine(uow, page)
    return page_of(
        rows, page, quarantaine.show_waiting, lambda row: (row.ontvangen_op.isoformat(), row.id), request, response
    )
