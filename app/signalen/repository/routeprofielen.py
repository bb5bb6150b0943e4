"""Queries on what keeps a route profile, and on what the proposal of recipients looks at."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.signalen.repository.signalen import readable_by
from app.signalen.rules.overgangen import OPEN
from app.signalen.tables import Signaal, SignaalBevinding


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
