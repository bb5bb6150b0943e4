"""Queries on browser sessions and started sign-ins."""

from datetime import datetime, timedelta

from sqlalchemy import CursorResult, delete, update
from sqlmodel import Session, col

from app.core.tables import Aanmeldpoging, Sessie


def find_session(session: Session, sleutelhash: str) -> Sessie | None:
    """The session with this hash, whether or not its time has passed."""
    return session.get(Sessie, sleutelhash)


def touch_session(session: Session, sleutelhash: str, now: datetime, every: timedelta) -> None:
    """Moves the last use forward when it lies at least `every` back; two requests at once do it once."""
    session.execute(
        update(Sessie)
        .where(col(Sessie.sleutelhash) == sleutelhash, col(Sessie.gebruikt_op) <= now - every)
        .values(gebruikt_op=now)
    )


def delete_session(session: Session, sleutelhash: str) -> None:
    """Ends one session."""
    session.execute(delete(Sessie).where(col(Sessie.sleutelhash) == sleutelhash))


def delete_sessions_of(session: Session, sub: str) -> int:
    """Ends all sessions of an account; how many there were."""
    result = session.execute(delete(Sessie).where(col(Sessie.sub) == sub))
    return result.rowcount if isinstance(result, CursorResult) else 0


def delete_expired(session: Session, now: datetime) -> None:
    """Clears sessions and sign-ins whose time has passed."""
    session.execute(delete(Sessie).where(col(Sessie.verloopt_op) <= now))
    session.execute(delete(Aanmeldpoging).where(col(Aanmeldpoging.verloopt_op) <= now))


def take_attempt(session: Session, statehash: str) -> Aanmeldpoging | None:
    """Takes a started sign-in away: of two that ask for the same one, one gets it."""
    taken = delete(Aanmeldpoging).where(col(Aanmeldpoging.statehash) == statehash).returning(Aanmeldpoging)
    return session.execute(taken, execution_options={"synchronize_session": False}).scalar_one_or_none()
