"""What belongs to many objects or addresses at once, one query each; for day packages and lists of higher features."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, or_
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.objecten.repository.zicht import readable_by, within
from app.objecten.status import Objecttype, Risicostatus, Vergunningstatus
from app.objecten.tables import Adres, Bedrijfsplan, Object, Risicoadres, Vergunning


def addresses_by_ids(session: Session, caller: Caller, ids: Sequence[UUID]) -> Sequence[Adres]:
    """Addresses that the caller may see."""
    query = select(Adres).where(readable_by(caller, Adres.gemeentecode), col(Adres.id).in_(ids))
    return session.exec(query).all()


def permits_on(session: Session, caller: Caller, ids: Sequence[UUID], day: date) -> Sequence[Vergunning]:
    """The granted permits of objects that hold on a day."""
    query = select(Vergunning).where(
        readable_by(caller, Vergunning.gemeentecode),
        col(Vergunning.object_id).in_(ids),
        Vergunning.status == Vergunningstatus.VERLEEND,
        col(Vergunning.geldig_vanaf) <= day,
        or_(col(Vergunning.geldig_tot).is_(None), col(Vergunning.geldig_tot) >= day),
    )
    return session.exec(query.order_by(col(Vergunning.soort), col(Vergunning.nummer))).all()


def plans_on(session: Session, caller: Caller, ids: Sequence[UUID], day: date) -> Sequence[Bedrijfsplan]:
    """The business plans of objects that were approved on a day, oldest first."""
    query = select(Bedrijfsplan).where(
        readable_by(caller, Bedrijfsplan.gemeentecode),
        col(Bedrijfsplan.object_id).in_(ids),
        col(Bedrijfsplan.goedgekeurd_op) <= day,
    )
    return session.exec(query.order_by(col(Bedrijfsplan.goedgekeurd_op), col(Bedrijfsplan.id))).all()


def objects_in_view(session: Session, caller: Caller, ids: Sequence[UUID]) -> Sequence[UUID]:
    """Those of the objects that have an open risk address."""
    found: Sequence[UUID] = session.exec(_in_view(caller.is_system, caller.gemeenten), params={"ids": ids}).all()
    return found


# Asked of every control that is taken in, so built once per set of municipalities: making it costs more than running it.
@lru_cache(maxsize=256)
def _in_view(system: bool, gemeenten: frozenset[str]) -> Any:  # noqa: ANN401 - a statement
    return select(Risicoadres.object_id).where(
        within(col(Risicoadres.gemeentecode), gemeenten, system=system),
        col(Risicoadres.object_id).in_(bindparam("ids", expanding=True)),
        Risicoadres.status == Risicostatus.OPEN,
    )


def kinds_at(session: Session, adres_id: UUID) -> set[Objecttype]:
    """The types of object at an address."""
    return {Objecttype(kind) for kind in session.exec(select(Object.type).where(Object.adres_id == adres_id)).all()}
