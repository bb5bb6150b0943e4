"""What happens when a deadline comes: each step once, in small transactions, at most seconds late (F21, M20).

The due time is a column. A step counts only when the conditional update of its number succeeds with the signal locked, so that two workers,
a killed worker or a moved clock never take it twice, and a signal that was acknowledged a moment before is left alone.
"""

import logging
import time
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from app.core.clock import business_date, utc_now
from app.core.jobs import UnitFactory
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.schemas.accounts import TaakCreate
from app.gemeenten.service.normen import norm_table
from app.gemeenten.service.taken import reopen_taak
from app.signalen.repository import termijnen as repository
from app.signalen.rules.termijnen import DRINGEND, Ontvanger, Trap, step_at, steps
from app.signalen.rules.uurwerk import HORIZON, Uurwerk
from app.signalen.service.alarmeren import alarm_on_call, alarm_police, alarm_stand_in, tell_role
from app.signalen.service.gebeurtenissen import add_event
from app.signalen.service.gesloten import WACHT, ask_for_af, tell_closed
from app.signalen.service.termijnboek import task_kind
from app.signalen.service.termijnen import refresh
from app.signalen.service.verwijzing import municipality_reference
from app.signalen.status import Actie, Termijnsoort, Termijnstatus
from app.signalen.tables import Signaal, Signaaltermijn

log = logging.getLogger(__name__)
BATCH = 10
LOOK_AHEAD = 20_000
RETRY = timedelta(seconds=5)
TAAK_GEEN_PIKET = "geen-piketdienst"
TAAK_GEEN_POLITIE = "geen-politiekanaal"
ROLLEN = {
    Ontvanger.AF: Rol.AF,
    Ontvanger.TEAMLEIDER: Rol.TEAMLEIDER,
    Ontvanger.KETENREGISSEUR: Rol.KETENREGISSEUR,
}
GESLOTEN = frozenset({Ontvanger.PIKET, Ontvanger.VERVANGER, Ontvanger.TEAMLEIDER})
T = Termijnsoort
WERK = {
    T.PIKET: "Niemand nam het piket op.",
    T.BEVESTIGEN: "De ontvangst van een signaal is niet op tijd bevestigd.",
    T.ZORGCOORDINATOR: "Licht de zorgcoördinator of de opvang in over een signaal.",
    T.VEILIG_THUIS: "Licht Veilig Thuis vandaag in over een signaal.",
    T.BEOORDELEN: "Een signaal is niet op tijd beoordeeld.",
    T.OVERDRAGEN: "Een signaal is niet op tijd overgedragen.",
    T.AGENDA: "Zet een signaal op de agenda van het overleg.",
    T.PARTNERREACTIE: "Een partner reageerde nog niet op een overdracht.",
    T.EERSTE_TERUGKOPPELING: "Geef de indiener van een signaal een eerste terugkoppeling.",
    T.TERUGKOPPELING_SLUITEN: "Geef de indiener van een gesloten signaal een terugkoppeling.",
    T.HERZIEN: "Bekijk een signaal dat wacht opnieuw.",
    T.BRP_VRIJGAVE: "Beslis over de vrijgave bij een signaal van de balie.",
}
"""What a task and the event of a missed deadline say; never what a signal is about."""


def escalate_due(unit: UnitFactory, uurwerk: Uurwerk) -> int:
    """Takes every step that has come, of all municipalities.

    Returns:
        How many steps were taken.
    """
    with unit("termijnen_bekijken", write=False) as uow:
        coming = repository.coming(uow.session, utc_now() + HORIZON, LOOK_AHEAD)
    keys = (((signaal, termijn, trap), moment) for signaal, termijn, trap, moment in coming)
    due = uurwerk.due(keys, utc_now(), time.monotonic())
    terms: dict[UUID, dict[UUID, int]] = {}
    for signaal_id, termijn_id, trap in due:
        terms.setdefault(signaal_id, {})[termijn_id] = trap
    taken = 0
    signals = list(terms)
    for start in range(0, len(signals), BATCH):
        wanted = {signaal_id: terms[signaal_id] for signaal_id in signals[start : start + BATCH]}
        with unit("termijnen_escaleren") as uow:
            taken += _escalate(uow, wanted)
    return taken


def _escalate(uow: UnitOfWork, wanted: dict[UUID, dict[UUID, int]]) -> int:
    taken = 0
    tables: dict[str, dict[str, float]] = {}
    for signaal in repository.lock_signals(uow.session, wanted):
        code = signaal.gemeentecode
        normen = tables.get(code) or tables.setdefault(code, norm_table(uow, code, uow.today))
        try:
            with uow.savepoint():
                taken += _escalate_one(uow, signaal, wanted[signaal.id], normen)
        except Exception as error:  # noqa: BLE001 - one signal may not keep the others waiting; it is tried again soon
            log.error("a step of a deadline failed: %s", type(error).__name__)  # noqa: TRY400 - a traceback may hold content
            repository.postpone(uow.session, wanted[signaal.id], uow.now + RETRY)
    return taken


def _escalate_one(uow: UnitOfWork, signaal: Signaal, seen: dict[UUID, int], normen: Mapping[str, float]) -> int:
    refresh(uow, signaal)
    taken = 0
    for termijn in repository.terms_of(uow.session, signaal.id):
        if termijn.status is not Termijnstatus.LOOPT or seen.get(termijn.id) != termijn.trap:
            continue  # another worker took the step that had come, or it was met meanwhile
        ladder = steps(termijn.soort, signaal.urgentie)
        while termijn.trap < len(ladder):
            trap, number = ladder[termijn.trap], termijn.trap
            following = None
            if number + 1 < len(ladder):
                following = step_at(ladder[number + 1], termijn.vanaf, termijn.voor, uow.now, normen)
            if not repository.take_step(uow.session, termijn.id, number, following):
                break
            uow.session.refresh(termijn)
            taken += 1
            answered = _take(uow, signaal, termijn, trap, number)
            if answered or termijn.soort is not T.PIKET:
                break  # the next step of an alarm that reached nobody is taken at once
    uow.session.flush()
    return taken


def _take(uow: UnitOfWork, signaal: Signaal, termijn: Signaaltermijn, trap: Trap, number: int) -> bool:
    """Takes one step; answers whether somebody was reached."""
    moment = f"{termijn.soort}:{termijn.onderwerp_id}:{termijn.vanaf.isoformat()}:{signaal.urgentie}:{number}"
    notes = [WERK[termijn.soort]] if trap.gemist else []
    reached = False
    for who in trap.naar:
        if signaal.gesloten_route and who in GESLOTEN:
            told = _take_closed(uow, signaal, who, moment)
            notes += [told] if told else []
            reached = reached or told is not None
        elif who is Ontvanger.PIKET:
            reached = alarm_on_call(uow, signaal, moment)
            if not reached:
                _ask_manager(uow, signaal, TAAK_GEEN_PIKET, "Er is nu geen bereikbaar piket. Vul het piketrooster aan.")
        elif who is Ontvanger.VERVANGER:
            told = alarm_stand_in(uow, signaal, moment)
            notes.append(told or "Er is geen vervanger bereikbaar.")
            reached = reached or told is not None
        elif who is Ontvanger.POLITIE:
            reached = alarm_police(uow, signaal, moment)
            notes.append("Politie gewaarschuwd." if reached else "Geen politiekanaal ingesteld: bel de politie.")
            if not reached:
                _ask_manager(uow, signaal, TAAK_GEEN_POLITIE, "Stel de postbus van het politieteam in bij de partners.")
                _tell(uow, signaal, termijn, Ontvanger.TEAMLEIDER, moment)
        else:
            reached = _tell(uow, signaal, termijn, who, moment) or reached
    if notes:
        add_event(uow, signaal, Actie.TERMIJN_VERSTREKEN, signaal.status, " ".join(notes))
    return reached


def _take_closed(uow: UnitOfWork, signaal: Signaal, who: Ontvanger, moment: str) -> str | None:
    """A step of a signal on the closed route: who may handle it, then somebody else, then who can appoint one (RTE-26).

    Returns:
        Who was told, in Dutch for the events of the signal; None when nobody who can handle it was.
    """
    if who is Ontvanger.TEAMLEIDER:
        ask_for_af(uow, signaal, WACHT)
        return None
    if not tell_closed(uow, signaal, moment, other=who is Ontvanger.VERVANGER):
        return None
    return "Een aandachtsfunctionaris van de gesloten route is gewaarschuwd."


def _tell(uow: UnitOfWork, signaal: Signaal, termijn: Signaaltermijn, who: Ontvanger, moment: str) -> bool:
    rol = ROLLEN[who]
    if not signaal.gesloten_route:  # a task is for a whole role, and one of them may not know of it (RTE-26)
        reopen_taak(uow, _task(signaal, termijn, rol, who))
    return tell_role(uow, signaal, rol, moment, dringend=signaal.urgentie in DRINGEND)


def _task(signaal: Signaal, termijn: Signaaltermijn, rol: Rol, who: Ontvanger) -> TaakCreate:
    return TaakCreate(
        gemeentecode=signaal.gemeentecode,
        soort=task_kind(termijn.soort, who),
        omschrijving=WERK[termijn.soort],
        voor_rol=rol,
        onderwerp_soort="signaal" if termijn.onderwerp_id == signaal.id else "overdracht",
        onderwerp_id=termijn.onderwerp_id,
        voor_datum=business_date(termijn.voor),
    )


def _ask_manager(uow: UnitOfWork, signaal: Signaal, soort: str, omschrijving: str) -> None:
    reopen_taak(
        uow,
        TaakCreate(
            gemeentecode=signaal.gemeentecode,
            soort=soort,
            omschrijving=omschrijving,
            voor_rol=Rol.BEHEERDER,
            onderwerp_soort="gemeente",
            onderwerp_id=municipality_reference(signaal.gemeentecode),
            voor_datum=uow.today,
        ),
    )
