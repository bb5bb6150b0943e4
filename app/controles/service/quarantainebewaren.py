"""How long what a tablet sent and had to wait is kept (design section 5 and 7)."""

from app.controles.repository import bewaren as repository
from app.core.clock import start_of_day
from app.core.jobs import UnitFactory
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.normsleutels import Normsleutel
from app.gemeenten.rules.verwerkingen import Recordsoort
from app.gemeenten.service.bewaarklok import retention_day
from app.gemeenten.service.gemeenten import all_codes
from app.gemeenten.service.vernietiging import passed_before, report_removal

NIEMANDS = ""
"""Where no municipality is known: sealed events that nobody can open. They have the national term."""
TERMS = ((Normsleutel.QUARANTAINE_BEWAREN_MAANDEN, True), (Normsleutel.CONTROLE_BEWAREN_MAANDEN, False))


def forget_what_waited(unit: UnitFactory) -> int:
    """Removes events of which the term has passed, with their keys; answers how many.

    Solved ones are in the control as well. What nobody solved is kept as long as a control: it is shown until then.
    """
    with unit("controles_bewaren", write=False) as uow:
        codes = [*all_codes(uow), NIEMANDS]
    removed = 0
    for code in codes:
        for norm, solved in TERMS:
            while True:
                with unit("controles_bewaren") as uow:
                    gone = _forget_batch(uow, code, norm, solved=solved)
                removed += gone
                if not gone:
                    break
    return removed


def _forget_batch(uow: UnitOfWork, gemeentecode: str, norm: Normsleutel, *, solved: bool) -> int:
    day = retention_day(uow)
    if day is None:
        return 0
    limit, term = passed_before(uow, gemeentecode, norm, day)
    if limit is None:
        return 0
    ids = repository.quarantine_due(uow.session, gemeentecode, start_of_day(limit), solved=solved)
    for row_id in ids:
        uow.erase_data_key(row_id)
    repository.remove_quarantine(uow.session, ids)
    if gemeentecode != NIEMANDS:  # a destruction report is of a municipality
        report_removal(uow, gemeentecode, Recordsoort.QUARANTAINE, term, ids, day)
    return len(ids)
