"""Encryption at rest (ADR 0009; ASVS V11.3.3)."""

import stat
from pathlib import Path
from uuid import uuid4

import pytest

from app.core import crypto
from app.core.columns import EncryptedText, SealedText
from app.core.runtime import Runtime
from app.core.tables import Datasleutel
from app.core.unit_of_work import UnitOfWork

TEXT = "er staat een slot aan de buitenkant"


def test_flipping_any_bit_makes_text_unreadable() -> None:
    key, record = crypto.new_data_key(), uuid4()
    blob = crypto.encrypt(key, record, "tekst", TEXT)
    for bit in range(0, len(blob) * 8, 7):
        changed = bytearray(blob)
        changed[bit // 8] ^= 1 << (bit % 8)
        with pytest.raises(crypto.UnreadableText):
            crypto.decrypt(key, record, "tekst", bytes(changed))


def test_text_moved_to_another_row_or_field_does_not_decrypt() -> None:
    key, record = crypto.new_data_key(), uuid4()
    blob = crypto.encrypt(key, record, "tekst", TEXT)
    for row, field in ((uuid4(), "tekst"), (record, "reden")):
        with pytest.raises(crypto.UnreadableText):
            crypto.decrypt(key, row, field, blob)


def test_key_ring_file_is_private_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "bos" / "sleutels.json"
    made = crypto.KeyRing.create(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert crypto.KeyRing.load(path) == made
    with pytest.raises(FileExistsError):
        crypto.KeyRing.create(path)


@pytest.mark.parametrize("content", [None, b"", b"{}", b"\xff\xfe", b'{"huidig": "a", "sleutels": {"a": "AAAA"}}'])
def test_missing_or_broken_key_ring_says_how_to_mend_it(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "sleutels.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(crypto.KeyRingMissing, match="Zet het terug uit de reservekopie"):
        crypto.KeyRing.load(path)


def test_only_sealed_text_can_be_stored_and_it_never_shows_itself() -> None:
    with pytest.raises(TypeError):
        EncryptedText().process_bind_param(TEXT, None)  # type: ignore[arg-type]  # the mistake that is refused
    assert TEXT not in repr(SealedText(TEXT.encode()))


def test_erasing_the_data_key_of_a_record_is_final(runtime: Runtime) -> None:
    record = uuid4()
    with runtime.system_unit("test") as uow:
        sealed = uow.seal(record, "tekst", TEXT)
        assert uow.unseal(record, "tekst", sealed) == TEXT
    with runtime.system_unit("test") as uow:
        assert uow.unseal(record, "tekst", sealed) == TEXT
        _erase(uow, record)
    with runtime.system_unit("test") as uow, pytest.raises(crypto.UnreadableText):
        uow.unseal(record, "tekst", sealed)


def _erase(uow: UnitOfWork, record: object) -> None:
    uow.session.delete(uow.session.get_one(Datasleutel, record))
