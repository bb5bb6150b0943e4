"""/synchronisaties and /quarantaine: what tablets send, and what waits of it."""

from fastapi import APIRouter, Request, Response

from app.controles.schemas.synchronisaties import QuarantaineRead, SynchronisatieInput, SynchronisatieRead
from app.controles.service import quarantaine, synchronisatie
from app.core.http.paging import Page, Pagina, page_of
from app.core.http.work import Work

router = APIRouter(tags=["synchronisaties"])


@router.post(
    "/synchronisaties",
    operation_id="synchronisaties_toevoegen",
    summary="Verstuur gebeurtenissen van een tablet",
    description=(
        "Ten hoogste 200 gebeurtenissen; het antwoord heeft voor elke gebeurtenis een resultaat, in dezelfde volgorde. "
        "Nog eens sturen is altijd veilig. Een gebeurtenis die niet past, wordt bewaard en houdt de andere niet op."
    ),
)
def synchronisaties_toevoegen(uow: Work, data: SynchronisatieInput) -> SynchronisatieRead:
    """Takes in a batch of events."""
    return synchronisatie.synchronise(uow, data.gebeurtenissen)


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
