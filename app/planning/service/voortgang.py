"""How far a planning round is, for who watches it."""

from uuid import UUID

from app.core.http.events import Look
from app.core.unit_of_work import UnitOfWork
from app.planning.schemas.voortgang import VoortgangRead
from app.planning.service.planrondes import require_round
from app.planning.status import Planrondestatus

LOOPT = frozenset({Planrondestatus.WACHT, Planrondestatus.BEZIG})
VOORTGANG, KLAAR = "voortgang", "klaar"


def look_at_round(uow: UnitOfWork, ronde_id: UUID) -> Look:
    """The state of a round as an event; the last one when it is no longer waiting or running.

    Raises:
        PlanrondeNotFound: unknown or not visible.
    """
    ronde = require_round(uow, ronde_id)
    runs = ronde.status in LOOPT
    shown = VoortgangRead.model_validate(ronde)
    return Look(
        id=f"{ronde.versie}.{round(ronde.voortgang * 1000)}",
        event=VOORTGANG if runs else KLAAR,
        data=shown.model_dump(mode="json", by_alias=True),
        is_last=not runs,
    )
