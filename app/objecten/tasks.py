"""Background work of the stock."""

from uuid import UUID

from app.core.jobs import UnitFactory, sweep, task
from app.objecten.service.importacties import clean_imports
from app.objecten.service.importen import TASK
from app.objecten.service.inlezen import run_import


@task(TASK)
def import_file(unit: UnitFactory, import_id: UUID) -> None:
    """Reads the file of an import; safe to run again after a kill."""
    run_import(unit, import_id)


@sweep("objecten.importen-opruimen", every=300)
def clean_up_imports(unit: UnitFactory) -> None:
    """Removes rejected rows and files of previews whose term is over."""
    while True:
        with unit("importen_opruimen") as uow:
            if not clean_imports(uow):
                return
