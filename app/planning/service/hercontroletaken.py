"""Re-check tasks of findings and measures become visits (INS-03, INS-06, PLN-12): which object, from which day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.controles.service.verzetten import objects_of
from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.service.taken import close_taak_of, list_taken, open_tasks_of
from app.maatregelen.service.gevolgen import HERCONTROLE as NA_MAATREGEL
from app.maatregelen.service.maatregelen import objects_of_measures
from app.planning.schemas.herplanningen import Gebeurtenis
from app.planning.status import Herplangebeurtenis

NA_CONTROLE = "hercontrole"
"""Asked for by the confidential part of a control (a crew that says nothing); a planner may plan it, a priority never counts it."""
NA_NALEVING = "naleving-hercontrole"
"""Asked for when the term of a compliance finding is over (PLN-12)."""
MEESTE_TAKEN = 2_000


@dataclass(frozen=True, slots=True)
class Hercontroletaak:
    """A re-check that waits for a visit."""

    soort: str
    onderwerp_id: UUID
    object_id: UUID
    vanaf: date


def rechecks_waiting(uow: UnitOfWork, gemeentecode: str) -> list[Hercontroletaak]:
    """The open re-check tasks of a municipality with the object that they are about, by date; in three queries.

    A task is for the planner, so whoever may not see it finds none.
    """
    tasks = [
        task
        for task in list_taken(uow, Paging(limit=MEESTE_TAKEN, after=None), rol=Rol.PLANNER, gemeentecode=gemeentecode)
        if task.soort in {NA_CONTROLE, NA_NALEVING, NA_MAATREGEL}
    ]
    places = objects_of(uow, [task.onderwerp_id for task in tasks if task.soort != NA_MAATREGEL])
    places |= objects_of_measures(uow, [task.onderwerp_id for task in tasks if task.soort == NA_MAATREGEL])
    return [
        Hercontroletaak(task.soort, task.onderwerp_id, places[task.onderwerp_id], task.voor_datum or uow.today)
        for task in tasks
        if task.onderwerp_id in places
    ]


def rechecks_due(uow: UnitOfWork, gemeentecode: str) -> dict[UUID, date]:
    """Per object the first day on which a re-check that is open may be done, in three queries; whoever asks.

    Only what follows from a compliance finding or a measure, which anybody with the object file may read: a re-check that the
    confidential part of a control asked for would tell by its priority what was answered there (DAT-13).
    """
    tasks = open_tasks_of(uow, gemeentecode, (NA_NALEVING, NA_MAATREGEL))
    places = objects_of(uow, [task.onderwerp_id for task in tasks if task.soort == NA_NALEVING])
    places |= objects_of_measures(uow, [task.onderwerp_id for task in tasks if task.soort == NA_MAATREGEL])
    due: dict[UUID, date] = {}
    for task in tasks:
        object_id, day = places.get(task.onderwerp_id), task.voor_datum or uow.today
        if object_id is not None:
            due[object_id] = min(day, due.get(object_id, day))
    return due


def finish_rechecks(
    uow: UnitOfWork, gemeentecode: str, planned: Collection[UUID], events: Sequence[Gebeurtenis]
) -> None:
    """Closes the re-check tasks of objects for which a re-check was planned just now."""
    asked = {e.object_id: e.datum for e in events if e.soort is Herplangebeurtenis.HERCONTROLE}
    wanted = {object_id: day for object_id, day in asked.items() if object_id in planned}
    if not wanted:
        return
    for task in rechecks_waiting(uow, gemeentecode):
        day = wanted.get(task.object_id)
        if day is not None and task.vanaf <= max(day, uow.today):
            close_taak_of(uow, task.soort, task.onderwerp_id)
