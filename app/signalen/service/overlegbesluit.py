"""A decision of a meeting as a step of the signal: an event, and the consult that closing asks for (CAD-08, OVL-01, RTE-22)."""

from app.signalen.errors import AgendapuntNotFound
from app.signalen.repository import agenda as punten
from app.signalen.rules.overleggen import decision_faults
from app.signalen.schemas import stappen as s
from app.signalen.service.agenda import note_field
from app.signalen.service.stap import Stapwerk
from app.signalen.status import Overlegstatus
from app.signalen.tables import Agendapunt, Overleg, Overlegreeks


def decide(work: Stapwerk) -> str:
    """Notes the decision at its point; what was decided there before stays in the events.

    Raises:
        AgendapuntNotFound: it went off the agenda meanwhile.
    """
    step, uow, signaal = work.asked(s.Besluit), work.uow, work.signaal
    punt, overleg, reeks = _point(work, step)
    punt.besluitcode, punt.middel = step.besluitcode, step.middel
    text = step.toelichting
    punt.toelichting = None if text is None else uow.seal(signaal.id, note_field(punt.id), text)
    punt.besloten_op, punt.besloten_door = uow.now, work.door.eerste
    punt.versie += 1
    if overleg.status is Overlegstatus.GEPLAND:
        overleg.status = Overlegstatus.GEHOUDEN
        overleg.versie += 1
    signaal.overleg_op = max(overleg.datum, signaal.overleg_op or overleg.datum)
    means = "" if step.middel is None else f", middel {step.middel}"
    note = f"Besluit in {reeks.soort} van {overleg.datum:%d-%m-%Y}: {step.besluitcode}{means}."
    return note if text is None else f"{note}\n{text}"


def decide_faults(work: Stapwerk) -> list[str]:
    """Why this decision cannot be noted, in Dutch; empty when it can."""
    step = work.asked(s.Besluit)
    _, overleg, reeks = _point(work, step)
    return decision_faults(
        reeks.soort,
        overleg.datum,
        work.uow.today,
        step.middel,
        vervallen=overleg.status is Overlegstatus.VERVALLEN,
        toelichting=step.toelichting,
    )


def _point(work: Stapwerk, step: s.Besluit) -> tuple[Agendapunt, Overleg, Overlegreeks]:
    found = punten.find_point(work.uow.session, work.uow.caller, step.agendapunt_id)
    if found is None or found[0].signaal_id != work.signaal.id:
        raise AgendapuntNotFound
    return found
