"""Queries on agendas: what belongs there, what members see of it, and what the quarterly overview counts (RTE-03, CAD-10, OVL-03)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, delete, exists, false, or_, true
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.http.paging import Paging
from app.core.upsert import insert_or_skip
from app.signalen.repository.overleggen import is_member
from app.signalen.repository.signalen import readable_by as signal_readable_by
from app.signalen.rules.overgangen import OPEN
from app.signalen.rules.urgentie import VOLGORDE, rank
from app.signalen.status import (
    Besluitcode,
    JaNeeOnbekend,
    Overlegsoort,
    Overlegstatus,
    Signaalstatus,
    Termijnstatus,
)
from app.signalen.tables import Agendapunt, Overleg, Overlegreeks, Signaal, Signaaltermijn

_rank = case({urgentie.value: rank(urgentie) for urgentie in VOLGORDE}, value=col(Signaal.urgentie))
_MINOR_ONLY = Overlegsoort.CASUS_MINDERJARIG
_LIVE = and_(
    col(Signaal.status).in_(OPEN),
    col(Signaal.getrieerd_op).is_not(None),
    col(Signaal.gesloten_route).is_(False),
    or_(col(Overlegreeks.soort) != _MINOR_ONLY, col(Signaal.mogelijk_minderjarig) == JaNeeOnbekend.JA),
)
"""A signal that belongs on an agenda of the series beside it; held against `rules/overleggen.agenda_fault` in the tests."""


def _urgency_rank(key: str) -> int:
    found = int(key)
    if not 0 <= found < 10:
        raise ValueError
    return found


def waiting_for(
    session: Session, overleg_id: UUID, reeks: Overlegreeks, gemeentecodes: Collection[str], limit: int
) -> Sequence[UUID]:
    """Signals that belong on this agenda by themselves and are not on it: `comes_by_itself` as a query, for the sweep."""
    on_it = exists().where(col(Agendapunt.overleg_id) == overleg_id, col(Agendapunt.signaal_id) == col(Signaal.id))
    done_here = exists().where(
        col(Agendapunt.signaal_id) == col(Signaal.id),
        col(Agendapunt.overleg_id) == col(Overleg.id),
        col(Overleg.reeks_id) == reeks.id,
        col(Agendapunt.besluitcode) == Besluitcode.KLAAR,
    )
    kind: ColumnElement[bool] = {
        Overlegsoort.DRIELUIK: true(),
        Overlegsoort.ONDERMIJNING: col(Signaal.ondermijning).is_(True),
        Overlegsoort.CASUS_MINDERJARIG: true(),
        Overlegsoort.KWARTAAL_AF_ZC: col(Signaal.status) == Signaalstatus.GEMONITORD,
    }.get(reeks.soort, false())
    query = (
        select(Signaal.id)
        .join(Overlegreeks, col(Overlegreeks.id) == reeks.id)
        .where(_LIVE, kind, col(Signaal.gemeentecode).in_(gemeentecodes), ~on_it, ~done_here)
    )
    return session.exec(query.order_by(col(Signaal.getrieerd_op)).limit(limit)).all()


def add_points(session: Session, rows: Sequence[dict[str, object]]) -> int:
    """Puts signals on an agenda, each once; answers how many were new."""
    return len(insert_or_skip(session, Agendapunt, rows, Agendapunt.id))


def stale_points(session: Session, van: date) -> Sequence[UUID]:
    """Points without a decision on coming agendas whose signal does not belong there any more."""
    query = (
        select(Agendapunt.id)
        .join(Overleg, col(Overleg.id) == col(Agendapunt.overleg_id))
        .join(Overlegreeks, col(Overlegreeks.id) == col(Overleg.reeks_id))
        .join(Signaal, col(Signaal.id) == col(Agendapunt.signaal_id))
        .where(
            col(Overleg.datum) >= van,
            Overleg.status == Overlegstatus.GEPLAND,
            col(Agendapunt.besluitcode).is_(None),
            ~_LIVE,
        )
    )
    return session.exec(query).all()


def remove_points(session: Session, ids: Collection[UUID]) -> None:
    """Takes points off their agenda."""
    session.execute(delete(Agendapunt).where(col(Agendapunt.id).in_(ids), col(Agendapunt.besluitcode).is_(None)))


@dataclass(frozen=True)
class Agendaregel:
    """A point and its signal; `toont` says whether the members may see the signal itself, not only the decision."""

    punt: Agendapunt
    signaal: Signaal
    toont: bool


def agenda_page(session: Session, caller: Caller, overleg_id: UUID, paging: Paging) -> Sequence[Agendaregel]:
    """The agenda of a meeting by urgency, for its members. A signal that ended leaves its decision; on the closed route nothing is left."""
    query = (
        select(Agendapunt, Signaal, _LIVE.label("toont"))
        .join(Overleg, col(Overleg.id) == col(Agendapunt.overleg_id))
        .join(Overlegreeks, col(Overlegreeks.id) == col(Overleg.reeks_id))
        .join(Signaal, col(Signaal.id) == col(Agendapunt.signaal_id))
        .where(
            is_member(caller),
            Overleg.id == overleg_id,
            col(Signaal.gesloten_route).is_(False),
            or_(_LIVE, col(Agendapunt.besluitcode).is_not(None)),
        )
    )
    after = paging.after_key(_urgency_rank)
    if after is not None:
        urgency, last = after
        query = query.where(or_(_rank > urgency, and_(_rank == urgency, col(Agendapunt.id) > last)))
    query = query.order_by(_rank, col(Agendapunt.id)).limit(paging.limit + 1)
    return [Agendaregel(punt, signaal, bool(shown)) for punt, signaal, shown in session.execute(query).all()]


def find_point(
    session: Session, caller: Caller, punt_id: UUID, *, lock: bool = False
) -> tuple[Agendapunt, Overleg, Overlegreeks] | None:
    """A point on an agenda that the caller may open, of a signal that is his as AF."""
    query = (
        select(Agendapunt, Overleg, Overlegreeks)
        .join(Overleg, col(Overleg.id) == col(Agendapunt.overleg_id))
        .join(Overlegreeks, col(Overlegreeks.id) == col(Overleg.reeks_id))
        .join(Signaal, col(Signaal.id) == col(Agendapunt.signaal_id))
        .where(
            is_member(caller),
            signal_readable_by(caller),
            col(Signaal.gesloten_route).is_(False),
            Agendapunt.id == punt_id,
        )
    )
    found = session.exec(query.with_for_update(of=[Agendapunt, Overleg]) if lock else query).one_or_none()
    return None if found is None else (found[0], found[1], found[2])


def point_on(session: Session, overleg_id: UUID, signaal_id: UUID) -> Agendapunt | None:
    """The point of a signal on an agenda."""
    query = select(Agendapunt).where(Agendapunt.overleg_id == overleg_id, Agendapunt.signaal_id == signaal_id)
    return session.exec(query).one_or_none()


@dataclass(frozen=True, slots=True)
class Casus:
    """What the overview counts of a signal."""

    vormen: list[str]
    status: Signaalstatus
    verzonden_op: datetime
    gesloten_op: datetime | None


def cases(session: Session, gemeentecodes: Collection[str], van: datetime) -> Sequence[Casus]:
    """Signals sent or closed since a moment, and those that are open; never one on the closed route."""
    query = select(col(Signaal.vormen), col(Signaal.status), col(Signaal.verzonden_op), col(Signaal.gesloten_op)).where(
        col(Signaal.gemeentecode).in_(gemeentecodes),
        col(Signaal.gesloten_route).is_(False),
        col(Signaal.verzonden_op).is_not(None),
        col(Signaal.status) != Signaalstatus.SAMENGEVOEGD,
        or_(col(Signaal.verzonden_op) >= van, col(Signaal.gesloten_op) >= van, col(Signaal.status).in_(OPEN)),
    )
    return [Casus(vormen, status, sent, closed) for vormen, status, sent, closed in session.exec(query).all() if sent]


def late_terms(session: Session, gemeentecodes: Collection[str], van: datetime, tot: datetime) -> Sequence[str]:
    """The kinds of the deadlines that passed in a period without the work being done in time; one for each."""
    late = or_(
        col(Signaaltermijn.status) == Termijnstatus.TE_LAAT_GEDAAN, col(Signaaltermijn.status) == Termijnstatus.LOOPT
    )
    query = (
        select(Signaaltermijn.soort)
        .join(Signaal, col(Signaal.id) == col(Signaaltermijn.signaal_id))
        .where(
            late,
            col(Signaal.gesloten_route).is_(False),
            col(Signaaltermijn.gemeentecode).in_(gemeentecodes),
            col(Signaaltermijn.voor) >= van,
            col(Signaaltermijn.voor) < tot,
        )
    )
    return session.exec(query).all()
