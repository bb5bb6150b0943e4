"""Background work of the stock."""

from uuid import UUID

from app.core.jobs import UnitFactory, task
from app.objecten.service.importen import TASK
from app.objecten.service.inlezen import run_import


@task(TASK)
def import_file(unit: UnitFactory, import_id: UUID) -> None:
    """Reads the file of an import; safe to run again after a kill."""
    run_import(unit, import_id)
