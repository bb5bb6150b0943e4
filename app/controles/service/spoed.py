"""What may never be held back by a bound on how often is asked: danger, a signal, and when was called (RTE-01, RTE-24)."""

from collections.abc import Iterable

from app.checklists.rules.library import ChecklistversieNotFoundError
from app.checklists.service import current_versions, get_catalogue
from app.controles.rules.gebeurtenissoorten import DRINGEND
from app.controles.rules.signalering import holds_acute_answer
from app.controles.schemas.synchronisaties import InhoudAntwoorden
from app.controles.service.zending import Zending, read_event
from app.core.clock import business_date, utc_now


def cannot_wait(raw_events: Iterable[object]) -> bool:
    """Whether one of the events tells of danger or is a signal; also one that is otherwise unreadable."""
    for raw in raw_events:
        if isinstance(raw, dict) and raw.get("soort") in DRINGEND:
            return True
        if tells_of_danger(read_event(raw, utc_now())):
            return True
    return False


def tells_of_danger(zending: Zending) -> bool:
    """Whether these are answers that tell of acute danger."""
    if not isinstance(zending.inhoud, InhoudAntwoorden):
        return False
    try:
        catalogus = get_catalogue(current_versions(business_date(utc_now())))
    except ChecklistversieNotFoundError:
        return False
    return holds_acute_answer(catalogus, zending.inhoud.antwoorden)
