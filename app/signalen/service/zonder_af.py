"""Open signals that no AF can work on: a municipality without one, or whose only one submitted it (RTE-02, ROL-02).

Deadlines wake somebody as long as they run; a signal of which all was done in time runs none, and waits for its AF all the same. Those on
the closed route have their own look-out (`gesloten.py`).
"""

from collections.abc import Mapping
from uuid import UUID

from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.service.bezetting import Bezetting
from app.gemeenten.service.taken import ask_about_municipality, close_taak_of, municipality_reference, open_tasks_of
from app.signalen.repository import signalen as repository
from app.signalen.rules.overgangen import OPEN
from app.signalen.service.alarmeren import Alarm
from app.signalen.service.gebeurtenissen import add_event
from app.signalen.service.verzenden import GEEN_AF_TEKST, TAAK_GEEN_AF
from app.signalen.status import Actie, Signaalstatus
from app.signalen.tables import Signaal

NOG_EEN = "Er is een tweede aandachtsfunctionaris nodig met een werkend account. Stel er een in."
HIER_NIEMAND = "In deze gemeente werkt nu geen aandachtsfunctionaris voor dit signaal."


def see_to_unattended(uow: UnitOfWork) -> int:
    """Gives each such signal to an AF of the region, and asks the manager for one; takes the question back where it was answered.

    Returns:
        How many signals got somebody.
    """
    staff, alarm, found = Bezetting(uow), Alarm(uow), 0
    for place in repository.places_with_open(uow.session, OPEN):
        own = staff.accounts(place, Rol.AF, also_away=True)
        waiting = (
            [] if len(own) > 1 else [row for row in repository.open_in(uow.session, place, OPEN) if _stuck(row, own)]
        )
        asked = bool(open_tasks_of(uow, place, {TAAK_GEEN_AF}))
        if waiting and not asked:
            ask_about_municipality(uow, place, TAAK_GEEN_AF, NOG_EEN if own else GEEN_AF_TEKST, Rol.BEHEERDER)
        elif asked and own and not waiting:
            close_taak_of(uow, TAAK_GEEN_AF, municipality_reference(place))
        region = [code for code in staff.region(place) if code != place]
        working = {account for code in region for account in staff.accounts(code, Rol.AF, also_away=True)}
        for signaal in waiting:
            if signaal.waarnemer not in working:
                told = alarm.neighbour(signaal, f"zonder-af:{uow.today}")
                if told is not None:
                    add_event(uow, signaal, Actie.AANVULLEN, signaal.status, f"{HIER_NIEMAND} {told}")
                    found += 1
    alarm.post.store()
    uow.session.flush()
    return found


def _stuck(signaal: Signaal, own: Mapping[UUID, str | None]) -> bool:
    """Nobody here may do the next step: there is no AF, or the only one submitted what is not acknowledged yet."""
    return not own or (signaal.status is Signaalstatus.VERZONDEN and set(own) == {signaal.indiener})
