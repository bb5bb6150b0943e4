"""Who asks: a bearer token or a session cookie, turned into a caller."""

import secrets
from dataclasses import replace

from starlette.requests import Request

from app.core.auth.outside import OutsideError
from app.core.auth.sessions import COOKIE, find_session
from app.core.auth.tokens import InvalidToken, access_tokens
from app.core.caller import AccountSource, Caller
from app.core.clock import utc_now
from app.core.errors import Forbidden, NotSignedIn, Unavailable
from app.core.runtime import Runtime
from app.core.tables import Sessie

SAFE = frozenset({"GET", "HEAD"})
CSRF_HEADER = "x-csrf-token"
BROWSER = "browser"
CHALLENGE = {"WWW-Authenticate": "Bearer"}
BAD_TOKEN = {"WWW-Authenticate": 'Bearer error="invalid_token"'}


def identify(request: Request, runtime: Runtime, accounts: AccountSource) -> Caller:
    """The caller of this request.

    Raises:
        NotSignedIn: no valid session or token, both at once, or the account has ended.
        Forbidden: a state-changing request from a browser without the session's CSRF token.
        Unavailable: a token, and the keys of the identity provider were never known to this process.
    """
    token = _bearer(request)
    if token is None:
        caller = browser_caller(request, runtime, accounts)
        if caller is None:
            raise NotSignedIn(
                "Meld u aan en probeer het opnieuw; uw sessie bestaat niet of is verlopen.", headers=CHALLENGE
            )
        if request.method not in SAFE:
            check_csrf(request, caller, request.headers.get(CSRF_HEADER, ""))
        return caller
    if COOKIE in request.cookies:
        raise NotSignedIn("Stuur een toegangstoken of een sessiecookie, niet allebei.", headers=CHALLENGE)
    return _token_caller(token, runtime, accounts)


def browser_caller(request: Request, runtime: Runtime, accounts: AccountSource) -> Caller | None:
    """The caller behind the session cookie, or None; for pages, which also serve who is not signed in."""
    found = browser_session(request, runtime)
    if found is None:
        return None
    caller = accounts.find_caller(found.sub)
    return None if caller is None else replace(caller, herkomst=BROWSER, session_csrf=found.csrf)


def browser_session(request: Request, runtime: Runtime) -> Sessie | None:
    """The live session behind the cookie of this request."""
    secret = request.cookies.get(COOKIE)
    return None if secret is None else find_session(runtime.database, runtime.settings, secret, utc_now())


def check_csrf(request: Request, caller: Caller, sent: str) -> None:
    """Holds what was sent against the session's token, and refuses what another site made the browser send (V3.5.1).

    Raises:
        Forbidden: no token, the wrong one, or a request that another site started.
    """
    site = request.headers.get("sec-fetch-site", "same-origin")
    expected = caller.session_csrf or ""
    if (
        site not in {"same-origin", "none"}
        or not expected
        or not secrets.compare_digest(sent.encode(), expected.encode())
    ):
        raise Forbidden(
            "Dit verzoek kwam niet uit een scherm van deze dienst. Laad de pagina opnieuw en probeer het nog eens."
        )


def _bearer(request: Request) -> str | None:
    sent = request.headers.getlist("authorization")
    if not sent:
        return None
    scheme, _, token = sent[0].partition(" ")
    if len(sent) > 1 or scheme.lower() != "bearer" or not token.strip():
        raise NotSignedIn("De Authorization-kop moet 'Bearer' en een toegangstoken bevatten.", headers=BAD_TOKEN)
    return token.strip()


def _token_caller(token: str, runtime: Runtime, accounts: AccountSource) -> Caller:
    settings = runtime.settings
    try:
        identity = access_tokens(settings.oidc_issuer, settings.token_audience).verify(token)
    except InvalidToken:
        raise NotSignedIn(
            "Het toegangstoken is ongeldig of verlopen; vraag een nieuw aan.", headers=BAD_TOKEN
        ) from None
    except OutsideError:
        raise Unavailable(
            "De aanmelddienst is nu niet bereikbaar; er is niets bewaard. Probeer het zo opnieuw.",
            headers={"Retry-After": "5"},
        ) from None
    caller = accounts.find_caller(identity.sub)
    if caller is None:
        raise NotSignedIn("Uw account bestaat hier niet of is beëindigd.", headers=BAD_TOKEN)
    return replace(caller, herkomst=identity.client_id)
