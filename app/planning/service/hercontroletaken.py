"""Re-check tasks of findings and measures: which object waits for a visit, and from which day (INS-03, INS-06, PLN-12).

A task is done when the visit was carried out, not when it was planned: a closed door or a day that passes would lose it otherwise
(`app.rapportage.service.hercontrole` closes it). Until then it waits, and a visit on the plan only says that nobody has to plan another.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.controles.service.verzetten import places_of
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.taken import open_tasks_of
from app.maatregelen.service.gevolgen import HERCONTROLE as NA_MAATREGEL
from app.maatregelen.service.maatregelen import objects_of_measures

NA_CONTROLE = "hercontrole"
"""Asked for by the confidential part of a control (a crew that says nothing); a planner may plan it, a priority never counts it."""
NA_NALEVING = "naleving-hercontrole"
"""Asked for when the term of a compliance finding is over (PLN-12)."""
SOORTEN = (NA_CONTROLE, NA_NALEVING, NA_MAATREGEL)


@dataclass(frozen=True, slots=True)
class Hercontroletaak:
    """A re-check that was not carried out yet.

    Attributes:
        soort: Kind of the task.
        onderwerp_id: The control or measure that asks for it.
        object_id: Where.
        vanaf: First day on which a visit answers it.
        voor: Date of the task. After a term or measure that is the first day; after a silent crew the last one.
    """

    soort: str
    onderwerp_id: UUID
    object_id: UUID
    vanaf: date
    voor: date


def open_rechecks(uow: UnitOfWork, gemeentecode: str, soorten: Collection[str] = SOORTEN) -> list[Hercontroletaak]:
    """The re-checks of a municipality that were not carried out, by date; in three queries, whoever asks."""
    tasks = open_tasks_of(uow, gemeentecode, soorten)
    controls = places_of(uow, [task.onderwerp_id for task in tasks if task.soort != NA_MAATREGEL])
    measures = objects_of_measures(uow, [task.onderwerp_id for task in tasks if task.soort == NA_MAATREGEL])
    found = []
    for task in tasks:
        day = task.voor_datum or uow.today
        if task.soort == NA_MAATREGEL and task.onderwerp_id in measures:
            found.append(Hercontroletaak(task.soort, task.onderwerp_id, measures[task.onderwerp_id], day, day))
        elif task.onderwerp_id in controls:
            object_id, visited = controls[task.onderwerp_id]
            first = visited + timedelta(days=1) if task.soort == NA_CONTROLE else day
            found.append(Hercontroletaak(task.soort, task.onderwerp_id, object_id, first, day))
    return sorted(found, key=lambda task: (task.voor, task.onderwerp_id))


def rechecks_due(uow: UnitOfWork, gemeentecode: str) -> dict[UUID, date]:
    """Per object the first day on which a re-check that is open may be done, in three queries; whoever asks.

    Only what follows from a compliance finding or a measure, which anybody with the object file may read: a re-check that the
    confidential part of a control asked for would tell by its priority what was answered there (DAT-13).
    """
    due: dict[UUID, date] = {}
    for task in open_rechecks(uow, gemeentecode, (NA_NALEVING, NA_MAATREGEL)):
        due[task.object_id] = min(task.vanaf, due.get(task.object_id, task.vanaf))
    return due
