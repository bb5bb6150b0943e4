"""How long the service keeps what only serves tablets: receipts of what is no control, what a tablet reported, the halves of its key.

A receipt makes sending again harmless, so it outlives whatever a tablet can still send: what was sealed longer than 430 days ago cannot be
opened. After that the same event would make its record anew; the term is dated, and a municipality that shortens it takes that upon itself.
"""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from app.controles.repository import bewaren as repository
from app.controles.service.sleutelhelften import destroy_all
from app.core.clock import start_of_day
from app.core.jobs import UnitFactory
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.normsleutels import Normsleutel
from app.gemeenten.rules.verwerkingen import Recordsoort
from app.gemeenten.service.bewaarklok import retention_day
from app.gemeenten.service.gemeenten import all_codes
from app.gemeenten.service.vernietiging import passed_before, report_removal

ACTIE = "controles_bewaren"
Weg = Callable[[UnitOfWork, str, datetime], list[UUID]]


def forget_of_tablets(unit: UnitFactory) -> int:
    """Removes all of which the term has passed, batch by batch; answers how much."""
    with unit(ACTIE, write=False) as uow:
        codes = all_codes(uow)
    removed = 0
    for code in codes:
        for soort, norm, weg in SOORTEN:
            gone = 1
            while gone:
                with unit(ACTIE) as uow:
                    gone = _forget_batch(uow, code, soort, norm, weg)
                removed += gone
    return removed


def _forget_batch(uow: UnitOfWork, gemeentecode: str, soort: Recordsoort, norm: Normsleutel, weg: Weg) -> int:
    day: date | None = retention_day(uow)
    if day is None:
        return 0
    limit, term = passed_before(uow, gemeentecode, norm, day)
    if limit is None:
        return 0
    ids = weg(uow, gemeentecode, start_of_day(limit))
    report_removal(uow, gemeentecode, soort, term, ids, day)
    return len(ids)


def _receipts(uow: UnitOfWork, gemeentecode: str, before: datetime) -> list[UUID]:
    ids = list(repository.receipts_due(uow.session, gemeentecode, before))
    repository.remove_events(uow.session, ids)
    return ids


def _tablets(uow: UnitOfWork, gemeentecode: str, before: datetime) -> list[UUID]:
    ids = list(repository.tablets_due(uow.session, gemeentecode, before))
    for tablet in ids:
        destroy_all(uow, tablet)
    repository.remove_tablets(uow.session, ids)
    stray = list(repository.stray_halves(uow.session, gemeentecode, before))
    for tablet in stray:
        destroy_all(uow, tablet)
    return sorted({*ids, *stray})


SOORTEN: tuple[tuple[Recordsoort, Normsleutel, Weg], ...] = (
    (Recordsoort.ONTVANGSTBEWIJS, Normsleutel.ONTVANGSTBEWIJS_BEWAREN_MAANDEN, _receipts),
    (Recordsoort.TABLET, Normsleutel.TABLET_BEWAREN_MAANDEN, _tablets),
)
