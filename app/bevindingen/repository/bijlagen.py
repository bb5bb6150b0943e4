"""Queries on photos. Their receipts are read by who sent them; the images by who may see the control (decided above)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, func, or_
from sqlmodel import Session, col, select

from app.bevindingen.status import Bijlagestatus, Klasse
from app.bevindingen.tables import Bijlage
from app.core.caller import Caller
from app.core.tables import Bestand
from app.gemeenten.rules.rollen import Rol


def readable_by(caller: Caller) -> ColumnElement[bool]:
    """Photos of the caller's municipalities: compliance, and for the AF of the municipality that employs him the confidential ones."""
    if not caller.has(Rol.TOEZICHTHOUDER, Rol.TEAMLEIDER, Rol.AF):
        return false()
    compliance = and_(col(Bijlage.gemeentecode).in_(caller.gemeenten), col(Bijlage.klasse) == Klasse.NALEVING)
    if not caller.has(Rol.AF):
        return compliance
    return or_(compliance, col(Bijlage.gemeentecode) == caller.gemeentecode)


def sent_by(caller: Caller) -> ColumnElement[bool]:
    """Photos that the caller's own account announced."""
    return col(Bijlage.account_id) == caller.account_id


def with_id(session: Session, bijlage_id: UUID) -> Bijlage | None:
    """The photo under a client-made id, locked; for the check whether the same was announced before."""
    return session.exec(select(Bijlage).where(Bijlage.id == bijlage_id).with_for_update()).one_or_none()


def find_sent(session: Session, caller: Caller, bijlage_id: UUID, *, lock: bool = False) -> Bijlage | None:
    """A photo that the caller sent."""
    query = select(Bijlage).where(sent_by(caller), Bijlage.id == bijlage_id)
    return session.exec(query.with_for_update() if lock else query).one_or_none()


def find_readable(session: Session, caller: Caller, bijlage_id: UUID) -> Bijlage | None:
    """A photo that the caller's role and municipality may show, or that he sent himself; whose flag it is is decided above."""
    of_flag = and_(col(Bijlage.vlag_id).is_not(None), col(Bijlage.gemeentecode).in_(caller.gemeenten))
    brigade = of_flag if caller.has(Rol.PANDBRIGADE) else false()
    query = select(Bijlage).where(or_(readable_by(caller), sent_by(caller), brigade), Bijlage.id == bijlage_id)
    return session.exec(query).one_or_none()


def of_flag(session: Session, vlag_id: UUID) -> Sequence[Bijlage]:
    """Photos under the id of a flag that is being made, locked."""
    query = select(Bijlage).where(Bijlage.controle_id == vlag_id, Bijlage.vlag_id == vlag_id).order_by(col(Bijlage.id))
    return session.exec(query.with_for_update()).all()


def flag_of(session: Session, bijlage_id: UUID) -> UUID | None:
    """The flag of a photo."""
    return session.exec(select(Bijlage.vlag_id).where(Bijlage.id == bijlage_id)).one_or_none()


def stored_of_flags(session: Session, vlaggen: Collection[UUID]) -> Sequence[tuple[UUID, UUID]]:
    """Flag and id of the photos that are stored, in the order in which they were taken."""
    query = select(Bijlage.controle_id, Bijlage.id).where(
        col(Bijlage.controle_id).in_(vlaggen),
        col(Bijlage.vlag_id).is_not(None),
        Bijlage.status == Bijlagestatus.OPGESLAGEN,
    )
    return session.exec(query.order_by(col(Bijlage.genomen_op), col(Bijlage.id))).all()


def of_control(session: Session, caller: Caller, controle_id: UUID) -> Sequence[Bijlage]:
    """Photos of a control that the caller may see or sent, in the order in which they were taken."""
    query = select(Bijlage).where(
        or_(readable_by(caller), sent_by(caller)),
        Bijlage.controle_id == controle_id,
        col(Bijlage.status).not_in((Bijlagestatus.INGETROKKEN, Bijlagestatus.VERWIJDERD)),
    )
    return session.exec(query.order_by(col(Bijlage.genomen_op), col(Bijlage.id))).all()


def of_unknown_control(session: Session, controle_id: UUID) -> Sequence[Bijlage]:
    """Photos under the id of a control that is being made, locked."""
    query = select(Bijlage).where(Bijlage.controle_id == controle_id, col(Bijlage.vlag_id).is_(None))
    query = query.order_by(col(Bijlage.id))
    return session.exec(query.with_for_update()).all()


def arrived_ids(session: Session, controle_id: UUID) -> set[UUID]:
    """Photos of a control that are stored, whoever sent them; ids only."""
    query = select(Bijlage.id).where(Bijlage.controle_id == controle_id, Bijlage.status == Bijlagestatus.OPGESLAGEN)
    return set(session.exec(query).all())


def count_of(session: Session, controle_id: UUID, item: str | None = None) -> int:
    """How many photos a control, or one item of it, has that were not withdrawn or refused."""
    gone = (Bijlagestatus.INGETROKKEN, Bijlagestatus.GEWEIGERD, Bijlagestatus.VERWIJDERD)
    query = select(func.count()).where(Bijlage.controle_id == controle_id, col(Bijlage.status).not_in(gone))
    return session.exec(query if item is None else query.where(Bijlage.item == item)).one()


def unfinished(
    session: Session, gemeentecode: str, before: datetime, sent_up_to: datetime, limit: int
) -> Sequence[Bijlage]:
    """Photos of which a part came before a moment and never the rest, taken before what any tablet still holds; locked."""
    query = select(Bijlage).where(
        Bijlage.gemeentecode == gemeentecode,
        Bijlage.status == Bijlagestatus.ONTVANGT,
        Bijlage.ontvangen > 0,
        Bijlage.gemaakt_op < before,
        Bijlage.genomen_op < sent_up_to,
    )
    return session.exec(query.order_by(col(Bijlage.id)).limit(limit).with_for_update(skip_locked=True)).all()


def municipalities_with_unfinished(session: Session) -> Sequence[str]:
    """Municipalities with photos of which a part came."""
    query = select(Bijlage.gemeentecode).where(Bijlage.status == Bijlagestatus.ONTVANGT, Bijlage.ontvangen > 0)
    return session.exec(query.distinct().order_by(Bijlage.gemeentecode)).all()


def file_of(session: Session, bestand_id: UUID) -> Bestand | None:
    """The kept file of a photo."""
    return session.get(Bestand, bestand_id)


def claim_one(session: Session, now: datetime, until: datetime) -> Bijlage | None:
    """The next photo to check, kept from other workers until `until`; a worker that dies gives it back by that."""
    query = (
        select(Bijlage)
        .where(Bijlage.status == Bijlagestatus.CONTROLEERT, col(Bijlage.volgende_op) <= now)
        .order_by(col(Bijlage.volgende_op), col(Bijlage.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = session.exec(query).one_or_none()
    if row is not None:
        row.volgende_op, row.pogingen = until, row.pogingen + 1
        session.flush()
    return row
