"""Works through an import: batches of one transaction each, exactly once per row, also after a kill.

The rows of a batch, its faults and the counters are committed together; after a kill the rows that were counted are passed over.
What stands already is compared and left alone, so that the same file twice changes nothing. A preview does the same on a copy.
"""

import logging
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from pathlib import Path
from uuid import UUID

from sqlalchemy.exc import IntegrityError, OperationalError
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from app.core.bestanden import delete_file, open_as_temporary_file
from app.core.crypto import UnreadableText
from app.core.jobs import UnitFactory
from app.core.settings import get_settings
from app.core.unit_of_work import UnitOfWork
from app.objecten.adapters.bestand import UnreadableFile
from app.objecten.adapters.indelingen import INDELINGEN, explain, open_file, recognise
from app.objecten.repository import importen as repository
from app.objecten.rules.dubbelen import EerdereRijen
from app.objecten.rules.importrij import AfgewezenRij, GelezenRij, Importrij
from app.objecten.service.adressen_inlezen import read_addresses
from app.objecten.service.gebieden_inlezen import read_areas
from app.objecten.service.importen import TASK, VOORBEELD, fill_source, import_row
from app.objecten.service.importverslag import Afwijzing, count_rows, note_rejections, note_remarks
from app.objecten.service.proefdraaien import Proef, preview
from app.objecten.service.verdwenen import settle_disappeared
from app.objecten.service.verwerken import Geland, Uitkomst, land_batch
from app.objecten.status import Importfase, Importindeling, Importstatus, Vergunningsoort
from app.objecten.tables import Import

BATCH = 1000
ATTEMPTS = 6
BUSY = (IntegrityError, OperationalError, TimeoutError)
"""What passes: somebody stored the same at this moment, held a lock, or two waited for each other."""

BULK: dict[Importindeling, Callable[[UnitFactory, UUID, Path], list[str]]] = {
    Importindeling.BAG: read_addresses,
    Importindeling.ADRESSEN: read_addresses,
    Importindeling.CBS_GEBIEDEN: read_areas,
}
"""Layouts whose readers store in bulk and count on the import themselves."""

log = logging.getLogger("veldwacht")


class Overtaken(Exception):
    """Another worker goes on with this import."""


@dataclass
class Loop:
    """One run through a file.

    Attributes:
        done: rows that were counted, by this run or an earlier one.
        permits: what the file named, for a register that names all.
        whole: every row could be read.
    """

    import_id: UUID
    indeling: Importindeling
    bestandsnaam: str
    path: Path
    done: int
    proef: Proef | None = None
    permits: set[tuple[Vergunningsoort, str]] = field(default_factory=set)
    whole: bool = True
    started: float = 0.0
    counted: int = 0


def run_import(unit: UnitFactory, import_id: UUID) -> None:
    """Reads the file of an import to its end; once that was done, a repeat does nothing.

    Raises:
        Exception: what kept it from going on; the import then says so, and sending the file again is safe.
    """
    try:
        with ExitStack() as kept:
            loop = _start(unit, import_id, kept)
            if loop is not None:
                remarks = _read(unit, loop)
                with unit(TASK) as uow:
                    _finish(uow, loop, remarks)
    except Overtaken:
        log.info("import %s is done elsewhere", import_id)
    except UnreadableFile as fault:
        _fail(unit, import_id, str(fault))
    except UnreadableText:
        _fail(unit, import_id, "Het bewaarde bestand is beschadigd. Stuur het bestand opnieuw.")
    except Exception:
        log.exception("import %s broke off", import_id)
        _fail(unit, import_id, "Het inlezen is onderbroken door een fout in de dienst. Stuur het bestand opnieuw.")
        raise


def _start(unit: UnitFactory, import_id: UUID, kept: ExitStack) -> Loop | None:
    """Opens what an import works with; None when it ended before."""
    with unit(TASK, write=False) as uow:
        record = import_row(uow, import_id)
        if record.status in repository.ENDED:
            return None
        path = _open_kept(uow, record, kept)
        proef = kept.enter_context(preview(uow, record)) if record.proef else None
    indeling = record.indeling or _recognised(path, record.bestandsnaam)
    with unit(TASK) as uow:
        record = import_row(uow, import_id, lock=True)
        if proef is not None and record.verwerkt:
            repository.start_over(uow.session, record)  # a preview that was killed starts anew: its copy is gone
        fill_source(record, indeling)
        record.status, record.fase = Importstatus.BEZIG, Importfase.LEZEN
        return Loop(import_id, indeling, record.bestandsnaam, path, record.verwerkt, proef)


def _recognised(path: Path, bestandsnaam: str) -> Importindeling:
    found = recognise(path, bestandsnaam)
    if found is None:
        raise UnreadableFile(explain(path))
    return found


def _open_kept(uow: UnitOfWork, record: Import, kept: ExitStack) -> Path:
    if record.bestand_id is not None:
        return kept.enter_context(open_as_temporary_file(uow, record.bestand_id))
    legacy = repository.legacy_file_of(uow.session, record.id)
    if legacy is None:
        raise UnreadableText
    file = kept.enter_context(tempfile.NamedTemporaryFile(prefix="veldwacht-"))  # noqa: SIM115 - the stack closes it
    file.write(legacy.inhoud)
    file.flush()
    return Path(file.name)


def _read(unit: UnitFactory, loop: Loop) -> list[str]:
    bulk = BULK.get(loop.indeling)
    if bulk is not None:
        return bulk(unit, loop.import_id, loop.path)
    file = open_file(loop.indeling, loop.path, loop.bestandsnaam)
    with unit(TASK) as uow:
        record = import_row(uow, loop.import_id, lock=True)
        record.regels, record.fase = file.aantal, Importfase.VERWERKEN
        if not record.kolommen:
            record.kolommen = list(file.kolommen)
    loop.whole = loop.whole and not file.afgekapt
    rows = _remember(file.rijen, loop)
    for _ in islice(rows, loop.done):
        pass  # counted before; read again to know which objects were named
    loop.started = time.monotonic()
    for batch in _batches(rows):
        _apply(unit, loop, batch)
    return list(file.opmerkingen)


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
    """Stores one batch; what passes, such as somebody who stores the same address at this moment, is waited for."""
    tried = None if loop.proef is None else loop.proef.apply(batch)
    for attempt in retrying():
        with attempt, unit(TASK) as uow:
            record = import_row(uow, loop.import_id, lock=True)
            if record.verwerkt != loop.done:
                raise Overtaken
            _report(uow, record, tried or land_batch(uow, record, batch))
            loop_speed = (loop.counted + len(batch)) / max(time.monotonic() - loop.started, 1e-3)
            record.rijen_per_seconde = round(loop_speed, 1)
    loop.done += len(batch)
    loop.counted += len(batch)


def retrying() -> Retrying:
    """Tries again, ever less often, what a busy database refuses."""
    return Retrying(
        stop=stop_after_attempt(ATTEMPTS),
        wait=wait_random_exponential(multiplier=0.1, max=3),
        retry=retry_if_exception_type(BUSY),
        reraise=True,
    )


def _report(uow: UnitOfWork, record: Import, done: Geland) -> None:
    note_rejections(uow, record, [Afwijzing(row.regel, row.fouten, row.bron) for row in done.afgewezen])
    note_remarks(uow, record, [(row.regel, remark) for row in done.rijen for remark in row.opmerkingen])
    count_rows(
        record,
        nieuw=done.uitkomsten.count(Uitkomst.NIEUW),
        gewijzigd=done.uitkomsten.count(Uitkomst.GEWIJZIGD),
        ongewijzigd=done.uitkomsten.count(Uitkomst.ONGEWIJZIGD),
        afgewezen=len(done.afgewezen),
    )


def _finish(uow: UnitOfWork, loop: Loop, remarks: list[str]) -> None:
    record = import_row(uow, loop.import_id, lock=True)
    if record.status in repository.ENDED:
        raise Overtaken
    layout = INDELINGEN.get(loop.indeling)
    if layout is not None and layout.whole_register and loop.whole and loop.permits:
        told = settle_disappeared(uow, record, loop.permits)
        if told is not None:
            remarks.append(told)
    same = repository.earlier_same(uow.session, record)
    if same is not None and same.klaar_op is not None:
        remarks.insert(0, f"Precies dit bestand is al eerder ingelezen, op {same.klaar_op:%d-%m-%Y}.")
    if not record.verwerkt:
        remarks.insert(0, "Het bestand heeft geen rijen.")
    if loop.proef is not None:
        record.voorbeeld = uow.seal(record.id, VOORBEELD, loop.proef.sample())
        remarks.insert(0, "Dit was een proef; er is niets bewaard.")
    record.melding = " ".join(remarks) or None
    _end(uow, record, Importstatus.KLAAR)


def _fail(unit: UnitFactory, import_id: UUID, why: str) -> None:
    for attempt in retrying():
        with attempt, unit(TASK) as uow:
            record = import_row(uow, import_id, lock=True)
            landed = 0 if record.proef else record.nieuw + record.gewijzigd + record.ongewijzigd
            record.melding = f"{why} Al ingelezen en bewaard: {landed} rijen." if landed else why
            _end(uow, record, Importstatus.MISLUKT)


def _end(uow: UnitOfWork, record: Import, status: Importstatus) -> None:
    """Ends an import and forgets its bytes, which may hold columns about people; those of a preview wait for its term."""
    settings = get_settings()
    record.status, record.fase, record.klaar_op, record.regels = status, None, uow.now, record.verwerkt
    waits = record.proef and status is Importstatus.KLAAR
    if not waits and record.bestand_id is not None:
        delete_file(uow, record.bestand_id)
        record.bestand_id = None
    legacy = repository.legacy_file_of(uow.session, record.id)
    if legacy is not None:
        uow.session.delete(legacy)
    term = timedelta(hours=settings.preview_hours) if record.proef else timedelta(days=settings.rejected_rows_days)
    record.opruimen_op = uow.now + term
    uow.audit("import", record.id, record.gemeentecode)
