"""The AF acknowledges a signal (table G; ROL-01)."""

from uuid import UUID

from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.taken import close_taak_of
from app.signalen.errors import SignaalstapGeweigerd
from app.signalen.rules.overgangen import Wie, change_faults
from app.signalen.schemas.signalen import SignaalRead
from app.signalen.service.feiten import facts_of
from app.signalen.service.gebeurtenissen import add_event
from app.signalen.service.postvak import get_signaal
from app.signalen.service.vastleggen import find_one
from app.signalen.service.verzenden import TAAK_ONTVANGEN
from app.signalen.status import Actie, Signaalstatus


def receive_signaal(uow: UnitOfWork, signaal_id: UUID, if_match: str | None) -> tuple[SignaalRead, int]:
    """Marks a sent signal as received and closes its task.

    Raises:
        SignaalNotFound: unknown or not readable.
        PreconditionFailed: somebody else changed it.
        SignaalstapGeweigerd: not waiting for this, or the AF submitted it himself.
    """
    signaal = find_one(uow, signaal_id, lock=True)
    check_version(if_match, signaal.versie)
    faults = change_faults(signaal.status, Actie.ONTVANGEN, Wie.AF, facts_of(uow, signaal, None))
    if faults:
        raise SignaalstapGeweigerd(" ".join(faults))
    signaal.ontvangen_op = uow.now
    signaal.behandelaar = uow.caller.account_id
    add_event(uow, signaal, Actie.ONTVANGEN, Signaalstatus.ONTVANGEN)
    close_taak_of(uow, TAAK_ONTVANGEN, signaal.id)
    uow.session.flush()
    return get_signaal(uow, signaal_id)
