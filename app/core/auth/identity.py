"""Who asks: a bearer token turned into a caller."""

import httpx
from fastapi import Request
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from app.core.caller import AccountSource, Caller
from app.core.errors import NotSignedIn
from app.core.runtime import Runtime

_KEYS: dict[str, KeySet] = {}


def identify(request: Request, runtime: Runtime, accounts: AccountSource) -> Caller:
    """The caller of this request.

    Raises:
        NotSignedIn: no valid session or token, or the account has ended.
        Forbidden: a state-changing request from a browser without the session's CSRF token.
    """
    issuer = runtime.settings.oidc_issuer
    if issuer not in _KEYS:
        _KEYS[issuer] = KeySet.import_key_set(httpx.get(f"{issuer}/jwks", trust_env=False).json())
    scheme, _, text = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise NotSignedIn("Meld u aan.")
    try:
        token = jwt.decode(text, _KEYS[issuer], algorithms=["ES256"])
    except (JoseError, ValueError):
        raise NotSignedIn("Meld u opnieuw aan.") from None
    caller = accounts.find_caller(str(token.claims["sub"]))
    if caller is None:
        raise NotSignedIn("Dit account bestaat niet of is beëindigd.")
    return caller
