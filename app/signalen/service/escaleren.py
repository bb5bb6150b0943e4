"""What happens when a deadline comes: each step once, in small transactions, at most seconds late (F21, M20).

The due time is a column. A step counts only when the conditional update of its number succeeds with the signal locked, so that two workers,
a killed worker or a moved clock never take it twice, and a signal that was acknowledged a moment before is left alone.
"""

import logging
import time
from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from app.core.clock import business_date, utc_now
from app.core.jobs import UnitFactory
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.schemas.accounts import TaakCreate
from app.gemeenten.service.normen import norm_table
from app.gemeenten.service.taken import ask_about_municipality, reopen_taak
from app.signalen.repository import termijnen as repository
from app.signalen.rules.termijnen import DRINGEND, Ontvanger, Trap, step_at, steps
from app.signalen.rules.uurwerk import HORIZON, Uurwerk
from app.signalen.service.alarmeren import Alarm
from app.signalen.service.gebeurtenissen import add_event
from app.signalen.service.gesloten import WACHT, ask_for_af, tell_closed
from app.signalen.service.termijnboek import task_kind
from app.signalen.service.termijnen import refresh
from app.signalen.status import Actie, Termijnsoort, Termijnstatus
from app.signalen.tables import Signaal, Signaaltermijn

log = logging.getLogger(__name__)
BATCH = 25
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
BEL_POLITIE = "Niemand nam het piket op. Bel de politie: 112 bij gevaar, anders 0900-8844. Bel daarna het piket."
"""What the last step asks of a person: a service cannot speak on the phone, and the team leader learns nothing of the content."""
Wanted = dict[UUID, dict[UUID, int]]
"""Per signal the deadlines that have come, with the step that the sweep saw."""


def escalate_due(unit: UnitFactory, uurwerk: Uurwerk) -> int:
    """Takes every step that has come, of all municipalities.

    Returns:
        How many steps were taken.
    """
    with unit("termijnen_bekijken", write=False) as uow:
        coming = repository.coming(uow.session, utc_now() + HORIZON, LOOK_AHEAD)
    keys = (((signaal, termijn, trap), moment) for signaal, termijn, trap, moment in coming)
    due = uurwerk.due(keys, utc_now(), time.monotonic())
    terms: Wanted = {}
    for signaal_id, termijn_id, trap in due:
        terms.setdefault(signaal_id, {})[termijn_id] = trap
    taken = 0
    signals = list(terms)
    for start in range(0, len(signals), BATCH):
        wanted = {signaal_id: terms[signaal_id] for signaal_id in signals[start : start + BATCH]}
        with unit("termijnen_escaleren") as uow:
            taken += _escalate(uow, wanted)
    return taken


def _escalate(uow: UnitOfWork, wanted: Wanted) -> int:
    """Takes the steps of a batch together; when one of them fails, each signal by itself, so that one keeps no other waiting."""
    signals = repository.lock_signals(uow.session, wanted)
    uow.load_data_keys(signaal.id for signaal in signals)
    normen = {code: norm_table(uow, code, uow.today) for code in {signaal.gemeentecode for signaal in signals}}
    try:
        with uow.savepoint():
            return _take_all(uow, signals, wanted, normen)
    except Exception as error:  # noqa: BLE001 - told below, per signal
        log.warning("a batch of deadlines is taken one by one: %s", type(error).__name__)
    taken = 0
    for signaal in signals:
        signaal_id = signaal.id
        try:
            with uow.savepoint():
                taken += _take_all(uow, [signaal], wanted, normen)
        except Exception as error:  # noqa: BLE001 - one signal may not keep the others waiting; it is tried again soon
            log.error("a step of a deadline failed: %s", type(error).__name__)  # noqa: TRY400 - a traceback may hold content
            repository.postpone(uow.session, wanted[signaal_id], uow.now + RETRY)
    return taken


def _take_all(
    uow: UnitOfWork, signals: Sequence[Signaal], wanted: Wanted, normen: Mapping[str, Mapping[str, float]]
) -> int:
    alarm, ids = Alarm(uow), [signaal.id for signaal in signals]
    terms, ernaast = repository.terms_of_all(uow.session, ids), repository.Ernaast(uow.session, ids)
    taken = 0
    with uow.session.no_autoflush:  # what the steps change is stored at the end, all signals together
        for signaal in signals:
            step = Escalatie(uow, signaal, alarm, ernaast, normen[signaal.gemeentecode])
            taken += step.take_due(terms[signaal.id], wanted[signaal.id])
    alarm.post.store()
    uow.session.flush()
    return taken


class Escalatie:
    """The steps of one locked signal that have come."""

    def __init__(
        self,
        uow: UnitOfWork,
        signaal: Signaal,
        alarm: Alarm,
        ernaast: repository.Ernaast,
        normen: Mapping[str, float],
    ) -> None:
        self._uow = uow
        self._signaal = signaal
        self._alarm = alarm
        self._ernaast = ernaast
        self._normen = normen

    def take_due(self, terms: Sequence[Signaaltermijn], seen: Mapping[UUID, int]) -> int:
        """Takes the steps that the sweep saw coming; answers how many.

        One that another worker took meanwhile, or that turns out to be done, is left alone.
        """
        if not any(_stands(termijn, seen) for termijn in terms):
            return 0
        refresh(self._uow, self._signaal, terms, self._ernaast)
        taken = 0
        for termijn in [row for row in terms if _stands(row, seen)]:
            ladder = steps(termijn.soort, self._signaal.urgentie)
            while termijn.trap < len(ladder):
                trap, number = ladder[termijn.trap], termijn.trap
                following = None
                if number + 1 < len(ladder):
                    following = step_at(ladder[number + 1], termijn.vanaf, termijn.voor, self._uow.now, self._normen)
                if not repository.take_step(self._uow.session, termijn, following):
                    break
                taken += 1
                if self._take(termijn, trap, number) or termijn.soort is not T.PIKET:
                    break  # the next step of an alarm that reached nobody is taken at once
        return taken

    def _take(self, termijn: Signaaltermijn, trap: Trap, number: int) -> bool:
        """Takes one step; answers whether somebody was reached."""
        uow, signaal, alarm = self._uow, self._signaal, self._alarm
        moment = f"{termijn.soort}:{termijn.onderwerp_id}:{termijn.vanaf.isoformat()}:{signaal.urgentie}:{number}"
        notes = [WERK[termijn.soort]] if trap.gemist else []
        reached = False
        for who in trap.naar:
            if signaal.gesloten_route and who in GESLOTEN:
                told = self._take_closed(who, moment)
                notes += [told] if told else []
                reached = reached or told is not None
            elif who is Ontvanger.PIKET:
                reached = alarm.on_call(signaal, moment)
                if not reached:
                    self._ask_manager(TAAK_GEEN_PIKET, "Er is nu geen bereikbaar piket. Vul het piketrooster aan.")
            elif who is Ontvanger.VERVANGER:
                told = alarm.stand_in(signaal, moment)
                notes.append(told or "Er is geen vervanger bereikbaar.")
                reached = reached or told is not None
            elif who is Ontvanger.POLITIE:
                reached = alarm.police(signaal, moment)
                notes.append("Politie gewaarschuwd." if reached else "Geen politiekanaal ingesteld.")
                if not reached:
                    self._ask_manager(TAAK_GEEN_POLITIE, "Stel de postbus van het politieteam in bij de partners.")
            elif who is Ontvanger.BELLIJST:
                called = alarm.call_list(signaal, moment)
                notes.append(
                    "Bel de politie; piket en teamleider zijn daarom gevraagd."
                    if called
                    else "Bel de politie; de teamleider is daarom gevraagd."
                )
                reached = reached or called
            else:
                reached = self._tell(termijn, who, moment) or reached
        if notes:
            add_event(uow, signaal, Actie.TERMIJN_VERSTREKEN, signaal.status, " ".join(notes))
        return reached

    def _take_closed(self, who: Ontvanger, moment: str) -> str | None:
        """A step of a signal on the closed route: who may handle it, then somebody else, then who can appoint one (RTE-26).

        Returns:
            Who was told, in Dutch for the events of the signal; None when nobody who can handle it was.
        """
        if who is Ontvanger.TEAMLEIDER:
            ask_for_af(self._uow, self._signaal, WACHT)
            return None
        if not tell_closed(self._uow, self._signaal, moment, other=who is Ontvanger.VERVANGER):
            return None
        return "Een aandachtsfunctionaris van de gesloten route is gewaarschuwd."

    def _tell(self, termijn: Signaaltermijn, who: Ontvanger, moment: str) -> bool:
        signaal, rol = self._signaal, ROLLEN[who]
        if not signaal.gesloten_route:  # a task is for a whole role, and one of them may not know of it (RTE-26)
            reopen_taak(self._uow, _task(signaal, termijn, rol, who))
        return self._alarm.role(signaal, rol, moment, dringend=signaal.urgentie in DRINGEND)

    def _ask_manager(self, soort: str, omschrijving: str) -> None:
        ask_about_municipality(self._uow, self._signaal.gemeentecode, soort, omschrijving, Rol.BEHEERDER)


def _stands(termijn: Signaaltermijn, seen: Mapping[UUID, int]) -> bool:
    return termijn.status is Termijnstatus.LOOPT and seen.get(termijn.id) == termijn.trap


def _task(signaal: Signaal, termijn: Signaaltermijn, rol: Rol, who: Ontvanger) -> TaakCreate:
    return TaakCreate(
        gemeentecode=signaal.gemeentecode,
        soort=task_kind(termijn.soort, who),
        omschrijving=BEL_POLITIE if termijn.soort is T.PIKET else WERK[termijn.soort],
        voor_rol=rol,
        onderwerp_soort="signaal" if termijn.onderwerp_id == signaal.id else "overdracht",
        onderwerp_id=termijn.onderwerp_id,
        voor_datum=business_date(termijn.voor),
    )
