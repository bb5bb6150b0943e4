"""When the police or 112 was called, logged with the signal; it can come after the signal itself (RTE-01)."""

from datetime import datetime
from uuid import UUID

from app.core.clock import AMSTERDAM
from app.core.unit_of_work import UnitOfWork
from app.signalen.repository import signalen as repository
from app.signalen.service.gebeurtenissen import add_event
from app.signalen.status import Actie, Noodnummer
from app.signalen.tables import Signaal


def note_call(
    uow: UnitOfWork,
    indiener: UUID | None,
    gebeld_op: datetime,
    gebeld_naar: Noodnummer | None,
    *,
    controle_id: UUID | None = None,
    signaal_id: UUID | None = None,
) -> bool:
    """Logs a call with the signal of a control, or with one that the same account submitted; the first time that is told stays.

    Args:
        uow: the transaction.
        indiener: who tells; None when it was checked already that he may.
        gebeld_op: when the call was made.
        gebeld_naar: who was called.
        controle_id: the control whose automatic signal it is about.
        signaal_id: or the signal itself.

    Returns:
        Whether there is such a signal.
    """
    signaal = None
    if signaal_id is not None:
        signaal = repository.with_id(uow.session, signaal_id)
    elif controle_id is not None:
        signaal = repository.automatic_of(uow.session, controle_id)
    if signaal is None or (indiener is not None and signaal.indiener != indiener):
        return False
    log_call(uow, repository.leading_of(uow.session, signaal), gebeld_op, gebeld_naar, tell=True)
    uow.session.flush()
    return True


def log_call(
    uow: UnitOfWork, signaal: Signaal, gebeld_op: datetime | None, gebeld_naar: Noodnummer | None, *, tell: bool
) -> None:
    """Logs the call that came first, also when its time is filled in afterwards. A clock that runs ahead refuses nothing."""
    if signaal.gebeld_op is not None:
        return
    signaal.gebeld_op, signaal.gebeld_naar = gebeld_op, gebeld_naar or signaal.gebeld_naar
    if gebeld_op is not None and tell:
        when = gebeld_op.astimezone(AMSTERDAM)
        who = "" if gebeld_naar is None else f" ({gebeld_naar})"
        add_event(uow, signaal, Actie.AANVULLEN, signaal.status, f"Gebeld om {when:%H:%M} op {when:%d-%m-%Y}{who}.")
