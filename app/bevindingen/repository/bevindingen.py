"""Queries on findings. What a caller may list starts from `readable_by`; what stands behind a signal is asked by its ids."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, update
from sqlmodel import Session, col, select

from app.bevindingen.schemas.bevindingen import NalevingRef, Treffercode
from app.bevindingen.status import Klasse
from app.bevindingen.tables import Bevinding
from app.core.caller import Caller
from app.core.clock import parse_moment
from app.core.columns import among_ids, beside_index, id_text
from app.core.http.paging import Paging
from app.core.upsert import insert_or_update

CHANGED = (
    "barriere",
    "checklistversie",
    "klasse",
    "gewicht",
    "antwoord",
    "vastgesteld_op",
    "hersteltermijn",
    "gecorrigeerd_op",
)
_OF_CONTROL = select(Bevinding).where(col(Bevinding.controle_id) == bindparam("van_controle")).with_for_update()


def readable_by(caller: Caller, gemeentecode: ColumnElement[str] | None = None) -> ColumnElement[bool]:
    """Compliance of the caller's municipalities; a confidential finding is in no list, whoever asks (DAT-13, DAT-14).

    Args:
        caller: who asks.
        gemeentecode: the municipality as an expression; without it the column itself.
    """
    owner = col(Bevinding.gemeentecode) if gemeentecode is None else gemeentecode
    return and_(
        owner.in_(caller.gemeenten),
        col(Bevinding.klasse) == Klasse.NALEVING,
    )


def page_of_object(session: Session, caller: Caller, object_id: UUID, paging: Paging) -> Sequence[Bevinding]:
    """A page of the readable findings at an object, newest first; one row more than the limit when there are more."""
    query = select(Bevinding).where(readable_by(caller), col(Bevinding.object_id) == object_id)
    after = paging.after_key(parse_moment)
    if after is not None:
        moment, last = after
        query = query.where(
            or_(
                col(Bevinding.vastgesteld_op) < moment,
                and_(col(Bevinding.vastgesteld_op) == moment, col(Bevinding.id) < last),
            )
        )
    query = query.order_by(col(Bevinding.vastgesteld_op).desc(), col(Bevinding.id).desc())
    return session.exec(query.limit(paging.limit + 1)).all()


def codes_of(session: Session, ids: Collection[UUID], controles: Collection[UUID]) -> list[Treffercode]:
    """Item and weight of findings by id or by control, without their answers; the caller answers for who may know them."""
    query = select(Bevinding.id, Bevinding.controle_id, Bevinding.item, Bevinding.gewicht).where(
        or_(col(Bevinding.id).in_(ids), col(Bevinding.controle_id).in_(controles))
    )
    return [Treffercode(*row) for row in session.exec(query)]


def with_ids(session: Session, ids: Collection[UUID]) -> Sequence[Bevinding]:
    """Findings of both classes by id, oldest first; for what stands above and has its own rule of who may see them."""
    query = select(Bevinding).where(col(Bevinding.id).in_(ids))
    return session.exec(query.order_by(col(Bevinding.vastgesteld_op), col(Bevinding.item))).all()


def of_control(session: Session, controle_id: UUID) -> Sequence[Bevinding]:
    """All findings of a control, corrected ones included, locked against another writer."""
    return session.exec(_OF_CONTROL, params={"van_controle": controle_id}).all()


def store(session: Session, rows: Sequence[Mapping[str, Any]]) -> dict[str, UUID]:
    """Stores findings of one control in one statement; answers the id of each item's row."""
    stored = insert_or_update(session, Bevinding, rows, ("controle_id", "item"), CHANGED, Bevinding.item, Bevinding.id)
    return {row.item: row.id for row in stored}


def mark_corrected(session: Session, ids: Collection[UUID], moment: datetime) -> None:
    """Marks findings whose answer was changed away; they stay."""
    if ids:
        session.execute(update(Bevinding).where(col(Bevinding.id).in_(ids)).values(gecorrigeerd_op=moment))


def count_by_control(session: Session, caller: Caller, controls: Collection[str]) -> dict[str, int]:
    """Per control how many readable findings stand; a confidential one is in no figure."""
    controle = id_text(Bevinding.controle_id)
    query = (
        select(controle, func.count())
        .where(
            readable_by(caller, beside_index(col(Bevinding.gemeentecode))),
            among_ids(session, Bevinding.controle_id),
            col(Bevinding.gecorrigeerd_op).is_(None),
        )
        .group_by(controle)
    )
    return dict(session.exec(query, params={"ids": list(controls)}).all())


def delete(session: Session, controle_id: UUID, item: str) -> bool:
    """Deletes the finding of an item of a control; answers whether there was one."""
    row = session.exec(
        select(Bevinding).where(Bevinding.controle_id == controle_id, Bevinding.item == item)
    ).one_or_none()
    if row is not None:
        session.delete(row)
    return row is not None


def open_compliance(
    session: Session, caller: Caller, objects: Collection[UUID], since: datetime
) -> Sequence[Bevinding]:
    """Readable compliance findings at objects since a moment that were not corrected, oldest first."""
    query = select(Bevinding).where(
        readable_by(caller),
        col(Bevinding.object_id).in_(objects),
        col(Bevinding.vastgesteld_op) >= since,
        col(Bevinding.gecorrigeerd_op).is_(None),
    )
    return session.exec(query.order_by(col(Bevinding.vastgesteld_op), col(Bevinding.item))).all()


def compliance_of_controls(session: Session, caller: Caller, controles: Collection[UUID]) -> Sequence[Bevinding]:
    """Readable compliance findings of controls that stand, by item."""
    query = select(Bevinding).where(
        readable_by(caller),
        col(Bevinding.controle_id).in_(controles),
        col(Bevinding.gecorrigeerd_op).is_(None),
    )
    return session.exec(query.order_by(col(Bevinding.controle_id), col(Bevinding.item))).all()


def controls_with_term(session: Session, caller: Caller, gemeentecode: str, van: datetime, tot: datetime) -> set[UUID]:
    """Controls from `van` up to `tot` with a readable compliance finding that stands and set a term."""
    query = select(Bevinding.controle_id).where(
        readable_by(caller),
        Bevinding.gemeentecode == gemeentecode,
        col(Bevinding.vastgesteld_op) >= van,
        col(Bevinding.vastgesteld_op) < tot,
        col(Bevinding.hersteltermijn).is_not(None),
        col(Bevinding.gecorrigeerd_op).is_(None),
    )
    return set(session.exec(query.distinct()).all())


def standing_compliance(
    session: Session, caller: Caller, gemeentecode: str | None, objects: Collection[UUID] | None, since: datetime
) -> list[NalevingRef]:
    """Readable compliance findings since a moment that stand, in a municipality or at objects."""
    query = select(  # type: ignore[call-overload]  # SQLModel types at most four columns
        Bevinding.controle_id, Bevinding.object_id, Bevinding.item, Bevinding.checklistversie, Bevinding.hersteltermijn
    ).where(
        readable_by(caller),
        col(Bevinding.object_id).is_not(None),
        col(Bevinding.vastgesteld_op) >= since,
        col(Bevinding.gecorrigeerd_op).is_(None),
    )
    if gemeentecode is not None:
        query = query.where(Bevinding.gemeentecode == gemeentecode)
    if objects is not None:
        query = query.where(col(Bevinding.object_id).in_(objects))
    return [NalevingRef(*row) for row in session.exec(query).all()]
