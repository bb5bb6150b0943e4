"""What an import reports: the rows that cannot land, with every fault, and how many rows did what.

Used by the pipeline itself and by the readers of bulk layouts, in the transaction of the batch that they store.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from app.core.identifiers import new_id
from app.core.unit_of_work import UnitOfWork
from app.objecten.repository.inlezen import insert_all
from app.objecten.rules.importrij import RijFout
from app.objecten.tables import AfgewezenInvoer, Import, Importafwijzing


@dataclass(frozen=True)
class Afwijzing:
    """A row that cannot land: its line, all its faults, and the kept columns as they were read."""

    regel: int
    fouten: tuple[RijFout, ...]
    bron: Mapping[str, str] = field(default_factory=dict)


def note_rejections(uow: UnitOfWork, record: Import, rejections: Sequence[Afwijzing]) -> None:
    """Keeps rejected rows: the faults readable and without a value, the values sealed under the import.

    Counts nothing; see `count_rows`. The values are removed by the sweep when their term is over.
    """
    _note_faults(
        uow, record, [(row.regel, fault.veld, fault.reden, False) for row in rejections for fault in row.fouten]
    )
    kept: list[dict[str, Any]] = []
    for row in rejections:
        row_id = new_id()
        told = json.dumps(dict(row.bron), ensure_ascii=False, separators=(",", ":"))
        sealed = uow.seal(record.id, _values_field(row_id), told)
        kept.append({"id": row_id, "import_id": record.id, "regel": row.regel, "waarden": sealed})
    insert_all(uow.session, AfgewezenInvoer, kept)
    unseen = dict.fromkeys(name for row in rejections for name in row.bron if name not in record.kolommen)
    if unseen:
        record.kolommen = [*record.kolommen, *unseen]


def note_remarks(uow: UnitOfWork, record: Import, remarks: Sequence[tuple[int, RijFout]]) -> None:
    """Keeps what was left out of rows that landed all the same: line and fault."""
    _note_faults(uow, record, [(line, remark.veld, remark.reden, True) for line, remark in remarks])


def count_rows(record: Import, *, nieuw: int = 0, gewijzigd: int = 0, ongewijzigd: int = 0, afgewezen: int = 0) -> None:
    """Adds a batch to the counters. Every row counts once, so `verwerkt` grows by the sum."""
    record.nieuw += nieuw
    record.gewijzigd += gewijzigd
    record.ongewijzigd += ongewijzigd
    record.afgewezen += afgewezen
    record.verwerkt += nieuw + gewijzigd + ongewijzigd + afgewezen


def read_values(uow: UnitOfWork, row: AfgewezenInvoer) -> dict[str, str]:
    """The kept columns of a rejected row.

    Raises:
        UnreadableText: changed, moved, or removed after its term.
    """
    told: dict[str, str] = json.loads(uow.unseal(row.import_id, _values_field(row.id), row.waarden))
    return told


def _values_field(row_id: UUID) -> str:
    return f"afgewezen:{row_id}"


def _note_faults(uow: UnitOfWork, record: Import, faults: Sequence[tuple[int, str, str, bool]]) -> None:
    rows = [
        {"id": new_id(), "import_id": record.id, "regel": line, "veld": name, "reden": reason, "rij_ingelezen": landed}
        for line, name, reason, landed in faults
    ]
    insert_all(uow.session, Importafwijzing, rows)
