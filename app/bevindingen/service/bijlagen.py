"""Photos that arrive in pieces: offset and bytes are committed together, so that a kill leaves a shorter file and never a wrong one.

A photo counts as arrived only when its SHA-256 is right and the image was made anew (`fotocontrole`); until then the tablet keeps
its own copy (design sections 5 and 7).
"""

import hashlib
from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID

from app.bevindingen.errors import (
    BijlageNotFound,
    OtherPhoto,
    PhotoClosed,
    WrongOffset,
)
from app.bevindingen.repository import bijlagen as repository
from app.bevindingen.schemas.bijlagen import Bijlageaankondiging, Bijlageplaats, BijlageRead
from app.bevindingen.status import Bijlagestatus, Klasse
from app.bevindingen.tables import Bijlage
from app.core import bestanden
from app.core.clock import plausible
from app.core.errors import InvalidInput
from app.core.unit_of_work import UnitOfWork

SOORT = "bijlage"
GEEN_PLEK = "hier geen foto"


def announced(uow: UnitOfWork, data: Bijlageaankondiging, grootte: int) -> BijlageRead | None:
    """The photo that was announced under this id before, when it is the same.

    Raises:
        OtherPhoto: another one, or somebody else's.
    """
    stored = repository.with_id(uow.session, data.id)
    if stored is None:
        return None
    same = (stored.account_id, stored.controle_id, stored.item, stored.vlag_id, stored.grond, stored.sha256)
    if (*same, stored.grootte) != (
        uow.caller.account_id,
        data.over,
        data.plek,
        data.vlag_id,
        data.grond,
        data.sha256,
        grootte,
    ):
        raise OtherPhoto
    return _receipt(stored)


def announce(uow: UnitOfWork, data: Bijlageaankondiging, grootte: int, plaats: Bijlageplaats) -> BijlageRead:
    """Makes room for a photo of `grootte` bytes; the caller has checked that it may be taken."""
    file = bestanden.begin_file(uow)
    bijlage = Bijlage(
        id=data.id,
        gemeentecode=plaats.gemeentecode,
        controle_id=data.over,
        item=data.plek,
        vlag_id=data.vlag_id,
        grond=data.grond,
        klasse=plaats.klasse,
        account_id=uow.caller.account_id,
        sha256=data.sha256,
        grootte=grootte,
        status=Bijlagestatus.ONTVANGT,
        bestand_id=file.id,
        genomen_op=plausible(data.genomen_op, uow.now),
        gemaakt_op=uow.now,
    )
    uow.session.add(bijlage)
    uow.session.flush()
    uow.audit(SOORT, bijlage.id, bijlage.gemeentecode)
    return _receipt(bijlage)


def receive(uow: UnitOfWork, bijlage_id: UUID, offset: int, piece: bytes) -> tuple[BijlageRead, bool]:
    """Adds a piece; the last one has the whole photo held against its SHA-256.

    Returns:
        Its receipt, and whether it is sound so far. A damaged one starts anew at 0.

    Raises:
        BijlageNotFound: unknown, or not sent by the caller.
        PhotoClosed: it was withdrawn or refused.
        WrongOffset: the piece does not begin where the last one ended.
        InvalidInput: more bytes than were announced.
    """
    bijlage = repository.find_sent(uow.session, uow.caller, bijlage_id, lock=True)
    if bijlage is None:
        raise BijlageNotFound
    if bijlage.status in {Bijlagestatus.INGETROKKEN, Bijlagestatus.GEWEIGERD, Bijlagestatus.VERWIJDERD}:
        raise PhotoClosed(f"Deze foto is {bijlage.status.value}; er kan niets meer bij.")
    if offset != bijlage.ontvangen:
        raise WrongOffset(bijlage.ontvangen)
    if offset + len(piece) > bijlage.grootte:
        raise InvalidInput("Dit deel maakt de foto groter dan is aangekondigd. Stuur alleen de bytes die ontbreken.")
    if bijlage.status is not Bijlagestatus.ONTVANGT or bijlage.bestand_id is None:
        return _receipt(bijlage), True  # an empty piece after the end
    file = repository.file_of(uow.session, bijlage.bestand_id)
    if file is None:
        raise BijlageNotFound
    bestanden.append_piece(uow, file, piece)
    bijlage.ontvangen += len(piece)
    if bijlage.ontvangen < bijlage.grootte:
        return _receipt(bijlage), True
    if hashlib.sha256(bestanden.arrived(uow, file.id)).hexdigest() != bijlage.sha256:
        _start_anew(uow, bijlage)
        return _receipt(bijlage), False
    bijlage.status, bijlage.volgende_op = Bijlagestatus.CONTROLEERT, uow.now
    return _receipt(bijlage), True


def _start_anew(uow: UnitOfWork, bijlage: Bijlage) -> None:
    old = bijlage.bestand_id
    bijlage.bestand_id, bijlage.ontvangen = bestanden.begin_file(uow).id, 0
    uow.session.flush()
    if old is not None:
        bestanden.delete_file(uow, old)


def let_go_unfinished(uow: UnitOfWork, gemeentecode: str, before: datetime, sent_up_to: datetime, limit: int) -> int:
    """Erases the pieces of photos that nobody finished; such a photo can still be sent, from its first byte.

    Args:
        uow: the transaction.
        gemeentecode: the municipality.
        before: only what was announced before this moment.
        sent_up_to: when the oldest photo was taken that a tablet still holds; what is as old or younger stays.
        limit: how many at most.

    Returns:
        How many were let go.
    """
    rows = repository.unfinished(uow.session, gemeentecode, before, sent_up_to, limit)
    for row in rows:
        _start_anew(uow, row)
        uow.audit(SOORT, row.id, row.gemeentecode)
    return len(rows)


def municipalities_with_unfinished(uow: UnitOfWork) -> list[str]:
    """Municipalities with photos of which a part came."""
    return list(repository.municipalities_with_unfinished(uow.session))


def sent(uow: UnitOfWork, bijlage_id: UUID) -> BijlageRead:
    """The receipt of a photo that the caller sent.

    Raises:
        BijlageNotFound: unknown, or not his.
    """
    bijlage = repository.find_sent(uow.session, uow.caller, bijlage_id)
    if bijlage is None:
        raise BijlageNotFound
    return _receipt(bijlage)


def of_control(uow: UnitOfWork, controle_id: UUID) -> list[BijlageRead]:
    """Receipts of the photos of a control, as far as role and municipality may show them or the caller sent them."""
    return [_receipt(row) for row in repository.of_control(uow.session, uow.caller, controle_id)]


def adopt(uow: UnitOfWork, controle_id: UUID, gemeentecode: str, class_of: Callable[[str], Klasse]) -> None:
    """Gives photos that arrived before their control its municipality and the class of their item."""
    for bijlage in repository.of_unknown_control(uow.session, controle_id):
        bijlage.gemeentecode, bijlage.klasse = gemeentecode, class_of(bijlage.item)


def stored_of(uow: UnitOfWork, controle_id: UUID) -> set[UUID]:
    """Ids of the photos of a control that are stored; for its receipt."""
    return repository.arrived_ids(uow.session, controle_id)


def count_photos(uow: UnitOfWork, controle_id: UUID, item: str | None = None) -> int:
    """How many photos a control, or one item of it, has."""
    return repository.count_of(uow.session, controle_id, item)


def adopt_of_flag(uow: UnitOfWork, vlag_id: UUID, gemeentecode: str, *, refused: bool) -> None:
    """Gives photos that arrived before their flag its municipality; where none may be taken they are refused and their bytes go."""
    for bijlage in repository.of_flag(uow.session, vlag_id):
        bijlage.gemeentecode = gemeentecode
        if refused:
            old, bijlage.bestand_id = bijlage.bestand_id, None
            bijlage.status, bijlage.reden, bijlage.volgende_op = Bijlagestatus.GEWEIGERD, GEEN_PLEK, None
            uow.session.flush()
            if old is not None:
                bestanden.delete_file(uow, old)
            uow.audit(SOORT, bijlage.id, bijlage.gemeentecode)


def flag_of(uow: UnitOfWork, bijlage_id: UUID) -> UUID | None:
    """The flag that a photo belongs to, whoever asks; None for any other photo."""
    return repository.flag_of(uow.session, bijlage_id)


def stored_of_flags(uow: UnitOfWork, vlaggen: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Per flag its stored photos, in one query."""
    found: dict[UUID, list[UUID]] = {}
    for vlag_id, bijlage_id in repository.stored_of_flags(uow.session, vlaggen) if vlaggen else ():
        found.setdefault(vlag_id, []).append(bijlage_id)
    return found


def image_of(uow: UnitOfWork, bijlage_id: UUID, may_see: Callable[[UUID], bool]) -> bytes:
    """The image, JPEG without metadata. The reading is audited.

    Args:
        uow: the unit of work.
        bijlage_id: the photo.
        may_see: whether the caller may see its control, or all that belongs to its flag; these stand above findings. His own photos
            he may always see.

    Raises:
        BijlageNotFound: unknown, not visible, not stored yet, or withdrawn.
    """
    bijlage = repository.find_readable(uow.session, uow.caller, bijlage_id)
    if bijlage is None or bijlage.bestand_id is None or bijlage.status is not Bijlagestatus.OPGESLAGEN:
        raise BijlageNotFound
    if bijlage.account_id != uow.caller.account_id and not may_see(bijlage.controle_id):
        raise BijlageNotFound
    uow.audit(SOORT, bijlage.id, bijlage.gemeentecode)
    return bestanden.read_file(uow, bijlage.bestand_id)


def withdraw(uow: UnitOfWork, bijlage_id: UUID) -> None:
    """Takes a photo back (undo on the tablet): its bytes and their key are gone, the row stays. Twice is as once.

    Raises:
        BijlageNotFound: unknown, or not sent by the caller.
    """
    bijlage = repository.find_sent(uow.session, uow.caller, bijlage_id, lock=True)
    if bijlage is None:
        raise BijlageNotFound
    old, bijlage.bestand_id = bijlage.bestand_id, None
    bijlage.status, bijlage.volgende_op = Bijlagestatus.INGETROKKEN, None
    uow.session.flush()
    if old is not None:
        bestanden.delete_file(uow, old)
    uow.audit(SOORT, bijlage.id, bijlage.gemeentecode)


def _receipt(bijlage: Bijlage) -> BijlageRead:
    told = BijlageRead.model_validate(bijlage)
    if told.vlag_id is not None:
        told.controle_id = told.item = None
    return told
