"""Queries on route profiles and on what the proposal of recipients looks at."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.http.paging import Paging
from app.core.upsert import insert_or_skip
from app.signalen.repository.signalen import readable_by
from app.signalen.rules.overgangen import OPEN
from app.signalen.tables import Routeprofiel, Signaal, SignaalBevinding

NATIONAL = ""


def on_day(session: Session, gemeentecode: str, day: date) -> Routeprofiel | None:
    """The profile that holds on a day: the newest of the municipality, else the newest base table."""
    query = select(Routeprofiel).where(
        col(Routeprofiel.gemeentecode).in_((NATIONAL, gemeentecode)), col(Routeprofiel.geldig_vanaf) <= day
    )
    newest = query.order_by(col(Routeprofiel.gemeentecode).desc(), col(Routeprofiel.geldig_vanaf).desc())
    return session.exec(newest.limit(1)).first()


def with_id(session: Session, profiel_id: UUID) -> Routeprofiel | None:
    """A profile by id, for a signal that keeps it."""
    return session.get(Routeprofiel, profiel_id)


def find_readable(session: Session, caller: Caller, profiel_id: UUID, *, lock: bool = False) -> Routeprofiel | None:
    """A profile of the caller's municipalities, or the base table; locked when it will be changed."""
    query = select(Routeprofiel).where(
        Routeprofiel.id == profiel_id, col(Routeprofiel.gemeentecode).in_((NATIONAL, *caller.gemeenten))
    )
    return session.exec(query.with_for_update() if lock else query).one_or_none()


def profiles_page(session: Session, caller: Caller, gemeentecode: str | None, paging: Paging) -> Sequence[Routeprofiel]:
    """Profiles by the day from which they hold; one more than the limit when there are more."""
    query = select(Routeprofiel).where(col(Routeprofiel.gemeentecode).in_((NATIONAL, *caller.gemeenten)))
    if gemeentecode is not None:
        query = query.where(col(Routeprofiel.gemeentecode).in_((NATIONAL, gemeentecode)))
    after = paging.after_key(date.fromisoformat)
    if after is not None:
        day, last = after
        start = col(Routeprofiel.geldig_vanaf)
        query = query.where(or_(start > day, (start == day) & (col(Routeprofiel.id) > last)))
    query = query.order_by(col(Routeprofiel.geldig_vanaf), col(Routeprofiel.id))
    return session.exec(query.limit(paging.limit + 1)).all()


def add(session: Session, row: Routeprofiel) -> bool:
    """Stores a profile unless one of the municipality starts on the same day; answers whether it was stored."""
    return bool(insert_or_skip(session, Routeprofiel, [row.model_dump()], Routeprofiel.id))


def is_used(session: Session, profiel_id: UUID) -> bool:
    """Whether a signal keeps this profile."""
    return session.exec(select(Signaal.id).where(Signaal.routeprofiel_id == profiel_id).limit(1)).first() is not None


def undecided_signals(session: Session, gemeentecode: str, limit: int) -> Sequence[Signaal]:
    """Open signals of a municipality that keep no profile yet, for a trial that shows bands; none on the closed route."""
    query = select(Signaal).where(
        Signaal.gemeentecode == gemeentecode,
        col(Signaal.status).in_(OPEN),
        col(Signaal.routeprofiel_id).is_(None),
        col(Signaal.gesloten_route).is_(False),
    )
    return session.exec(query.order_by(col(Signaal.id)).limit(limit)).all()


def readable_among(session: Session, caller: Caller, ids: Collection[UUID]) -> set[UUID]:
    """Those of the signals that the caller may read."""
    return set(session.exec(select(Signaal.id).where(readable_by(caller), col(Signaal.id).in_(ids))).all())


def findings_of(session: Session, signaal_ids: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    """The findings behind signals, in one query."""
    found: dict[UUID, list[UUID]] = {signaal_id: [] for signaal_id in signaal_ids}
    query = select(SignaalBevinding).where(col(SignaalBevinding.signaal_id).in_(signaal_ids))
    for row in session.exec(query):
        found[row.signaal_id].append(row.bevinding_id)
    return found
