"""The events of a signal: each change is one, with who, when and what; free text sealed. Nothing is overwritten."""

from dataclasses import dataclass
from uuid import UUID

from app.core.http.paging import Paging
from app.core.identifiers import new_id
from app.core.unit_of_work import UnitOfWork
from app.signalen.repository import signalen as repository
from app.signalen.schemas.signalen import SignaalgebeurtenisRead
from app.signalen.service.routeprofielen import keep_profile
from app.signalen.service.termijnen import on_event
from app.signalen.service.vastleggen import note, read_one
from app.signalen.status import Actie, Signaalstatus
from app.signalen.tables import Overdracht, Signaal, Signaalgebeurtenis


@dataclass(frozen=True)
class Handelend:
    """Who does a step: one account, and the second person where two do it together."""

    eerste: UUID
    tweede: UUID | None = None


def add_event(
    uow: UnitOfWork,
    signaal: Signaal,
    actie: Actie,
    naar: Signaalstatus,
    toelichting: str | None = None,
    *,
    door: Handelend | None = None,
    overdracht: Overdracht | None = None,
) -> None:
    """Changes the state of a locked signal and notes the change; the number of the event is the new version of the signal.

    Args:
        uow: the transaction of the change.
        signaal: locked.
        actie: what was done.
        naar: the state after it.
        toelichting: why; sealed.
        overdracht: the hand-over that the step made or is about.
        door: who does it; the caller alone when left out. A step that waited for a second person is of who asked for it.
    """
    door = door or Handelend(uow.caller.account_id)
    signaal.versie += 1
    event_id = new_id()
    uow.session.add(
        Signaalgebeurtenis(
            id=event_id,
            signaal_id=signaal.id,
            volgnummer=signaal.versie,
            tijdstip=uow.now,
            actor=door.eerste,
            tweede_persoon=door.tweede,
            actie=actie,
            van_status=None if actie is Actie.OPVOEREN else signaal.status,
            naar_status=naar,
            toelichting=None if toelichting is None else uow.seal(signaal.id, _field(event_id), toelichting),
        )
    )
    signaal.status = naar
    keep_profile(uow, signaal, actie)
    note(uow, signaal, f"signalen_{actie}")
    on_event(uow, signaal, actie, overdracht)


def list_events(uow: UnitOfWork, signaal_id: UUID, paging: Paging) -> list[SignaalgebeurtenisRead]:
    """The changes of a signal, oldest first, for its AF.

    Raises:
        SignaalNotFound: unknown or not readable.
    """
    read_one(uow, signaal_id)
    return [_read(uow, event) for event in repository.events_page(uow.session, signaal_id, paging)]


def _read(uow: UnitOfWork, event: Signaalgebeurtenis) -> SignaalgebeurtenisRead:
    sealed = event.toelichting
    return SignaalgebeurtenisRead.model_validate(
        {
            **event.model_dump(exclude={"id", "signaal_id", "toelichting"}),
            "toelichting": None if sealed is None else uow.unseal(event.signaal_id, _field(event.id), sealed),
        }
    )


def _field(event_id: UUID) -> str:
    return f"gebeurtenis.{event_id}"
