"""Queries for what may be kept for a time only; asked by the service itself, shown to nobody."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col, select

from app.bevindingen.status import Klasse
from app.bevindingen.tables import Bevinding, Bijlage


def delete_confidential(session: Session, ids: Collection[UUID]) -> int:
    """Deletes the confidential ones of findings; answers how many."""
    query = delete(Bevinding).where(col(Bevinding.id).in_(ids), col(Bevinding.klasse) == Klasse.VERTROUWELIJK)
    return len(session.execute(query.returning(col(Bevinding.id))).all())


def delete_of_control(session: Session, controle_id: UUID, *, everything: bool) -> int:
    """Deletes the confidential findings of a control, or all; answers how many."""
    query = delete(Bevinding).where(col(Bevinding.controle_id) == controle_id)
    if not everything:
        query = query.where(col(Bevinding.klasse) == Klasse.VERTROUWELIJK)
    return len(session.execute(query.returning(col(Bevinding.id))).all())


def of_control(session: Session, controle_id: UUID) -> Sequence[Bevinding]:
    """The findings of a control, locked."""
    return session.exec(select(Bevinding).where(Bevinding.controle_id == controle_id).with_for_update()).all()


def ids_of_controls(session: Session, controles: Collection[UUID]) -> Sequence[tuple[UUID, UUID]]:
    """Control and id of all findings of controls."""
    query = select(Bevinding.controle_id, Bevinding.id).where(col(Bevinding.controle_id).in_(controles))
    return session.exec(query).all()


def controls_with_photos(
    session: Session, gemeentecode: str, before: datetime, after: UUID | None, limit: int
) -> Sequence[UUID]:
    """Controls with kept photos taken before a moment, by id."""
    query = select(Bijlage.controle_id).where(
        Bijlage.gemeentecode == gemeentecode, col(Bijlage.bestand_id).is_not(None), col(Bijlage.genomen_op) < before
    )
    if after is not None:
        query = query.where(col(Bijlage.controle_id) > after)
    return session.exec(query.distinct().order_by(col(Bijlage.controle_id)).limit(limit)).all()


def municipalities_with_photos(session: Session) -> Sequence[str]:
    """Municipalities with kept photos."""
    return session.exec(select(Bijlage.gemeentecode).where(col(Bijlage.bestand_id).is_not(None)).distinct()).all()


def kept_photos(session: Session, controle_id: UUID, before: datetime | None) -> Sequence[Bijlage]:
    """The kept photos of a control, those taken before a moment when one is given, locked."""
    query = select(Bijlage).where(Bijlage.controle_id == controle_id, col(Bijlage.bestand_id).is_not(None))
    if before is not None:
        query = query.where(col(Bijlage.genomen_op) < before)
    return session.exec(query.with_for_update(skip_locked=True)).all()
