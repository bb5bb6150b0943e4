"""The check of a photo that arrived: virus scan, and the image made anew in a process of its own.

Claimed in one transaction, done without any, settled in another: a worker that dies gives the photo back after `LEASE`.
"""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from app.bevindingen.adapters.fotoproces import VIRUS, Fotofout, Herkans
from app.bevindingen.repository import bijlagen as repository
from app.bevindingen.status import Bijlagestatus
from app.core import bestanden
from app.core.crypto import UnreadableText
from app.core.jobs import UnitFactory
from app.core.unit_of_work import UnitOfWork

LEASE = timedelta(minutes=3)
LONGEST_WAIT = timedelta(hours=1)
ONLEESBAAR = "onleesbaar"
Remake = Callable[[bytes], bytes]


def check_arrived(unit: UnitFactory, remake: Remake) -> int:
    """Checks all photos that are due; answers how many.

    Args:
        unit: opens units of work.
        remake: from the bytes as sent to the image to keep (`adapters.fotoproces`).
    """
    done = 0
    while True:
        with unit("bijlagen_opnemen") as uow:
            claimed = _claim(uow)
        if claimed is None:
            return done
        bijlage_id, attempt, raw = claimed
        image, reden, later = _tried(remake, raw)
        with unit("bijlagen_gecontroleerd") as uow:
            _settle(uow, bijlage_id, attempt, image, reden, later=later)
        done += 1


def _claim(uow: UnitOfWork) -> tuple[UUID, int, bytes | None] | None:
    bijlage = repository.claim_one(uow.session, uow.now, uow.now + LEASE)
    if bijlage is None or bijlage.bestand_id is None:
        return None
    try:
        return bijlage.id, bijlage.pogingen, bestanden.arrived(uow, bijlage.bestand_id)
    except UnreadableText:
        return bijlage.id, bijlage.pogingen, None


def _tried(remake: Remake, raw: bytes | None) -> tuple[bytes | None, str | None, bool]:
    if raw is None:
        return None, ONLEESBAAR, False
    try:
        return remake(raw), None, False
    except Fotofout as fault:
        return None, fault.reden, False
    except Herkans:
        return None, None, True


def _settle(
    uow: UnitOfWork, bijlage_id: UUID, attempt: int, image: bytes | None, reden: str | None, *, later: bool
) -> None:
    bijlage = repository.with_id(uow.session, bijlage_id)
    if bijlage is None or bijlage.status is not Bijlagestatus.CONTROLEERT or bijlage.pogingen != attempt:
        return  # withdrawn, or another worker took it over
    if later:
        bijlage.volgende_op = uow.now + min(LONGEST_WAIT, timedelta(seconds=5 * 2 ** min(attempt, 12)))
        return
    raw, bijlage.volgende_op = bijlage.bestand_id, None
    if reden == VIRUS:  # kept apart, sealed and never served, so that somebody can look into it
        bijlage.status, bijlage.reden = Bijlagestatus.GEWEIGERD, reden
        uow.audit("bijlage", bijlage.id, bijlage.gemeentecode)
        return
    if image is None:
        bijlage.status, bijlage.reden, bijlage.bestand_id = Bijlagestatus.GEWEIGERD, reden, None
    else:
        bijlage.bestand_id, bijlage.status = bestanden.store_bytes(uow, image).id, Bijlagestatus.OPGESLAGEN
    uow.session.flush()
    if raw is not None:
        bestanden.delete_file(uow, raw)
