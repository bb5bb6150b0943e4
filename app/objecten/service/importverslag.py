"""What an import reports: the rows that cannot land, with every fault, and how many rows did what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.core.identifiers import new_id
from app.core.unit_of_work import UnitOfWork
from app.objecten.repository.inlezen import insert_all
from app.objecten.rules.importrij import RijFout
from app.objecten.tables import Import, Importafwijzing


@dataclass(frozen=True)
class Afwijzing:
    """A row that cannot land: its line, all its faults, and the kept columns as they were read."""

    regel: int
    fouten: tuple[RijFout, ...]
    bron: Mapping[str, str] = field(default_factory=dict)


def note_rejections(uow: UnitOfWork, record: Import, rejections: Sequence[Afwijzing]) -> None:
    """Keeps the faults of rejected rows, readable and without a value. Counts nothing; see `count_rows`."""
    rows = [
        {
            "id": new_id(),
            "import_id": record.id,
            "regel": row.regel,
            "veld": fault.veld,
            "reden": fault.reden,
            "rij_ingelezen": False,
        }
        for row in rejections
        for fault in row.fouten
    ]
    insert_all(uow.session, Importafwijzing, rows)


def count_rows(record: Import, *, nieuw: int = 0, gewijzigd: int = 0, ongewijzigd: int = 0, afgewezen: int = 0) -> None:
    """Adds a batch to the counters. Every row counts once, so `verwerkt` grows by the sum."""
    record.nieuw += nieuw
    record.gewijzigd += gewijzigd
    record.ongewijzigd += ongewijzigd
    record.afgewezen += afgewezen
    record.verwerkt += nieuw + gewijzigd + ongewijzigd + afgewezen
