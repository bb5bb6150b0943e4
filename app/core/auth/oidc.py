"""Browser sign-in: authorisation code flow with PKCE S256, state and nonce (OIDC NL GOV 1.0.1; RFC 9700; ASVS V10.2).

The state is bound to the browser that started (a cookie) and to one attempt in the database (its hash, ten minutes, used once), so that
guessing, replaying or planting a callback gives nothing.
"""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

from app.core.auth import repository
from app.core.auth.client import client_proof
from app.core.auth.issuer import Issuer, issuer_at
from app.core.auth.outside import OutsideError, OutsideRefused, fetch_json
from app.core.auth.sessions import end_session, hash_secret, start_session
from app.core.auth.tokens import InvalidToken, decode
from app.core.caller import AccountSource
from app.core.clock import utc_now
from app.core.errors import Forbidden, Unavailable, VeldwachtError
from app.core.runtime import Runtime
from app.core.settings import Settings
from app.core.tables import Aanmeldpoging
from app.core.unit_of_work import audit_row

CALLBACK = "/aanmelden/terug"
ATTEMPT = timedelta(minutes=10)
RANDOM_BYTES = 32
MAX_LOCAL = 512
ID_TOKEN_TYPES = frozenset({"", "jwt"})


class SignInFailed(VeldwachtError):
    """The sign-in cannot be finished (400); why exactly is nobody's business."""

    status = 400
    title = "Aanmelden is niet gelukt"
    code = "aanmelden-mislukt"


@dataclass(frozen=True)
class Started:
    """A sign-in that begins: where the browser goes, and the state that it keeps in a cookie."""

    url: str
    state: str


@dataclass(frozen=True)
class Finished:
    """A sign-in that ended well: the secret for the session cookie and where the browser goes on."""

    secret: str
    naar: str


def local_path(naar: str) -> str:
    """`naar` when it is a path on this site, else the start page: no open redirect (ASVS V3.7.2)."""
    plain = naar.isascii() and naar.isprintable() and len(naar) <= MAX_LOCAL and not set(naar) & set("\\ ")
    if not plain or not naar.startswith("/") or naar.startswith("//"):
        return "/"
    parts = urlsplit(naar)
    return "/" if parts.scheme or parts.netloc else naar


def begin(runtime: Runtime, naar: str) -> Started:
    """Starts a sign-in and remembers it.

    Raises:
        Unavailable: the identity provider does not answer.
    """
    settings = runtime.settings
    endpoint = _issuer_endpoints(settings)[0]
    state, nonce, verifier = (secrets.token_urlsafe(RANDOM_BYTES) for _ in range(3))
    now = utc_now()
    with runtime.database.session(write=True) as session:
        repository.delete_expired(session, now)
        session.add(
            Aanmeldpoging(
                statehash=hash_secret(state),
                nonce=nonce,
                verifier=verifier,
                naar=local_path(naar),
                verloopt_op=now + ATTEMPT,
            )
        )
        session.commit()
    query = {
        "response_type": "code",
        "client_id": settings.oidc_client_id,
        "redirect_uri": redirect_uri(settings),
        "scope": "openid",
        "state": state,
        "nonce": nonce,
        "code_challenge": urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    if settings.oidc_acr_values:
        query["acr_values"] = " ".join(settings.oidc_acr_values)
    return Started(f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(query)}", state)


def finish(
    runtime: Runtime,
    accounts: AccountSource,
    query: Mapping[str, str],
    bound: str,
    old_secret: str | None,
    request_id: str,
) -> Finished:
    """Finishes a sign-in with what the identity provider sent along.

    Args:
        runtime: the parts of the process.
        accounts: where the account must be found.
        query: the query of the callback.
        bound: the state that this browser's cookie holds.
        old_secret: the session that this browser had; it ends (V7.2.4).
        request_id: for the audit row.

    Raises:
        SignInFailed: nothing fits: no attempt, too late, used before, another browser, refused by the provider, a bad ID token.
        Forbidden: signed in at the provider, but without an account here.
        Unavailable: the identity provider does not answer.
    """
    settings = runtime.settings
    attempt = _take(runtime, query.get("state", ""), bound)
    code = query.get("code", "")
    if "error" in query or not code or query.get("iss", settings.oidc_issuer) != settings.oidc_issuer:
        raise SignInFailed("De aanmelddienst heeft u niet aangemeld. Probeer het opnieuw.")
    sub = _identify(settings, code, attempt)
    caller = accounts.find_caller(sub)
    if caller is None:
        raise Forbidden(
            "U hebt hier geen account, of het is beëindigd. Vraag de beheerder van uw gemeente om een account."
        )
    now = utc_now()
    with runtime.database.session(write=True) as session:
        if old_secret:
            end_session(session, old_secret)
        secret = start_session(session, settings, sub, now)
        session.add(audit_row(caller, now, request_id, "aanmelden", "toegestaan", "sessie"))
        session.commit()
    return Finished(secret, local_path(attempt.naar))


def redirect_uri(settings: Settings) -> str:
    """Where the identity provider sends the browser back to."""
    return settings.base_url.rstrip("/") + CALLBACK


def _take(runtime: Runtime, state: str, bound: str) -> Aanmeldpoging:
    failed = SignInFailed(
        "Deze aanmelding is verlopen, al gebruikt of in een ander venster begonnen. Begin opnieuw met aanmelden."
    )
    if not state or not secrets.compare_digest(state.encode(), bound.encode()):
        raise failed
    with runtime.database.session(write=True) as session:
        attempt = repository.take_attempt(session, hash_secret(state))
        session.commit()
    if attempt is None or attempt.verloopt_op <= utc_now():
        raise failed
    return attempt


def _identify(settings: Settings, code: str, attempt: Aanmeldpoging) -> str:
    token_endpoint = _issuer_endpoints(settings)[1]
    proof = client_proof(settings, token_endpoint)
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri(settings),
        "code_verifier": attempt.verifier,
    }
    refused = SignInFailed("De aanmelddienst heeft deze aanmelding niet bevestigd. Begin opnieuw met aanmelden.")
    try:
        answer = fetch_json("POST", token_endpoint, {**form, **proof.form}, proof.credentials)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise refused
        return _subject(token, issuer_at(settings.oidc_issuer), settings, attempt.nonce)
    except (OutsideRefused, InvalidToken):
        raise refused from None
    except OutsideError:
        raise _away() from None


def _subject(token: str, issuer: Issuer, settings: Settings, nonce: str) -> str:
    claims = decode(token, issuer, settings.oidc_client_id, ID_TOKEN_TYPES)
    audience = claims["aud"]
    right_party = claims.get("azp", settings.oidc_client_id) == settings.oidc_client_id
    if isinstance(audience, list) and len(audience) > 1:
        right_party = right_party and "azp" in claims
    sent_nonce = claims.get("nonce")
    right_nonce = isinstance(sent_nonce, str) and secrets.compare_digest(sent_nonce.encode(), nonce.encode())
    strong = not settings.oidc_acr_values or claims.get("acr") in settings.oidc_acr_values
    if not (right_party and right_nonce and strong and "iat" in claims):
        msg = "id token"
        raise InvalidToken(msg)
    return str(claims["sub"])


def _issuer_endpoints(settings: Settings) -> tuple[str, str]:
    try:
        endpoints = issuer_at(settings.oidc_issuer).endpoints()
    except OutsideError:
        raise _away() from None
    if endpoints.authorization is None or endpoints.token is None:
        raise _away()
    return endpoints.authorization, endpoints.token


def _away() -> Unavailable:
    return Unavailable(
        "De aanmelddienst is nu niet bereikbaar. Probeer het over een minuut opnieuw; blijft dit zo, waarschuw dan de beheerder.",
        headers={"Retry-After": "30"},
    )
