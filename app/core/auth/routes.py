"""The sign-in of browsers: `/aanmelden`, `/aanmelden/terug`, `/afmelden`. Not part of the API; errors become pages.

Cookies are `__Host-`, Secure, HttpOnly and SameSite=Lax (ASVS V3.3): Lax, since the callback comes from another site.
"""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from app.core.auth import oidc
from app.core.auth.identity import CSRF_HEADER, browser_caller, check_csrf
from app.core.auth.sessions import COOKIE, end_session
from app.core.caller import Caller
from app.core.clock import utc_now
from app.core.runtime import Runtime
from app.core.unit_of_work import audit_row

STATE_COOKIE = "__Host-veldwacht-aanmelding"


def sign_in(request: Request) -> Response:
    """Sends the browser to the identity provider."""
    started = oidc.begin(request.app.state.runtime, request.query_params.get("naar", "/"))
    answer = RedirectResponse(started.url, status_code=303)
    _set_cookie(answer, STATE_COOKIE, started.state, int(oidc.ATTEMPT.total_seconds()))
    return answer


def finish(request: Request) -> Response:
    """Takes the identity provider's answer and starts a session."""
    runtime: Runtime = request.app.state.runtime
    finished = oidc.finish(
        runtime,
        request.app.state.accounts,
        request.query_params,
        request.cookies.get(STATE_COOKIE, ""),
        request.cookies.get(COOKIE),
        request.state.request_id,
    )
    answer = RedirectResponse(finished.naar, status_code=303)
    _set_cookie(answer, COOKIE, finished.secret, runtime.settings.session_hours * 3600)
    _clear_cookie(answer, STATE_COOKIE)
    return answer


async def sign_out(request: Request) -> Response:
    """Ends the session; who had none is signed out already."""
    form = await request.form(max_files=0, max_fields=5)
    sent = form.get("csrf") or request.headers.get(CSRF_HEADER, "")
    await run_in_threadpool(_end, request, str(sent))
    answer = RedirectResponse("/", status_code=303)
    _clear_cookie(answer, COOKIE)
    return answer


def _end(request: Request, sent: str) -> None:
    runtime: Runtime = request.app.state.runtime
    caller: Caller | None = browser_caller(request, runtime, request.app.state.accounts)
    if caller is None:
        return
    check_csrf(request, caller, sent)
    with runtime.database.session(write=True) as session:
        end_session(session, request.cookies[COOKIE])
        session.add(audit_row(caller, utc_now(), request.state.request_id, "afmelden", "toegestaan", "sessie"))
        session.commit()


def _set_cookie(answer: Response, name: str, value: str, max_age: int) -> None:
    answer.set_cookie(name, value, max_age=max_age, path="/", secure=True, httponly=True, samesite="lax")


def _clear_cookie(answer: Response, name: str) -> None:
    answer.delete_cookie(name, path="/", secure=True, httponly=True, samesite="lax")


def routes() -> list[BaseRoute]:
    """The routes for the site."""
    return [
        Route("/aanmelden", sign_in, methods=["GET"]),
        Route(oidc.CALLBACK, finish, methods=["GET"]),
        Route("/afmelden", sign_out, methods=["POST"]),
    ]
