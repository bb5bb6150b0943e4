"""Queries for what may be kept for a time only; asked by the service itself, shown to nobody."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col, select

from app.controles.status import Controlestatus, Gebeurtenissoort
from app.controles.tables import Antwoorden, Apparaat, Controle, Controlegebeurtenis, Quarantaine, Sleutelhelft

BATCH = 200
REWRITTEN = 25
"""Controls that are sealed anew in one transaction: few, so that the field never waits long for it."""


def municipalities(session: Session) -> Sequence[str]:
    """Municipalities with closed controls that were not looked at yet."""
    query = select(Controle.gemeentecode).where(
        Controle.status == Controlestatus.AFGEROND, col(Controle.opgeschoond_op).is_(None)
    )
    return session.exec(query.distinct()).all()


def closed_before(session: Session, gemeentecode: str, moment: datetime) -> Sequence[Controle]:
    """The oldest closed controls before a moment that were not looked at yet, locked."""
    query = select(Controle).where(
        Controle.gemeentecode == gemeentecode,
        Controle.status == Controlestatus.AFGEROND,
        col(Controle.opgeschoond_op).is_(None),
        col(Controle.afgerond_op) < moment,
    )
    query = query.order_by(col(Controle.afgerond_op)).limit(BATCH)
    return session.exec(query.with_for_update(skip_locked=True)).all()


def answer_events(session: Session, controle_id: UUID) -> Sequence[Controlegebeurtenis]:
    """The events of a control that hold answers."""
    query = select(Controlegebeurtenis).where(
        Controlegebeurtenis.controle_id == controle_id,
        Controlegebeurtenis.soort == Gebeurtenissoort.ANTWOORDEN.value,
    )
    return session.exec(query).all()


def all_municipalities(session: Session) -> Sequence[str]:
    """Municipalities with controls."""
    return session.exec(select(Controle.gemeentecode).distinct()).all()


def due(
    session: Session,
    gemeentecode: str,
    mark: str,
    before: date,
    after: UUID | None,
    *,
    sealed: bool = False,
) -> Sequence[Controle]:
    """Controls of before a day that were not cleaned yet, by id, locked.

    Args:
        session: the session.
        gemeentecode: their municipality.
        mark: the column that says when they were cleaned.
        before: the day of the control is before this one.
        after: only those with a higher id.
        sealed: only those at which no resident consented freely (BEV-04).
    """
    column = col(getattr(Controle, mark))
    query = select(Controle).where(
        Controle.gemeentecode == gemeentecode, column.is_(None), col(Controle.datum) < before
    )
    if sealed:
        answer = col(Antwoorden.naleving)["BEV-04"].as_string()
        query = query.join(Antwoorden, col(Antwoorden.controle_id) == col(Controle.id)).where(answer == "nee")
    if after is not None:
        query = query.where(col(Controle.id) > after)
    query = query.order_by(col(Controle.id)).limit(REWRITTEN)
    return session.exec(query.with_for_update(skip_locked=True, of=Controle)).all()


def locked(session: Session, controle_id: UUID) -> Controle | None:
    """A control, locked."""
    return session.exec(select(Controle).where(Controle.id == controle_id).with_for_update()).one_or_none()


def events(session: Session, controle_id: UUID) -> Sequence[Controlegebeurtenis]:
    """All events of a control."""
    return session.exec(select(Controlegebeurtenis).where(Controlegebeurtenis.controle_id == controle_id)).all()


def quarantine_due(session: Session, gemeentecode: str, before: datetime, *, solved: bool) -> Sequence[UUID]:
    """The oldest events that were solved, or received and never solved, before a moment; locked."""
    since = col(Quarantaine.opgelost_op if solved else Quarantaine.ontvangen_op)
    query = select(Quarantaine.id).where(Quarantaine.gemeentecode == gemeentecode, since < before)
    if not solved:
        query = query.where(col(Quarantaine.opgelost_op).is_(None))
    query = query.order_by(since, col(Quarantaine.id)).limit(BATCH)
    return session.exec(query.with_for_update(skip_locked=True)).all()


def receipts_due(session: Session, gemeentecode: str, before: datetime) -> Sequence[UUID]:
    """The oldest receipts of what is about no control, received before a moment; locked."""
    table = Controlegebeurtenis
    query = select(table.id).where(
        table.gemeentecode == gemeentecode, col(table.controle_id) == col(table.id), col(table.ontvangen_op) < before
    )
    query = query.order_by(col(table.ontvangen_op), col(table.id)).limit(BATCH)
    return session.exec(query.with_for_update(skip_locked=True)).all()


def remove_events(session: Session, ids: Sequence[UUID]) -> None:
    """Removes receipts for good."""
    session.execute(delete(Controlegebeurtenis).where(col(Controlegebeurtenis.id).in_(ids)))


def tablets_due(session: Session, gemeentecode: str, before: datetime) -> Sequence[UUID]:
    """The tablets that were not heard of since a moment, locked."""
    query = select(Apparaat.id).where(Apparaat.gemeentecode == gemeentecode, col(Apparaat.gezien_op) < before)
    query = query.order_by(col(Apparaat.gezien_op), col(Apparaat.id)).limit(BATCH)
    return session.exec(query.with_for_update(skip_locked=True)).all()


def remove_tablets(session: Session, ids: Sequence[UUID]) -> None:
    """Removes what tablets reported of themselves."""
    session.execute(delete(Apparaat).where(col(Apparaat.id).in_(ids)))


def stray_halves(session: Session, gemeentecode: str, before: datetime) -> Sequence[UUID]:
    """Tablets with a half made before a moment that never reported themselves, or whose report went already."""
    known = select(Apparaat.id).where(col(Apparaat.id) == col(Sleutelhelft.apparaat_id)).exists()
    query = select(Sleutelhelft.apparaat_id).where(
        Sleutelhelft.gemeentecode == gemeentecode, col(Sleutelhelft.gemaakt_op) < before, ~known
    )
    return session.exec(query.distinct().order_by(col(Sleutelhelft.apparaat_id)).limit(BATCH)).all()


def remove_quarantine(session: Session, ids: Sequence[UUID]) -> None:
    """Removes events from quarantine for good."""
    session.execute(delete(Quarantaine).where(col(Quarantaine.id).in_(ids)))
