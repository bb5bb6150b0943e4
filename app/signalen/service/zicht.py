"""Whether the caller may read a signal, for features above that hang something on it."""

from uuid import UUID

from app.core.unit_of_work import UnitOfWork
from app.signalen.service.vastleggen import find_one


def require_signal(uow: UnitOfWork, signaal_id: UUID) -> str:
    """The municipality of a signal that the caller may read.

    Raises:
        SignaalNotFound: unknown or not readable.
    """
    return find_one(uow, signaal_id).gemeentecode
