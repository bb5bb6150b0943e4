"""Closing, reopening and removing before the term (RTE-15, RTE-20 to RTE-22, DEF-04)."""

from app.signalen.repository import signalen
from app.signalen.rules.sluitcodes import SLUITCODES
from app.signalen.rules.terugkoppelteksten import Moment
from app.signalen.schemas import stappen as s
from app.signalen.service.adresonderzoek import take_away_waiting
from app.signalen.service.beoordelen import keep_care_reason
from app.signalen.service.bewaartermijn import content_ends
from app.signalen.service.stap import Stapwerk
from app.signalen.service.termijnen import drop
from app.signalen.service.terugkoppelen import set_feedback_aside, store_feedback
from app.signalen.service.verzenden import lapse_tasks
from app.signalen.status import Termijnsoort


def close(work: Stapwerk) -> str:
    """Ends a signal with its reason; the event keeps code and reason also after reopening."""
    step, signaal, uow = work.asked(s.Sluiten), work.signaal, work.uow
    signaal.sluitcode, signaal.gesloten_op = step.sluitcode, uow.now
    signaal.overleg_op = step.overleg_op or signaal.overleg_op
    signaal.zc_consult_op = step.zc_consult_op or signaal.zc_consult_op
    signaal.inhoud_weg_op = content_ends(uow, signaal.gemeentecode, step.sluitcode, uow.today)
    signaal.herzien_op = None
    take_away_waiting(uow, signaal)
    keep_care_reason(work, step.zc_reden)
    if step.terugkoppeling is not None:
        store_feedback(work, Moment.SLUITEN, step.terugkoppeling)
    lapse_tasks(uow, signaal)
    for one in signalen.merged_into(uow.session, signaal.id):
        drop(uow, one, Termijnsoort.PARTNERREACTIE)  # what its partners still had to say was awaited for this one
    reason = f"{step.sluitcode}: {SLUITCODES[step.sluitcode].reden}."
    return reason if step.toelichting is None else f"{reason}\n{step.toelichting}"


def reopen(work: Stapwerk) -> str:
    """The signal goes on with the AF; its old closing stays among the events."""
    signaal = work.signaal
    signaal.sluitcode, signaal.gesloten_op, signaal.inhoud_weg_op = None, None, None
    signaal.ontvangen_op = signaal.ontvangen_op or work.uow.now
    set_feedback_aside(work)
    return work.asked(s.Heropenen).nieuw_feit


def remove_early(work: Stapwerk) -> str:
    """Brings the day on which the content goes forward to today: removal itself has one road, with its report."""
    work.signaal.inhoud_weg_op = work.uow.today
    return work.asked(s.VoorTermijnVerwijderen).reden
