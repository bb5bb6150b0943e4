"""Sealed delivery: events of a tablet that is locked or signed out, by the very path of those that are sent signed in.

Who delivers is nobody; in whose name an event was entered says the proof inside it. Nothing of an event, its control or its outcome
is answered. What cannot be opened is kept as it came, as long as it names a key of ours and not too much of that came at once.
"""

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from app.controles.repository import gebeurtenissen
from app.controles.repository import tabletsleutels as repository
from app.controles.rules.bezorgmaat import ACCOUNT, Bezorgmaat
from app.controles.rules.verzegeling import (
    Bewijs,
    BewijsOngeldig,
    Geheim,
    NietTeOpenen,
    is_sealed,
    key_of,
    open_proof,
    open_sealed,
    read_proof,
)
from app.controles.rules.wachtredenen import Wachtreden
from app.controles.schemas.bezorging import (
    DigestRead,
    Verzegeld,
    VerzegeldInput,
    VerzegeldRead,
    VerzegeldResultaat,
)
from app.controles.service.apparaten import note_wiped_by_proof, tell_flood, told_to_wipe
from app.controles.service.spoed import cannot_wait
from app.controles.service.synchronisatie import set_aside, synchronise
from app.controles.service.tabletsleutels import secrets_of
from app.controles.service.toegang import Indiener
from app.controles.tables import Quarantaine
from app.core.caller import SYSTEM_ID, Caller
from app.core.errors import TooManyRequests
from app.core.http.bounds import TE_VAAK
from app.core.identifiers import new_id
from app.core.jobs import UnitFactory
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rechten import RECHTEN

log = logging.getLogger("veldwacht")
HERKOMST, ACTIE = "verzegeld", "synchronisaties_verzegeld"
UNOPENED_PER_HOUR, UNOPENED_BYTES_PER_DAY = 500, 50_000_000
"""Whoever knows a key of ours can send what cannot be opened; more than this is not kept, and the sender is not told that it was."""

FindCaller = Callable[[str], Caller | None]


@dataclass(frozen=True, slots=True)
class Geopend:
    """A sealed event that was opened.

    Attributes:
        nr: its place in the batch.
        reden: why it may not be applied in the name of its account; None when it may.
    """

    nr: int
    gebeurtenis: dict[str, Any]
    bewijs: Bewijs
    caller: Caller | None
    reden: Wachtreden | None


@dataclass(slots=True)
class Bezorging:
    """A request, opened: nothing of it was stored yet."""

    resultaten: list[VerzegeldResultaat]
    geopend: list[Geopend] = field(default_factory=list)
    broken: list[Verzegeld] = field(default_factory=list)
    eigen: Bewijs | None = None


def deliver(units: UnitFactory, data: VerzegeldInput, find_caller: FindCaller, maat: Bezorgmaat) -> VerzegeldRead:
    """Takes in a batch of sealed events; all of it is stored, or nothing. Tells the tablets that proved themselves of an order to wipe.

    A proof that has ended proves which tablet it is all the same: the order is for the tablet, whoever used it and whenever. What nobody
    could open and names no key of ours is answered without a write, so that whoever sends it fills nothing and holds nobody up.

    Args:
        units: opens transactions of the service itself.
        data: the sealed events, and the proof of the tablet itself.
        find_caller: the active account with a subject; None for one that ended.
        maat: what was delivered lately.

    Raises:
        TooManyRequests: this tablet or account delivered too much today; nothing was stored, and the office was told.
    """
    with units(ACTIE, write=False) as uow:
        gelezen = _open(uow, data, find_caller)
    _check_bound(units, gelezen.geopend, data.zendingen, maat)
    with units(ACTIE, write=bool(gelezen.geopend or gelezen.broken or data.gewist)) as uow:
        if gelezen.broken:
            _keep_unopened(uow, gelezen.broken)
        _apply(uow, gelezen.geopend, gelezen.resultaten)
        _put_aside(uow, gelezen.geopend, gelezen.resultaten)
        eigen = gelezen.eigen
        if eigen is not None and data.gewist:
            note_wiped_by_proof(uow, eigen.apparaat_id, eigen.gemeentecode)
        tablets = {one.bewijs.apparaat_id for one in gelezen.geopend}
        tablets |= {eigen.apparaat_id} if eigen is not None else set()
        if gelezen.geopend:
            uow.audit("synchronisatie", None)
        return VerzegeldRead(resultaten=gelezen.resultaten, wissen=told_to_wipe(uow, tablets))


def _open(uow: UnitOfWork, data: VerzegeldInput, find_caller: FindCaller) -> Bezorging:
    ring = _Ring(uow, {key for key in (key_of(zending.jwe) for zending in data.zendingen) if key is not None})
    gelezen = Bezorging(
        [
            VerzegeldResultaat(gebeurtenis_id=zending.gebeurtenis_id, status="quarantaine", ontvangst=None)
            for zending in data.zendingen
        ]
    )
    for nr, zending in enumerate(data.zendingen):
        geheim = ring.get(key_of(zending.jwe))
        if geheim is None:
            continue  # sealed to a key that we do not have: it stays on the tablet
        try:
            token, gebeurtenis = open_sealed(zending.jwe, geheim)
            bewijs = ring.proof(token)
        except (NietTeOpenen, BewijsOngeldig):
            gelezen.broken.append(zending)
            continue
        gelezen.geopend.append(_judge(uow, nr, gebeurtenis, bewijs, find_caller))
    gelezen.eigen = _own_proof(ring, data.bewijs)
    return gelezen


def _check_bound(
    units: UnitFactory, geopend: Sequence[Geopend], zendingen: Sequence[Verzegeld], maat: Bezorgmaat
) -> None:
    """Slows a flood down, per tablet and per account; danger and signals go on for much longer."""
    for bewijs in {one.bewijs.apparaat_id: one.bewijs for one in geopend}.values():
        mine = [one for one in geopend if one.bewijs.apparaat_id == bewijs.apparaat_id]
        besluit = maat.take(
            {f"tablet {bewijs.apparaat_id}": 1, f"account {bewijs.account_id}": ACCOUNT},
            len(mine),
            sum(len(zendingen[one.nr].jwe) for one in mine),
            dringend=cannot_wait(one.gebeurtenis for one in mine),
        )
        if besluit.melden:
            log.warning("a tablet delivers more than is usual")
            with units(ACTIE) as uow:
                tell_flood(uow, bewijs.apparaat_id, bewijs.gemeentecode)
        if besluit.wacht:
            raise TooManyRequests(TE_VAAK, headers={"Retry-After": str(besluit.wacht)})


def _own_proof(ring: "_Ring", sealed: str | None) -> Bewijs | None:
    """What the tablet proves of itself; nothing when the proof cannot be opened or was made by another."""
    if sealed is None or ring.get(key_of(sealed)) is None:
        return None
    try:
        return ring.proof(sealed)
    except (NietTeOpenen, BewijsOngeldig):
        return None


class _Ring:
    """The secrets that a batch asks for, read once."""

    def __init__(self, uow: UnitOfWork, ids: set[UUID]) -> None:
        self._uow = uow
        self._known: dict[UUID, Geheim | None] = dict(secrets_of(uow, ids))

    def get(self, sleutel_id: UUID | None) -> Geheim | None:
        if sleutel_id is not None and sleutel_id not in self._known:
            self._known[sleutel_id] = secrets_of(self._uow, {sleutel_id}).get(sleutel_id)
        return None if sleutel_id is None else self._known[sleutel_id]

    def proof(self, token: str) -> Bewijs:
        geheim = self.get(key_of(token))
        if geheim is not None and is_sealed(token):
            token = open_proof(token, geheim)
            geheim = self.get(key_of(token))
        if geheim is None:
            raise BewijsOngeldig
        return read_proof(token, geheim)


def _judge(uow: UnitOfWork, nr: int, gebeurtenis: dict[str, Any], bewijs: Bewijs, find_caller: FindCaller) -> Geopend:
    caller = find_caller(bewijs.sub)
    reden = None
    if str(gebeurtenis.get("apparaatId")).lower() != str(bewijs.apparaat_id):
        reden = Wachtreden.ANDER_APPARAAT
    elif caller is None or caller.account_id != bewijs.account_id or not _may_send(caller):
        reden = Wachtreden.ACCOUNT_BEEINDIGD
    elif bewijs.tot <= uow.now:
        reden = Wachtreden.BEWIJS_VERLOPEN
    return Geopend(nr, gebeurtenis, bewijs, caller, reden)


def _may_send(caller: Caller) -> bool:
    return caller.has(*RECHTEN["synchronisaties_toevoegen"].rollen)


def _apply(uow: UnitOfWork, geopend: Sequence[Geopend], resultaten: list[VerzegeldResultaat]) -> None:
    """The events of each account in its name, in the order of the batch."""
    for caller in dict.fromkeys(one.caller for one in geopend if one.reden is None and one.caller is not None):
        mine = [one for one in geopend if one.reden is None and one.caller == caller]
        named = replace(uow, caller=replace(caller, herkomst=HERKOMST))
        answers = synchronise(named, [one.gebeurtenis for one in mine]).resultaten
        named.audit("synchronisatie", None)
        for one, answer in zip(mine, answers, strict=True):
            waits = answer.status == "quarantaine"
            resultaten[one.nr].status = "quarantaine" if waits else "verwerkt"
            resultaten[one.nr].ontvangst = DigestRead(sha256=answer.ontvangst.sha256)


def _put_aside(uow: UnitOfWork, geopend: Sequence[Geopend], resultaten: list[VerzegeldResultaat]) -> None:
    for one in geopend:
        if one.reden is not None:
            indiener = Indiener(one.bewijs.account_id, one.bewijs.gemeentecode, None)
            kept = set_aside(uow, [one.gebeurtenis], indiener, one.reden)[0]
            resultaten[one.nr].ontvangst = DigestRead(sha256=kept.sha256)


def _keep_unopened(uow: UnitOfWork, broken: Sequence[Verzegeld]) -> None:
    """Keeps what cannot be opened as it came. Its sender is not told that it arrived, so that the tablet keeps it as well."""
    room = UNOPENED_PER_HOUR - repository.unopened_since(uow.session, uow.now - timedelta(hours=1))[0]
    left = UNOPENED_BYTES_PER_DAY - repository.unopened_since(uow.session, uow.now - timedelta(days=1))[1]
    digests = {hashlib.sha256(zending.jwe.encode()).hexdigest(): zending for zending in broken}
    for known in gebeurtenissen.quarantined(uow.session, digests):
        del digests[known]
    log.warning("%s sealed events could not be opened", len(broken))
    for sha256, zending in list(digests.items())[: max(room, 0)]:
        left -= len(zending.jwe)
        if left < 0:
            break
        row_id = new_id()
        uow.session.add(
            Quarantaine(
                id=row_id,
                gebeurtenis_id=zending.gebeurtenis_id,
                gemeentecode="",
                account_id=SYSTEM_ID,
                ontvangen_op=uow.now,
                sha256=sha256,
                reden=Wachtreden.NIET_TE_OPENEN,
                inhoud=uow.seal(row_id, "inhoud", zending.jwe),
            )
        )
