"""Queries on what was done at an object: finished controls and attempts, with the compliance answers; nothing that is still planned."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_
from sqlmodel import Session, col, select

from app.controles.repository.briefing import briefed
from app.controles.repository.controles import GEMEENTEBREED, VELD
from app.controles.status import Controlestatus, Gebeurtenissoort
from app.controles.tables import Antwoorden, Controle, Controlegebeurtenis
from app.core.caller import Caller
from app.core.http.paging import Paging
from app.gemeenten.rules.rollen import Rol

GEWEEST = (Controlestatus.AFGEROND, Controlestatus.POGING)
MOST_NAMED = 1000
"""Objects that one statement names; a database takes no list without end."""
MetAntwoorden = tuple[Controle, dict[str, Any]]


def history_readable_by(caller: Caller) -> ColumnElement[bool]:
    """Controls that took place: desk and AF those of their municipalities, the field those of its teams.

    One that is planned, waits or was dropped is in no history: visits are unannounced, and why one was dropped may be the work
    of the police.
    """
    took_place = and_(col(Controle.gemeentecode).in_(caller.gemeenten), col(Controle.status).in_(GEWEEST))
    if caller.has(*GEMEENTEBREED, Rol.VERGUNNINGVERLENER):
        return took_place
    if caller.has(*VELD):
        return and_(took_place, col(Controle.team_id).in_(caller.teams))
    return false()


def history_page(session: Session, caller: Caller, object_id: UUID, paging: Paging) -> list[MetAntwoorden]:
    """A page of what was done at an object, newest first, and one more."""
    query = _with_answers().where(history_readable_by(caller), Controle.object_id == object_id)
    after = paging.after_key(date.fromisoformat)
    if after is not None:
        day, last = after
        query = query.where(or_(col(Controle.datum) < day, and_(col(Controle.datum) == day, col(Controle.id) < last)))
    query = query.order_by(col(Controle.datum).desc(), col(Controle.id).desc()).limit(paging.limit + 1)
    return [(row, answers or {}) for row, answers in session.exec(query).all()]


def one(session: Session, caller: Caller, controle_id: UUID) -> MetAntwoorden | None:
    """One control that took place."""
    query = _with_answers().where(history_readable_by(caller), Controle.id == controle_id)
    found = session.exec(query).one_or_none()
    return None if found is None else (found[0], found[1] or {})


def finished_at(session: Session, caller: Caller, objects: Collection[UUID], since: date) -> list[MetAntwoorden]:
    """Finished controls at objects since a day, oldest first, of the caller's municipalities: what was put right is no secret."""
    query = _with_answers().where(
        col(Controle.gemeentecode).in_(caller.gemeenten),
        Controle.status == Controlestatus.AFGEROND,
        col(Controle.datum) >= since,
    )
    if len(objects) <= MOST_NAMED:
        query = query.where(col(Controle.object_id).in_(objects))
    query = query.order_by(col(Controle.datum), col(Controle.id))
    return [(row, answers or {}) for row, answers in session.exec(query).all() if row.object_id in objects]


def next_visits(session: Session, caller: Caller, objects: Collection[UUID], day: date) -> Sequence[tuple[UUID, date]]:
    """Object and day of the visits that stand on the plan from a day on; only of controls that the caller may see."""
    query = select(col(Controle.object_id), col(Controle.datum)).where(
        planned_readable_by(caller),
        col(Controle.object_id).in_(objects),
        col(Controle.status).in_((Controlestatus.GEPLAND, Controlestatus.VRIJGEGEVEN)),
        col(Controle.datum) >= day,
    )
    return session.exec(query.order_by(col(Controle.datum).desc())).all()


def planned_readable_by(caller: Caller) -> ColumnElement[bool]:
    """Planned visits: the planners and the field know them, nobody else."""
    own = col(Controle.gemeentecode).in_(caller.gemeenten)
    if caller.has(*GEMEENTEBREED):
        return own
    if not caller.has(*VELD):
        return false()
    mine = and_(own, col(Controle.team_id).in_(caller.teams))
    return mine if caller.has(Rol.TEAMLEIDER) else and_(mine, briefed())


def who_was_there(session: Session, controle_id: UUID) -> Sequence[UUID]:
    """The accounts that started or finished a control; not who sent anything else, which could tell of an alarm."""
    query = select(Controlegebeurtenis.account_id).where(
        Controlegebeurtenis.controle_id == controle_id,
        col(Controlegebeurtenis.soort).in_(
            (Gebeurtenissoort.CONTROLE_GESTART.value, Gebeurtenissoort.CONTROLE_AFGEROND.value)
        ),
    )
    return session.exec(query.distinct()).all()


def _with_answers() -> Any:  # noqa: ANN401 - a statement of a table and a column
    return select(Controle, Antwoorden.naleving).outerjoin(Antwoorden, col(Antwoorden.controle_id) == col(Controle.id))
