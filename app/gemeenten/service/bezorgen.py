"""Bringing the messages of the outbox: claim in one transaction, send without any, note the outcome in another.

A message reaches its channel at least once (a worker may die after sending) and changes the database once: the outcome counts only for the
try that stands. Each channel works by itself, so that a mail server that hangs keeps no SMS waiting. A server that is away is asked once
per sweep; when it comes back, a receiver gets one message for all that waited, alarms too, since each of them says the same.
"""

import logging
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from app.core.crypto import UnreadableText
from app.core.jobs import UnitFactory
from app.core.settings import Settings
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.adapters.bezorging import Adres, Onbezorgd, Zending
from app.gemeenten.repository import berichten as repository
from app.gemeenten.repository import rijen
from app.gemeenten.rules.berichten import LEASE, wait_before_retry
from app.gemeenten.rules.contactgegevens import mail_address
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.service.abonnementen import drop_subscription, read_subscription
from app.gemeenten.service.taken import ask_about_municipality
from app.gemeenten.status import Berichtkanaal, Berichtstatus
from app.gemeenten.tables import Bericht, Partner, Piketdienst

log = logging.getLogger(__name__)
BATCH = 20
SAMEN = frozenset({Berichtkanaal.EMAIL, Berichtkanaal.WEBPUSH, Berichtkanaal.SMS})
"""Channels to people, whose text is the same every time: one message tells as much as forty. How many there are is not told (R9)."""
TAAK_NIET_BEZORGD = "berichten-niet-bezorgd"
Send = Callable[[Zending, Settings], None]


@dataclass(frozen=True)
class Uitkomst:
    """What a try gave.

    Attributes:
        fout: our own words; None when it was delivered.
        definitief: trying again makes no sense.
        weg: push subscriptions that the push service does not know any more.
        onbereikbaar: the server of the channel is away.
    """

    fout: str | None = None
    definitief: bool = False
    weg: tuple[UUID, ...] = field(default=())
    onbereikbaar: bool = False


def deliver(unit: UnitFactory, kanaal: Berichtkanaal, send: Send, settings: Settings) -> int:
    """Brings all messages of one channel that are due, until its server turns out to be away; answers how many were tried."""
    tried = 0
    while True:
        with unit("berichten_opnemen") as uow:
            zendingen = _claim(uow, kanaal)
        away = _bring(unit, zendingen, send, settings)
        tried += len(zendingen)
        if away or len(zendingen) < BATCH:
            return tried


def _bring(unit: UnitFactory, zendingen: Sequence[Zending], send: Send, settings: Settings) -> bool:
    """Brings a batch; answers whether the server is away. What arrived is noted at once, the rest together at the end."""
    failed: list[tuple[Zending, Uitkomst]] = []
    away: Uitkomst | None = None
    told: dict[UUID, bool] = {}
    for zending in zendingen:
        if _waited(zending) and zending.ontvanger in told and told[zending.ontvanger] >= zending.dringend:
            continue  # settled with the one that arrived
        outcome = _try(zending, send, settings, away)
        if outcome.onbereikbaar:
            away = outcome
        if outcome.fout is not None:
            failed.append((zending, outcome))
            continue
        with unit("berichten_bezorgd") as uow:
            _settle(uow, zending, outcome)
            if zending.kanaal in SAMEN and zending.ontvanger is not None:
                repository.settle_waiting(uow.session, zending.kanaal, zending.ontvanger, uow.now, zending.dringend)
                told[zending.ontvanger] = told.get(zending.ontvanger, False) or zending.dringend
    if failed:
        with unit("berichten_bezorgd") as uow:
            given_up = {zending.gemeentecode for zending, outcome in failed if _settle(uow, zending, outcome)}
            for gemeentecode in sorted(given_up - {""}):
                _ask_manager(uow, gemeentecode)
    return away is not None


def _waited(zending: Zending) -> bool:
    return zending.kanaal in SAMEN and zending.poging > 1


def _claim(uow: UnitOfWork, kanaal: Berichtkanaal) -> list[Zending]:
    rows = repository.claim(uow.session, kanaal, uow.now, uow.now + LEASE, BATCH)
    addresses = _addresses(uow, rows)
    return [
        Zending(
            id=row.id,
            kanaal=row.kanaal,
            verwijzing=row.verwijzing,
            gemaakt_op=row.gemaakt_op,
            dringend=row.dringend,
            poging=row.pogingen,
            adressen=tuple(addresses.get(row.id, ())),
            gemeentecode=row.gemeentecode,
            ontvanger=row.account_id or row.piketdienst_id or row.partner_id,
        )
        for row in rows
    ]


def _addresses(uow: UnitOfWork, berichten: Sequence[Bericht]) -> dict[UUID, list[Adres]]:
    accounts = {row.account_id for row in berichten if row.account_id is not None}
    wishes = repository.settings_of(uow.session, accounts)
    partners = rijen.by_ids(uow.session, Partner, [row.partner_id for row in berichten if row.partner_id])
    shifts = rijen.by_ids(uow.session, Piketdienst, [row.piketdienst_id for row in berichten if row.piketdienst_id])
    browsers: dict[UUID, list[Adres]] = {}
    for abonnement in repository.subscriptions_of(uow.session, accounts):
        try:
            browsers.setdefault(abonnement.account_id, []).append(read_subscription(uow, abonnement))
        except UnreadableText:
            log.warning("a push subscription cannot be read and is passed by")
    found: dict[UUID, list[Adres]] = {}
    for row in berichten:
        if row.kanaal is Berichtkanaal.WEBPUSH and row.account_id is not None:
            found[row.id] = browsers.get(row.account_id, [])
        elif row.kanaal is Berichtkanaal.SMS and row.piketdienst_id in shifts:
            found[row.id] = [Adres(shifts[row.piketdienst_id].nummer)]
        elif row.kanaal is Berichtkanaal.EMAIL:
            text = partners[row.partner_id].kanaal if row.partner_id in partners else ""
            if row.account_id in wishes:
                text = wishes[row.account_id].postbus
            address = mail_address(text)
            found[row.id] = [] if address is None else [Adres(address)]
        elif row.kanaal is Berichtkanaal.CLOUDEVENT:
            found[row.id] = [Adres("")]
    return found


def _try(zending: Zending, send: Send, settings: Settings, away: Uitkomst | None) -> Uitkomst:
    if not zending.adressen:
        return Uitkomst("Er is geen adres, nummer of abonnement voor dit kanaal.", definitief=True)
    if away is not None:
        return away
    try:
        send(zending, settings)
    except Onbezorgd as fault:
        return Uitkomst(fault.fout, fault.definitief, fault.weg, fault.onbereikbaar)
    except Exception as error:  # noqa: BLE001 - one message may not stop the others; the kind is told, never what it says
        log.error("a message could not be sent: %s", type(error).__name__)  # noqa: TRY400 - a traceback may hold an address
        return Uitkomst("Het versturen ging mis door een fout in de dienst.")
    return Uitkomst()


def _settle(uow: UnitOfWork, zending: Zending, outcome: Uitkomst) -> bool:
    """Notes the outcome of a try; answers whether the message was given up by it."""
    for abonnement_id in outcome.weg:
        drop_subscription(uow, abonnement_id)
    values: dict[str, object] = {"fout": outcome.fout}
    if outcome.fout is None:
        values |= {"status": Berichtstatus.VERZONDEN, "verzonden_op": uow.now, "volgende_op": None}
    else:
        values |= _next(zending, outcome, uow.now)
    stands = repository.settle(uow.session, zending.id, zending.poging, values)
    return stands and values.get("status") is Berichtstatus.DODE_BRIEF


def _ask_manager(uow: UnitOfWork, gemeentecode: str) -> None:
    ask_about_municipality(
        uow,
        gemeentecode,
        TAAK_NIET_BEZORGD,
        "Er zijn berichten niet bezorgd. Bekijk de lijst met berichten, herstel het kanaal en stuur ze opnieuw.",
        Rol.BEHEERDER,
    )


def _next(zending: Zending, outcome: Uitkomst, now: datetime) -> dict[str, object]:
    wait = None
    if not outcome.definitief:
        wait = wait_before_retry(zending.poging, random.random(), dringend=zending.dringend)  # noqa: S311 - spreads load only
    if wait is not None:
        return {"volgende_op": now + wait}
    silent = zending.kanaal in {Berichtkanaal.CLOUDEVENT, Berichtkanaal.WEBPUSH} and not zending.dringend
    given_up = Berichtstatus.VERVALLEN if silent and outcome.definitief else Berichtstatus.DODE_BRIEF
    return {"status": given_up, "volgende_op": None}
