"""Audit rows on signals. Those of a signal on the closed route belong to no municipality, so that nobody there reads them (RTE-26).

Who manages a municipality reads its audit rows, and may be whom such a signal is about: that somebody submitted or read it would tell
him. The rows stand in the sealed log all the same, for who checks the log as a whole.
"""

from uuid import UUID

from app.core.unit_of_work import UnitOfWork
from app.signalen.errors import SignaalNotFound
from app.signalen.repository import signalen as repository
from app.signalen.tables import Signaal

BESLOTEN = "besloten"
"""Stands in the place of a municipality."""


def note(
    uow: UnitOfWork, signaal: Signaal, actie: str | None = None, soort: str = "signaal", row: UUID | None = None
) -> None:
    """Notes that the caller did or read this.

    Args:
        uow: the transaction.
        signaal: the signal that it is about.
        actie: what was done; the operation of the request when left out.
        soort: kind of record, when it is one beside the signal.
        row: the id of that record.
    """
    place = BESLOTEN if signaal.gesloten_route else signaal.gemeentecode
    uow.audit(soort, row or signaal.id, place, actie)


def find_one(uow: UnitOfWork, signaal_id: UUID, *, lock: bool = False) -> Signaal:
    """The signal that something is done with, when the caller may read it.

    Raises:
        SignaalNotFound: unknown or not readable.
    """
    signaal = repository.find_readable(uow.session, uow.caller, signaal_id, lock=lock)
    if signaal is None:
        raise SignaalNotFound
    note_apart(uow, signaal)
    return signaal


def note_apart(uow: UnitOfWork, signaal: Signaal) -> None:
    """From here on a refusal stands apart too, when the signal is on the closed route: who asked what of it tells that it is there."""
    if signaal.gesloten_route:
        uow.noted_in = BESLOTEN


def read_one(uow: UnitOfWork, signaal_id: UUID) -> Signaal:
    """The signal that is read, when the caller may; a read of one on the closed route is noted apart from its municipality.

    Raises:
        SignaalNotFound: unknown or not readable.
    """
    signaal = find_one(uow, signaal_id)
    if signaal.gesloten_route:
        note(uow, signaal)
    return signaal
