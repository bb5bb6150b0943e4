"""Browser sessions: a random secret in a cookie, its hash in the database, two time limits (ASVS V7.2, V7.3, V7.4)."""

import hashlib
import logging
import secrets
from datetime import datetime, timedelta

from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from app.core.auth import repository
from app.core.db import Database
from app.core.settings import Settings
from app.core.tables import Sessie

log = logging.getLogger("veldwacht.auth")

COOKIE = "__Host-veldwacht"
SECRET_BYTES = 32
TOUCH_EVERY = timedelta(minutes=1)
MAX_SECRET = 100


def hash_secret(secret: str) -> str:
    """What is stored of a random secret; 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def start_session(session: Session, settings: Settings, sub: str, now: datetime) -> str:
    """Starts a session in the transaction of `session`; the secret for the cookie, which is stored nowhere."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    session.add(
        Sessie(
            sleutelhash=hash_secret(secret),
            sub=sub,
            csrf=secrets.token_urlsafe(SECRET_BYTES),
            gestart_op=now,
            gebruikt_op=now,
            verloopt_op=now + timedelta(hours=settings.session_hours),
        )
    )
    return secret


def find_session(database: Database, settings: Settings, secret: str, now: datetime) -> Sessie | None:
    """The live session behind a cookie, or None; notes its use at most once a minute in a short write of its own."""
    if len(secret) > MAX_SECRET:
        return None
    sleutelhash = hash_secret(secret)
    with database.session(write=False) as session:
        found = repository.find_session(session, sleutelhash)
    if (
        found is None
        or now >= found.verloopt_op
        or now - found.gebruikt_op >= timedelta(minutes=settings.session_idle_minutes)
    ):
        return None
    if now - found.gebruikt_op >= TOUCH_EVERY:
        _touch(database, sleutelhash, now)
    return found


def _touch(database: Database, sleutelhash: str, now: datetime) -> None:
    try:
        with database.session(write=True) as session:
            repository.touch_session(session, sleutelhash, now, TOUCH_EVERY)
            session.commit()
    except (TimeoutError, OperationalError) as error:
        # A busy or full database must not throw a reader out; the next request notes the use, or the session idles out.
        log.warning("use of a browser session not noted: %s", type(error).__name__)


def end_session(session: Session, secret: str) -> None:
    """Ends the session behind a cookie, in the transaction of `session`."""
    repository.delete_session(session, hash_secret(secret))


def end_sessions_of(session: Session, sub: str) -> int:
    """Ends every session of an account (V7.4.5), in the transaction of `session`; how many there were."""
    return repository.delete_sessions_of(session, sub)
