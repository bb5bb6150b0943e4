"""The intake: a batch of events in, one result per event out, nothing lost and nothing twice (design section 5).

One event that fails never blocks the rest: the events of a control are applied together in a savepoint, and when that fails
one by one, so that only the one at fault waits. Sending again is always safe and answers the present state.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import DataError, IntegrityError

from app.checklists.rules.content import Uitkomst as Scoreuitkomst
from app.controles.repository import gebeurtenissen
from app.controles.repository.gebeurtenissen import Bekend
from app.controles.rules.gebeurtenissoorten import operation_of
from app.controles.rules.signalering import WACHTEND_REDEN
from app.controles.rules.wachtredenen import TEKST, Wachtreden
from app.controles.schemas.synchronisaties import (
    ControlestandRead,
    OntvangstRead,
    OordeelRead,
    ResultaatRead,
    SynchronisatieRead,
    UitkomstRead,
)
from app.controles.service import losse_gebeurtenissen, opslag, verwerking, werkset
from app.controles.service.aanmaken import raise_acute_somewhere
from app.controles.service.kopieen import note_copies
from app.controles.service.opnemen import Verwerkt
from app.controles.service.quarantaine import apply_quarantine
from app.controles.service.spoed import tells_of_danger
from app.controles.service.toegang import Indiener, Toegang, sender
from app.controles.service.werkset import Werkset
from app.controles.service.zending import Zending, read_event
from app.controles.status import Controlestatus, Gebeurtenissoort
from app.core.crypto import UnreadableText
from app.core.errors import Unavailable, VeldwachtError
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rechten import RECHTEN

log = logging.getLogger("veldwacht")
AL_VERWERKT = "al-verwerkt"
Uitkomst = Verwerkt | Bekend | Wachtreden
Uitkomsten = dict[int, Uitkomst]
Nieuw = dict[UUID, list[tuple[int, Zending]]]
FAULTS_OF_ONE = (VeldwachtError, IntegrityError, DataError, UnreadableText, OverflowError)
"""What one event can be at fault for. A database that is away or an error of our own stops the batch: nothing is stored."""


def synchronise(uow: UnitOfWork, raw_events: Sequence[object]) -> SynchronisatieRead:
    """Takes in a batch.

    Args:
        uow: the transaction; all of the batch is stored, or nothing.
        raw_events: the events as they were sent.
    """
    zendingen = [read_event(raw, uow.now) for raw in raw_events]
    wachtend = gebeurtenissen.quarantined(uow.session, {z.sha256 for z in zendingen})
    nieuw, uitkomsten, dubbel = _sort(uow, zendingen)
    vers = [item for items in nieuw.values() for item in items]
    _apply_loose(uow, nieuw, uitkomsten)
    ids = set(nieuw) | {b.controle_id for b in uitkomsten.values() if isinstance(b, Bekend)}
    werk = werkset.load(uow, sender(uow), ids)
    gemaakt = []
    for controle_id, items in nieuw.items():
        was_known = controle_id in werk.gevallen
        werk = _apply_group(uow, werk, controle_id, items, uitkomsten)
        if not was_known and controle_id in werk.gevallen:
            gemaakt.append(controle_id)
    for nr, zending in enumerate(zendingen):
        _put_aside(uow, werk, zending, uitkomsten.get(nr), wachtend)
    for nr, first in dubbel:
        uitkomsten[nr] = uitkomsten[first]
    if gemaakt:
        uow.session.flush()
        apply_quarantine(uow, gemaakt)
    _settle_waiting(uow, zendingen, uitkomsten, wachtend)
    stored = [z for nr, z in vers if isinstance(item := uitkomsten[nr], Verwerkt) and item.wacht is None]
    for controle_id in note_copies(uow, stored, werk.toegang.indiener.gemeentecode) & werk.gevallen.keys():
        werk.forget(controle_id)
        werk.take_up(controle_id)
    again = {nr for nr, _ in dubbel}
    wie = gebeurtenissen.finished_by(uow.session, _finished(zendingen))
    return SynchronisatieRead(
        resultaten=[
            _result(werk, zending, uitkomsten[nr], uow.now, wie, again=nr in again)
            for nr, zending in enumerate(zendingen)
        ]
    )


def _sort(uow: UnitOfWork, zendingen: Sequence[Zending]) -> tuple[Nieuw, Uitkomsten, list[tuple[int, int]]]:
    """Sorts a batch: what is new, per control; what is known or has to wait at once; what stands in the batch twice."""
    bekend = gebeurtenissen.known_events(uow.session, {z.id for z in zendingen})
    nieuw: Nieuw = {}
    uitkomsten: Uitkomsten = {}
    dubbel: list[tuple[int, int]] = []
    eerder: dict[UUID, tuple[int, str]] = {}
    for nr, zending in enumerate(zendingen):
        stored = bekend.get(zending.id)
        first, digest = eerder.get(zending.id, (None, stored.sha256 if stored else zending.sha256))
        if digest != zending.sha256:
            uitkomsten[nr] = Wachtreden.ANDERE_INHOUD
        elif stored is not None:
            uitkomsten[nr] = stored
        elif first is not None:
            dubbel.append((nr, first))
        elif zending.event is None or zending.inhoud is None:
            uitkomsten[nr] = Wachtreden.ONLEESBAAR
        elif not uow.caller.has(*RECHTEN[operation_of(zending.event.soort)].rollen):
            uitkomsten[nr] = Wachtreden.NIET_BEVOEGD
        else:
            nieuw.setdefault(zending.over, []).append((nr, zending))
        eerder.setdefault(zending.id, (nr, digest))
    return nieuw, uitkomsten, dubbel


def set_aside(uow: UnitOfWork, raw_events: Sequence[object], indiener: Indiener, reden: Wachtreden) -> list[Zending]:
    """Keeps events that may not be applied as they came, on behalf of whoever entered them; danger in them goes on at once."""
    zendingen = [read_event(raw, uow.now) for raw in raw_events]
    wachtend = gebeurtenissen.quarantined(uow.session, {z.sha256 for z in zendingen})
    bekend = gebeurtenissen.known_events(uow.session, {z.id for z in zendingen})
    werk = werkset.load(uow, indiener, {z.controle_id for z in zendingen if z.controle_id is not None})
    for zending in zendingen:
        stored = bekend.get(zending.id)
        if stored is None or stored.sha256 != zending.sha256:
            _put_aside(uow, werk, zending, reden, wachtend)
    return zendingen


def _apply_loose(uow: UnitOfWork, nieuw: Nieuw, uitkomsten: Uitkomsten) -> None:
    """Stores what is a record of its own, each apart, and takes it out of what is still to be applied."""
    werk = Werkset(uow, Toegang(uow, sender(uow)))
    for over in [over for over, items in nieuw.items() if items[0][1].is_loose]:
        for nr, zending in nieuw.pop(over):
            item = Verwerkt(zending, wacht=Wachtreden.NIET_TOEPASBAAR)
            with suppress_fault_of_one(), uow.savepoint():
                item = losse_gebeurtenissen.take_loose(uow, zending)
                if item.wacht is None:
                    row = opslag.event_row(werk, zending, uow.caller.gemeentecode, {}, item.status, item.oordelen)
                    gebeurtenissen.add_events(uow.session, [row])
            uitkomsten[nr] = item


def _settle_waiting(uow: UnitOfWork, zendingen: Sequence[Zending], uitkomsten: Uitkomsten, wachtend: set[str]) -> None:
    """What waited and was applied now, because it was sent again, waits no more."""
    applied = [
        zending.sha256
        for nr, zending in enumerate(zendingen)
        if zending.sha256 in wachtend and isinstance(item := uitkomsten[nr], Verwerkt) and item.wacht is None
    ]
    if applied:
        gebeurtenissen.resolve(uow.session, applied, uow.now)


@contextmanager
def suppress_fault_of_one() -> Iterator[None]:
    """Lets one event fail without the rest of its batch; the database being away is no event's fault."""
    try:
        yield
    except Unavailable:
        raise
    except FAULTS_OF_ONE as fault:
        log.warning("an event could not be applied: %s", type(fault).__name__)


def _apply_group(
    uow: UnitOfWork,
    werk: Werkset,
    controle_id: UUID,
    items: list[tuple[int, Zending]],
    uitkomsten: Uitkomsten,
) -> Werkset:
    """Applies the events of one control together, or else one by one; answers the set to go on with."""
    numbers = {id(zending): nr for nr, zending in items}

    def note(applied: list[Verwerkt]) -> None:
        uitkomsten.update({numbers[id(item.zending)]: item for item in applied})

    if _attempt(uow, lambda: verwerking.apply(werk, controle_id, [z for _, z in items]), note):
        return werk
    for nr, zending in items:
        werk.forget(controle_id)
        werk.take_up(controle_id)
        if not _attempt(uow, lambda z=zending: verwerking.apply(werk, controle_id, [z]), note):  # type: ignore[misc]
            uitkomsten[nr] = Verwerkt(zending, wacht=Wachtreden.NIET_TOEPASBAAR)
    werk.forget(controle_id)
    werk.take_up(controle_id)
    return werk


def _attempt(uow: UnitOfWork, work: Callable[[], list[Verwerkt]], note: Callable[[list[Verwerkt]], None]) -> bool:
    try:
        with uow.savepoint():
            applied = work()
    except Unavailable:
        raise
    except FAULTS_OF_ONE:
        return False
    note(applied)
    return True


def _put_aside(
    uow: UnitOfWork,
    werk: Werkset,
    zending: Zending,
    uitkomst: Uitkomst | None,
    wachtend: set[str],
) -> None:
    reden = uitkomst.wacht if isinstance(uitkomst, Verwerkt) else uitkomst
    if not isinstance(reden, Wachtreden) or zending.sha256 in wachtend:
        return
    wachtend.add(zending.sha256)
    if zending.is_acute:  # whatever is wrong with the event, the call for help goes on
        raise_acute_somewhere(werk, zending)
    elif zending.is_signal:
        _raise_signal(werk, zending)
    elif tells_of_danger(zending):
        raise_acute_somewhere(werk, zending, WACHTEND_REDEN)
    geval = werk.gevallen.get(zending.controle_id) if zending.controle_id else None
    gemeentecode = geval.controle.gemeentecode if geval else werk.toegang.indiener.gemeentecode
    opslag.put_aside(uow, zending, werk.toegang.indiener.account_id, gemeentecode, reden)


def _raise_signal(werk: Werkset, zending: Zending) -> None:
    """A signal that has to wait reaches the AF: as its sender entered it as far as that goes, or bare when he can send no more."""
    indiener = werk.toegang.indiener
    if werk.uow.caller.is_system:
        losse_gebeurtenissen.announce_signal(werk.uow, zending, indiener)
    else:
        losse_gebeurtenissen.raise_at_least(werk.uow, zending, indiener)


def _finished(zendingen: Sequence[Zending]) -> set[UUID]:
    """The controls about which this batch has a tap 'wij zijn vertrokken'."""
    afgerond = Gebeurtenissoort.CONTROLE_AFGEROND
    return {z.over for z in zendingen if z.event is not None and z.event.soort is afgerond}


def _result(
    werk: Werkset,
    zending: Zending,
    uitkomst: Uitkomst,
    now: datetime,
    wie: Mapping[UUID, UUID],
    *,
    again: bool,
) -> ResultaatRead:
    ontvangen = uitkomst.ontvangen_op if isinstance(uitkomst, Bekend) else now
    wacht = uitkomst.wacht if isinstance(uitkomst, Verwerkt) else uitkomst if isinstance(uitkomst, Wachtreden) else None
    if wacht is not None:
        status, oordelen = "quarantaine", [(f.veld, "fout", f.melding) for f in zending.fouten]
    else:
        stored = uitkomst.oordeel if isinstance(uitkomst, Bekend) else uitkomst.oordelen  # type: ignore[union-attr]
        done = isinstance(uitkomst, Bekend) or again
        status = AL_VERWERKT if done else uitkomst.status.value  # type: ignore[union-attr]
        oordelen = [(o["item"], o["oordeel"], o["reden"]) for o in stored]
    return ResultaatRead(
        gebeurtenis_id=zending.event.gebeurtenis_id if zending.event else None,
        status=status,
        reden=TEKST[wacht] if wacht is not None else None,
        oordelen=[OordeelRead(item=item, oordeel=oordeel, reden=reden or None) for item, oordeel, reden in oordelen],
        controle=_state(werk, zending, wie),
        ontvangst=OntvangstRead(sha256=zending.sha256, ontvangen_op=ontvangen),
    )


def _state(werk: Werkset, zending: Zending, wie: Mapping[UUID, UUID]) -> ControlestandRead | None:
    """The present state; the outcome only with the tap 'wij zijn vertrokken' and once that was accepted (PLN-19).

    And only for whoever finished the control: a team leader or colleague who sends the tap once more learns nothing (table E).
    """
    geval = werk.own(zending.controle_id)
    if geval is None:
        return None
    controle = geval.controle
    left = zending.event is not None and zending.event.soort is Gebeurtenissoort.CONTROLE_AFGEROND
    uitkomst = None
    mine = wie.get(controle.id) == werk.toegang.indiener.account_id
    if left and mine and controle.status is Controlestatus.AFGEROND and geval.uitkomst is not None:
        uitkomst = UitkomstRead(
            uitkomst=Scoreuitkomst(geval.uitkomst["uitkomst"]), hercontrole_dagen=geval.uitkomst["hercontroleDagen"]
        )
    return ControlestandRead(controle_id=controle.id, status=controle.status, versie=controle.versie, uitkomst=uitkomst)
