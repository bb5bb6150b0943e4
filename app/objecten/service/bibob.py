"""Bibob tests per permit and the desk worklist. Nothing here ever makes a control (CAD-02, INS-08)."""

from datetime import date
from uuid import UUID

from app.core.http.paging import Paging
from app.core.identifiers import new_id
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.normen import norm_value
from app.objecten.repository import vergunningen as repository
from app.objecten.repository.cursor import after_day
from app.objecten.rules.termijnen import (
    BIBOB_JAREN,
    BIBOB_SOORTEN,
    Periode,
    bibob_due,
    is_late,
    renewal_chains,
    span_of,
)
from app.objecten.schemas.vergunningen import BibobToetsCreate, BibobToetsRead, BibobWerkregel
from app.objecten.service.opslaan import find_stored
from app.objecten.service.vergunningen import grace_days, permit_row
from app.objecten.status import Vergunningsoort
from app.objecten.tables import BibobToets, Vergunning

Getoetst = tuple[Vergunning, str, date | None]


def list_bibob_toetsen(uow: UnitOfWork, vergunning_id: UUID, page: Paging) -> list[BibobToetsRead]:
    """One test more than a page of those of a permit, oldest first.

    Raises:
        VergunningNotFound: unknown or not visible.
    """
    permit_row(uow, vergunning_id)
    found = repository.tests_of(uow.session, uow.caller, vergunning_id, page)
    return [BibobToetsRead.model_validate(row) for row in found]


def add_bibob_toets(uow: UnitOfWork, vergunning_id: UUID, data: BibobToetsCreate) -> BibobToetsRead:
    """Stores that a permit, of whatever kind, was tested: day and reference only.

    Raises:
        VergunningNotFound: unknown or not visible.
        IdInGebruik: the id belongs to something else.
    """
    permit = permit_row(uow, vergunning_id)
    made = BibobToets(
        id=data.id or new_id(),
        gemeentecode=permit.gemeentecode,
        vergunning_id=vergunning_id,
        getoetst_op=data.getoetst_op,
        kenmerk=data.kenmerk,
    )
    stored = find_stored(uow, made)
    if stored is None:
        uow.session.add(made)
        uow.session.flush()
        uow.audit("bibob-toets", made.id, made.gemeentecode)
        stored = made
    return BibobToetsRead.model_validate(stored)


def bibob_werklijst(
    uow: UnitOfWork, gemeentecode: str | None, before: date | None, page: Paging
) -> list[BibobWerkregel]:
    """One permit more than a page of those that must be tested, earliest due date first (CAD-02).

    Listed are permits in force of sex establishments and of housing (INS-08). In a municipality without the norm
    BIBOB_TOETS_JAREN a test never falls due again, but a permit that never was tested does.

    Args:
        uow: the unit of work.
        gemeentecode: one municipality, or all of the caller.
        before: only what is due on or before this day.
        page: the page, by due date and permit.
    """
    found = repository.permits_with_last_test(uow.session, uow.caller, gemeentecode, BIBOB_SOORTEN)
    places: dict[tuple[UUID, Vergunningsoort], list[Getoetst]] = {}
    for line in found:
        places.setdefault((line[0].object_id, line[0].soort), []).append(line)
    norms = {code: _norms(uow, code) for code in sorted({permit.gemeentecode for permit, _, _ in found})}
    rows = [
        row
        for lines in places.values()
        for chain in renewal_chains(lines, _period, norms[lines[0][0].gemeentecode][1])
        if (row := _row(chain, *norms[lines[0][0].gemeentecode], uow.today)) is not None
        and (before is None or row.toetsen_voor <= before)
    ]
    rows.sort(key=lambda row: (row.toetsen_voor, row.vergunning_id))
    after = after_day(page)
    later = [row for row in rows if after is None or (row.toetsen_voor, row.vergunning_id) > after]
    return later[: page.limit + 1]


def _norms(uow: UnitOfWork, gemeentecode: str) -> tuple[float | None, int]:
    """Years between tests, and days within which a renewal may be published."""
    return norm_value(uow, gemeentecode, BIBOB_JAREN, uow.today), grace_days(uow, gemeentecode)


def _period(line: Getoetst) -> Periode:
    return Periode(line[0].geldig_vanaf, line[0].geldig_tot)


def _row(chain: list[Getoetst], years: float | None, grace: int, today: date) -> BibobWerkregel | None:
    """The line of a permit and its renewals, which are one permit; None when there is nothing to do."""
    whole = span_of(_period(line) for line in chain)
    last = max((day for _, _, day in chain if day is not None), default=None)
    if not whole.holds_on(today, grace) or (last is not None and years is None):
        return None
    due = bibob_due(last, whole.vanaf, int(years or 0))
    permit, naam, _ = chain[-1]
    return BibobWerkregel(
        vergunning_id=permit.id,
        object_id=permit.object_id,
        gemeentecode=permit.gemeentecode,
        objectnaam=naam,
        soort=permit.soort,
        nummer=permit.nummer,
        laatste_toets=last,
        toetsen_voor=due,
        te_laat=is_late(due, today),
    )
