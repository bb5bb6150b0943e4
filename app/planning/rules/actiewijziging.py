"""Changing an integral action by hand: the rules about its date and partners, with every fault at once (CAD-04, CAD-05)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actievoorstel:
    """An integral action as a planner wants it.

    Attributes:
        datum: The date.
        partners: The services that are to join.
        beschikbaar: Dates of each partner of the municipality.
        namen: Names of the partners, and of those that take part in it.
        andere: Dates of the other actions, held, planned and proposed.
        tussentijd: Least number of days between two actions.
        adressen: Number of addresses.
        grenzen: Least and largest number of addresses.
        vandaag: Business date.
        periode: First and last day of the round.
    """

    datum: date
    partners: Sequence[UUID]
    beschikbaar: Mapping[UUID, Collection[date]]
    namen: Mapping[UUID, str]
    andere: Sequence[date]
    tussentijd: int
    adressen: int
    grenzen: tuple[int, int]
    vandaag: date
    periode: tuple[date, date]


GENOEMD = 3
"""Other days that a refusal names."""


def _other_days(actie: Actievoorstel, partner: UUID) -> str:
    """The nearest days of the round on which the partner can, far enough from other actions."""
    first, last = actie.periode
    days = [
        day
        for day in actie.beschikbaar.get(partner, ())
        if max(first, actie.vandaag) <= day <= last
        and all(abs((day - other).days) >= max(1, actie.tussentijd) for other in actie.andere)
    ]
    if not days:
        return "in deze periode is er geen dag die dat wel kan"
    near = sorted(sorted(days, key=lambda day: (abs((day - actie.datum).days), day))[:GENOEMD])
    return "wel bijvoorbeeld op " + ", ".join(f"{day:%d-%m-%Y}" for day in near)


def actie_faults(actie: Actievoorstel) -> list[tuple[str, str]]:
    """Every rule that the action would break, as field and Dutch text; empty when it can be held.

    An action has at least one partner (CAD-05); the municipality itself always takes part.
    """
    faults = []
    first, last = actie.periode
    if actie.datum < actie.vandaag:
        faults.append(("datum", "ligt in het verleden"))
    if not first <= actie.datum <= last:
        faults.append(("datum", f"ligt buiten de planronde, die loopt van {first:%d-%m-%Y} tot en met {last:%d-%m-%Y}"))
    near = [day for day in actie.andere if abs((day - actie.datum).days) < max(1, actie.tussentijd)]
    if near:
        text = f"ligt minder dan {actie.tussentijd} dagen van een andere integrale actie, op {min(near):%d-%m-%Y}"
        faults.append(("datum", text))
    if not actie.partners:
        faults.append(("partnerIds", "een integrale actie heeft minstens een partner"))
    for position, partner in enumerate(actie.partners):
        field = f"partnerIds.{position}"
        if partner in actie.partners[:position]:
            faults.append((field, "staat er twee keer in"))
        elif partner not in actie.beschikbaar:
            who = f"{actie.namen[partner]} " if partner in actie.namen else ""
            faults.append((field, f"{who}is geen partner van uw gemeente met beschikbare dagen in deze periode"))
        elif actie.datum not in actie.beschikbaar[partner]:
            text = (
                f"{actie.namen[partner]} is niet beschikbaar op {actie.datum:%d-%m-%Y}; {_other_days(actie, partner)}"
            )
            faults.append((field, text))
    least, most = actie.grenzen
    if not max(1, least) <= actie.adressen <= most:
        faults.append(("objectIds", f"een integrale actie heeft {max(1, least)} tot {most} adressen"))
    return faults
