"""Imports: taking a file in, and showing how far it is and what was rejected."""

import json
import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any, BinaryIO
from uuid import UUID

from app.core.bestanden import BLOCK, store_file
from app.core.errors import Fout, InvalidInput
from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rechten import RECHTEN
from app.gemeenten.service.gemeenten import require_gemeente
from app.objecten.errors import ImportNotFound
from app.objecten.repository import importen as repository
from app.objecten.rules.herkomst import HERKOMST, UNKNOWN
from app.objecten.rules.teksten import text_faults
from app.objecten.schemas.importen import (
    Aanvraag,
    ImportafwijzingRead,
    ImportDetail,
    ImportRead,
    VoorbeeldrijRead,
)
from app.objecten.status import Importfase, Importindeling, Objecttype
from app.objecten.tables import Import

TASK = "objecten.import"
VOORBEELD = "voorbeeld"


def add_import(uow: UnitOfWork, wanted: Aanvraag, bestandsnaam: str, stream: BinaryIO) -> ImportRead:
    """Keeps a file and enqueues the reading of it, in one transaction.

    Raises:
        GemeenteNotFound: the caller does not work there.
        InvalidInput: the file is empty, or the source holds what may not be stored.
    """
    require_gemeente(uow, wanted.gemeentecode)
    if not _has_content(stream):
        raise InvalidInput("Het bestand is leeg; zie 'fouten'.", [Fout("bestand", "is leeg; kies een ander bestand")])
    # A source is an organisation or a public register, so it may have a web address, like the name of a business.
    told = {"bron": wanted.bron, "licentie": wanted.licentie, "bronUrl": wanted.bron_url}
    faults = [
        Fout(name, fault)
        for name, text in told.items()
        if text
        for fault in text_faults(Objecttype.BEDR, text, is_name=True)
    ]
    if faults:
        raise InvalidInput("De herkomst kan zo niet bewaard worden; zie 'fouten'.", faults)
    file = store_file(uow, stream)
    record = Import(
        gemeentecode=wanted.gemeentecode,
        indeling=wanted.indeling,
        bestandsnaam=_plain_name(bestandsnaam),
        bestand_id=file.id,
        sha256=file.sha256,
        bron=wanted.bron,
        licentie=wanted.licentie,
        bron_url=wanted.bron_url,
        peildatum=wanted.peildatum,
        proef=wanted.proef,
        jaar=wanted.jaar,
        fase=Importfase.WACHT,
        gemaakt_op=uow.now,
    )
    if wanted.indeling is not None:
        fill_source(record, wanted.indeling)
    uow.session.add(record)
    uow.session.flush()
    uow.enqueue(TASK, record.id)
    uow.audit("import", record.id, wanted.gemeentecode)
    return ImportRead.model_validate(record)


def fill_source(record: Import, indeling: Importindeling) -> None:
    """Sets the layout, and what is known of its source where nothing was told."""
    known = HERKOMST.get(indeling.value, UNKNOWN)
    record.indeling = indeling
    record.licentie = record.licentie or known.licentie
    record.bron_url = record.bron_url or known.bron_url


def get_import(uow: UnitOfWork, import_id: UUID) -> ImportDetail:
    """How far an import is, with the first rows of a preview.

    Raises:
        ImportNotFound: unknown or not visible.
    """
    row = import_row(uow, import_id)
    plain = ImportRead.model_validate(row)
    return ImportDetail(**plain.model_dump(), voorbeeld=_preview_of(uow, row))


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


def may_see_values(uow: UnitOfWork, indeling: Importindeling | None) -> bool:
    """Whether the caller may see values of the stock or of rows like it: those of risk addresses are for fewer eyes."""
    needed = "risicoadressen_lezen" if indeling in {None, Importindeling.RISICOADRESSEN} else "objecten_lezen"
    return uow.caller.is_system or uow.caller.has(*RECHTEN[needed].rollen)


def _preview_of(uow: UnitOfWork, row: Import) -> list[VoorbeeldrijRead]:
    if row.voorbeeld is None:
        return []
    rows: Sequence[dict[str, Any]] = json.loads(uow.unseal(row.id, VOORBEELD, row.voorbeeld))
    shown = [VoorbeeldrijRead.model_validate(told) for told in rows]
    if may_see_values(uow, row.indeling):
        uow.audit("import", row.id, row.gemeentecode)
        return shown
    return [told.model_copy(update={"object_nummer": None, "velden": []}) for told in shown]


def _has_content(stream: BinaryIO) -> bool:
    """Whether there is more than blank space; puts the stream back at its start."""
    found = any(block.strip() for block in iter(lambda: stream.read(BLOCK), b""))
    stream.seek(0)
    return found


def _plain_name(name: str) -> str:
    """The name of a file without folders and control characters."""
    base = PurePosixPath(name.replace("\\", "/")).name
    return re.sub(r"[^\w .()+-]", "_", base)[:200] or "bestand"
