"""/machtigingen: authorisations to enter a dwelling without consent (PLN-13)."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.controles.schemas.machtigingen import MachtigingAfgeven, MachtigingCreate, MachtigingRead
from app.controles.service import machtigingen
from app.controles.tables import Machtiging
from app.core.http.paging import Page, Pagina, page_of
from app.core.http.versions import set_etag
from app.core.http.work import Work
from app.core.unit_of_work import UnitOfWork

router = APIRouter(prefix="/machtigingen", tags=["machtigingen"])


@router.get(
    "",
    operation_id="machtigingen_lijst",
    summary="Machtigingen",
    description="Machtigingen om een woning binnen te treden; het laatste bezoek voorop.",
)
def machtigingen_lijst(uow: Work, page: Page, request: Request, response: Response) -> Pagina[MachtigingRead]:
    """Authorisations."""
    return page_of(
        machtigingen.list_machtigingen(uow, page),
        page,
        lambda row: machtigingen.read_machtiging(row, uow.today),
        lambda row: (row.bezoekdatum.isoformat(), row.id),
        request,
        response,
    )


@router.get(
    "/{machtiging_id}",
    operation_id="machtigingen_lezen",
    summary="Een machtiging",
    description="Een machtiging op kenmerk.",
)
def machtigingen_lezen(uow: Work, machtiging_id: UUID, response: Response) -> MachtigingRead:
    """One authorisation."""
    return _answer(uow, machtigingen.get_machtiging(uow, machtiging_id), response)


@router.post(
    "",
    operation_id="machtigingen_toevoegen",
    status_code=201,
    summary="Vraag een machtiging aan",
    description="Voor een adres, een dag en wie er binnengaat; kort van tevoren, zo kort als de instelling zegt.",
)
def machtigingen_toevoegen(uow: Work, data: MachtigingCreate, response: Response) -> MachtigingRead:
    """Asks for an authorisation."""
    row, new = machtigingen.request_machtiging(uow, data)
    response.status_code = 201 if new else 200
    response.headers["Location"] = f"/v1/machtigingen/{row.id}"
    return _answer(uow, row, response)


@router.post(
    "/{machtiging_id}/_afgeven",
    operation_id="machtigingen_afgeven",
    summary="Leg vast dat de machtiging is afgegeven",
    description="Door welke functie, onder welk kenmerk en wanneer. Zij geldt tot en met de derde dag daarna.",
)
def machtigingen_afgeven(uow: Work, machtiging_id: UUID, data: MachtigingAfgeven, response: Response) -> MachtigingRead:
    """Records that it was issued."""
    return _answer(uow, machtigingen.issue_machtiging(uow, machtiging_id, data), response)


@router.post(
    "/{machtiging_id}/_weigeren",
    operation_id="machtigingen_weigeren",
    summary="Leg vast dat de machtiging is geweigerd",
    description="Een geweigerde machtiging geldt nooit; vraag zo nodig een nieuwe aan.",
)
def machtigingen_weigeren(uow: Work, machtiging_id: UUID, response: Response) -> MachtigingRead:
    """Records that it was refused."""
    return _answer(uow, machtigingen.refuse_machtiging(uow, machtiging_id), response)


def _answer(uow: UnitOfWork, row: Machtiging, response: Response) -> MachtigingRead:
    set_etag(response, row.versie)
    return machtigingen.read_machtiging(row, uow.today)
