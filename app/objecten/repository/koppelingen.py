"""Queries on links between business objects; no dwelling is ever found (REG-19, REG-05)."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.objecten.repository.zicht import readable_by
from app.objecten.rules.koppelingen import VERBLIJF
from app.objecten.status import Koppelsleutel, Objecttype
from app.objecten.tables import Adres, Object, Objectkoppeling

MOST = 500


def no_dwelling() -> ColumnElement[bool]:
    """An object that may be linked, as `rules.koppelingen.may_be_linked` says it."""
    woning = aliased(Object)
    home = exists().where(col(woning.adres_id) == col(Object.adres_id), col(woning.type) == Objecttype.WON)
    return and_(col(Object.type) != Objecttype.WON, ~and_(col(Object.type).in_(VERBLIJF), home))


def dwelling_at(session: Session, adres_id: UUID) -> bool:
    """Whether an address is a dwelling, whoever asks: for the guard."""
    query = select(Object.id).where(Object.adres_id == adres_id, Object.type == Objecttype.WON)
    return session.exec(query.limit(1)).first() is not None


def place(session: Session, object_id: UUID) -> Object | None:
    """An object, whoever asks: for what the service itself watches."""
    return session.get(Object, object_id)


def links_of(session: Session, caller: Caller, object_id: UUID) -> Sequence[Objectkoppeling]:
    """The links of an object, ended ones too, oldest first."""
    query = select(Objectkoppeling).where(
        readable_by(caller, col(Objectkoppeling.gemeentecode)), Objectkoppeling.object_id == object_id
    )
    return session.exec(query.order_by(col(Objectkoppeling.geldig_vanaf), col(Objectkoppeling.id)).limit(MOST)).all()


def link(session: Session, caller: Caller, object_id: UUID, koppeling_id: UUID) -> Objectkoppeling | None:
    """One link of an object, locked."""
    query = select(Objectkoppeling).where(
        readable_by(caller, col(Objectkoppeling.gemeentecode)),
        Objectkoppeling.object_id == object_id,
        Objectkoppeling.id == koppeling_id,
    )
    return session.exec(query.with_for_update()).one_or_none()


def stored(session: Session, koppeling_id: UUID) -> Objectkoppeling | None:
    """The link under a client-made id, whoever asks: to see whether the same was sent before."""
    return session.get(Objectkoppeling, koppeling_id)


def linked(
    session: Session, caller: Caller, object_id: UUID, hashes: Collection[str], day: date
) -> list[tuple[Object, Adres, Koppelsleutel]]:
    """Other objects with a link on a day that has one of these keyed hashes."""
    query = (
        _places(caller, object_id)
        .add_columns(col(Objectkoppeling.soort))
        .join(Objectkoppeling, col(Objectkoppeling.object_id) == col(Object.id))
        .where(
            col(Objectkoppeling.nummer_hash).in_(hashes),
            col(Objectkoppeling.geldig_vanaf) <= day,
            or_(col(Objectkoppeling.geldig_tot).is_(None), col(Objectkoppeling.geldig_tot) >= day),
        )
    )
    return list(session.exec(query.limit(MOST)).all())


def with_kvk(session: Session, caller: Caller, object_id: UUID, kvk: Collection[str]) -> list[tuple[Object, Adres]]:
    """Other objects that the register itself gives one of these KvK numbers."""
    query = _places(caller, object_id).where(col(Object.kvk_nummer).in_(kvk))
    return list(session.exec(query.limit(MOST)).all())


def _places(caller: Caller, object_id: UUID) -> Any:  # noqa: ANN401 - a statement of two tables that grows
    return (
        select(Object, Adres)
        .join(Adres, col(Adres.id) == col(Object.adres_id))
        .where(readable_by(caller, col(Object.gemeentecode)), no_dwelling(), Object.id != object_id)
        .order_by(col(Object.gemeentecode), col(Object.nummer))
    )
