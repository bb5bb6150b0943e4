"""Storing under client-made ids: sending a record again is safe, another record under the same id is refused (ADR 0007)."""

from collections.abc import Sequence
from typing import TypeVar

from app.core.errors import Conflict
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.repository import rijen
from app.gemeenten.tables import Aanwijzing, Account, Norm, Opleiding, Partner, Piketdienst, Team

Row = TypeVar("Row", Aanwijzing, Account, Norm, Opleiding, Partner, Piketdienst, Team)


class IdInGebruik(Conflict):
    """Another record stands under this id."""

    code = "kenmerk-in-gebruik"


def _content(row: Row) -> dict[str, object]:
    return row.model_dump(exclude={"versie", "getest_op"})


def find_stored(uow: UnitOfWork, row: Row) -> Row | None:
    """The record that stands already under this id with this content, or None.

    Raises:
        IdInGebruik: what stands there differs.
    """
    stored = rijen.by_ids(uow.session, type(row), [row.id]).get(row.id)
    if stored is not None and _content(stored) != _content(row):
        raise IdInGebruik(
            "Onder dit kenmerk staat al iets anders. Kies een nieuw kenmerk, of haal de laatste stand op."
        )
    return stored


def add_missing(uow: UnitOfWork, rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Stores the rows whose id does not stand yet; gives those, and the rows that stand with other content.

    What stands is left alone: after the first loading the database is the truth (design section 3).
    """
    if not rows:
        return [], []
    stored = rijen.by_ids(uow.session, type(rows[0]), [row.id for row in rows])
    missing = [row for row in rows if row.id not in stored]
    differing = [row for row in rows if row.id in stored and _content(stored[row.id]) != _content(row)]
    uow.session.add_all(missing)
    uow.session.flush()
    return missing, differing
