"""Works through an import: batches of one transaction each, exactly once per row, also after a kill.

The rows of a batch, its faults and the counters are committed together; after a kill the rows that were counted are passed over.
What stands already is compared and left alone, so that the same file twice changes nothing.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from app.core.jobs import UnitFactory
from app.core.unit_of_work import UnitOfWork
from app.objecten.adapters.bestand import UnreadableFile
from app.objecten.adapters.indelingen import INDELINGEN, open_file
from app.objecten.repository import importen as repository
from app.objecten.repository import inlezen as standing
from app.objecten.rules.dubbelen import EerdereRijen
from app.objecten.rules.importrij import AfgewezenRij, GelezenRij, Importrij
from app.objecten.service.importen import TASK, import_row
from app.objecten.service.vergunning_bij_object import complete_permits
from app.objecten.service.verwerken import Uitkomst, apply_rows
from app.objecten.status import Importindeling, Importstatus, Vergunningsoort
from app.objecten.tables import Import, Importafwijzing

BATCH = 1000
ATTEMPTS = 3
log = logging.getLogger("veldwacht")


@dataclass
class Loop:
    """One run through a file.

    Attributes:
        done: rows that an earlier run counted.
        permits: what the file named, for a register that names all.
    """

    import_id: UUID
    indeling: Importindeling
    content: bytes
    done: int
    permits: set[tuple[Vergunningsoort, str]] = field(default_factory=set)
    whole: bool = True


def run_import(unit: UnitFactory, import_id: UUID) -> None:
    """Reads the file of an import to its end; once that was done, a repeat does nothing.

    Raises:
        Exception: what kept it from going on; the import then says so, and sending the file again is safe.
    """
    with unit(TASK) as uow:
        loop = _start(uow, import_id)
    if loop is None:
        return
    try:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "bestand"
            path.write_bytes(loop.content)
            _read(unit, loop, path)
    except UnreadableFile as fault:
        with unit(TASK) as uow:
            _fail(uow, import_id, str(fault))
    except Exception:
        log.exception("import %s broke off", import_id)
        with unit(TASK) as uow:
            _fail(uow, import_id, "Het inlezen is onderbroken door een fout in de dienst. Stuur het bestand opnieuw.")
        raise


def _read(unit: UnitFactory, loop: Loop, path: Path) -> None:
    file = open_file(loop.indeling, path)
    rows = _remember(file.rijen, loop)
    for _ in islice(rows, loop.done):
        pass  # counted before; read again to know which objects were named
    for batch in _batches(rows):
        _apply(unit, loop, batch)
    with unit(TASK) as uow:
        _finish(uow, loop, list(file.opmerkingen))


def _start(uow: UnitOfWork, import_id: UUID) -> Loop | None:
    record = import_row(uow, import_id, lock=True)
    file = repository.file_of(uow.session, record)
    if file is None:
        return None
    if record.status is Importstatus.WACHT:
        record.regels = max(file.inhoud.count(b"\n"), 1)
    record.status = Importstatus.BEZIG
    return Loop(import_id, record.indeling, file.inhoud, record.verwerkt)


def _remember(rows: Iterable[GelezenRij], loop: Loop) -> Iterator[GelezenRij]:
    """The rows, held against earlier ones of the file."""
    earlier = EerdereRijen()
    for row in rows:
        if isinstance(row, Importrij) and row.vergunning is not None:
            loop.permits.add(row.vergunning.key)
        if isinstance(row, AfgewezenRij):
            loop.whole = False
        yield earlier.hold(row)


def _batches(rows: Iterator[GelezenRij]) -> Iterator[list[GelezenRij]]:
    """Rows in batches; where a file breaks off, what came before it is a batch too."""
    batch: list[GelezenRij] = []
    try:
        for row in rows:
            batch.append(row)
            if len(batch) == BATCH:
                yield batch
                batch = []
    except UnreadableFile:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def _apply(unit: UnitFactory, loop: Loop, batch: list[GelezenRij]) -> None:
    """Stores one batch; when somebody stored the same address or object at this moment, it is done again."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with unit(TASK) as uow:
                _store_batch(uow, loop, batch)
        except IntegrityError:
            if attempt == ATTEMPTS:
                raise
        else:
            return


def _store_batch(uow: UnitOfWork, loop: Loop, batch: list[GelezenRij]) -> None:
    record = import_row(uow, loop.import_id, lock=True)
    batch = complete_permits(uow, record, batch)
    good = [row for row in batch if isinstance(row, Importrij)]
    outcomes, refused = apply_rows(uow, record, good)
    rejected = [row for row in batch if isinstance(row, AfgewezenRij)] + refused
    _note(uow, record, [(row.regel, fault.veld, fault.reden, False) for row in rejected for fault in row.fouten])
    landed = {row.regel for row in refused}
    _note(
        uow,
        record,
        [
            (row.regel, remark.veld, remark.reden, True)
            for row in good
            if row.regel not in landed
            for remark in row.opmerkingen
        ],
    )
    record.verwerkt += len(batch)
    record.afgewezen += len(rejected)
    record.nieuw += outcomes.count(Uitkomst.NIEUW)
    record.gewijzigd += outcomes.count(Uitkomst.GEWIJZIGD)
    record.ongewijzigd += outcomes.count(Uitkomst.ONGEWIJZIGD)


def _note(uow: UnitOfWork, record: Import, faults: list[tuple[int, str, str, bool]]) -> None:
    uow.session.add_all(
        Importafwijzing(import_id=record.id, regel=line, veld=name, reden=reason, rij_ingelezen=landed)
        for line, name, reason, landed in faults
    )


def _finish(uow: UnitOfWork, loop: Loop, remarks: list[str]) -> None:
    record = import_row(uow, loop.import_id, lock=True)
    if INDELINGEN[loop.indeling].whole_register and loop.whole and loop.permits:
        named = standing.numbers_of_source(uow.session, record.gemeentecode, record.bron)
        gone = [row_id for row_id, soort, nummer in named if (soort, nummer) not in loop.permits]
        standing.mark_disappeared(uow.session, gone, uow.today)
        if gone:
            remarks.append(f"Vergunningen die niet meer in de bron staan en zijn gemarkeerd: {len(gone)}.")
    record.melding = " ".join(remarks) or None
    _end(uow, record, Importstatus.KLAAR)


def _fail(uow: UnitOfWork, import_id: UUID, why: str) -> None:
    record = import_row(uow, import_id, lock=True)
    landed = record.nieuw + record.gewijzigd + record.ongewijzigd
    record.melding = f"{why} Al ingelezen en bewaard: {landed} rijen." if landed else why
    _end(uow, record, Importstatus.MISLUKT)


def _end(uow: UnitOfWork, record: Import, status: Importstatus) -> None:
    """Ends an import and forgets its bytes, which may hold columns about people."""
    record.status, record.klaar_op, record.regels = status, uow.now, record.verwerkt
    file = repository.file_of(uow.session, record)
    if file is not None:
        uow.session.delete(file)
    uow.audit("import", record.id, record.gemeentecode)
