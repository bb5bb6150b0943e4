"""Entering a dwelling: on what ground, and what an authorisation covers (PLN-13; Algemene wet op het binnentreden 1, 2, 3, 6-8)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.controles.status import Toegangsgrond
from app.core.clock import AMSTERDAM

GROND_ITEM = "BEV-03"
NACHT_TOT_UUR = 6
"""Awbi 7: between midnight and six only when the authorisation says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Omvang:
    """What an authorisation covers, all by id.

    Attributes:
        geldig_van: day on which it was issued.
        geldig_tot: last day on which it holds.
        toezichthouders: accounts that may enter.
        partners: services that may come along.
        nacht: also between midnight and six.
    """

    geldig_van: date
    geldig_tot: date
    toezichthouders: frozenset[str]
    partners: frozenset[str]
    nacht: bool


def request_fault(bezoekdatum: date, vandaag: date, vooraf: float | None) -> str | None:
    """Why an authorisation cannot be asked for now, in Dutch; None when it can.

    Args:
        bezoekdatum: day of the visit.
        vandaag: business date.
        vooraf: how many days ahead it may be asked for; None for no bound.
    """
    if bezoekdatum < vandaag:
        return "ligt in het verleden; kies vandaag of later"
    if vooraf is not None and (bezoekdatum - vandaag).days > vooraf:
        return f"ligt meer dan {int(vooraf)} dagen vooruit; vraag de machtiging later aan"
    return None


def last_day(afgegeven_op: date, geldig: float | None) -> date:
    """The last day on which an authorisation holds: until the third day after it was issued (Awbi 6), or that day alone without a term."""
    return afgegeven_op + timedelta(days=int(geldig or 0))


def covers(omvang: Omvang, moment: datetime, toezichthouders: Collection[str], partners: Collection[str]) -> bool:
    """Whether an authorisation covers an entry at a moment by these inspectors with these services."""
    local = moment.astimezone(AMSTERDAM)
    return (
        omvang.geldig_van <= local.date() <= omvang.geldig_tot
        and omvang.toezichthouders >= set(toezichthouders)
        and omvang.partners >= set(partners)
        and (omvang.nacht or local.hour >= NACHT_TOT_UUR)
    )


def ground_of(antwoorden: Mapping[str, object], bij_start: object) -> Toegangsgrond | None:
    """The ground of entry: the answer on the checklist, else what was said at the start."""
    for said in (antwoorden.get(GROND_ITEM), bij_start):
        if isinstance(said, str) and said in set(Toegangsgrond):
            return Toegangsgrond(said)
    return None
