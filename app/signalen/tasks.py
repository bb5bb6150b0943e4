"""Background work on signals."""

from app.core.jobs import UnitFactory, sweep
from app.signalen.rules.uurwerk import Uurwerk
from app.signalen.service.aanvullen import add_missing_terms
from app.signalen.service.agenda import keep_agendas
from app.signalen.service.auditbewaren import remove_old_audit
from app.signalen.service.bewaren import remove_content, remove_shares
from app.signalen.service.escaleren import escalate_due
from app.signalen.service.evalueren import ask_evaluation
from app.signalen.service.gesloten import see_to_closed
from app.signalen.service.opvoeren import send_overdue_drafts
from app.signalen.service.pakketten import erase_ended
from app.signalen.service.zonder_af import see_to_unattended

_UURWERK = Uurwerk()


@sweep("signalen.termijnen", every=2)
def escalate_deadlines(unit: UnitFactory) -> None:
    """Takes the steps of deadlines that came (table F)."""
    escalate_due(unit, _UURWERK)


@sweep("signalen.zonder-termijnen", every=60)
def add_missing_deadlines(unit: UnitFactory) -> None:
    """Gives deadlines to signals that were sent before the service kept them."""
    with unit("signalen_termijnen_aanvullen") as uow:
        add_missing_terms(uow)


@sweep("signalen.onverzonden", every=60)
def send_drafts_of_unfinished_controls(unit: UnitFactory) -> None:
    """Sends what a control that nobody finished would keep back."""
    with unit("signalen_onverzonden") as uow:
        send_overdue_drafts(uow)


@sweep("signalen.gesloten-route", every=60)
def find_af_for_closed_route(unit: UnitFactory) -> None:
    """Sees that every signal on the closed route has an AF (RTE-26)."""
    with unit("signalen_gesloten_route") as uow:
        see_to_closed(uow)


@sweep("signalen.zonder-af", every=60)
def find_af_for_unattended(unit: UnitFactory) -> None:
    """Sees that every other open signal has an AF who can work on it (RTE-02)."""
    with unit("signalen_zonder_af") as uow:
        see_to_unattended(uow)


@sweep("signalen.overleggen", every=30)
def keep_meetings(unit: UnitFactory) -> None:
    """Makes the dates of meetings and fills their agendas (RTE-03, CAD-07)."""
    keep_agendas(unit)


@sweep("signalen.evaluatie", every=21_600)
def ask_yearly_evaluation(unit: UnitFactory) -> None:
    """Asks for the yearly evaluation of the signal route (CAD-11)."""
    ask_evaluation(unit)


@sweep("signalen.bewaren", every=3600)
def remove_what_may_not_stay(unit: UnitFactory) -> None:
    """Removes the content of signals whose term has passed, batch by batch (DAT-15)."""
    for part in (remove_content, remove_shares):
        while True:
            with unit("signalen_bewaren") as uow:
                if not part(uow):
                    break
    remove_old_audit(unit)


@sweep("signalen.pakketten", every=60)
def erase_ended_packages(unit: UnitFactory) -> None:
    """Erases sealed documents that may not be fetched any more."""
    while True:
        with unit("overdrachten_pakket_wissen") as uow:
            if not erase_ended(uow):
                return
