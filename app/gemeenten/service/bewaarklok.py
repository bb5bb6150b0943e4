"""The retention clock: removal cannot be undone, so a clock that jumps ahead waits for a manager (DAT-15).

The last day on which terms were looked at is stored. Put back, the clock makes fewer terms pass and brings nothing back. Ahead by more
than `BEWAREN_SPRONG_DAGEN` since that day, nothing is removed until a manager confirms the date; so a wrong clock removes at most that
many days too early. The first run of an installation only notes the day.
"""

from datetime import date, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from app.core.errors import InvalidInput
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.repository import bewaren as repository
from app.gemeenten.rules.normsleutels import Normsleutel
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.schemas.accounts import TaakCreate
from app.gemeenten.schemas.bewaren import BewaarklokRead
from app.gemeenten.service.normen import NATIONAL, norm_value
from app.gemeenten.service.taken import close_taak_of, reopen_taak

LAATST, BEVESTIGD, GEWEIGERD = "bewaren-laatst", "bewaren-bevestigd", "bewaren-geweigerd"
TAAK = "bewaarklok-bevestigen"


def retention_day(uow: UnitOfWork) -> date | None:
    """The day up to which terms have passed, or None while nothing may be removed. Call it in the transaction that removes."""
    last = _day(repository.fact(uow.session, LAATST, lock=True))
    if last is None:
        repository.store_fact(uow.session, LAATST, uow.today.isoformat())
        return None
    if uow.today > last + timedelta(days=_jump(uow)) and uow.today != _day(repository.fact(uow.session, BEVESTIGD)):
        _ask(uow)
        return None
    if uow.today > last:
        repository.store_fact(uow.session, LAATST, uow.today.isoformat())
    return uow.today


def clock_state(uow: UnitOfWork) -> BewaarklokRead:
    """The clock and whether removal waits."""
    last = _day(repository.fact(uow.session, LAATST))
    confirmed = _day(repository.fact(uow.session, BEVESTIGD))
    ahead = last is not None and uow.today > last + timedelta(days=_jump(uow)) and uow.today != confirmed
    return BewaarklokRead(vandaag=uow.today, laatst=last, sprong_dagen=_jump(uow), wacht=ahead)


def confirm_day(uow: UnitOfWork, day: date) -> BewaarklokRead:
    """A manager confirms that the clock is right; removal goes on.

    Raises:
        InvalidInput: the day is not that of the clock.
    """
    if day != uow.today:
        raise InvalidInput("De klok van de dienst staat op een andere dag. Laat eerst de klok nakijken.")
    repository.fact(uow.session, LAATST, lock=True)
    repository.store_fact(uow.session, BEVESTIGD, day.isoformat())
    for code in repository.municipalities(uow.session):
        close_taak_of(uow, TAAK, _reference(code))
    uow.audit("bewaarklok", None)
    return clock_state(uow)


def _jump(uow: UnitOfWork) -> int:
    """Without the norm every jump waits."""
    return int(norm_value(uow, NATIONAL, Normsleutel.BEWAREN_SPRONG_DAGEN, uow.today) or 1)


def _ask(uow: UnitOfWork) -> None:
    if repository.fact(uow.session, GEWEIGERD) == uow.today.isoformat():
        return
    repository.store_fact(uow.session, GEWEIGERD, uow.today.isoformat())
    for code in repository.municipalities(uow.session):
        reopen_taak(
            uow,
            TaakCreate(
                gemeentecode=code,
                soort=TAAK,
                omschrijving="Het verwijderen van verlopen gegevens wacht: de klok sprong vooruit. Controleer de datum en bevestig die.",
                voor_rol=Rol.BEHEERDER,
                onderwerp_soort="gemeente",
                onderwerp_id=_reference(code),
                voor_datum=uow.today,
            ),
        )


def _reference(gemeentecode: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"urn:veldwacht:gemeente:{gemeentecode}")


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
