"""How long is kept who did and read what: a dated norm, and what is about a signal as long as the log of its shares (meldroute section 12).

What belongs to no municipality (the closed route, the service itself) has the national value of that norm, and its own destruction report,
which no municipality reads: that there was something on the closed route is not to be told there either (RTE-26).
"""

from datetime import date, datetime
from uuid import UUID

from app.core.audit import erase_rows, rows_before
from app.core.clock import start_of_day
from app.core.jobs import UnitFactory
from app.core.tables import Auditregel
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.normsleutels import Normsleutel
from app.gemeenten.rules.verwerkingen import Recordsoort
from app.gemeenten.service.bewaarklok import retention_day
from app.gemeenten.service.gemeenten import all_codes
from app.gemeenten.service.normen import NATIONAL
from app.gemeenten.service.vernietiging import passed_before, report_removal
from app.signalen.repository import bewaren as repository

BATCH = 500
Place = tuple[datetime, UUID]


def remove_old_audit(unit: UnitFactory) -> int:
    """Removes the audit rows whose term has passed, municipality by municipality and then of none, a batch in each; answers how many.

    What is about a signal that still has content, or whose content went less than `DEELLOG_BEWAREN_MAANDEN` ago, stays.
    """
    removed = 0
    with unit("auditregels_bewaren", write=False) as uow:
        places: list[str | None] = [*all_codes(uow), None]
    for code in places:
        after: Place | None = None
        while True:
            with unit("auditregels_bewaren") as uow:
                day = retention_day(uow)
                gone, after = (0, None) if day is None else _remove_batch(uow, code, day, after)
            removed += gone
            if after is None:
                break
    return removed


def _remove_batch(
    uow: UnitOfWork, gemeentecode: str | None, day: date, after: Place | None
) -> tuple[int, Place | None]:
    """Removes what may go of one batch; answers how many, and where the next one starts, or None when there is none."""
    limit, term = passed_before(uow, gemeentecode or NATIONAL, Normsleutel.AUDITREGEL_BEWAREN_MAANDEN, day)
    if limit is None:
        return 0, None
    rows = rows_before(uow, gemeentecode, start_of_day(limit), after, BATCH)
    shares, _ = passed_before(uow, gemeentecode or NATIONAL, Normsleutel.DEELLOG_BEWAREN_MAANDEN, day)
    about = {row.id: nr for row in rows if (nr := _id_of(row)) is not None}
    stays = repository.accounted(uow.session, set(about.values()), None if shares is None else start_of_day(shares))
    gone = [row.id for row in rows if about.get(row.id) not in stays]
    erase_rows(uow, gone)
    report_removal(uow, gemeentecode, Recordsoort.AUDITREGEL, term, gone, day)
    last = (rows[-1].tijdstip, rows[-1].id) if len(rows) == BATCH else None
    return len(gone), last


def _id_of(row: Auditregel) -> UUID | None:
    try:
        return UUID(row.object_id or "")
    except ValueError:  # a municipality or a day
        return None
