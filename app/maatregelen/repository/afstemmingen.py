"""Queries on the agreement that measures wait for. Whole rows are for the AF of the municipality; others get the state alone."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.clock import parse_moment
from app.core.http.paging import Paging
from app.gemeenten.rules.rollen import Rol
from app.maatregelen.status import Afstemverzoekstand, Maatregelstatus
from app.maatregelen.tables import Maatregel, Maatregelafstemming


def readable_by(caller: Caller) -> ColumnElement[bool]:
    """Questions of the municipality that employs the AF; a designation elsewhere gives no sight of what is known there."""
    if not caller.has(Rol.AF):
        return false()
    return col(Maatregelafstemming.gemeentecode) == caller.gemeentecode


def page(session: Session, caller: Caller, stand: Afstemverzoekstand, paging: Paging) -> Sequence[Maatregelafstemming]:
    """Questions of one state, oldest first; one more than the limit when there are more."""
    query = select(Maatregelafstemming).where(readable_by(caller), Maatregelafstemming.stand == stand)
    after = paging.after_key(parse_moment)
    if after is not None:
        moment, last = after
        same = and_(col(Maatregelafstemming.gevraagd_op) == moment, col(Maatregelafstemming.id) > last)
        query = query.where(or_(col(Maatregelafstemming.gevraagd_op) > moment, same))
    query = query.order_by(col(Maatregelafstemming.gevraagd_op), col(Maatregelafstemming.id))
    return session.exec(query.limit(paging.limit + 1)).all()


def find(session: Session, caller: Caller, verzoek_id: UUID) -> Maatregelafstemming | None:
    """A question that the caller may see."""
    query = select(Maatregelafstemming).where(readable_by(caller), Maatregelafstemming.id == verzoek_id)
    return session.exec(query).one_or_none()


def of_measure(session: Session, maatregel_id: UUID) -> Maatregelafstemming | None:
    """The question about a measure, locked; asked by the service itself after it found the measure with the caller's rights."""
    query = select(Maatregelafstemming).where(Maatregelafstemming.maatregel_id == maatregel_id).with_for_update()
    return session.exec(query.execution_options(populate_existing=True)).one_or_none()


def states_of(session: Session, maatregel_ids: Collection[UUID]) -> dict[UUID, Afstemverzoekstand]:
    """Per measure how its agreement stands; without a question no entry. The caller saw the measures with his rights."""
    query = select(Maatregelafstemming.maatregel_id, Maatregelafstemming.stand)
    rows = session.exec(query.where(col(Maatregelafstemming.maatregel_id).in_(maatregel_ids))).all()
    return {maatregel_id: Afstemverzoekstand(stand) for maatregel_id, stand in rows}


def agreed_and_intended(session: Session) -> Sequence[UUID]:
    """Measures that were agreed on and not imposed yet; asked by the service itself."""
    query = select(Maatregel.id).join(Maatregelafstemming, col(Maatregelafstemming.maatregel_id) == col(Maatregel.id))
    query = query.where(
        Maatregel.status == Maatregelstatus.VOORGENOMEN, Maatregelafstemming.stand == Afstemverzoekstand.AFGESTEMD
    )
    return session.exec(query.order_by(col(Maatregel.id))).all()
