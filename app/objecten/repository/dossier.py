"""Queries on all that belongs to one object, one each; of an object that the caller reads already."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.objecten.repository.zicht import readable_by
from app.objecten.tables import Bedrijfsplan, BibobToets, Risicoadres, Vergunning

MOST = 500
"""Rows of one kind that a file shows at most; an object with more has its own list for them."""


def permits(session: Session, caller: Caller, object_id: UUID) -> Sequence[Vergunning]:
    """All permits of an object, oldest first."""
    query = select(Vergunning).where(
        readable_by(caller, col(Vergunning.gemeentecode)), Vergunning.object_id == object_id
    )
    return session.exec(query.order_by(col(Vergunning.geldig_vanaf), col(Vergunning.nummer)).limit(MOST)).all()


def plans(session: Session, caller: Caller, object_id: UUID) -> Sequence[Bedrijfsplan]:
    """All business plans of an object, oldest first."""
    query = select(Bedrijfsplan).where(
        readable_by(caller, col(Bedrijfsplan.gemeentecode)), Bedrijfsplan.object_id == object_id
    )
    return session.exec(
        query.order_by(col(Bedrijfsplan.goedgekeurd_op), col(Bedrijfsplan.versienaam)).limit(MOST)
    ).all()


def tests(session: Session, caller: Caller, object_id: UUID) -> Sequence[tuple[str, BibobToets]]:
    """The Bibob tests of all permits of an object with the number of the permit, oldest first."""
    query = (
        select(Vergunning.nummer, BibobToets)
        .join(Vergunning, col(Vergunning.id) == col(BibobToets.vergunning_id))
        .where(readable_by(caller, col(Vergunning.gemeentecode)), Vergunning.object_id == object_id)
        .order_by(col(BibobToets.getoetst_op), col(BibobToets.kenmerk))
    )
    return session.exec(query.limit(MOST)).all()


def risks(session: Session, caller: Caller, object_id: UUID) -> Sequence[Risicoadres]:
    """The times that an object was in view, oldest first."""
    query = select(Risicoadres).where(
        readable_by(caller, col(Risicoadres.gemeentecode)), Risicoadres.object_id == object_id
    )
    return session.exec(query.order_by(col(Risicoadres.in_beeld_op), col(Risicoadres.id)).limit(MOST)).all()
