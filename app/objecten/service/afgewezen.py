"""The rejected rows of an import as CSV: the kept columns as they were read, the line and every fault, to be mended and sent again."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from uuid import UUID

from app.core.errors import Conflict, Forbidden
from app.core.formules import guard
from app.core.unit_of_work import UnitOfWork
from app.objecten.repository import importen as repository
from app.objecten.service.importen import import_row, may_see_values
from app.objecten.service.importverslag import read_values
from app.objecten.tables import Import

REGEL, REDEN = "veldwachtRegel", "veldwachtReden"
_PAGE = 500

OpenUnit = Callable[[], AbstractContextManager[UnitOfWork]]


def check_rejected_rows(uow: UnitOfWork, import_id: UUID) -> Import:
    """The import whose rejected rows the caller may have; notes in the audit log that he takes them.

    Raises:
        ImportNotFound: unknown or not visible.
        Forbidden: rows of risk addresses are for who may see those.
        Conflict: the import is still at work, or the rows are gone.
    """
    record = import_row(uow, import_id)
    if not may_see_values(uow, record.indeling) and record.indeling is not None:
        raise Forbidden("Deze rijen zijn alleen voor wie deze gegevens ook in de dienst mag zien.")
    if record.status not in repository.ENDED:
        raise Conflict("Deze import is nog bezig. Wacht tot hij klaar is.")
    if record.afgewezen and record.opruimen_op is None:
        raise Conflict("De afgewezen rijen zijn na hun bewaartermijn verwijderd.")
    uow.audit("import", record.id, record.gemeentecode)
    return record


def rejected_rows_csv(open_unit: OpenUnit, import_id: UUID, columns: Sequence[str]) -> Iterator[bytes]:
    """The file piece by piece; each piece is read in a unit of its own, so that a slow client holds no connection."""
    yield "\ufeff".encode() + _written([[*map(guard, columns), REGEL, REDEN]])
    after: tuple[int, UUID] | None = None
    while True:
        with open_unit() as uow:
            rows = repository.rejected_input(uow.session, uow.caller, import_id, after, _PAGE)
            reasons: dict[int, list[str]] = {}
            for fault in repository.faults_on(uow.session, import_id, {row.regel for row in rows}):
                reasons.setdefault(fault.regel, []).append(f"{fault.veld}: {fault.reden}")
            lines = []
            for row in rows:
                values = read_values(uow, row)
                told = "; ".join(reasons.get(row.regel, []))
                lines.append([*(guard(values.get(name, "")) for name in columns), str(row.regel), guard(told)])
        if not rows:
            return
        yield _written(lines)
        after = rows[-1].regel, rows[-1].id


def _written(lines: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(lines)
    return out.getvalue().encode()
