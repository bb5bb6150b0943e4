"""The life of a browser session: two time limits, its use, its end, and the CSRF token of every change."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select
from starlette.requests import Request

from app.core.auth.identity import identify
from app.core.auth.sessions import COOKIE, end_sessions_of, start_session
from app.core.clock import utc_now
from app.core.errors import Forbidden, NotSignedIn
from app.core.runtime import Runtime
from app.core.tables import Sessie
from app.gemeenten.accounts import Accounts
from app.gemeenten.tables import Account
from tests.support.municipality import Municipality


@pytest.fixture
def secret(runtime: Runtime, municipality: Municipality) -> str:
    """The cookie of a planner who just signed in."""
    assert municipality.accounts
    with runtime.database.session(write=True) as session:
        made = start_session(session, runtime.settings, "planner", utc_now())
        session.commit()
    return made


def request(secret: str, method: str = "GET", **headers: str) -> Request:
    sent = {"cookie": f"{COOKIE}={secret}", **{name.replace("_", "-"): value for name, value in headers.items()}}
    raw = [(name.encode(), value.encode()) for name, value in sent.items()]
    return Request({"type": "http", "method": method, "path": "/", "query_string": b"", "headers": raw})


def move(runtime: Runtime, **changes: timedelta) -> None:
    """Moves times of the one session."""
    with runtime.database.session(write=True) as session:
        row = session.exec(select(Sessie)).one()
        for name, change in changes.items():
            setattr(row, name, getattr(row, name) + change)
        session.commit()


def stored(runtime: Runtime) -> Sessie:
    with Session(runtime.database.engine) as session:
        return session.exec(select(Sessie)).one()


def works(runtime: Runtime, asked: Request) -> bool:
    """Whether this request is signed in."""
    try:
        caller = identify(asked, runtime, Accounts(runtime.database, 0))
    except NotSignedIn as error:
        return error.headers["WWW-Authenticate"] != "Bearer"
    return caller.sub == "planner" and caller.herkomst == "browser"


def test_a_session_ends_when_idle(runtime: Runtime, secret: str) -> None:
    assert works(runtime, request(secret))
    move(runtime, gebruikt_op=-timedelta(minutes=29))
    assert works(runtime, request(secret))
    assert utc_now() - stored(runtime).gebruikt_op < timedelta(minutes=1)  # that use counted
    move(runtime, gebruikt_op=-timedelta(minutes=30, seconds=1))
    assert not works(runtime, request(secret))


def test_a_session_ends_after_its_longest_time_however_busy(runtime: Runtime, secret: str) -> None:
    assert stored(runtime).verloopt_op - stored(runtime).gestart_op == timedelta(hours=12)
    move(runtime, verloopt_op=-timedelta(hours=12))
    assert not works(runtime, request(secret))


def test_use_is_noted_at_most_once_a_minute(runtime: Runtime, secret: str) -> None:
    move(runtime, gebruikt_op=-timedelta(seconds=50))
    before = stored(runtime).gebruikt_op
    assert works(runtime, request(secret))
    assert stored(runtime).gebruikt_op == before
    move(runtime, gebruikt_op=-timedelta(seconds=11))
    assert works(runtime, request(secret))
    assert stored(runtime).gebruikt_op > before


def test_an_ended_account_is_out_at_once(runtime: Runtime, secret: str) -> None:
    assert works(runtime, request(secret))
    with runtime.database.session(write=True) as session:
        account = session.exec(select(Account).where(Account.sub == "planner")).one()
        account.actief_tot = date(2020, 1, 1)
        session.commit()
    assert not works(runtime, request(secret))


def test_all_sessions_of_an_account_can_be_ended(runtime: Runtime, secret: str) -> None:
    with runtime.database.session(write=True) as session:
        start_session(session, runtime.settings, "planner", utc_now())
        other = start_session(session, runtime.settings, "beheerder", utc_now())
        session.commit()
    with runtime.database.session(write=True) as session:
        assert end_sessions_of(session, "planner") == 2
        session.commit()
    assert not works(runtime, request(secret))
    assert identify(request(other), runtime, Accounts(runtime.database, 0)).sub == "beheerder"


@pytest.mark.parametrize("wrong", ["", "x", "x" * 43, "x" * 5000, "%00"])
def test_another_cookie_is_no_session(runtime: Runtime, secret: str, wrong: str) -> None:
    assert works(runtime, request(secret))
    assert not works(runtime, request(wrong))


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    ("token", "site", "allowed"),
    [
        ("goed", None, True),
        ("goed", "same-origin", True),
        ("goed", "none", True),
        ("goed", "same-site", False),
        ("goed", "cross-site", False),
        ("", None, False),
        ("verkeerd", "same-origin", False),
    ],
)
def test_a_change_needs_the_token_of_the_session(
    runtime: Runtime,
    secret: str,
    method: str,
    token: str,
    site: str | None,
    allowed: bool,
) -> None:
    headers = {"x_csrf_token": stored(runtime).csrf if token == "goed" else token}
    if site is not None:
        headers["sec_fetch_site"] = site
    asked = request(secret, method, **headers)
    if allowed:
        assert works(runtime, asked)
    else:
        with pytest.raises(Forbidden):
            works(runtime, asked)
