"""Whether the caller may read a signal, for features above that hang something on it."""

from uuid import UUID

from app.core.unit_of_work import UnitOfWork
from app.signalen.errors import SignaalNotFound
from app.signalen.repository import signalen as repository


def require_signal(uow: UnitOfWork, signaal_id: UUID) -> str:
    """The municipality of a signal that the caller may read.

    Raises:
        SignaalNotFound: unknown or not readable.
    """
    row = repository.find_readable(uow.session, uow.caller, signaal_id)
    if row is None:
        raise SignaalNotFound
    return row.gemeentecode
