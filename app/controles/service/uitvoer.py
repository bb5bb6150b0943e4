"""What an export takes out of the controls: those that the caller may see, in batches, within one snapshot."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from app.controles.repository import uitvoer as repository
from app.controles.repository.controles import Controlefilter
from app.controles.rules.pogingen import Pogingreden
from app.controles.schemas.exportrijen import ControleRij
from app.controles.status import Controlestatus
from app.core.unit_of_work import UnitOfWork

_REASONS = frozenset(Pogingreden)


def export_filter(
    van: date | None, tot: date | None, status: Controlestatus | None, object_id: UUID | None, gemeentecode: str | None
) -> Controlefilter:
    """What an export may be narrowed to.

    Not to a team, an actie or a trigger: which team came to a dwelling tells why (REG-05).
    """
    return Controlefilter(van=van, tot=tot, status=status, object_id=object_id, gemeentecode=gemeentecode)


def iter_controles(uow: UnitOfWork, filters: Controlefilter) -> Iterator[list[ControleRij]]:
    """Controls by date. Of the reasons only the code of an attempt stays (PLN-15); why one was dropped is free text."""
    for rows in repository.controles(uow.session, uow.caller, filters):
        yield [row if row.reden is None else row._replace(reden=_code(row)) for row in rows]


def count_controles(uow: UnitOfWork, filters: Controlefilter) -> int:
    """How many rows `iter_controles` gives in the same snapshot."""
    return repository.count_controles(uow.session, uow.caller, filters)


def _code(row: ControleRij) -> str | None:
    return row.reden if row.status is Controlestatus.POGING and row.reden in _REASONS else None
