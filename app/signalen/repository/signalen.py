"""Queries on signals. Reading starts from `readable_by`: the AF and team leader of the signal's own municipality, nobody else."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, false, func, or_
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.clock import parse_moment
from app.core.columns import UtcDateTime
from app.core.http.paging import Paging
from app.core.upsert import insert_or_skip
from app.gemeenten.rules.rollen import Rol
from app.signalen.rules.telling import TelbaarSignaal
from app.signalen.rules.urgentie import VOLGORDE, rank
from app.signalen.status import Signaalstatus
from app.signalen.tables import Signaal, SignaalBevinding, Signaalgebeurtenis

_first_due = func.coalesce(
    col(Signaal.eerstvolgende_termijn), col(Signaal.bevestigen_voor), col(Signaal.ontstaan_op), type_=UtcDateTime
)
_rank = case({urgentie.value: rank(urgentie) for urgentie in VOLGORDE}, value=col(Signaal.urgentie))


def readable_by(caller: Caller) -> ColumnElement[bool]:
    """Sent signals of the municipality that employs the caller. A designation elsewhere gives no sight of signals there."""
    if not caller.has(Rol.AF, Rol.TEAMLEIDER):
        return false()
    own = col(Signaal.gemeentecode) == caller.gemeentecode
    if caller.has(Rol.AF):
        own = or_(
            own, col(Signaal.waarnemer) == caller.account_id
        )  # a neighbour who was alarmed because nobody here answered
    return and_(
        own,
        col(Signaal.status) != Signaalstatus.CONCEPT,
    )


def submitted_by(caller: Caller) -> ColumnElement[bool]:
    """Signals that the caller submitted; of these he sees the status only."""
    return col(Signaal.indiener) == caller.account_id


def inbox_page(
    session: Session, caller: Caller, statussen: Collection[Signaalstatus], paging: Paging
) -> Sequence[Signaal]:
    """Signals by urgency, then by the time that is left; one more than the limit when there are more."""
    query = select(Signaal).where(readable_by(caller), col(Signaal.status).in_(statussen))
    after = paging.after_key(_inbox_place)
    if after is not None:
        (urgency, before), last = after
        same = _rank == urgency
        query = query.where(
            or_(
                _rank > urgency,
                and_(same, _first_due > before),
                and_(same, _first_due == before, col(Signaal.id) > last),
            )
        )
    return session.exec(query.order_by(_rank, _first_due, col(Signaal.id)).limit(paging.limit + 1)).all()


def inbox_key(signaal: Signaal) -> str:
    """The sort key of a signal in the inbox, for a cursor."""
    moment = signaal.eerstvolgende_termijn or signaal.bevestigen_voor or signaal.ontstaan_op
    return f"{rank(signaal.urgentie)}|{moment.isoformat()}"


def _inbox_place(key: str) -> tuple[int, datetime]:
    urgency, _, moment = key.partition("|")
    return int(urgency), parse_moment(moment)


def find_readable(session: Session, caller: Caller, signaal_id: UUID, *, lock: bool = False) -> Signaal | None:
    """A signal that the caller may read, locked when it will be changed."""
    query = select(Signaal).where(readable_by(caller), Signaal.id == signaal_id)
    return session.exec(query.with_for_update() if lock else query).one_or_none()


def own_page(session: Session, caller: Caller, paging: Paging) -> Sequence[Signaal]:
    """The caller's own signals, newest first."""
    query = select(Signaal).where(submitted_by(caller))
    after = paging.after_key(parse_moment)
    if after is not None:
        moment, last = after
        query = query.where(
            or_(
                col(Signaal.ontstaan_op) < moment,
                and_(col(Signaal.ontstaan_op) == moment, col(Signaal.id) < last),
            )
        )
    query = query.order_by(col(Signaal.ontstaan_op).desc(), col(Signaal.id).desc())
    return session.exec(query.limit(paging.limit + 1)).all()


def automatic_of(session: Session, controle_id: UUID) -> Signaal | None:
    """The one automatic signal of a control, locked; asked by the service itself, shown to nobody."""
    query = select(Signaal).where(Signaal.automatisch_voor == controle_id).with_for_update()
    return session.exec(query).one_or_none()


def with_id(session: Session, signaal_id: UUID) -> Signaal | None:
    """The signal under a client-made id, locked; for the check whether the same was sent before."""
    return session.exec(select(Signaal).where(Signaal.id == signaal_id).with_for_update()).one_or_none()


def unsent(session: Session, before: datetime) -> Sequence[Signaal]:
    """Automatic signals that still wait for the end of their control, locked; older than `before`."""
    query = select(Signaal).where(
        Signaal.status == Signaalstatus.CONCEPT,
        col(Signaal.automatisch_voor).is_not(None),
        col(Signaal.ontstaan_op) < before,
    )
    return session.exec(query.with_for_update(skip_locked=True)).all()


def insert(session: Session, values: Mapping[str, Any]) -> bool:
    """Stores a signal unless its id or its control has one; answers whether it was stored."""
    return bool(insert_or_skip(session, Signaal, [values], Signaal.id))


def link_findings(session: Session, signaal_id: UUID, bevinding_ids: Collection[UUID]) -> int:
    """Links findings to a signal; answers how many were not linked yet."""
    rows = [{"signaal_id": signaal_id, "bevinding_id": found} for found in dict.fromkeys(bevinding_ids)]
    return len(insert_or_skip(session, SignaalBevinding, rows, SignaalBevinding.bevinding_id))


def finding_ids(session: Session, signaal_id: UUID) -> Sequence[UUID]:
    """The findings behind a signal."""
    return session.exec(select(SignaalBevinding.bevinding_id).where(SignaalBevinding.signaal_id == signaal_id)).all()


def findings_behind(session: Session, controle_id: UUID) -> Sequence[UUID]:
    """The findings behind any signal about a control."""
    query = select(SignaalBevinding.bevinding_id).join(Signaal, col(Signaal.id) == col(SignaalBevinding.signaal_id))
    return session.exec(query.where(Signaal.controle_id == controle_id)).all()


def events_page(session: Session, signaal_id: UUID, paging: Paging) -> Sequence[Signaalgebeurtenis]:
    """The changes of a signal, oldest first."""
    query = select(Signaalgebeurtenis).where(Signaalgebeurtenis.signaal_id == signaal_id)
    after = paging.after_key(int)
    if after is not None:
        query = query.where(col(Signaalgebeurtenis.volgnummer) > after[0])
    return session.exec(query.order_by(col(Signaalgebeurtenis.volgnummer)).limit(paging.limit + 1)).all()


def sent_between(
    session: Session, gemeenten: Collection[str], van: datetime, tot: datetime
) -> Sequence[TelbaarSignaal]:
    """What counts of the signals that were sent from `van` up to `tot`; nothing of their content."""
    query = select(  # type: ignore[call-overload]  # SQLModel types at most four columns
        Signaal.gemeente_herkomst,
        Signaal.vormen,
        Signaal.status,
        Signaal.sluitcode,
        Signaal.bron,
        Signaal.verzonden_op,
    ).where(col(Signaal.gemeentecode).in_(gemeenten), col(Signaal.verzonden_op) >= van, col(Signaal.verzonden_op) < tot)
    return [TelbaarSignaal(*row) for row in session.exec(query).all()]
