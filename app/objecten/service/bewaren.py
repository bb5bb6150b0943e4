"""Retention of risk addresses: without new facts they are dropped at their second yearly review (meldroute section 12)."""

from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.normsleutels import Normsleutel
from app.gemeenten.rules.verwerkingen import Recordsoort
from app.gemeenten.service.bewaarklok import retention_day
from app.gemeenten.service.vernietiging import passed_before, report_removal
from app.objecten.repository import risicoadressen as repository
from app.objecten.service.controletaken import end_control_task
from app.objecten.status import Risicostatus

GEWIST = "verwijderd"


def drop_reviewed(uow: UnitOfWork) -> int:
    """Takes one batch of risk addresses out of view and removes why they were in it; answers how many.

    A new fact moves the review date, so what is left past it by the term of its municipality had none. The row itself stays for
    the figures, without reason and source.
    """
    day = retention_day(uow)
    if day is None:
        return 0
    dropped = 0
    for gemeentecode in repository.municipalities(uow.session):
        limit, term = passed_before(uow, gemeentecode, Normsleutel.RISICOADRES_BEWAREN_MAANDEN, day)
        if limit is None:
            continue
        rows = repository.reviewed_before(uow.session, gemeentecode, limit, GEWIST)
        for row in rows:
            was_open = row.status is Risicostatus.OPEN
            row.reden = row.bron = GEWIST
            row.status = Risicostatus.VERVALLEN if was_open else row.status
            row.versie += 1
            uow.session.flush()
            if was_open:
                end_control_task(uow, row)
        report_removal(uow, gemeentecode, Recordsoort.RISICOADRES, term, [row.id for row in rows], day)
        dropped += len(rows)
    return dropped
