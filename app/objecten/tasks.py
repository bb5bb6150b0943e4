"""Background work of the stock."""

from uuid import UUID

from app.core.jobs import UnitFactory, sweep, task
from app.objecten.service import toewijzen
from app.objecten.service.importen import TASK
from app.objecten.service.inlezen import run_import


@task(TASK)
def import_file(unit: UnitFactory, import_id: UUID) -> None:
    """Reads the file of an import; safe to run again after a kill."""
    run_import(unit, import_id)


@task(toewijzen.TASK)
def assign_areas(unit: UnitFactory, progress_id: UUID) -> None:
    """Gives the places of a municipality the areas of the division that holds now."""
    toewijzen.assign_all(unit, progress_id)


@sweep("objecten.gebieden", every=300)
def follow_divisions(unit: UnitFactory) -> None:
    """Finds municipalities whose division changed: by new areas, or because a year began."""
    with unit(toewijzen.TASK, write=False) as uow:
        due = toewijzen.due_municipalities(uow)
    for code in due:
        with unit(toewijzen.TASK) as uow:
            toewijzen.schedule_assignment(uow, code)
