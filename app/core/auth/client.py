"""How this service proves itself to the identity provider: private_key_jwt (the rule of OIDC NL GOV) or a client secret."""

import json
import secrets
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, RSAKey, import_key

from app.core.auth.issuer import MIN_RSA_BITS
from app.core.errors import Unavailable
from app.core.settings import Settings

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTION_S = 60


@dataclass(frozen=True)
class ClientProof:
    """What goes with a request to the token endpoint."""

    form: dict[str, str] = field(repr=False)
    credentials: tuple[str, str] | None = field(default=None, repr=False)


def client_proof(settings: Settings, token_endpoint: str) -> ClientProof:
    """The proof for one request; without a key and without a secret nobody signs in.

    Raises:
        Unavailable: neither is set, or the key cannot be used.
    """
    if settings.oidc_client_key_file is not None:
        assertion = _assertion(load_client_key(settings.oidc_client_key_file), settings.oidc_client_id, token_endpoint)
        return ClientProof(
            {
                "client_assertion_type": ASSERTION_TYPE,
                "client_assertion": assertion,
                "client_id": settings.oidc_client_id,
            }
        )
    secret = settings.oidc_client_secret.get_secret_value()
    if not secret:
        raise Unavailable(
            "Aanmelden is niet ingesteld: er is geen sleutel en geen geheim voor de aanmelddienst. Waarschuw de beheerder."
        )
    # RFC 6749 section 2.3.1: both are form-encoded before they go into the Basic header.
    return ClientProof({}, (quote(settings.oidc_client_id, safe=""), quote(secret, safe="")))


def load_client_key(path: Path) -> RSAKey | ECKey:
    """The private key of this service, from a PEM or JWK file.

    Raises:
        Unavailable: no file, no private key, or one that is too weak.
    """
    try:
        content = path.read_bytes()
        key = import_key(json.loads(content)) if content.lstrip().startswith(b"{") else _from_pem(content)
    except (OSError, JoseError, ValueError, TypeError):
        raise _unusable() from None
    if isinstance(key, RSAKey) and key.is_private and key.public_key.key_size >= MIN_RSA_BITS:
        return key
    if isinstance(key, ECKey) and key.is_private and key.curve_name == "P-256":
        return key
    raise _unusable()


def _from_pem(content: bytes) -> Key:
    raw = load_pem_private_key(content, password=None)
    return RSAKey.import_key(content) if isinstance(raw, RSAPrivateKey) else ECKey.import_key(content)


def _unusable() -> Unavailable:
    return Unavailable(
        "Aanmelden kan nu niet: de sleutel voor de aanmelddienst is niet te gebruiken. Waarschuw de beheerder."
    )


def _assertion(key: RSAKey | ECKey, client_id: str, audience: str) -> str:
    now = int(time.time())
    claims = {
        "iss": client_id,
        "sub": client_id,
        "aud": audience,
        "jti": secrets.token_urlsafe(16),
        "iat": now,
        "exp": now + ASSERTION_S,
    }
    algorithm = "PS256" if isinstance(key, RSAKey) else "ES256"
    key.ensure_kid()
    return jwt.encode({"alg": algorithm, "kid": key.kid}, claims, key, algorithms=[algorithm])
