"""What can be done with an import that ended: make a preview real, confirm a loss, delete the report; and the clean-up after its term."""

from uuid import UUID

from app.core.bestanden import delete_file
from app.core.errors import Conflict
from app.core.unit_of_work import UnitOfWork
from app.objecten.repository import importen as repository
from app.objecten.schemas.importen import ImportRead
from app.objecten.service.importen import TASK, import_row
from app.objecten.service.verdwenen import mark_confirmed
from app.objecten.status import Importfase, Importstatus
from app.objecten.tables import Import

_CLEANED = 50


def make_real(uow: UnitOfWork, import_id: UUID) -> ImportRead:
    """Enqueues the real run of a preview, with the same file and a fresh report; a repeat changes nothing.

    Raises:
        ImportNotFound: unknown or not visible.
        Conflict: it is no preview, is not ready, failed, or its file is gone.
    """
    record = import_row(uow, import_id, lock=True)
    if not record.proef and record.doorgevoerd_op is not None:
        return ImportRead.model_validate(record)
    if not record.proef:
        raise Conflict("Deze import is geen proef; er valt niets door te voeren.")
    if record.status is not Importstatus.KLAAR:
        raise Conflict("De proef is niet klaar of mislukt. Wacht tot hij klaar is, of herstel het bestand.")
    if record.bestand_id is None:
        raise Conflict("De proef is verlopen en het bestand is weg. Stuur het bestand opnieuw.")
    repository.start_over(uow.session, record)
    record.proef, record.doorgevoerd_op = False, uow.now
    record.status, record.fase, record.klaar_op, record.opruimen_op = Importstatus.WACHT, Importfase.WACHT, None, None
    record.melding, record.voorbeeld, record.rijen_per_seconde, record.kolommen = None, None, None, []
    uow.enqueue(TASK, record.id, job_id=f"{TASK}:{record.id}:doorvoeren")
    uow.audit("import", record.id, record.gemeentecode)
    uow.session.flush()
    return ImportRead.model_validate(record)


def confirm_disappeared(uow: UnitOfWork, import_id: UUID) -> ImportRead:
    """Marks the permits that a source lost after somebody looked; a repeat changes nothing.

    Raises:
        ImportNotFound: unknown or not visible.
        Conflict: nothing waits, or a later file of this source was read.
    """
    record = import_row(uow, import_id, lock=True)
    mark_confirmed(uow, record)
    uow.audit("import", record.id, record.gemeentecode)
    uow.session.flush()
    return ImportRead.model_validate(record)


def delete_import(uow: UnitOfWork, import_id: UUID) -> None:
    """Deletes the report of an ended import: faults, rejected rows and file. The stock and where it came from stay.

    Raises:
        ImportNotFound: unknown or not visible.
        Conflict: it is still at work.
    """
    record = import_row(uow, import_id, lock=True)
    if record.status not in repository.ENDED:
        raise Conflict("Deze import is nog bezig. Wacht tot hij klaar is.")
    if record.verwijderd_op is None:
        _clean(uow, record, faults=True)
        record.verwijderd_op = uow.now
    uow.audit("import", record.id, record.gemeentecode)


def clean_imports(uow: UnitOfWork) -> int:
    """Removes rejected rows, and the files of previews, whose term is over.

    Returns:
        How many imports were cleaned; more may be waiting.
    """
    due = repository.due_for_cleaning(uow.session, uow.now, _CLEANED)
    for record in due:
        _clean(uow, record, faults=False)
        uow.audit("import", record.id, record.gemeentecode)
    return len(due)


def _clean(uow: UnitOfWork, record: Import, *, faults: bool) -> None:
    repository.forget_rows(uow.session, record.id, faults=faults)
    if record.bestand_id is not None:
        delete_file(uow, record.bestand_id)
    uow.erase_data_key(record.id)
    record.bestand_id, record.voorbeeld, record.opruimen_op = None, None, None
    record.kolommen, record.te_bevestigen = [], 0
