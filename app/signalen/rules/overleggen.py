"""Meetings: their rhythm, which signals stand on which agenda, and what a decision may hold (CAD-07 to CAD-10, OVL-01 to OVL-03)."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from app.core.clock import add_months, is_working_day
from app.signalen.rules.delen import OVERLEG_GEGEVENS
from app.signalen.rules.overgangen import OPEN
from app.signalen.status import JaNeeOnbekend, Kwartaalstand, Middel, Overlegsoort, Signaalstatus

RITME_DAGEN: dict[Overlegsoort, int] = {
    Overlegsoort.DRIELUIK: 14,
    Overlegsoort.ONDERMIJNING: 42,
    Overlegsoort.CASUS_MINDERJARIG: 56,
}
"""The rhythm that the programmes name; a series keeps its own. AF and zorgcoördinator meet each quarter, the rest when it is asked."""

KWARTAAL_MAANDEN = 3
VOORUIT_DAGEN = 120
_PERSOON = re.compile(
    r"\b(?i:dhr|mevr|mw|meneer|mevrouw|de\s+heer|familie|fam)\b\.?\s+\S|\b[A-Z]\.\s?(?:[A-Z]\.\s?)*[A-Z][a-z]+"
)


def rhythm(soort: Overlegsoort, eerste: date, om_de_dagen: int | None, van: date, tot: date) -> Iterator[date]:
    """The days of the rhythm from `van` up to and including `tot`; they never drift, also when a meeting is moved.

    Args:
        soort: the meeting of AF and zorgcoördinator counts in quarters.
        eerste: the first meeting.
        om_de_dagen: days in between; None for a meeting without rhythm.
        van: first day that is asked for.
        tot: last day that is asked for.
    """
    if soort is not Overlegsoort.KWARTAAL_AF_ZC and om_de_dagen is None:
        return
    start = 0 if om_de_dagen is None else max(0, (van - eerste).days // om_de_dagen)
    for step in count(start):
        day = (
            add_months(eerste, KWARTAAL_MAANDEN * step)
            if om_de_dagen is None
            else eerste + timedelta(days=om_de_dagen * step)
        )
        if day > tot:
            return
        if day >= van:
            yield day


def meeting_day(day: date) -> date:
    """The day on which a meeting of the rhythm is held: on a weekend or Dutch holiday the working day before it, so that no signal waits longer."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


@dataclass(frozen=True)
class Agendafeiten:
    """What decides whether a signal may stand on an agenda."""

    status: Signaalstatus
    getrieerd: bool
    gesloten_route: bool
    minderjarig: JaNeeOnbekend
    ondermijning: bool = False


def agenda_fault(soort: Overlegsoort, feiten: Agendafeiten) -> str | None:
    """Why a signal does not belong on the agenda of this meeting, in Dutch, or None."""
    if soort not in OVERLEG_GEGEVENS:
        return "Op de agenda van dit overleg staan geen signalen."
    if feiten.gesloten_route:
        return "Dit signaal komt nooit op een agenda."
    if feiten.status not in OPEN:
        return "Dit signaal is niet meer open."
    if not feiten.getrieerd:
        return "Beoordeel dit signaal eerst."
    if soort is Overlegsoort.CASUS_MINDERJARIG and feiten.minderjarig is not JaNeeOnbekend.JA:
        return "Aan dit overleg komen alleen signalen over een mogelijk minderjarige."
    return None


def comes_by_itself(soort: Overlegsoort, feiten: Agendafeiten) -> bool:
    """Whether a signal appears on the next agenda without anybody putting it there (RTE-03)."""
    if agenda_fault(soort, feiten) is not None:
        return False
    return {
        Overlegsoort.DRIELUIK: True,
        Overlegsoort.ONDERMIJNING: feiten.ondermijning,
        Overlegsoort.CASUS_MINDERJARIG: True,
        Overlegsoort.KWARTAAL_AF_ZC: feiten.status is Signaalstatus.GEMONITORD,
    }.get(soort, False)


def decision_faults(
    soort: Overlegsoort, datum: date, today: date, middel: Middel | None, *, vervallen: bool, toelichting: str | None
) -> list[str]:
    """Why a decision cannot be noted so, in Dutch; empty when it can."""
    faults = []
    if vervallen:
        faults.append("Dit overleg is vervallen.")
    if datum > today:
        faults.append("Dit overleg moet nog worden gehouden.")
    if soort is Overlegsoort.ONDERMIJNING and middel is None:
        faults.append("Kies het middel: bestuurlijk, strafrechtelijk, fiscaal of RIEC.")
    if soort is not Overlegsoort.ONDERMIJNING and middel is not None:
        faults.append("Een middel hoort alleen bij het lokaal ondermijningsoverleg.")
    if toelichting is not None and names_somebody(toelichting):
        faults.append("Laat namen van personen weg uit de toelichting.")
    return faults


def names_somebody(text: str) -> bool:
    """Whether a text seems to name a person: a form of address or initials with a name. It cannot know every name."""
    return _PERSOON.search(text) is not None


def quarters(eerste: date, today: date, gehouden: Collection[date]) -> list[tuple[int, int, Kwartaalstand]]:
    """Year, quarter and state from the quarter of the first meeting up to now: a past quarter without a meeting is missed (CAD-10)."""
    held = {_quarter(day) for day in gehouden}
    current = _quarter(today)
    found = []
    year, quarter = _quarter(eerste)
    while (year, quarter) <= current:
        if (year, quarter) in held:
            state = Kwartaalstand.GEHOUDEN
        else:
            state = Kwartaalstand.OPEN if (year, quarter) == current else Kwartaalstand.GEMIST
        found.append((year, quarter, state))
        year, quarter = (year, quarter + 1) if quarter < 4 else (year + 1, 1)
    return found


def _quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month - 1) // KWARTAAL_MAANDEN + 1
