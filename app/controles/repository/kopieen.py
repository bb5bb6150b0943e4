"""Queries on numbers that a device used twice: two copies of one tablet send under one id."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import bindparam, func
from sqlmodel import Session, col, select

from app.controles.status import Gebeurtenissoort
from app.controles.tables import Controlegebeurtenis

LATEST = 400
"""Numbers of one device that are looked at when it reports itself: some days of work."""

# Asked at every delivery, so built once.
_DOUBLED = (
    select(Controlegebeurtenis.apparaat_id, Controlegebeurtenis.volgnummer)
    .where(
        col(Controlegebeurtenis.apparaat_id).in_(bindparam("apparaten", expanding=True)),
        col(Controlegebeurtenis.volgnummer).in_(bindparam("nummers", expanding=True)),
    )
    .group_by(col(Controlegebeurtenis.apparaat_id), col(Controlegebeurtenis.volgnummer))
    .having(func.count() > 1)
)


def doubled(session: Session, used: Mapping[UUID, Collection[int]]) -> dict[UUID, set[int]]:
    """Those of these numbers, per device, under which more than one event is stored."""
    numbers = {number for of_one in used.values() for number in of_one}
    if not numbers:
        return {}
    found: dict[UUID, set[int]] = {}
    for apparaat_id, number in session.exec(_DOUBLED, params={"apparaten": list(used), "nummers": list(numbers)}).all():
        if number in used[apparaat_id]:
            found.setdefault(apparaat_id, set()).add(number)
    return found


def lately_doubled(session: Session, apparaat_id: UUID) -> set[int]:
    """The numbers among the latest of a device under which more than one event is stored."""
    table = Controlegebeurtenis
    query = select(table.volgnummer).where(table.apparaat_id == apparaat_id).order_by(col(table.volgnummer).desc())
    return {number for number, times in Counter(session.exec(query.limit(LATEST)).all()).items() if times > 1}


def answered_with(session: Session, apparaat_id: UUID, numbers: Iterable[int]) -> Sequence[UUID]:
    """The controls with answers under these numbers of a device."""
    table = Controlegebeurtenis
    query = select(table.controle_id).where(
        table.apparaat_id == apparaat_id,
        col(table.volgnummer).in_(list(numbers)),
        table.soort == Gebeurtenissoort.ANTWOORDEN.value,
    )
    return session.exec(query.distinct().order_by(col(table.controle_id))).all()


def answers_by(session: Session, controle_id: UUID, apparaat_id: UUID) -> Sequence[Controlegebeurtenis]:
    """The answers that a device sent about a control, in its own order."""
    table = Controlegebeurtenis
    query = select(table).where(
        table.controle_id == controle_id,
        table.apparaat_id == apparaat_id,
        table.soort == Gebeurtenissoort.ANTWOORDEN.value,
    )
    return session.exec(query.order_by(col(table.volgnummer), col(table.id))).all()
