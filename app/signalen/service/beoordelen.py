"""The AF judges a signal: enrichment, triage, urgency (table G; INS-15, INS-16, PLN-06, DEF-06, HLP-03)."""

from app.gemeenten.service.taken import close_taak_of
from app.signalen.rules.urgentie import rank
from app.signalen.schemas import stappen as s
from app.signalen.service.bijkomen import see_to_forced
from app.signalen.service.opvoeren import ZC_REDEN
from app.signalen.service.stap import Stapwerk
from app.signalen.service.verzenden import TAAK_OPNIEUW, set_deadline
from app.signalen.status import Signaalstatus
from app.signalen.tables import Signaal


def start_enrichment(work: Stapwerk) -> str:
    """The AF gathers what the municipality knows; the purpose is kept with the event."""
    return work.asked(s.Verrijken).doel


GELATEN = (
    "mogelijk_slachtoffer",
    "classificatie",
    "binnenlands",
    "aantal_mogelijke_slachtoffers",
    "ondermijning",
    "zorg_gemeente",
)
"""What a judgement may leave out; what was said of it before then stands."""


def completed(step: s.Trieren, signaal: Signaal) -> s.Trieren:
    """The judgement with what it leaves out as it was: silence of the AF is no answer, and takes away none of the submitter."""
    known = {name: getattr(signaal, name) for name in GELATEN if name not in step.model_fields_set}
    return step.model_copy(update={name: value for name, value in known.items() if value is not None})


def triage(work: Stapwerk) -> str | None:
    """Stores the judgement. What was judged before stands in the events before it."""
    step, signaal = work.asked(s.Trieren), work.signaal
    signaal.vormen = list(dict.fromkeys(step.vormen))
    if step.mogelijk_minderjarig is not None:
        signaal.mogelijk_minderjarig = step.mogelijk_minderjarig
    for name in ("urgentie", "zc_inlichten", "acute_onveiligheid", "structurele_onveiligheid", *GELATEN):
        setattr(signaal, name, getattr(step, name))
    keep_care_reason(work, step.zc_reden)
    signaal.getrieerd_op, signaal.herzien_op = work.uow.now, None
    close_taak_of(work.uow, TAAK_OPNIEUW, signaal.id)
    see_to_forced(work.uow, signaal, goes_on=signaal.status is Signaalstatus.GEMONITORD)
    steps = sorted(set(step.meldcode_stappen))
    notes = [
        f"Vorm {', '.join(signaal.vormen)}; urgentie {step.urgentie}; classificatie {step.classificatie}.",
        *([f"Stappen van de meldcode: {', '.join(map(str, steps))}."] if steps else []),
    ]
    return "\n".join(notes)


def change_urgency(work: Stapwerk) -> str:
    """Another urgency; the term of a signal that waits for its AF only comes nearer."""
    step, signaal = work.asked(s.UrgentieWijzigen), work.signaal
    note = f"Urgentie van {signaal.urgentie} naar {step.urgentie}. {step.reden}"
    more_urgent = rank(step.urgentie) < rank(signaal.urgentie)
    signaal.urgentie = step.urgentie
    if more_urgent and signaal.status is Signaalstatus.VERZONDEN:
        set_deadline(work.uow, signaal, step.urgentie)
    return note


def keep_care_reason(work: Stapwerk, reason: str | None) -> None:
    """Keeps why the zorgcoördinator was not told, unreadable without the record's key."""
    if reason is not None:
        signaal: Signaal = work.signaal
        signaal.zc_reden = work.uow.seal(signaal.id, ZC_REDEN, reason)
