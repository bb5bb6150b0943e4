"""Where nobody came in: at which object, and in which part of the day to try again (PLN-15)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.controles.repository import pogingen as repository
from app.controles.rules.dagdelen import Dagdeel, parts_of_day, retry_parts
from app.controles.status import Controlestatus
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.gemeenten import require_gemeente
from app.gemeenten.service.normen import norm_table


@dataclass(frozen=True, slots=True)
class Herkansing:
    """A visit that must be tried again.

    Attributes:
        controle_id: the last attempt.
        datum: its date.
        poging_op: its moment; None for one that was recorded before moments were kept.
        dagdelen: when to try again, the best first; empty when the parts of the day are not set.
    """

    object_id: UUID
    controle_id: UUID
    datum: date
    poging_op: datetime | None
    dagdelen: list[Dagdeel]


def attempts_waiting(uow: UnitOfWork, gemeentecode: str) -> list[Herkansing]:
    """The attempts of a municipality that no later visit followed up, oldest first, in three queries; no norm counts them."""
    rows = repository.waiting(uow.session, uow.caller, gemeentecode, uow.today)
    if not rows:
        return []
    delen = parts_of_day(norm_table(uow, gemeentecode, uow.today))
    tries: dict[UUID, list[datetime]] = defaultdict(list)
    for row in repository.tries_at(uow.session, {row.object_id for row in rows}):
        if row.status is Controlestatus.AFGEROND:
            tries[row.object_id].clear()
        elif row.poging_op is not None:
            tries[row.object_id].append(row.poging_op)
    return [
        Herkansing(row.object_id, row.id, row.datum, row.poging_op, _parts(delen, tries[row.object_id])) for row in rows
    ]


def list_retries(uow: UnitOfWork, gemeentecode: str | None) -> list[Herkansing]:
    """The attempts that wait for another try, in the caller's own municipality unless he names another.

    Raises:
        GemeenteNotFound: the caller does not work there.
    """
    code = gemeentecode or uow.caller.gemeentecode
    require_gemeente(uow, code)
    return attempts_waiting(uow, code)


def _parts(delen: Sequence[Dagdeel], pogingen: Sequence[datetime]) -> list[Dagdeel]:
    return retry_parts(delen, sorted(pogingen))
