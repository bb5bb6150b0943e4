"""Queries on the outbox of messages, on push subscriptions and on how accounts want to be woken."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.http.paging import Paging
from app.core.upsert import insert_or_skip
from app.gemeenten.repository.rijen import page, readable_by
from app.gemeenten.status import Berichtkanaal, Berichtstatus
from app.gemeenten.tables import Bericht, Berichtinstelling, Pushabonnement


def insert_once(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Stores messages; one whose key stands already is left alone, also when another process stores it at this moment."""
    insert_or_skip(session, Bericht, rows, Bericht.id)


def claim(session: Session, kanaal: Berichtkanaal, now: datetime, until: datetime, limit: int) -> Sequence[Bericht]:
    """Messages of a channel that are due, urgent ones first, taken for one try; another worker passes them by until `until`."""
    statement = (
        select(Bericht)
        .where(Bericht.status == Berichtstatus.WACHT, Bericht.kanaal == kanaal, col(Bericht.volgende_op) <= now)
        .order_by(col(Bericht.dringend).desc(), col(Bericht.volgende_op))
        .limit(limit)
    )
    rows = session.exec(statement.with_for_update(skip_locked=True)).all()
    for row in rows:
        row.volgende_op, row.pogingen = until, row.pogingen + 1
    return rows


def settle(session: Session, bericht_id: UUID, poging: int, values: Mapping[str, Any]) -> bool:
    """Stores what a try gave; False when another worker took the message over meanwhile."""
    statement = update(Bericht).where(
        col(Bericht.id) == bericht_id, col(Bericht.pogingen) == poging, col(Bericht.status) == Berichtstatus.WACHT
    )
    return bool(session.execute(statement.values(**values)).rowcount == 1)  # type: ignore[attr-defined]  # of an UPDATE


def settle_waiting(session: Session, kanaal: Berichtkanaal, ontvanger: UUID, now: datetime, dringend: bool) -> None:
    """Notes messages that waited for a server as sent, because one that says the same just arrived on this channel at this receiver.

    Args:
        session: of the transaction.
        kanaal: the channel.
        ontvanger: account, shift or partner.
        now: the moment of arrival.
        dringend: the one that arrived was an alarm; another alarm is not settled by less.
    """
    statement = update(Bericht).where(
        func.coalesce(Bericht.account_id, Bericht.piketdienst_id, Bericht.partner_id) == ontvanger,
        col(Bericht.kanaal) == kanaal,
        col(Bericht.status) == Berichtstatus.WACHT,
        col(Bericht.dringend).in_({False, dringend}),
        col(Bericht.pogingen) > 0,
        col(Bericht.fout).is_not(None),
    )
    session.execute(statement.values(status=Berichtstatus.VERZONDEN, verzonden_op=now, volgende_op=None, fout=None))


def berichten_page(
    session: Session, caller: Caller, paging: Paging, status: Berichtstatus, after: datetime | None
) -> Sequence[Bericht]:
    """Messages of the caller's municipalities in this state, oldest first."""
    statement = select(Bericht).where(readable_by(caller, Bericht.gemeentecode), Bericht.status == status)
    return page(session, statement, col(Bericht.gemaakt_op), Bericht.id, paging, after)


def open_alarms(session: Session, dienst_ids: Collection[UUID], since: datetime) -> Sequence[Bericht]:
    """Test alarms of shifts that wait for an answer, locked; none older than `since`."""
    statement = select(Bericht).where(
        col(Bericht.piketdienst_id).in_(dienst_ids),
        col(Bericht.verwijzing) == col(Bericht.piketdienst_id),
        col(Bericht.antwoord_nodig).is_(True),
        col(Bericht.beantwoord_op).is_(None),
        col(Bericht.gemaakt_op) >= since,
    )
    return session.exec(statement.order_by(col(Bericht.gemaakt_op))).all()


def settings_of(session: Session, account_ids: Collection[UUID]) -> dict[UUID, Berichtinstelling]:
    """How these accounts want to be woken."""
    statement = select(Berichtinstelling).where(col(Berichtinstelling.account_id).in_(account_ids))
    return {row.account_id: row for row in session.exec(statement).all()}


def subscriptions_of(session: Session, account_ids: Collection[UUID]) -> Sequence[Pushabonnement]:
    """The browsers of these accounts."""
    return session.exec(select(Pushabonnement).where(col(Pushabonnement.account_id).in_(account_ids))).all()


def subscription_with(session: Session, vingerafdruk: str) -> Pushabonnement | None:
    """The subscription of one browser, whoever had it, locked."""
    return session.exec(
        select(Pushabonnement).where(Pushabonnement.vingerafdruk == vingerafdruk).with_for_update()
    ).one_or_none()


def own_subscription(session: Session, caller: Caller, abonnement_id: UUID) -> Pushabonnement | None:
    """A subscription of the caller himself."""
    return session.exec(
        select(Pushabonnement).where(Pushabonnement.id == abonnement_id, Pushabonnement.account_id == caller.account_id)
    ).one_or_none()
