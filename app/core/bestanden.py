"""Kept files: rows of about 1 MB, each encrypted, so that a file is never whole in memory (design section 7).

Every block carries the id of its file, its number and whether it is the last as associated data of AES-256-GCM: a block that was
changed, swapped, dropped or added makes the file unreadable instead of different. A file exists when its transaction does.
"""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import delete, insert
from sqlmodel import col, select

from app.core import crypto
from app.core.tables import Bestand, Bestandsblok
from app.core.unit_of_work import UnitOfWork

BLOCK = 1024 * 1024


def store_file(uow: UnitOfWork, stream: BinaryIO) -> Bestand:
    """Keeps what is left of a stream, in the transaction of `uow`; two blocks are in memory at most.

    On SQLite the whole write happens under the one write lock, so the stream must have arrived in full before.
    """
    record = Bestand(grootte=0, blokken=0, sha256="", gemaakt_op=uow.now)
    uow.session.add(record)
    uow.session.flush()
    key = uow.data_key(record.id, make=True)
    digest = hashlib.sha256()
    block = stream.read(BLOCK)
    while True:
        following = stream.read(BLOCK)
        digest.update(block)
        sealed = crypto.encrypt_block(key, record.id, record.blokken, block, last=not following)
        row = {"bestand_id": record.id, "nummer": record.blokken, "inhoud": sealed}
        uow.session.execute(insert(Bestandsblok), row)
        record.blokken += 1
        record.grootte += len(block)
        if not following:
            break
        block = following
    record.sha256 = digest.hexdigest()
    uow.session.flush()
    return record


def store_bytes(uow: UnitOfWork, content: bytes) -> Bestand:
    """Keeps content that is whole in memory already."""
    return store_file(uow, BytesIO(content))


def begin_file(uow: UnitOfWork) -> Bestand:
    """A kept file without content, to which pieces are added in later transactions (`append_piece`)."""
    record = Bestand(grootte=0, blokken=0, sha256="", gemaakt_op=uow.now)
    uow.session.add(record)
    uow.session.flush()
    uow.data_key(record.id, make=True)
    return record


def append_piece(uow: UnitOfWork, record: Bestand, piece: bytes) -> None:
    """Adds bytes to a file that still arrives; they and the new size exist in one transaction or not at all.

    The caller holds what refers to the file locked, so that two pieces never get one number.
    """
    key = uow.data_key(record.id)
    for start in range(0, len(piece), BLOCK):
        block = piece[start : start + BLOCK]
        sealed = crypto.encrypt_block(key, record.id, record.blokken, block, last=False)
        uow.session.execute(insert(Bestandsblok), {"bestand_id": record.id, "nummer": record.blokken, "inhoud": sealed})
        record.blokken += 1
        record.grootte += len(block)
    uow.session.flush()


def arrived(uow: UnitOfWork, file_id: UUID) -> bytes:
    """What has arrived of a file that was made in pieces; for files small enough to be whole in memory.

    Raises:
        UnreadableText: a piece was changed, swapped, dropped or added.
    """
    return b"".join(_blocks(uow, file_id, ended=False))


def read_file(uow: UnitOfWork, file_id: UUID) -> bytes:
    """A whole kept file in memory; for files small enough.

    Raises:
        UnreadableText: a block was changed, swapped, dropped or added, or the file is gone.
    """
    return b"".join(_blocks(uow, file_id))


@contextmanager
def open_as_temporary_file(uow: UnitOfWork, file_id: UUID) -> Iterator[Path]:
    """A kept file as a file that only this account can read (0600), removed afterwards. The unit may end before the file does.

    Raises:
        UnreadableText: a block was changed, swapped, dropped or added, or the file is gone.
    """
    with tempfile.NamedTemporaryFile(prefix="veldwacht-") as file:
        digest = hashlib.sha256()
        for block in _blocks(uow, file_id):
            digest.update(block)
            file.write(block)
        file.flush()
        record = uow.session.get(Bestand, file_id)
        if record is None or digest.hexdigest() != record.sha256:
            raise crypto.UnreadableText
        yield Path(file.name)


def delete_file(uow: UnitOfWork, file_id: UUID) -> None:
    """Removes a kept file and its key; one that is gone already is left alone."""
    uow.session.execute(delete(Bestandsblok).where(col(Bestandsblok.bestand_id) == file_id))
    uow.session.execute(delete(Bestand).where(col(Bestand.id) == file_id))
    uow.erase_data_key(file_id)


def _blocks(uow: UnitOfWork, file_id: UUID, *, ended: bool = True) -> Iterator[bytes]:
    record = uow.session.get(Bestand, file_id)
    if record is None:
        raise crypto.UnreadableText
    key = uow.data_key(file_id)
    for number in range(record.blokken):
        query = select(Bestandsblok.inhoud).where(Bestandsblok.bestand_id == file_id, Bestandsblok.nummer == number)
        blob = uow.session.exec(query).one_or_none()
        if blob is None:
            raise crypto.UnreadableText
        yield crypto.decrypt_block(key, file_id, number, blob, last=ended and number == record.blokken - 1)
