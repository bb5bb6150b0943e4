"""The dated control task of a risk address (CAD-06). Its text names no place and no reason: a list of tasks is widely read."""

from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.schemas.accounts import TaakCreate
from app.gemeenten.service.taken import add_taak, close_taak_of, reopen_taak
from app.gemeenten.status import Taakstatus
from app.objecten.status import Risicostatus
from app.objecten.tables import Risicoadres

SOORT = "risicoadres-controleren"


def plan_control_task(uow: UnitOfWork, risk: Risicoadres, *, moved: bool) -> None:
    """Makes the task of a risk address, once; a new date asks for the work again.

    Args:
        uow: the unit of work of the risk address itself.
        risk: the open risk address.
        moved: the date before which it must be controlled changed.
    """
    data = TaakCreate(
        gemeentecode=risk.gemeentecode,
        soort=SOORT,
        omschrijving="Plan de controle van een risicoadres.",
        voor_rol=Rol.PLANNER,
        onderwerp_soort="risicoadres",
        onderwerp_id=risk.id,
        voor_datum=risk.controle_voor,
    )
    if moved:
        reopen_taak(uow, data)
    else:
        add_taak(uow, data)


def end_control_task(uow: UnitOfWork, risk: Risicoadres) -> None:
    """Closes the task: done after a visit, lapsed when the address went out of view."""
    done = risk.status is Risicostatus.BEZOCHT
    close_taak_of(uow, SOORT, risk.id, Taakstatus.GEDAAN if done else Taakstatus.VERVALLEN)
