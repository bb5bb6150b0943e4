"""Retention over HTTP: what is processed and how long, what was removed, and the clock by which it is."""

from fastapi import APIRouter, Request, Response

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.work import Work
from app.gemeenten.schemas.bewaren import (
    BewaarklokBevestigen,
    BewaarklokRead,
    VernietigingsverslagRead,
    Verwerkingsregister,
)
from app.gemeenten.service import bewaarklok, vernietiging, verwerkingen

router = APIRouter(tags=["bewaren"])


@router.get(
    "/verwerkingen",
    operation_id="verwerkingen_lijst",
    summary="Wat deze dienst verwerkt, waarom en hoe lang",
    description="Met de bewaartermijnen die vandaag in uw gemeente gelden.",
)
def verwerkingen_lijst(uow: Work) -> Verwerkingsregister:
    """The register of processing."""
    return Verwerkingsregister(resultaten=verwerkingen.list_verwerkingen(uow))


@router.get(
    "/vernietigingsverslagen",
    operation_id="vernietigingsverslagen_lijst",
    summary="Wat is verwijderd omdat de termijn voorbij was",
    description="Nieuwste eerst: soort, termijn, aantal en kenmerken; nooit de inhoud.",
)
def vernietigingsverslagen_lijst(
    uow: Work, page: Page, request: Request, response: Response
) -> Pagina[VernietigingsverslagRead]:
    """Destruction reports (DAT-15)."""
    rows = vernietiging.list_reports(uow, page)
    shape = VernietigingsverslagRead.model_validate
    return page_of(rows, page, shape, lambda row: (row.verwijderd_op.isoformat(), row.id), request, response)


@router.get(
    "/bewaarklok",
    operation_id="bewaarklok_lezen",
    summary="De klok waarmee verlopen gegevens worden verwijderd",
)
def bewaarklok_lezen(uow: Work) -> BewaarklokRead:
    """The retention clock."""
    return bewaarklok.clock_state(uow)


@router.post(
    "/bewaarklok/_bevestigen",
    operation_id="bewaarklok_bevestigen",
    summary="Bevestigen dat de datum van de dienst klopt",
    description="Nodig als de klok ver vooruit sprong; tot dan wordt er niets verwijderd.",
)
def bewaarklok_bevestigen(uow: Work, data: BewaarklokBevestigen) -> BewaarklokRead:
    """Confirms the date."""
    return bewaarklok.confirm_day(uow, data.dag)
