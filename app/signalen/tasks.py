"""Background work on signals."""

from app.core.jobs import UnitFactory, sweep
from app.signalen.service.opvoeren import send_overdue_drafts


@sweep("signalen.onverzonden", every=60)
def send_drafts_of_unfinished_controls(unit: UnitFactory) -> None:
    """Sends what a control that nobody finished would keep back."""
    with unit("signalen_onverzonden") as uow:
        send_overdue_drafts(uow)
