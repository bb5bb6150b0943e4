"""Sealing to the service and proofs of delivery, on JOSE (RFC 7516, RFC 7518 section 4.6, RFC 7519).

A tablet seals each event to a public key, so that a locked or stolen tablet can still deliver and nobody can read it. Only
ECDH-ES with A256GCM is taken, never compressed content (a small message could unpack to fill the memory).
"""

import base64
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from joserfc import jwe, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OctKey

ALG, ENC = "ECDH-ES", "A256GCM"
SOORT, AAN = "bezorgbewijs+jwt", "bezorging"


class NietTeOpenen(Exception):
    """The sealed event cannot be opened with this key, or does not hold what it should."""


class BewijsOngeldig(Exception):
    """The proof was not made by this service, or changed."""


@dataclass(frozen=True, slots=True)
class Geheim:
    """The secret half of a tablet key: opens sealed events and signs proofs."""

    prive: dict[str, Any]
    tekenen: str

    def dump(self) -> str:
        """As JSON, to be stored sealed."""
        return json.dumps({"prive": self.prive, "tekenen": self.tekenen})

    @classmethod
    def load(cls, text: str) -> "Geheim":
        """What `dump` wrote."""
        return cls(**json.loads(text))


@dataclass(frozen=True, slots=True)
class Bewijs:
    """What a proof says: on behalf of which account and tablet an event was entered, and until when it holds."""

    sub: str
    account_id: UUID
    gemeentecode: str
    apparaat_id: UUID
    tot: datetime


def new_key(sleutel_id: UUID) -> tuple[dict[str, str], Geheim]:
    """A fresh key pair: the public JWK and the secret."""
    key = ECKey.generate_key("P-256", {"kid": str(sleutel_id), "use": "enc"})
    publiek = {name: str(value) for name, value in key.as_dict(private=False).items()}
    tekenen = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    return publiek, Geheim(dict(key.as_dict(private=True)), tekenen)


def key_of(sealed: str) -> UUID | None:
    """The key that a sealed event names; None when that cannot be read."""
    head = sealed.partition(".")[0]
    try:
        kid = json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))["kid"]
        return UUID(kid)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def open_sealed(sealed: str, geheim: Geheim) -> tuple[str, dict[str, Any]]:
    """The proof and the event in a sealed message.

    Raises:
        NietTeOpenen: broken, for another key, of another kind, or without proof and event.
    """
    content = _decrypt(sealed, geheim)
    bewijs, gebeurtenis = content.get("bezorgbewijs"), content.get("gebeurtenis")
    if not isinstance(bewijs, str) or not isinstance(gebeurtenis, dict):
        raise NietTeOpenen("shape")
    return bewijs, gebeurtenis


def is_sealed(text: str) -> bool:
    """Whether this has the five parts of a compact JWE; a signed proof has three."""
    return text.count(".") == 4


def open_proof(sealed: str, geheim: Geheim) -> str:
    """A proof that the tablet sealed when it got it: so it can enter events while locked and hold nothing readable (design section 7).

    Raises:
        NietTeOpenen: as `open_sealed`.
    """
    bewijs = _decrypt(sealed, geheim).get("bezorgbewijs")
    if not isinstance(bewijs, str):
        raise NietTeOpenen("shape")
    return bewijs


def _decrypt(sealed: str, geheim: Geheim) -> dict[str, Any]:
    try:
        key = ECKey.import_key(geheim.prive)
        plain = jwe.decrypt_compact(sealed, key, algorithms=[ALG, ENC]).plaintext
        content = json.loads(plain or b"")
    except (JoseError, ValueError, KeyError, TypeError, RecursionError) as fault:
        raise NietTeOpenen(type(fault).__name__) from None
    if not isinstance(content, dict):
        raise NietTeOpenen("shape")
    return content


def sign_proof(sleutel_id: UUID, geheim: Geheim, bewijs: Bewijs, now: datetime) -> str:
    """A proof of delivery as a signed token."""
    claims = {
        "aud": AAN,
        "sub": bewijs.sub,
        "account": str(bewijs.account_id),
        "gemeente": bewijs.gemeentecode,
        "apparaat": str(bewijs.apparaat_id),
        "iat": int(now.timestamp()),
        "exp": int(bewijs.tot.timestamp()),
    }
    header = {"alg": "HS256", "typ": SOORT, "kid": str(sleutel_id)}
    return jwt.encode(header, claims, OctKey.import_key(geheim.tekenen.encode()))


def read_proof(token: str, geheim: Geheim) -> Bewijs:
    """What a proof says, also one whose time has passed: the caller decides what becomes of its event.

    Raises:
        BewijsOngeldig: another signature, kind or audience.
    """
    try:
        read = jwt.decode(token, OctKey.import_key(geheim.tekenen.encode()), algorithms=["HS256"])
        claims = read.claims
        if read.header.get("typ") != SOORT or claims["aud"] != AAN:
            raise BewijsOngeldig
        return Bewijs(
            sub=str(claims["sub"]),
            account_id=UUID(claims["account"]),
            gemeentecode=str(claims["gemeente"]),
            apparaat_id=UUID(claims["apparaat"]),
            tot=datetime.fromtimestamp(int(claims["exp"]), UTC),
        )
    except (JoseError, ValueError, KeyError, TypeError, RecursionError):
        raise BewijsOngeldig from None
