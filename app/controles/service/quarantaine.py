"""What waits: shown to the sender and the team, and applied once the reason has passed (design section 5)."""

import json
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.exc import DataError, IntegrityError

from app.controles.repository import gebeurtenissen
from app.controles.rules.vrije_tekst import for_evaluation
from app.controles.rules.wachtredenen import TEKST, VERANDERLIJK, Wachtreden
from app.controles.schemas.synchronisaties import QuarantaineRead
from app.controles.service import verwerking, werkset
from app.controles.service.kopieen import note_copies
from app.controles.service.losse_gebeurtenissen import raise_at_least, take_loose
from app.controles.service.opslag import event_row
from app.controles.service.toegang import Indiener, Toegang, sender
from app.controles.service.werkset import Werkset
from app.controles.service.zending import Zending, read_event
from app.controles.tables import Quarantaine
from app.core.crypto import UnreadableText
from app.core.errors import Unavailable, VeldwachtError
from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork

BATCH = 500


def list_quarantine(uow: UnitOfWork, paging: Paging) -> Sequence[Quarantaine]:
    """What waits and is the caller's or his team's, oldest first; one more than a page."""
    return gebeurtenissen.quarantine_page(uow.session, uow.caller, paging)


def show_waiting(row: Quarantaine) -> QuarantaineRead:
    """A waiting event without its content."""
    return QuarantaineRead(
        id=row.id,
        gebeurtenis_id=row.gebeurtenis_id,
        controle_id=row.controle_id,
        ontvangen_op=row.ontvangen_op,
        reden=TEKST[Wachtreden(row.reden)],
        opgelost_op=row.opgelost_op,
    )


def apply_quarantine(uow: UnitOfWork, controles: Iterable[UUID] | None = None) -> int:
    """Applies what waited for a control, a version or a designation that is there now, on behalf of its sender.

    Args:
        uow: the transaction.
        controles: only what is about these controls; all when left out.

    Returns:
        The number of events that were applied.
    """
    ids = None if controles is None else list(controles)
    rows = gebeurtenissen.waiting(uow.session, [reden.value for reden in VERANDERLIJK], ids, BATCH)
    uow.load_data_keys(row.id for row in rows)
    return sum(_apply(uow, row) for row in rows)


def apply_late(uow: UnitOfWork, apparaat_id: UUID) -> int:
    """Applies what came after the end of its proof of delivery, now that its account signed in on that tablet again.

    Returns:
        The number of events that were applied.
    """
    rows = gebeurtenissen.late_of(uow.session, uow.caller, Wachtreden.BEWIJS_VERLOPEN, BATCH)
    uow.load_data_keys(row.id for row in rows)
    return sum(_apply(uow, row, apparaat_id) for row in rows)


def _apply(uow: UnitOfWork, row: Quarantaine, apparaat_id: UUID | None = None) -> bool:
    zending = _read(uow, row)
    if zending is None or (apparaat_id is not None and zending.readable.apparaat_id != apparaat_id):
        return False
    if zending.is_loose:  # stored by its sender only: when he signs in or sends it again
        return row.account_id == uow.caller.account_id and _apply_loose(uow, row, zending)
    indiener = Indiener(row.account_id, row.gemeentecode, None) if apparaat_id is None else sender(uow)
    werk = werkset.load(uow, indiener, [zending.over])
    if zending.over not in werk.gevallen and not verwerking.stands_alone(zending):
        return False
    try:
        with uow.savepoint():
            done = verwerking.apply(werk, zending.over, [zending])[0].wacht is None
            if done:
                row.opgelost_op = uow.now
                note_copies(uow, [zending], row.gemeentecode)
    except Unavailable:
        raise
    except (VeldwachtError, IntegrityError, DataError, UnreadableText, OverflowError):
        return False
    return done


def _read(uow: UnitOfWork, row: Quarantaine) -> Zending | None:
    """The event that waits; None when it cannot be read, or its key was erased: one such row never stops the rest."""
    try:
        kept = json.loads(uow.unseal(row.id, "inhoud", row.inhoud))
    except UnreadableText:
        return None
    zending = read_event(_said_of_refused(kept), row.ontvangen_op)
    if zending.event is None or zending.inhoud is None:
        return None
    zending.sha256 = row.sha256  # the digest of what was sent, not of what the filter left of it
    return zending


def _apply_loose(uow: UnitOfWork, row: Quarantaine, zending: Zending) -> bool:
    item = take_loose(uow, zending)
    if item.wacht is not None:
        if zending.is_signal and item.wacht is not Wachtreden.ANDERE_INHOUD:
            raise_at_least(uow, zending, sender(uow))  # what of it can be used goes to the AF who was told of it
        return False
    werk = Werkset(uow, Toegang(uow, sender(uow)))
    gebeurtenissen.add_events(uow.session, [event_row(werk, zending, row.gemeentecode, {}, item.status, item.oordelen)])
    row.opgelost_op = uow.now
    note_copies(uow, [zending], row.gemeentecode)
    return True


def _said_of_refused(kept: Any) -> Any:  # noqa: ANN401 - any JSON value
    """The event with a refused text outside the answers as a text again, so that the choice or the end it belongs to counts."""
    if not isinstance(kept, dict) or not isinstance(kept.get("inhoud"), dict):
        return kept
    return {**kept, "inhoud": {name: for_evaluation(value) for name, value in kept["inhoud"].items()}}
