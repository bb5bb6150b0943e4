"""Background work of the stock."""

from uuid import UUID

from app.core.jobs import UnitFactory, sweep, task
from app.core.settings import get_settings
from app.objecten.service import toewijzen
from app.objecten.service.bewaren import drop_reviewed
from app.objecten.service.bronnen import Bronnen
from app.objecten.service.geocoderen import geocode_waiting
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


@sweep("objecten.geocoderen", every=5)
def geocode_addresses(unit: UnitFactory) -> None:
    """Looks up where addresses without a point lie."""
    with Bronnen.of(get_settings(), unit) as sources:
        geocode_waiting(unit, sources)


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


@sweep("objecten.bewaren", every=3600)
def drop_old_risks(unit: UnitFactory) -> None:
    """Drops risk addresses that had no new facts for two reviews (DAT-15)."""
    while True:
        with unit("risicoadressen_bewaren") as uow:
            if not drop_reviewed(uow):
                return
