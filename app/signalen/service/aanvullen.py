"""Deadlines for signals that were sent before the service kept them: each gets what it would run today, once (table F).

A signal that has deadlines always has one for acknowledging it, so that one without is one that was never given any.
"""

from app.core.unit_of_work import UnitOfWork
from app.gemeenten.status import Partnersoort
from app.signalen.repository import termijnen as repository
from app.signalen.service.routeren import is_forced
from app.signalen.service.termijnen import start_missing
from app.signalen.status import JaNeeOnbekend

BATCH = 50


def add_missing_terms(uow: UnitOfWork) -> int:
    """Starts the deadlines of open signals that have none; one that somebody works on at this moment comes the next time.

    They run from now, except that acknowledging keeps the moment that was promised: what is too late already is escalated at once.

    Returns:
        How many signals got deadlines.
    """
    found = repository.lock_without_terms(uow.session, BATCH)
    for signaal in found:
        minor = signaal.mogelijk_minderjarig is JaNeeOnbekend.JA
        start_missing(uow, signaal, veilig_thuis=minor or is_forced(uow, signaal, Partnersoort.VEILIG_THUIS))
    return len(found)
