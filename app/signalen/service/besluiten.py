"""Deciding on a point of an agenda: the signal is locked first, then the point (OVL-01)."""

from uuid import UUID

from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.signalen.errors import AgendapuntNotFound
from app.signalen.repository import agenda as punten
from app.signalen.repository import stappen
from app.signalen.schemas import stappen as s
from app.signalen.schemas.overleggen import AgendapuntRead, BesluitCreate
from app.signalen.service.agenda import read_point
from app.signalen.service.gebeurtenissen import Handelend
from app.signalen.service.stappen import perform
from app.signalen.status import Actie


def decide_point(uow: UnitOfWork, punt_id: UUID, data: BesluitCreate, if_match: str | None) -> AgendapuntRead:
    """Notes what a meeting decided about a signal.

    Raises:
        AgendapuntNotFound: unknown, the caller is no member, or the signal is not his as AF.
        PreconditionFailed: somebody else decided meanwhile.
        SignaalstapGeweigerd: the meeting is still to come or lapsed, the signal is not open, or the means does not fit; all reasons.
    """
    found = punten.find_point(uow.session, uow.caller, punt_id)
    if found is None:
        raise AgendapuntNotFound
    signaal_id = found[0].signaal_id
    signaal = stappen.lock_in_order(uow.session, uow.caller, [signaal_id]).get(signaal_id)
    found = punten.find_point(uow.session, uow.caller, punt_id, lock=True)
    if signaal is None or found is None:
        raise AgendapuntNotFound
    punt = found[0]
    uow.session.refresh(punt)
    check_version(if_match, punt.versie)
    step = s.Besluit(agendapunt_id=punt_id, **data.model_dump())
    perform(uow, signaal, Actie.BESLUIT, step, None, Handelend(uow.caller.account_id))
    return read_point(uow, punt, signaal, None)
