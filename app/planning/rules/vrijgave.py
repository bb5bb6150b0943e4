"""What stands in the way of releasing a round: visits in the past, and objects that were planned elsewhere in between.

A round can be released up to a day; the rest stays confirmed. So another round knows it up to the day that was released by then.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Voorgesteld:
    """A proposed visit.

    Attributes:
        id: The proposed visit.
        object_id: Its object.
        datum: Its date.
        tussentijd: Days to any other visit of the object.
    """

    id: UUID
    object_id: UUID
    datum: date
    tussentijd: int


def release_faults(
    voorstel: Iterable[Voorgesteld], vandaag: date, bekend: Mapping[UUID, Sequence[date]]
) -> list[tuple[UUID, str]]:
    """Why visits cannot be released, by visit; empty when all can.

    Args:
        voorstel: The proposed visits.
        vandaag: Business date.
        bekend: Dates of controls done and planned, per object.
    """
    faults = []
    for visit in voorstel:
        if visit.datum < vandaag:
            faults.append((visit.id, f"ligt in het verleden ({visit.datum:%d-%m-%Y})"))
        near = [
            dag for dag in bekend.get(visit.object_id, ()) if abs((dag - visit.datum).days) < max(1, visit.tussentijd)
        ]
        if near:
            text = f"dit object heeft al een controle op {min(near):%d-%m-%Y}, te dicht op {visit.datum:%d-%m-%Y}"
            faults.append((visit.id, text))
    return faults


def released_mark(ronde_id: UUID, tot: date) -> str:
    """How a calculation remembers that it knew another round as released up to a day."""
    return f"{ronde_id} {tot.isoformat()}"


def released_since(ronde_id: UUID, van: date, tot: date, bekend: Iterable[str]) -> tuple[date, date] | None:
    """The days of another round that were released after a calculation; None when it knew them all.

    Args:
        ronde_id: The other round.
        van: Its first day.
        tot: Its last released day.
        bekend: What the calculation remembers; a mark without a day is of a round that was known as a whole.
    """
    for mark in bekend:
        known_id, _, until = mark.partition(" ")
        if known_id == str(ronde_id):
            van = max(van, date.fromisoformat(until) + timedelta(days=1)) if until else tot + timedelta(days=1)
    return (van, tot) if van <= tot else None
