"""Objects as the norms look at them; handed to planning, never answered by the API."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.objecten.schemas.objecten import PlanbareVergunning
from app.objecten.status import Objecttype


@dataclass(frozen=True, slots=True)
class NormObject:
    """An object with all its permits, ended ones included, so that a norm can be counted for any date.

    Attributes:
        nummer: the municipality's own reference; a list goes by type and number.
        vergunningen: permits by kind, renewals within the grace window joined.
    """

    id: UUID
    type: Objecttype
    nummer: str
    naam: str
    vergunningen: tuple[PlanbareVergunning, ...]


@dataclass(frozen=True, slots=True)
class Risicotermijn:
    """A risk address with its days and nothing else (CAD-06).

    Attributes:
        weg_vanaf: last day on which it is in view; None without an end.
    """

    id: UUID
    object_id: UUID
    in_beeld_op: date
    controle_voor: date
    bezocht_op: date | None
    weg_vanaf: date | None
