"""Queries for the steps of the AF: hand-overs, feedback, earlier signals. The caller read the signal first."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.clock import parse_moment
from app.core.http.paging import Paging
from app.signalen.repository.signalen import readable_by
from app.signalen.status import Actie, Overdrachtstatus
from app.signalen.tables import Overdracht, Signaal, Signaalgebeurtenis, Terugkoppeling


def lock_in_order(session: Session, caller: Caller, ids: Collection[UUID]) -> dict[UUID, Signaal]:
    """Signals that the caller may read, locked one after the other in one order, so that two merges never wait for each other."""
    found = {}
    for signaal_id in sorted(set(ids)):
        query = select(Signaal).where(readable_by(caller), Signaal.id == signaal_id).with_for_update()
        row = session.exec(query).one_or_none()
        if row is not None:
            found[row.id] = row
    return found


def locked(session: Session, signaal_id: UUID) -> Signaal | None:
    """A signal, locked, for a second person who was asked about it; who that may be is decided by the caller."""
    return session.exec(select(Signaal).where(Signaal.id == signaal_id).with_for_update()).one_or_none()


def overdrachten_of(session: Session, signaal_id: UUID) -> Sequence[Overdracht]:
    """The hand-overs of a signal, oldest first."""
    query = select(Overdracht).where(Overdracht.signaal_id == signaal_id)
    return session.exec(query.order_by(col(Overdracht.gemaakt_op), col(Overdracht.id))).all()


def overdrachten_page(
    session: Session, caller: Caller, signaal_id: UUID | None, paging: Paging
) -> Sequence[Overdracht]:
    """Hand-overs of signals that the caller may read, newest first."""
    query = select(Overdracht).join(Signaal, col(Signaal.id) == col(Overdracht.signaal_id)).where(readable_by(caller))
    if signaal_id is not None:
        query = query.where(Overdracht.signaal_id == signaal_id)
    after = paging.after_key(parse_moment)
    if after is not None:
        moment, last = after
        same = (col(Overdracht.gemaakt_op) == moment) & (col(Overdracht.id) < last)
        query = query.where(or_(col(Overdracht.gemaakt_op) < moment, same))
    query = query.order_by(col(Overdracht.gemaakt_op).desc(), col(Overdracht.id).desc())
    return session.exec(query.limit(paging.limit + 1)).all()


def find_overdracht(session: Session, caller: Caller, overdracht_id: UUID, *, lock: bool = False) -> Overdracht | None:
    """A hand-over of a signal that the caller may read."""
    query = (
        select(Overdracht)
        .join(Signaal, col(Signaal.id) == col(Overdracht.signaal_id))
        .where(readable_by(caller), Overdracht.id == overdracht_id)
    )
    return session.exec(query.with_for_update(of=Overdracht) if lock else query).one_or_none()


def handed_over_kinds(session: Session, signaal_id: UUID) -> frozenset[str]:
    """Kinds of partner that received this signal."""
    query = select(Overdracht.partnersoort).where(
        Overdracht.signaal_id == signaal_id, Overdracht.status != Overdrachtstatus.INGETROKKEN
    )
    return frozenset(session.exec(query.distinct()).all())


def has_feedback(session: Session, signaal_id: UUID) -> bool:
    """Whether feedback was given, or noted as impossible."""
    query = select(Terugkoppeling.id).where(Terugkoppeling.signaal_id == signaal_id).limit(1)
    return session.exec(query).first() is not None


def has_event(session: Session, signaal_id: UUID, actie: Actie) -> bool:
    """Whether this was ever done to a signal."""
    query = select(Signaalgebeurtenis.id).where(
        Signaalgebeurtenis.signaal_id == signaal_id, Signaalgebeurtenis.actie == actie
    )
    return session.exec(query.limit(1)).first() is not None


def transferred_to(session: Session, signaal_id: UUID) -> frozenset[str]:
    """The municipalities that received this signal."""
    return frozenset(session.exec(select(Signaal.gemeentecode).where(Signaal.komt_van_id == signaal_id)).all())


def earlier_at(session: Session, caller: Caller, object_id: UUID, signaal_id: UUID, limit: int) -> Sequence[Signaal]:
    """Other signals at a place that the caller may read, newest first."""
    query = select(Signaal).where(readable_by(caller), Signaal.object_id == object_id, Signaal.id != signaal_id)
    return session.exec(query.order_by(col(Signaal.ontstaan_op).desc(), col(Signaal.id)).limit(limit)).all()
