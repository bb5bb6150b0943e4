"""Web push with VAPID (RFC 8030, 8291, 8292): the neutral text, encrypted for the browser; the push service reads nothing.

The three steps of RFC 8291 are written out on `cryptography` and `joserfc`, which the service has already: the libraries for it bring two
more HTTP clients.
"""

import base64
import os
import time
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from joserfc import jwt
from joserfc.jwk import ECKey

from app.core.settings import Settings
from app.gemeenten.adapters.bezorging import GONE, Adres, Onbezorgd, Zending, judge, post
from app.gemeenten.rules.berichten import TEKST

RECORD_SIZE = 4096
TTL_URGENT, TTL = 3600, 86_400
VAPID_SECONDS = 12 * 3600


def send_push(zending: Zending, settings: Settings) -> None:
    """Wakes each browser of the account; it counts as brought when one of them took it.

    Raises:
        Onbezorgd: not set up, or no browser took it; names the subscriptions that are gone.
    """
    if settings.vapid_private_key_file is None or not settings.vapid_contact:
        raise Onbezorgd("Het kanaal webpush is niet ingesteld.", definitief=True)
    gone: list[UUID] = []
    last: Onbezorgd | None = None
    brought = False
    for adres in zending.adressen:
        try:
            brought = _push(zending, adres, settings, gone) or brought
        except Onbezorgd as fault:
            last = fault
    if brought:
        return
    if last is not None:
        raise Onbezorgd(last.fout, definitief=last.definitief, weg=tuple(gone))
    raise Onbezorgd("Geen van de browsers bestaat nog.", definitief=True, weg=tuple(gone))


def _push(zending: Zending, adres: Adres, settings: Settings, gone: list[UUID]) -> bool:
    body = encrypt(TEKST.encode(), _decode(adres.p256dh), _decode(adres.auth))
    headers = {
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(TTL_URGENT if zending.dringend else TTL),
        "Urgency": "high" if zending.dringend else "normal",
        "Topic": base64.urlsafe_b64encode(zending.id.bytes).decode().rstrip("="),
        "Authorization": _authorization(adres.waarde, settings),
    }
    status = post(adres.waarde, body, headers, settings)
    if status in GONE and adres.abonnement_id is not None:
        gone.append(adres.abonnement_id)
        return False
    judge(status)
    return True


def encrypt(text: bytes, receiver_key: bytes, auth: bytes, *, salt: bytes = b"", own: bytes = b"") -> bytes:
    """One record of `aes128gcm` for a browser (RFC 8291 section 3.4, RFC 8188).

    Args:
        text: what the browser gets.
        receiver_key: its public key, an uncompressed point of P-256.
        auth: its authentication secret.
        salt: 16 bytes; random unless a test gives them.
        own: private key, 32 bytes; fresh unless a test gives it.

    Raises:
        ValueError: the key of the browser is no point of the curve.
    """
    salt = salt or os.urandom(16)
    curve = ec.SECP256R1()
    private = ec.derive_private_key(int.from_bytes(own, "big"), curve) if own else ec.generate_private_key(curve)
    public = private.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    shared = private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(curve, receiver_key))
    secret = _hkdf(shared, auth, b"WebPush: info\x00" + receiver_key + public, 32)
    key = _hkdf(secret, salt, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _hkdf(secret, salt, b"Content-Encoding: nonce\x00", 12)
    sealed = AESGCM(key).encrypt(nonce, text + b"\x02", None)
    return salt + RECORD_SIZE.to_bytes(4, "big") + bytes([len(public)]) + public + sealed


def public_key(path: Path) -> str:
    """The public key that a browser needs to subscribe, base64url (applicationServerKey).

    Raises:
        ValueError: no P-256 key in PEM.
        OSError: the file cannot be read.
    """
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        msg = "the VAPID key is not a key of an elliptic curve"
        raise ValueError(msg)  # noqa: TRY004 - what stands in the file is wrong, not a type of ours
    point = key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).decode().rstrip("=")


def _hkdf(key: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(key)


def _authorization(url: str, settings: Settings) -> str:
    path = settings.vapid_private_key_file
    if path is None:
        raise Onbezorgd("Het kanaal webpush is niet ingesteld.", definitief=True)
    try:
        key, public = _vapid_key(path)
    except (ValueError, OSError):
        raise Onbezorgd("De sleutel voor webpush is niet te lezen.") from None
    parts = urlsplit(url)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(time.time()) + VAPID_SECONDS,
        "sub": settings.vapid_contact,
    }
    token = jwt.encode({"typ": "JWT", "alg": "ES256"}, claims, key)
    return f"vapid t={token}, k={public}"


@lru_cache(maxsize=2)
def _vapid_key(path: Path) -> tuple[ECKey, str]:
    return ECKey.import_key(path.read_bytes()), public_key(path)


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
