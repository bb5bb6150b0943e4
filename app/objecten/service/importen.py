"""Imports: taking a file in, and showing how far it is and what was rejected."""

import hashlib
import re
from pathlib import PurePosixPath
from uuid import UUID

from app.core.errors import Fout, InvalidInput
from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.gemeenten import require_gemeente
from app.objecten.errors import ImportNotFound
from app.objecten.repository import importen as repository
from app.objecten.rules.teksten import text_faults
from app.objecten.schemas.importen import ImportafwijzingRead, ImportRead
from app.objecten.status import Importindeling, Objecttype
from app.objecten.tables import Import, Importbestand

TASK = "objecten.import"


def add_import(
    uow: UnitOfWork,
    gemeentecode: str,
    indeling: Importindeling,
    bron: str,
    bestandsnaam: str,
    content: bytes,
    jaar: int | None = None,
) -> ImportRead:
    """Keeps a file and enqueues the reading of it, in one transaction.

    Raises:
        GemeenteNotFound: the caller does not work there.
        InvalidInput: the file is empty, or the source holds what may not be stored.
    """
    require_gemeente(uow, gemeentecode)
    if not content.strip():
        raise InvalidInput("Het bestand is leeg; zie 'fouten'.", [Fout("bestand", "is leeg; kies een ander bestand")])
    # A source is an organisation or a public register, so it may have a web address, like the name of a business.
    faults = [Fout("bron", fault) for fault in text_faults(Objecttype.BEDR, bron, is_name=True)]
    if faults:
        raise InvalidInput("De bron kan zo niet bewaard worden; zie 'fouten'.", faults)
    record = Import(
        gemeentecode=gemeentecode,
        indeling=indeling,
        bestandsnaam=_plain_name(bestandsnaam),
        sha256=hashlib.sha256(content).hexdigest(),
        bron=bron,
        jaar=jaar,
        gemaakt_op=uow.now,
    )
    uow.session.add(record)
    uow.session.flush()
    uow.session.add(Importbestand(import_id=record.id, inhoud=content))
    uow.enqueue(TASK, record.id)
    uow.audit("import", record.id, gemeentecode)
    return ImportRead.model_validate(record)


def get_import(uow: UnitOfWork, import_id: UUID) -> ImportRead:
    """How far an import is.

    Raises:
        ImportNotFound: unknown or not visible.
    """
    return ImportRead.model_validate(import_row(uow, import_id))


def list_importen(uow: UnitOfWork, gemeentecode: str | None, page: Paging) -> list[ImportRead]:
    """One import more than a page, newest first."""
    found = repository.list_imports(uow.session, uow.caller, gemeentecode, page)
    return [ImportRead.model_validate(row) for row in found]


def list_afwijzingen(uow: UnitOfWork, import_id: UUID, page: Paging) -> list[ImportafwijzingRead]:
    """One fault more than a page, in the order of the file.

    Raises:
        ImportNotFound: unknown or not visible.
    """
    import_row(uow, import_id)
    found = repository.rejections_of(uow.session, uow.caller, import_id, page)
    return [ImportafwijzingRead.model_validate(row) for row in found]


def import_row(uow: UnitOfWork, import_id: UUID, *, lock: bool = False) -> Import:
    """An import, for use within this feature.

    Raises:
        ImportNotFound: unknown or not visible.
    """
    found = repository.import_by_id(uow.session, uow.caller, import_id, lock=lock)
    if found is None:
        raise ImportNotFound
    return found


def _plain_name(name: str) -> str:
    """The name of a file without folders and control characters."""
    base = PurePosixPath(name.replace("\\", "/")).name
    return re.sub(r"[^\w .()+-]", "_", base)[:200] or "bestand"
