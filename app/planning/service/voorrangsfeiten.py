"""Facts from the features below that a priority counts: re-checks that are open and flags that were set lately.

Dates per object and nothing else: no kind, number or word of a flag, no content of a finding or a measure (design section 1, PLN-10).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from app.controles.service.vlaggen import flagged_addresses
from app.core.unit_of_work import UnitOfWork
from app.objecten.schemas.objecten import PlanbaarObject
from app.planning.service.hercontroletaken import rechecks_due


@dataclass(frozen=True)
class Voorrangsfeiten:
    """What asks for a visit beside norms and permits.

    Attributes:
        hercontroles: Per object the first day on which an open re-check may be done.
        vlaggen: Per object the day of the last flag at its address.
    """

    hercontroles: Mapping[UUID, date] = field(default_factory=dict)
    vlaggen: Mapping[UUID, date] = field(default_factory=dict)


def load_priority_facts(
    uow: UnitOfWork, gemeentecode: str, vlag_dagen: int, places: Iterable[PlanbaarObject]
) -> Voorrangsfeiten:
    """The facts of a municipality, in four queries.

    Args:
        uow: The unit of work.
        gemeentecode: Where.
        vlag_dagen: Days that a flag counts; none is looked for when it is 0.
        places: The objects; a flag is about an address and counts for each object at it.
    """
    flagged = flagged_addresses(uow, gemeentecode, uow.today - timedelta(days=vlag_dagen))
    at = {place.id: flagged[place.adres_id] for place in places if place.adres_id in flagged}
    return Voorrangsfeiten(rechecks_due(uow, gemeentecode), at)
