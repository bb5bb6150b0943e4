"""Sending a signal to the AF of its municipality: deadline, task, event. A signal is never held back (RTE-02, RTE-24)."""

from app.core.clock import business_date
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.schemas.accounts import TaakCreate
from app.gemeenten.service.accounts import accounts_with_role
from app.gemeenten.service.normen import norm_table
from app.gemeenten.service.taken import add_taak, ask_about_municipality, close_taak_of, reopen_taak
from app.gemeenten.status import Partnersoort, Taakstatus
from app.signalen.errors import SignaalstapGeweigerd
from app.signalen.rules.feiten import Feiten
from app.signalen.rules.overgangen import Wie, change_faults
from app.signalen.rules.urgentie import acknowledge_before
from app.signalen.service.gebeurtenissen import add_event
from app.signalen.service.gesloten import tell_af, tell_closed
from app.signalen.service.routeren import is_forced
from app.signalen.service.termijnen import start
from app.signalen.status import Actie, Signaalstatus, Termijnsoort, Urgentie
from app.signalen.tables import Signaal

TAAK_ONTVANGEN = "signaal-ontvangen"
TAAK_AANGEVULD = "signaal-aangevuld"
TAAK_OPNIEUW = "signaal-opnieuw-beoordelen"
TAAK_GEEN_AF = "geen-aandachtsfunctionaris"
GEEN_AF_TEKST = "Er is geen aandachtsfunctionaris met een werkend account. Stel er een in."


def send(uow: UnitOfWork, signaal: Signaal, wie: Wie) -> None:
    """Sends a locked draft: it stands in the inbox from this transaction on.

    Raises:
        SignaalstapGeweigerd: the state machine refuses it.
    """
    facts = Feiten(
        plaats_bekend=signaal.object_id is not None or signaal.gemeente_herkomst is not None,
        anoniem_besproken=signaal.anoniem_besproken,
        tekst_gefilterd=True,  # a text that does not pass the filter is never stored
    )
    faults = change_faults(signaal.status, Actie.VERZENDEN, wie, facts)
    if faults:
        raise SignaalstapGeweigerd(" ".join(faults))
    signaal.verzonden_op = uow.now
    set_deadline(uow, signaal, signaal.urgentie)
    add_event(uow, signaal, Actie.VERZENDEN, Signaalstatus.VERZONDEN)
    if is_forced(uow, signaal, Partnersoort.VEILIG_THUIS):
        start(uow, signaal, Termijnsoort.VEILIG_THUIS)  # the same day (table F)
    if signaal.gesloten_route:  # a task is for a whole role, and one of them may not know of it (RTE-26)
        tell_closed(uow, signaal, "verzonden")
        return
    add_taak(uow, _task(signaal, TAAK_ONTVANGEN, "Bevestig de ontvangst van een signaal."))
    _show_missing_af(uow, signaal.gemeentecode)


def set_deadline(uow: UnitOfWork, signaal: Signaal, urgentie: Urgentie) -> None:
    """Sets the moment before which the AF acknowledges; a higher urgency only brings it nearer."""
    due = acknowledge_before(urgentie, uow.now, norm_table(uow, signaal.gemeentecode, uow.today))
    signaal.bevestigen_voor = due if signaal.bevestigen_voor is None else min(due, signaal.bevestigen_voor)


def tell_af_of_addition(uow: UnitOfWork, signaal: Signaal, *, again: bool = False) -> None:
    """Makes a task for the AF when something was added to a signal that he acknowledged or closed already.

    Args:
        uow: the transaction of the addition.
        signaal: locked.
        again: it asks for another judgement; what came stands in the event.
    """
    if signaal.gesloten_route:
        tell_af(uow, signaal, f"aangevuld:{signaal.versie}")
        return
    soort, text = TAAK_AANGEVULD, "Er is iets toegevoegd aan een signaal."
    if again:
        soort, text = TAAK_OPNIEUW, "Beoordeel een signaal opnieuw. Er is iets bijgekomen."
    reopen_taak(uow, _task(signaal, soort, text))


def lapse_tasks(uow: UnitOfWork, signaal: Signaal) -> None:
    """A signal that ended is not acknowledged or judged any more."""
    for soort in (TAAK_ONTVANGEN, TAAK_OPNIEUW):
        close_taak_of(uow, soort, signaal.id, Taakstatus.VERVALLEN)


def bring_task_forward(uow: UnitOfWork, signaal: Signaal) -> None:
    """Gives the task of an unacknowledged signal its new date."""
    if signaal.gesloten_route:
        tell_closed(uow, signaal, f"dringender:{signaal.urgentie}")
        return
    reopen_taak(uow, _task(signaal, TAAK_ONTVANGEN, "Bevestig de ontvangst van een signaal."))


def _task(signaal: Signaal, soort: str, omschrijving: str) -> TaakCreate:
    due = signaal.bevestigen_voor
    return TaakCreate(
        gemeentecode=signaal.gemeentecode,
        soort=soort,
        omschrijving=omschrijving,
        voor_rol=Rol.AF,
        onderwerp_soort="signaal",
        onderwerp_id=signaal.id,
        voor_datum=None if due is None else business_date(due),
    )


def _show_missing_af(uow: UnitOfWork, gemeentecode: str) -> None:
    """Without an AF the signal stands all the same; the administrator is asked for one and learns nothing of the signal."""
    if accounts_with_role(uow, gemeentecode, Rol.AF, uow.today):
        return
    ask_about_municipality(
        uow,
        gemeentecode,
        TAAK_GEEN_AF,
        GEEN_AF_TEKST,
        Rol.BEHEERDER,
    )
