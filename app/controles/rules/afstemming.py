"""Alignment with police and OM before release: who must agree, how long it holds, what others see of it (PLN-01).

A hold, a question that nobody answered and a hold of the planner himself are one thing to everybody else: the planner.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.controles.status import Aanleiding, Afstemantwoord, Afstemmer, Afstemstand
from app.core.clock import business_date
from app.objecten.status import Objecttype

VERPLICHT = (Afstemmer.POLITIE, Afstemmer.OM)
ALTIJD = date(9999, 12, 31)
"""Until when an agreement holds where the municipality set no term."""


@dataclass(frozen=True, slots=True)
class Antwoord:
    """One answer: by whom, by which account, when. No reason and no content."""

    wie: Afstemmer
    antwoord: Afstemantwoord
    op: datetime
    account: str


def needs_release(aanleiding: Aanleiding, objecttype: Objecttype, *, in_actie: bool, seks_apart: bool = False) -> bool:
    """Whether a control waits for release: integral actions, risk addresses and dwellings (PLN-01).

    The regular controls of licensed establishments run under a standing agreement with police and OM.

    Args:
        aanleiding: why it is held.
        objecttype: kind of object.
        in_actie: it is part of an integral action.
        seks_apart: there is no standing agreement on that day.
    """
    if in_actie or aanleiding is Aanleiding.RISICOADRES or objecttype is Objecttype.WON:
        return True
    return seks_apart and objecttype is Objecttype.SEKS


def latest_answers(antwoorden: Iterable[Antwoord]) -> dict[Afstemmer, Antwoord]:
    """What each says now; answers stand oldest first."""
    return {antwoord.wie: antwoord for antwoord in antwoorden}


def agreed_until(antwoorden: Iterable[Antwoord], geldig_dagen: float | None) -> date | None:
    """The last day on which everybody who must agree does, or None: it is held, or somebody did not answer.

    Args:
        antwoorden: all answers, oldest first.
        geldig_dagen: how many days an agreement holds; None for no term.
    """
    laatste = latest_answers(antwoorden)
    if any(antwoord.antwoord is Afstemantwoord.WACHTEN for antwoord in laatste.values()):
        return None
    if any(wie not in laatste for wie in VERPLICHT):
        return None
    if geldig_dagen is None:
        return ALTIJD
    return min(business_date(laatste[wie].op) + timedelta(days=int(geldig_dagen)) for wie in VERPLICHT)


def shown(akkoord_tot: date | None, datum: date) -> Afstemstand:
    """What everybody sees of a question about a visit on a date."""
    agreed = akkoord_tot is not None and akkoord_tot >= datum
    return Afstemstand.AKKOORD if agreed else Afstemstand.PLANNER
