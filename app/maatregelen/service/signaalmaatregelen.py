"""What the AF counts to a signal: more than one measure per case (INS-13). At the measure itself nothing of it shows."""

from uuid import UUID

from app.core.unit_of_work import UnitOfWork
from app.maatregelen.repository import signaalmaatregelen as repository
from app.maatregelen.schemas.maatregelen import MaatregelRead
from app.maatregelen.service.rijen import require_row, show
from app.signalen.service.zicht import require_signal


def measures_of_signal(uow: UnitOfWork, signaal_id: UUID) -> list[MaatregelRead]:
    """The measures of a signal, newest first.

    Raises:
        SignaalNotFound: unknown or not readable.
    """
    require_signal(uow, signaal_id)
    return show(uow, repository.measures_of(uow.session, uow.caller, signaal_id))


def link_measure(uow: UnitOfWork, signaal_id: UUID, maatregel_id: UUID) -> tuple[MaatregelRead, bool]:
    """Counts a measure to a signal; again changes nothing. Version and events of the measure stay as they are.

    Returns:
        The measure, and whether it was new to the signal.

    Raises:
        SignaalNotFound: unknown or not readable.
        MaatregelNotFound: unknown or not visible.
    """
    gemeentecode = require_signal(uow, signaal_id)
    row = require_row(uow, maatregel_id)
    new = repository.link(uow.session, signaal_id, row.id, uow.now, uow.caller.account_id)
    uow.audit("signaal", signaal_id, gemeentecode)
    return show(uow, [row])[0], new
