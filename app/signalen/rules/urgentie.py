"""Urgency of a signal and the moment before which the AF acknowledges it (table A and F of the signal route).

The source programmes give no terms: the values are dated norms per municipality (design section 1, point 5).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from app.signalen.rules.kantooruren import after_working_days
from app.signalen.status import JaNeeOnbekend, Urgentie, Vorm

VOLGORDE: tuple[Urgentie, ...] = (Urgentie.ACUUT, Urgentie.SPOED, Urgentie.REGULIER)
"""From most to least urgent; the inbox has the same order."""

_CLOCK_MINUTES = {Urgentie.ACUUT: "AF_BEVESTIGEN_ACUUT_MIN", Urgentie.SPOED: "AF_BEVESTIGEN_SPOED_MIN"}
_WORKING_DAYS = "AF_BEVESTIGEN_REGULIER_WERKDAGEN"


def rank(urgentie: Urgentie) -> int:
    """Place in the order; 0 is the most urgent."""
    return VOLGORDE.index(urgentie)


def highest(first: Urgentie, *others: Urgentie) -> Urgentie:
    """The most urgent of these: a control with more hits takes the highest (table A)."""
    return min((first, *others), key=rank)


def least_for(vormen: Iterable[Vorm], minderjarig: JaNeeOnbekend | None) -> Urgentie:
    """The urgency that a judgement asks for at least: possibly a minor in a sexual setting is acute unsafety (A2, R6)."""
    both = minderjarig is JaNeeOnbekend.JA and Vorm.SEKSUEEL in vormen
    return Urgentie.ACUUT if both else Urgentie.REGULIER


def sent_at_once(urgentie: Urgentie) -> bool:
    """Whether a signal leaves the moment it arises; a regular one waits for the end of the control (design section 6)."""
    return urgentie is not Urgentie.REGULIER


def acknowledge_before(urgentie: Urgentie, sent: datetime, normen: Mapping[str, float]) -> datetime:
    """The moment before which the AF acknowledges (table F).

    'acuut' and 'spoed' run in minutes of the clock, day and night; 'regulier' ends with the office hours of a Dutch working day.
    A norm that is missing never holds a signal back: it is then due at once.

    Args:
        urgentie: of the signal.
        sent: moment of sending.
        normen: norm table of the municipality on that day.
    """
    if urgentie in _CLOCK_MINUTES:
        return sent + timedelta(minutes=normen.get(_CLOCK_MINUTES[urgentie], 0))
    if _WORKING_DAYS not in normen:
        return sent
    return after_working_days(sent, round(normen[_WORKING_DAYS]), normen)


def change_fault(van: Urgentie, naar: Urgentie, *, is_af: bool, second_person_fault: str | None) -> str | None:
    """Why urgency may not change so, in Dutch, or None. Up by anyone; down only by an AF with four eyes (table A)."""
    if rank(naar) <= rank(van):
        return None
    if not is_af:
        return "Alleen de aandachtsfunctionaris kan de urgentie verlagen."
    return second_person_fault
