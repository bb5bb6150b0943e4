"""/controles/{id}/inzet: inspectors at a control, their check-in and check-out (PLN-02)."""

from uuid import UUID

from fastapi import APIRouter, Response

from app.controles.schemas.inzet import Aanwezigen, InzetCreate, InzetRead, StartvoorwaardenRead
from app.controles.service import inzet
from app.core.http.work import Work

router = APIRouter(prefix="/controles/{controle_id}", tags=["controles"])


@router.get(
    "/inzet",
    operation_id="inzet_lijst",
    summary="Toezichthouders bij een controle",
    description="Functieaccounts, gepland of ter plaatse; nooit een naam.",
)
def inzet_lijst(uow: Work, controle_id: UUID) -> list[InzetRead]:
    """The inspectors of a control."""
    return [InzetRead.model_validate(row) for row in inzet.list_inzet(uow, controle_id)]


@router.post(
    "/inzet",
    operation_id="inzet_toevoegen",
    status_code=201,
    summary="Zet een toezichthouder bij een controle",
    description="Nodig: een aanwijzing voor dit soort object. Met 'wasErbij' vult de teamleider aan wat op de tablet ontbrak.",
)
def inzet_toevoegen(uow: Work, controle_id: UUID, data: InzetCreate, response: Response) -> InzetRead:
    """Puts an inspector on a control."""
    row, new = inzet.add_inzet(uow, controle_id, data.account_id, was_there=data.was_erbij)
    response.status_code = 201 if new else 200
    response.headers["Location"] = f"/v1/controles/{controle_id}/inzet"
    return InzetRead.model_validate(row)


@router.post(
    "/_inchecken",
    operation_id="controles_inchecken",
    summary="Check in op de plek",
    description="Meldt u en uw collega's binnen. Komt het uitchecken niet op tijd, dan krijgt de teamleider een alarm.",
)
def controles_inchecken(uow: Work, controle_id: UUID, data: Aanwezigen | None = None) -> list[InzetRead]:
    """Checks in."""
    rows = inzet.check_in(uow, controle_id, data.toezichthouders if data else ())
    return [InzetRead.model_validate(row) for row in rows]


@router.post(
    "/_uitchecken",
    operation_id="controles_uitchecken",
    summary="Check uit",
    description="Zonder lijst iedereen. Afronden of een poging vastleggen checkt ook uit.",
)
def controles_uitchecken(uow: Work, controle_id: UUID, data: Aanwezigen | None = None) -> list[InzetRead]:
    """Checks out."""
    rows = inzet.check_out(uow, controle_id, data.toezichthouders if data else ())
    return [InzetRead.model_validate(row) for row in rows]


@router.get(
    "/startvoorwaarden",
    operation_id="controles_startvoorwaarden",
    summary="Wat nog nodig is om te starten",
    description="Voor een start die op een tablet al is gedaan, of zoals u de controle nu zou starten.",
)
def controles_startvoorwaarden(uow: Work, controle_id: UUID) -> StartvoorwaardenRead:
    """What a start still lacks."""
    redenen = inzet.start_faults(uow, controle_id)
    return StartvoorwaardenRead(kan_starten=not redenen, redenen=redenen)
