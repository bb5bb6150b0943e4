"""Encryption at rest: AES-256-GCM, one data key per record, wrapped by a key ring (design section 7, ADR 0009).

The record id and the field name are associated data, so that ciphertext moved to another row or field does not decrypt.
"""

import base64
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.core.errors import CannotGoOn

NONCE = 12


class KeyRingMissing(CannotGoOn):
    """The key ring cannot be read; the message says in Dutch how to mend that."""


class UnreadableText(Exception):
    """Ciphertext that was changed, moved to another row, or whose key was erased."""


@dataclass(frozen=True)
class KeyRing:
    """The keys that wrap data keys: one current, older ones for reading."""

    current: str
    keys: dict[str, bytes]

    @classmethod
    def load(cls, path: Path) -> "KeyRing":
        """Reads the ring from its file.

        Raises:
            KeyRingMissing: no file, no permission, or not a key ring.
        """
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
            keys = {name: base64.b64decode(key, validate=True) for name, key in stored["sleutels"].items()}
            current = str(stored["huidig"])
            usable = current in keys and all(len(key) == 32 for key in keys.values())
        except FileNotFoundError:
            msg = f"Het sleutelbestand {path} ontbreekt. Zet het terug uit de reservekopie, of maak bij een nieuwe installatie een sleutelbos met 'veldwacht sleutels maken'."
            raise KeyRingMissing(msg) from None
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            usable = False
        if not usable:
            msg = f"Het sleutelbestand {path} is niet te lezen of beschadigd. Zet het terug uit de reservekopie."
            raise KeyRingMissing(msg)
        return cls(current=current, keys=keys)

    @classmethod
    def create(cls, path: Path) -> "KeyRing":
        """Makes a new ring with one key in a file that only its owner can read; never overwrites one."""
        path.parent.mkdir(parents=True, exist_ok=True)
        name = secrets.token_hex(4)
        key = AESGCM.generate_key(256)
        content = json.dumps({"huidig": name, "sleutels": {name: base64.b64encode(key).decode()}})
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        return cls(current=name, keys={name: key})

    def wrap(self, record_id: UUID, data_key: bytes) -> bytes:
        """Encrypts a data key under the current ring key."""
        nonce = os.urandom(NONCE)
        return nonce + AESGCM(self.keys[self.current]).encrypt(nonce, data_key, record_id.bytes)

    def unwrap(self, name: str, record_id: UUID, wrap: bytes) -> bytes:
        """Decrypts a data key.

        Raises:
            UnreadableText: unknown ring key, or the wrap belongs to another record.
        """
        try:
            return AESGCM(self.keys[name]).decrypt(wrap[:NONCE], wrap[NONCE:], record_id.bytes)
        except (KeyError, InvalidTag, ValueError):
            raise UnreadableText from None

    def search_hash(self, purpose: str, text: str) -> str:
        """A keyed hash of a sensitive value under the current ring key, to store beside its ciphertext (design section 7)."""
        return _search_hash(self.current, self.keys[self.current], purpose, text)

    def search_hashes(self, purpose: str, text: str) -> list[str]:
        """The hashes of a value under every key of the ring, to look for: rows from before a rotation are found too."""
        return [_search_hash(name, key, purpose, text) for name, key in sorted(self.keys.items())]


def _search_hash(name: str, key: bytes, purpose: str, text: str) -> str:
    # A key of its own per purpose, so that a hash says nothing about a wrap or about the same value elsewhere.
    own = hmac.digest(key, b"zoeksleutel:" + purpose.encode(), "sha256")
    return f"{name}:{hmac.digest(own, text.encode(), 'sha256').hex()}"


def new_data_key() -> bytes:
    """A fresh AES-256 key."""
    return AESGCM.generate_key(256)


def encrypt(data_key: bytes, record_id: UUID, field: str, text: str) -> bytes:
    """Encrypts `text` of `field` of one record under its data key."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(data_key).encrypt(nonce, text.encode(), record_id.bytes + field.encode())


def decrypt(data_key: bytes, record_id: UUID, field: str, blob: bytes) -> str:
    """Decrypts what `encrypt` made.

    Raises:
        UnreadableText: changed, or from another record or field.
    """
    try:
        return AESGCM(data_key).decrypt(blob[:NONCE], blob[NONCE:], record_id.bytes + field.encode()).decode()
    except (InvalidTag, ValueError):
        raise UnreadableText from None


def encrypt_block(data_key: bytes, file_id: UUID, number: int, block: bytes, *, last: bool) -> bytes:
    """Encrypts one block of a file; its place and whether it is the last are associated data."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(data_key).encrypt(nonce, block, _place(file_id, number, last=last))


def decrypt_block(data_key: bytes, file_id: UUID, number: int, blob: bytes, *, last: bool) -> bytes:
    """Decrypts what `encrypt_block` made.

    Raises:
        UnreadableText: changed, swapped, from another file, or the file does not end where it ended.
    """
    try:
        return AESGCM(data_key).decrypt(blob[:NONCE], blob[NONCE:], _place(file_id, number, last=last))
    except (InvalidTag, ValueError):
        raise UnreadableText from None


def _place(file_id: UUID, number: int, *, last: bool) -> bytes:
    return file_id.bytes + number.to_bytes(8, "big") + bytes([last])
