"""/rapportages/monitor: figures of the monitor; counts only."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.core.http.work import Work
from app.rapportage.schemas.monitor import MonitorReeksRead, MonitorSignalenRead
from app.rapportage.service.monitor import signals_of_year, signals_per_year

router = APIRouter(prefix="/rapportages/monitor", tags=["rapportages"])


@router.get(
    "/signalen",
    operation_id="monitor_signalen",
    summary="Nieuwe signalen in een jaar",
    description="Aantallen per vorm en per gemeente van herkomst, steeds met de basis; nooit beide tegen elkaar.",
)
def monitor_signalen(
    uow: Work, jaar: Annotated[int, Query(ge=2001, le=2200, description="Kalenderjaar.")]
) -> MonitorSignalenRead:
    """Signals in figures."""
    return signals_of_year(uow, jaar)


@router.get(
    "/signalen/reeks",
    operation_id="monitor_signalen_reeks",
    summary="Nieuwe signalen per jaar",
    description="Jaren naast elkaar, hoogstens twintig; wat bij het RIEC is ingebracht staat apart.",
)
def monitor_signalen_reeks(
    uow: Work,
    van: Annotated[int, Query(ge=2001, le=2199, description="Eerste kalenderjaar.")],
    tot: Annotated[int, Query(ge=2001, le=2199, description="Laatste kalenderjaar.")],
) -> MonitorReeksRead:
    """Signals per year."""
    return signals_per_year(uow, van, tot)
