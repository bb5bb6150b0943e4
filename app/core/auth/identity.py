"""Who asks: a bearer token or a session cookie, turned into a caller."""

from fastapi import Request

from app.core.caller import AccountSource, Caller
from app.core.runtime import Runtime


def identify(request: Request, runtime: Runtime, accounts: AccountSource) -> Caller:
    """The caller of this request.

    Raises:
        NotSignedIn: no valid session or token, or the account has ended.
        Forbidden: a state-changing request from a browser without the session's CSRF token.
    """
    raise NotImplementedError
