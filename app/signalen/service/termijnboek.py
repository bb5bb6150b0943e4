"""The deadlines of one signal as they stand: start, meet, end, follow the urgency. The caller holds the lock of the signal."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.normen import norm_table
from app.gemeenten.service.taken import close_taak_of
from app.gemeenten.status import Taakstatus
from app.signalen.repository import termijnen as repository
from app.signalen.rules.termijnen import DRINGEND, due, step_at, steps
from app.signalen.status import Overdrachtstatus, Signaalstatus, Termijnsoort, Termijnstatus, Urgentie
from app.signalen.tables import Overdracht, Signaal, Signaaltermijn

T = Termijnsoort
VEILIG_THUIS = "veilig-thuis"
ZORGCOORDINATOREN = frozenset({"zorgcoordinator", "zorgcoordinator-jeugd"})
ANTWOORD = frozenset({Overdrachtstatus.BEANTWOORD, Overdrachtstatus.BEVESTIGD})


def task_kind(soort: Termijnsoort, rol: str) -> str:
    """The kind of the task that a step makes; one per deadline, role and signal."""
    return f"termijn-{soort}-{rol}"


class Termijnboek:
    """The deadlines of one locked signal; a change is stored with the transaction."""

    def __init__(
        self,
        uow: UnitOfWork,
        signaal: Signaal,
        rows: Iterable[Signaaltermijn] | None = None,
        ernaast: repository.Ernaast | None = None,
    ) -> None:
        self.uow = uow
        self.signaal = signaal
        if rows is None:
            uow.session.flush()
            rows = repository.terms_of(uow.session, signaal.id)
        self._rows = {(row.soort, row.onderwerp_id): row for row in rows}
        self._ernaast = ernaast or repository.Ernaast(uow.session, [signaal.id])
        self._normen: Mapping[str, float] | None = None

    @property
    def normen(self) -> Mapping[str, float]:
        """The norm table of the municipality today, asked once."""
        if self._normen is None:
            self._normen = norm_table(self.uow, self.signaal.gemeentecode, self.uow.today)
        return self._normen

    def handovers(self) -> Sequence[Overdracht]:
        """The hand-overs of the signal that were not withdrawn."""
        return self._ernaast.handovers[self.signaal.id]

    def running(self, soorten: Iterable[Termijnsoort]) -> list[Signaaltermijn]:
        """Those of these kinds that still run."""
        wanted = frozenset(soorten)
        return [row for row in self._rows.values() if row.soort in wanted and row.status is Termijnstatus.LOOPT]

    def start(
        self,
        soort: Termijnsoort,
        onderwerp_id: UUID | None = None,
        voor: datetime | None = None,
        *,
        again: bool = False,
    ) -> None:
        """Starts a deadline once, or anew when it had lapsed; `again` also one that was met (reopened, parked again)."""
        key = (soort, onderwerp_id or self.signaal.id)
        row = self._rows.get(key)
        if row is not None and not again and row.status is not Termijnstatus.VERVALLEN:
            return
        now = self.uow.now
        voor = voor or due(soort, self.signaal.urgentie, now, self.normen)
        if voor is None:
            return
        if row is None:
            row = Signaaltermijn(
                signaal_id=self.signaal.id,
                gemeentecode=self.signaal.gemeentecode,
                soort=soort,
                onderwerp_id=key[1],
                vanaf=now,
                voor=voor,
            )
            self.uow.session.add(row)
            self._rows[key] = row
        row.vanaf, row.voor, row.trap, row.status, row.gedaan_op = now, voor, 0, Termijnstatus.LOOPT, None
        self._aim(row)

    def record_acknowledged(self) -> None:
        """Notes the acknowledgement of a signal that was received before its deadlines were kept, in time or too late."""
        signaal = self.signaal
        if signaal.status is Signaalstatus.VERZONDEN:
            return
        done = signaal.ontvangen_op or self.uow.now
        self.start(T.BEVESTIGEN, voor=signaal.bevestigen_voor or done)
        row = self._rows[T.BEVESTIGEN, signaal.id]
        late = done > row.voor
        row.status = Termijnstatus.TE_LAAT_GEDAAN if late else Termijnstatus.GEHAALD
        row.vanaf, row.volgende_op, row.gedaan_op = min(row.voor, done), None, done

    def meet(self, soorten: Iterable[Termijnsoort], onderwerp_id: UUID | None = None) -> None:
        """Notes that it was done, in time or too late."""
        for row in self.running(soorten):
            if onderwerp_id is None or row.onderwerp_id == onderwerp_id:
                late = self.uow.now > row.voor
                self._finish(row, Termijnstatus.TE_LAAT_GEDAAN if late else Termijnstatus.GEHAALD)

    def end(self, soorten: Iterable[Termijnsoort]) -> None:
        """Notes that it need not be done any more."""
        for row in self.running(soorten):
            self._finish(row, Termijnstatus.VERVALLEN)

    def meet_by_facts(self) -> None:
        """Meets what stands on the signal or beside it as done, whichever action did it."""
        signaal, beside = self.signaal, self._ernaast
        for row in self.running(T):
            if row.soort is T.ZORGCOORDINATOR and signaal.zc_geinformeerd_op is not None:
                self.meet({row.soort})
            elif row.soort is T.ZORGCOORDINATOR and signaal.zc_inlichten is False:
                self._finish(row, Termijnstatus.VERVALLEN)
            elif row.soort in {T.VEILIG_THUIS, T.PARTNERREACTIE, T.ZORGCOORDINATOR}:
                self._meet_by_handover(row, beside.handovers[signaal.id])
            elif row.soort is T.AGENDA and signaal.id in beside.on_agenda:
                self.meet({row.soort})
            elif row.soort in {T.EERSTE_TERUGKOPPELING, T.TERUGKOPPELING_SLUITEN}:
                moment = "eerste" if row.soort is T.EERSTE_TERUGKOPPELING else "sluiten"
                if not {(signaal.id, moment), (signaal.id, "sluiten")}.isdisjoint(beside.feedback):
                    self.meet({row.soort})

    def _meet_by_handover(self, row: Signaaltermijn, handovers: Sequence[Overdracht]) -> None:
        kinds = {one.partnersoort for one in handovers}
        if row.soort is T.PARTNERREACTIE:
            found = next((one for one in handovers if one.id == row.onderwerp_id), None)
            if found is None:
                self._finish(row, Termijnstatus.VERVALLEN)
            elif found.reactie_op is not None or found.status in ANTWOORD:
                self.meet({row.soort}, row.onderwerp_id)
        elif (row.soort is T.VEILIG_THUIS and VEILIG_THUIS in kinds) or (
            row.soort is T.ZORGCOORDINATOR and not kinds.isdisjoint(ZORGCOORDINATOREN)
        ):
            self.meet({row.soort})

    def follow_urgency(self, *, lowered: bool) -> None:
        """Brings deadlines nearer when the urgency went up; puts those that were not missed back when two people lowered it."""
        urgentie, now = self.signaal.urgentie, self.uow.now
        waits = self.signaal.ontvangen_op is None and self.signaal.status is Signaalstatus.VERZONDEN
        if waits and urgentie in DRINGEND:
            self.start(T.PIKET)
        if urgentie is Urgentie.REGULIER:
            self.end({T.PIKET})
        for row in self.running(T):
            if row.soort in {T.PIKET, T.HERZIEN}:
                continue
            nearer = due(row.soort, urgentie, now, self.normen)
            later = due(row.soort, urgentie, row.vanaf, self.normen)
            if nearer is not None and nearer < row.voor:
                row.voor = nearer
            elif lowered and later is not None and later > row.voor > now:
                row.voor = later
            else:
                continue
            if row.soort is T.BEVESTIGEN:
                self.signaal.bevestigen_voor = row.voor
                row.trap = 0  # another urgency has other steps
            self._aim(row)

    def note_first(self) -> None:
        """Notes the first running deadline on the signal: the order of the inbox."""
        self.signaal.eerstvolgende_termijn = min((row.voor for row in self.running(T)), default=None)

    def _aim(self, row: Signaaltermijn) -> None:
        ladder = steps(row.soort, self.signaal.urgentie)
        row.volgende_op = None
        if row.trap < len(ladder):
            row.volgende_op = step_at(ladder[row.trap], row.vanaf, row.voor, self.uow.now, self.normen)

    def _finish(self, row: Signaaltermijn, status: Termijnstatus) -> None:
        row.status, row.volgende_op, row.gedaan_op = status, None, self.uow.now
        closed = Taakstatus.VERVALLEN if status is Termijnstatus.VERVALLEN else Taakstatus.GEDAAN
        roles = {str(rol) for trap in steps(row.soort, self.signaal.urgentie) for rol in trap.naar}
        if row.trap > 0:
            for rol in sorted(roles):
                close_taak_of(self.uow, task_kind(row.soort, rol), row.onderwerp_id, closed)
