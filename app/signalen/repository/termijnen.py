"""Queries on the deadlines of signals. Asked by the service itself for its own work; shown only with a signal that may be read."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from uuid import UUID

from sqlalchemy import bindparam, inspect, or_, update
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col, select

from app.signalen.rules.overgangen import OPEN
from app.signalen.status import Overdrachtstatus, Overlegsoort, Termijnsoort, Termijnstatus
from app.signalen.tables import Agendapunt, Overdracht, Overlegreeks, Signaal, Signaaltermijn, Terugkoppeling

_TERMS = inspect(Signaaltermijn).local_table
# Of every step, so built once and without the bookkeeping of objects: the object of the step is changed by hand.
_TAKE = (
    update(_TERMS)  # type: ignore[arg-type]  # a Table
    .where(
        _TERMS.c.id == bindparam("van_termijn"),
        _TERMS.c.trap == bindparam("van_trap"),
        _TERMS.c.status == Termijnstatus.LOOPT,
    )
    .values(trap=bindparam("trap"), volgende_op=bindparam("volgende_op"))
)


def terms_of(session: Session, signaal_id: UUID) -> Sequence[Signaaltermijn]:
    """The deadlines of a signal, soonest first; the caller holds the lock of the signal or only shows them."""
    statement = select(Signaaltermijn).where(Signaaltermijn.signaal_id == signaal_id)
    return session.exec(statement.order_by(col(Signaaltermijn.voor), col(Signaaltermijn.soort))).all()


def terms_of_all(session: Session, ids: Collection[UUID]) -> dict[UUID, list[Signaaltermijn]]:
    """The deadlines of locked signals, in one query."""
    statement = select(Signaaltermijn).where(col(Signaaltermijn.signaal_id).in_(ids))
    found: dict[UUID, list[Signaaltermijn]] = {signaal_id: [] for signaal_id in ids}
    for row in session.exec(statement.order_by(col(Signaaltermijn.voor), col(Signaaltermijn.soort))):
        found[row.signaal_id].append(row)
    return found


def coming(session: Session, before: datetime, limit: int) -> Sequence[tuple[UUID, UUID, int, datetime]]:
    """Signal, deadline, step and moment of what is looked at before a moment, soonest first; without a lock."""
    statement = (
        select(
            Signaaltermijn.signaal_id,
            Signaaltermijn.id,
            Signaaltermijn.trap,
            Signaaltermijn.volgende_op,
        )
        .where(Signaaltermijn.status == Termijnstatus.LOOPT, col(Signaaltermijn.volgende_op) <= before)
        .order_by(col(Signaaltermijn.volgende_op))
        .limit(limit)
    )
    return [(row[0], row[1], row[2], row[3]) for row in session.exec(statement).all() if row[3] is not None]


def lock_signals(session: Session, ids: Collection[UUID]) -> Sequence[Signaal]:
    """These signals, locked in one order; one that somebody else holds is passed by and comes again soon."""
    statement = select(Signaal).where(col(Signaal.id).in_(ids)).order_by(col(Signaal.id))
    return session.exec(statement.with_for_update(skip_locked=True)).all()


def lock_without_terms(session: Session, limit: int) -> Sequence[Signaal]:
    """Open signals that were sent and never got deadlines, oldest first, locked; one that somebody else holds is passed by."""
    has_term = select(Signaaltermijn.id).where(
        col(Signaaltermijn.signaal_id) == col(Signaal.id), Signaaltermijn.soort == Termijnsoort.BEVESTIGEN
    )
    statement = select(Signaal).where(
        col(Signaal.status).in_(OPEN), col(Signaal.verzonden_op).is_not(None), ~has_term.exists()
    )
    statement = statement.order_by(col(Signaal.verzonden_op), col(Signaal.id)).limit(limit)
    return session.exec(statement.with_for_update(skip_locked=True)).all()


def take_step(session: Session, termijn: Signaaltermijn, following: datetime | None) -> bool:
    """Counts a step as taken; False when it was taken, met or ended meanwhile. This is what makes a step happen once."""
    taken = {"trap": termijn.trap + 1, "volgende_op": following}
    if session.execute(_TAKE, {"van_termijn": termijn.id, "van_trap": termijn.trap, **taken}).rowcount != 1:  # type: ignore[attr-defined]  # of an UPDATE
        return False
    for name, value in taken.items():
        set_committed_value(termijn, name, value)
    return True


def postpone(session: Session, termijn_ids: Collection[UUID], until: datetime) -> None:
    """Looks again later at deadlines of which the step failed."""
    statement = update(Signaaltermijn).where(col(Signaaltermijn.id).in_(termijn_ids))
    session.execute(statement.values(volgende_op=until))


class Ernaast:
    """What stands beside signals and meets their deadlines; each kind is asked once for all of them, when it is needed."""

    def __init__(self, session: Session, ids: Collection[UUID]) -> None:
        self._session = session
        self._ids = ids

    @cached_property
    def handovers(self) -> Mapping[UUID, Sequence[Overdracht]]:
        """The hand-overs of each signal that were not withdrawn."""
        statement = select(Overdracht).where(
            col(Overdracht.signaal_id).in_(self._ids), Overdracht.status != Overdrachtstatus.INGETROKKEN
        )
        found: dict[UUID, list[Overdracht]] = {signaal_id: [] for signaal_id in self._ids}
        for row in self._session.exec(statement):
            found[row.signaal_id].append(row)
        return found

    @cached_property
    def on_agenda(self) -> frozenset[UUID]:
        """Which signals stand on the agenda of a meeting."""
        statement = select(Agendapunt.signaal_id).where(col(Agendapunt.signaal_id).in_(self._ids))
        return frozenset(self._session.exec(statement).all())

    @cached_property
    def feedback(self) -> frozenset[tuple[UUID, str]]:
        """Signal and moment of each feedback that was given, or noted as not possible."""
        statement = select(Terugkoppeling.signaal_id, Terugkoppeling.moment).where(
            col(Terugkoppeling.signaal_id).in_(self._ids)
        )
        return frozenset((signaal_id, moment) for signaal_id, moment in self._session.exec(statement).all())


def has_drieluik(session: Session, gemeentecode: str, regio_code: str | None) -> bool:
    """Whether the municipality or its region holds a Drieluik."""
    where = col(Overlegreeks.gemeentecode) == gemeentecode
    if regio_code is not None:
        where = or_(where, col(Overlegreeks.regio_code) == regio_code)
    statement = select(Overlegreeks.id).where(
        where, Overlegreeks.soort == Overlegsoort.DRIELUIK, col(Overlegreeks.actief).is_(True)
    )
    return session.exec(statement.limit(1)).first() is not None
