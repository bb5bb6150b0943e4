"""Kept files: whole again, never whole in memory, and unreadable when a block was changed, swapped, dropped or added."""

import io
import stat
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core import bestanden
from app.core.bestanden import delete_file, open_as_temporary_file, store_file
from app.core.crypto import UnreadableText
from app.core.runtime import Runtime
from app.core.tables import Bestand, Bestandsblok, Datasleutel

CONTENT = bytes(range(256)) * 10  # three blocks of 1,000 bytes


def _stored(runtime: Runtime, content: bytes = CONTENT) -> UUID:
    with runtime.system_unit("test") as uow:
        return store_file(uow, io.BytesIO(content)).id


def _read(runtime: Runtime, file_id: UUID) -> bytes:
    with runtime.system_unit("test", write=False) as uow, open_as_temporary_file(uow, file_id) as path:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        content = path.read_bytes()
    assert not path.exists()
    return content


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bestanden, "BLOCK", 1000)


@pytest.mark.parametrize("size", [0, 1, 999, 1000, 1001, 2560])
def test_a_file_comes_back_whole_and_goes_without_a_trace(runtime: Runtime, size: int) -> None:
    file_id = _stored(runtime, CONTENT[:size])
    assert _read(runtime, file_id) == CONTENT[:size]
    with runtime.database.engine.connect() as connection:
        kept = connection.execute(sa.select(Bestandsblok)).all()
    assert max(len(row.inhoud) for row in kept) <= 1000 + 28
    assert not any(CONTENT[:200] in row.inhoud for row in kept)
    with runtime.system_unit("test") as uow:
        delete_file(uow, file_id)
    with runtime.database.engine.connect() as connection:
        for table in (Bestand, Bestandsblok, Datasleutel):
            assert connection.execute(sa.select(sa.func.count()).select_from(table)).scalar() == 0


@pytest.mark.parametrize("harm", ["changed", "swapped", "truncated", "last dropped", "other file", "key erased"])
def test_a_file_that_was_tampered_with_is_unreadable(runtime: Runtime, harm: str) -> None:
    file_id, other = _stored(runtime), _stored(runtime, CONTENT[::-1])
    with runtime.system_unit("test") as uow:
        blocks = [uow.session.get(Bestandsblok, (file_id, number)) for number in range(3)]
        record = uow.session.get(Bestand, file_id)
        foreign = uow.session.get(Bestandsblok, (other, 0))
        assert record is not None
        assert foreign is not None
        first, second, third = (block for block in blocks if block is not None)
        if harm == "changed":
            first.inhoud = first.inhoud[:-1] + bytes([first.inhoud[-1] ^ 1])
        elif harm == "swapped":
            first.inhoud, second.inhoud = second.inhoud, first.inhoud
        elif harm == "truncated":  # with a count that fits
            uow.session.delete(third)
            record.blokken = 2
        elif harm == "last dropped":
            uow.session.delete(third)
        elif harm == "other file":
            first.inhoud = foreign.inhoud
        else:
            uow.erase_data_key(file_id)
    with pytest.raises(UnreadableText):
        _read(runtime, file_id)
