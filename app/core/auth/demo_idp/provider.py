"""The demo identity provider: discovery, keys, choosing a role, tokens (OpenID Connect Core, RFC 9068, RFC 9700)."""

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from joserfc import jwt
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from app.core.auth.demo_idp.clients import MACHINE_CLIENT, Clients, Proof
from app.core.auth.demo_idp.grants import Codes, Grant
from app.core.auth.demo_idp.state import load_secrets
from app.core.errors import CannotGoOn
from app.core.pages import page, static_mount
from app.core.settings import Settings, Stempel

TOKEN_S = 3600
FIELDS = (
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
)

MAX_FIELD = 600
CHALLENGE_LENGTH = 43
HEADERS = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
}


class DemoRefused(CannotGoOn):
    """The demo identity provider does not start here; the message says why in Dutch."""


@dataclass(frozen=True)
class DemoAccount:
    """An account that anybody at this machine may choose; `naam` says the role in words, never a person's name."""

    sub: str
    naam: str
    rol: str


AccountList = Sequence[DemoAccount] | Callable[[], Sequence[DemoAccount]]


class DemoProvider:
    """Makes codes and tokens for demo accounts."""

    def __init__(self, settings: Settings, accounts: AccountList) -> None:
        stored = load_secrets(settings.demo_folder)
        self._settings = settings
        self._accounts = accounts
        self._key = stored.key
        self._clients = Clients(settings, stored.machine_secret)
        self._codes = Codes()

    def accounts(self) -> Sequence[DemoAccount]:
        """The accounts of this moment."""
        return self._accounts() if callable(self._accounts) else self._accounts

    def discovery(self, _request: Request) -> Response:
        """The discovery document."""
        issuer = self._settings.oidc_issuer
        base = issuer.rstrip("/")
        document = {
            "issuer": issuer,
            "authorization_endpoint": f"{base}/authorize",
            "token_endpoint": f"{base}/token",
            "jwks_uri": f"{base}/jwks",
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code", "client_credentials"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "private_key_jwt", "none"],
            "authorization_response_iss_parameter_supported": True,
        }
        return JSONResponse(document, headers=HEADERS)

    def jwks(self, _request: Request) -> Response:
        """The public key."""
        return JSONResponse({"keys": [self._key.as_dict(private=False)]}, headers=HEADERS)

    def choose(self, request: Request) -> Response:
        """Shows the accounts of the demo."""
        fields = {name: request.query_params[name] for name in FIELDS if name in request.query_params}
        return self._refused(fields) or self._choice(fields)

    async def chosen(self, request: Request) -> Response:
        """Sends the browser back with a code for the chosen account."""
        form = await request.form(max_files=0, max_fields=20)
        fields = {name: str(form[name]) for name in FIELDS if name in form}
        refusal = self._refused(fields)
        if refusal is not None:
            return refusal
        if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
            return _refusal("Deze keuze kwam van een andere site.")
        sub = str(form.get("sub", ""))
        if sub not in {account.sub for account in await run_in_threadpool(self.accounts)}:
            return _refusal("Deze rol bestaat niet in de demo.")
        client_id, address = fields["client_id"], fields["redirect_uri"]
        code = self._codes.issue(Grant(sub, client_id, address, fields["code_challenge"], fields.get("nonce", "")))
        return self._back(fields, {"error": "temporarily_unavailable"} if code is None else {"code": code})

    def _refused(self, fields: dict[str, str]) -> Response | None:
        if any(len(value) > MAX_FIELD for value in fields.values()):
            return _refusal("Dit verzoek is te lang.")
        if not self._clients.accepts_redirect(fields.get("client_id", ""), fields.get("redirect_uri", "")):
            return _refusal("Deze aanvraag komt niet van Veldwacht. Begin opnieuw vanaf de startpagina van Veldwacht.")
        error = _protocol_error(fields)
        return None if error is None else self._back(fields, {"error": error})

    async def token(self, request: Request) -> Response:
        """Exchanges a code, or gives a machine its token."""
        form = {name: str(value) for name, value in (await request.form(max_files=0, max_fields=20)).items()}
        client_id = self._clients.authenticate(Proof(request.headers.get("authorization", ""), form))
        if client_id is None:
            return JSONResponse({"error": "invalid_client"}, 401, headers={**HEADERS, "www-authenticate": "Basic"})
        kind = form.get("grant_type")
        if kind == "client_credentials" and client_id == MACHINE_CLIENT:
            return self._tokens(client_id, client_id, None)
        if kind != "authorization_code" or client_id == MACHINE_CLIENT:
            return JSONResponse({"error": "unauthorized_client"}, 400, headers=HEADERS)
        grant = self._codes.take(
            form.get("code", ""), client_id, form.get("redirect_uri", ""), form.get("code_verifier", "")
        )
        if grant is None:
            return JSONResponse({"error": "invalid_grant"}, 400, headers=HEADERS)
        return self._tokens(grant.sub, client_id, grant.nonce)

    def _tokens(self, sub: str, client_id: str, nonce: str | None) -> Response:
        now = int(time.time())
        issued = {"iss": self._settings.oidc_issuer, "sub": sub, "iat": now, "exp": now + TOKEN_S}
        access = {
            **issued,
            "aud": self._settings.token_audience,
            "client_id": client_id,
            "jti": secrets.token_urlsafe(16),
        }
        answer: dict[str, object] = {
            "access_token": self._sign("at+jwt", access),
            "token_type": "Bearer",
            "expires_in": TOKEN_S,
        }
        if nonce is not None:
            identity = {**issued, "aud": client_id, "auth_time": now, "jti": secrets.token_urlsafe(16)}
            answer["id_token"] = self._sign("JWT", {**identity, "nonce": nonce} if nonce else identity)
        return JSONResponse(answer, headers=HEADERS)

    def _sign(self, kind: str, claims: dict[str, object]) -> str:
        return jwt.encode({"alg": "ES256", "typ": kind, "kid": self._key.kid}, claims, self._key, algorithms=["ES256"])

    def _choice(self, fields: dict[str, str]) -> Response:
        target = urlsplit(fields["redirect_uri"])
        # Browsers hold the redirect after a form against form-action too, so the client's origin must stand in it.
        policy = f"default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'; form-action 'self' {target.scheme}://{target.netloc}"
        return page(
            "demo_aanmelden.html",
            headers={**HEADERS, "content-security-policy": policy},
            demo=True,
            accounts=self.accounts(),
            velden=fields,
        )

    def _back(self, fields: dict[str, str], result: dict[str, str]) -> Response:
        query = {**result, "iss": self._settings.oidc_issuer}
        if "state" in fields:
            query["state"] = fields["state"]
        return RedirectResponse(f"{fields['redirect_uri']}?{urlencode(query)}", status_code=303, headers=HEADERS)


def create_demo_idp(settings: Settings, accounts: AccountList) -> ASGIApp:
    """The demo identity provider as an application of its own.

    Args:
        settings: issuer, browser client, token audience, and the folder that keeps its key.
        accounts: whom a visitor may choose; a callable is asked at each visit.

    Raises:
        DemoRefused: the settings say productie, the issuer is not this machine, or the browser client has no secret and no key.
    """
    if settings.stempel != Stempel.DEMO:
        raise DemoRefused(
            "De demo-aanmelddienst start niet: de instelling VELDWACHT_STEMPEL is niet 'demo'. Gebruik de aanmelddienst van de gemeente."
        )
    if settings.oidc_client_key_file is None and not settings.oidc_client_secret.get_secret_value():
        raise DemoRefused(
            "De demo-aanmelddienst start niet: stel VELDWACHT_OIDC_CLIENT_SECRET in op een lang, willekeurig geheim."
        )
    provider = DemoProvider(settings, accounts)
    return Starlette(
        routes=[
            Route("/.well-known/openid-configuration", provider.discovery, methods=["GET"]),
            Route("/jwks", provider.jwks, methods=["GET"]),
            Route("/authorize", provider.choose, methods=["GET"]),
            Route("/authorize", provider.chosen, methods=["POST"]),
            Route("/token", provider.token, methods=["POST"]),
            static_mount(),
        ],
        # Another name that points here (DNS rebinding) is not this service.
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=["localhost", "127.0.0.1", "[::1]"], www_redirect=False)
        ],
    )


def _protocol_error(fields: dict[str, str]) -> str | None:
    if fields.get("response_type") != "code":
        return "unsupported_response_type"
    if "openid" not in fields.get("scope", "").split():
        return "invalid_scope"
    challenged = len(fields.get("code_challenge", "")) == CHALLENGE_LENGTH and fields["code_challenge"].isascii()
    return None if challenged and fields.get("code_challenge_method") == "S256" else "invalid_request"


def _refusal(explanation: str) -> Response:
    policy = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'; form-action 'none'"
    return page(
        "demo_fout.html",
        status=400,
        headers={**HEADERS, "content-security-policy": policy},
        demo=True,
        uitleg=explanation,
    )
