"""What stands in the way of releasing a round: visits in the past, and objects that were planned elsewhere in between."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
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
