"""Background work on signals."""

from app.core.jobs import UnitFactory, sweep
from app.signalen.rules.uurwerk import Uurwerk
from app.signalen.service.bewaren import remove_content, remove_shares
from app.signalen.service.escaleren import escalate_due
from app.signalen.service.opvoeren import send_overdue_drafts
from app.signalen.service.pakketten import erase_ended

_UURWERK = Uurwerk()


@sweep("signalen.termijnen", every=2)
def escalate_deadlines(unit: UnitFactory) -> None:
    """Takes the steps of deadlines that came (table F)."""
    escalate_due(unit, _UURWERK)


@sweep("signalen.onverzonden", every=60)
def send_drafts_of_unfinished_controls(unit: UnitFactory) -> None:
    """Sends what a control that nobody finished would keep back."""
    with unit("signalen_onverzonden") as uow:
        send_overdue_drafts(uow)


@sweep("signalen.bewaren", every=3600)
def remove_what_may_not_stay(unit: UnitFactory) -> None:
    """Removes the content of signals whose term has passed, batch by batch (DAT-15)."""
    for part in (remove_content, remove_shares):
        while True:
            with unit("signalen_bewaren") as uow:
                if not part(uow):
                    break


@sweep("signalen.pakketten", every=60)
def erase_ended_packages(unit: UnitFactory) -> None:
    """Erases sealed documents that may not be fetched any more."""
    while True:
        with unit("overdrachten_pakket_wissen") as uow:
            if not erase_ended(uow):
                return
