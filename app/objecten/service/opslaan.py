"""Storing under client-made ids: sending a record again is safe, another record under the same id is refused (ADR 0007)."""

from typing import TypeVar

from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.opslaan import IdInGebruik
from app.objecten.tables import Bedrijfsplan, BibobToets, Certificaat, Object, Vergunning

Row = TypeVar("Row", Object, Vergunning, Bedrijfsplan, BibobToets, Certificaat)


def find_stored(uow: UnitOfWork, row: Row) -> Row | None:
    """The record that stands already under this id with this content, or None.

    Raises:
        IdInGebruik: what stands there differs.
    """
    stored = uow.session.get(type(row), row.id)
    if stored is not None and stored.model_dump(exclude={"versie"}) != row.model_dump(exclude={"versie"}):
        raise IdInGebruik(
            "Onder dit kenmerk staat al iets anders. Kies een nieuw kenmerk, of haal de laatste stand op."
        )
    return stored
