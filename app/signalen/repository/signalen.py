"""Queries on signals. Who may read or count one is decided here alone (meldroute table E, ROL-03, RTE-26).

`readable_by`: the AF and team leader of the signal's own municipality. `routed_in_region`: what a ketenregisseur sees of handed-over
signals. `countable_by`: what figures count. `kept_out`: whom a signal on the closed route is about.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, case, cast, exists, false, func, not_, or_
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.clock import parse_moment
from app.core.columns import UtcDateTime
from app.core.http.paging import Paging
from app.core.upsert import insert_or_skip
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.status import Partnersoort
from app.signalen.rules.telling import TelbaarSignaal
from app.signalen.rules.urgentie import VOLGORDE, rank
from app.signalen.status import Overdrachtstatus, Signaalstatus
from app.signalen.tables import Overdracht, Signaal, SignaalBevinding, Signaalgebeurtenis

_first_due = func.coalesce(
    col(Signaal.eerstvolgende_termijn), col(Signaal.bevestigen_voor), col(Signaal.ontstaan_op), type_=UtcDateTime
)
_rank = case({urgentie.value: rank(urgentie) for urgentie in VOLGORDE}, value=col(Signaal.urgentie))


def readable_by(caller: Caller) -> ColumnElement[bool]:
    """Sent signals of the municipality that employs the caller. A designation elsewhere gives no sight of signals there.

    An AF who was alarmed because nobody there answered reads it as well. A signal on the closed route is for AFs alone, and never for
    those whom it is about (RTE-26, M44).
    """
    if not caller.has(Rol.AF, Rol.TEAMLEIDER):
        return false()
    own = col(Signaal.gemeentecode) == caller.gemeentecode
    if caller.has(Rol.AF):
        own = or_(own, col(Signaal.waarnemer) == caller.account_id)
    else:
        own = and_(own, col(Signaal.gesloten_route).is_(False))
    return and_(own, col(Signaal.status) != Signaalstatus.CONCEPT, not_(kept_out(caller)))


def kept_out(caller: Caller) -> ColumnElement[bool]:
    """Signals that the caller may not know of: he, his team or his domain is whom they are about (RTE-26)."""
    listed = cast(col(Signaal.afgeschermd_voor), String).contains(str(caller.account_id))
    team = and_(col(Signaal.betrokken_team).is_not(None), col(Signaal.betrokken_team).in_(caller.teams))
    domain = and_(
        col(Signaal.betrokken_domein).is_not(None),
        col(Signaal.betrokken_domein) == (caller.domein or ""),
        col(Signaal.gemeentecode) == caller.gemeentecode,
    )
    return or_(listed, team, domain)


def routed_in_region(caller: Caller) -> ColumnElement[bool]:
    """Handed-over signals of the region of a ketenregisseur (ROL-03), those on the closed route excepted."""
    if not caller.has(Rol.KETENREGISSEUR):
        return false()
    return and_(
        col(Signaal.gemeentecode).in_(caller.gemeenten),
        col(Signaal.uitgezet_op).is_not(None),
        col(Signaal.gesloten_route).is_(False),
    )


def countable_by(caller: Caller) -> ColumnElement[bool]:
    """What a figure counts: a signal on the closed route counts for who may read it, for others when it is closed.

    So nobody sees one come in by a number that goes up. For whom it is about it never counts.
    """
    over = col(Signaal.status).in_((Signaalstatus.GESLOTEN, Signaalstatus.SAMENGEVOEGD))
    ordinary = col(Signaal.gesloten_route).is_(False)
    return or_(ordinary, readable_by(caller), and_(over, not_(kept_out(caller))))


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


def may_know(session: Session, caller: Caller, signaal_id: UUID) -> bool:
    """Whether the caller is not among those whom a signal is about."""
    return session.exec(select(Signaal.id).where(Signaal.id == signaal_id, not_(kept_out(caller)))).first() is not None


def routed_page(session: Session, caller: Caller, paging: Paging) -> Sequence[Signaal]:
    """Handed-over signals of the caller's region, newest first."""
    query = select(Signaal).where(routed_in_region(caller))
    after = paging.after_key(parse_moment)
    if after is not None:
        moment, last = after
        same = and_(col(Signaal.uitgezet_op) == moment, col(Signaal.id) < last)
        query = query.where(or_(col(Signaal.uitgezet_op) < moment, same))
    query = query.order_by(col(Signaal.uitgezet_op).desc(), col(Signaal.id).desc())
    return session.exec(query.limit(paging.limit + 1)).all()


def open_on_closed_route(session: Session, statussen: Collection[Signaalstatus]) -> Sequence[Signaal]:
    """Open signals on the closed route, locked; asked by the service itself, to see that each has an AF."""
    query = select(Signaal).where(col(Signaal.gesloten_route).is_(True), col(Signaal.status).in_(statussen))
    return session.exec(query.order_by(col(Signaal.id)).with_for_update(skip_locked=True)).all()


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


def leading_of(session: Session, signaal: Signaal) -> Signaal:
    """The signal that goes on with this one, locked: itself, or the end of what it was merged into; merging makes no circles."""
    found: Signaal | None = signaal
    while found is not None and found.leidend_id is not None:
        signaal, found = found, with_id(session, found.leidend_id)
    return found or signaal


def merged_into(session: Session, signaal_id: UUID) -> list[Signaal]:
    """All that was merged into a signal, also by way of another."""
    found: list[Signaal] = []
    wanted = [signaal_id]
    while wanted:
        rows = session.exec(select(Signaal).where(col(Signaal.leidend_id).in_(wanted))).all()
        found += rows
        wanted = [row.id for row in rows]
    return found


def open_in(session: Session, gemeentecode: str, statussen: Collection[Signaalstatus]) -> Sequence[Signaal]:
    """Open signals of a municipality on the ordinary route, locked; asked by the service itself, to see that each has an AF."""
    query = select(Signaal).where(
        Signaal.gemeentecode == gemeentecode,
        col(Signaal.gesloten_route).is_(False),
        col(Signaal.status).in_(statussen),
    )
    return session.exec(query.order_by(col(Signaal.id)).with_for_update(skip_locked=True)).all()


def places_with_open(session: Session, statussen: Collection[Signaalstatus]) -> Sequence[str]:
    """The municipalities with an open signal on the ordinary route."""
    query = select(Signaal.gemeentecode).where(
        col(Signaal.gesloten_route).is_(False), col(Signaal.status).in_(statussen)
    )
    return session.exec(query.distinct().order_by(Signaal.gemeentecode)).all()


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
    session: Session, caller: Caller, gemeenten: Collection[str], van: datetime, tot: datetime
) -> Sequence[TelbaarSignaal]:
    """What counts of the signals that were sent from `van` up to `tot`; nothing of their content."""
    at_riec = exists().where(
        col(Overdracht.signaal_id) == col(Signaal.id),
        col(Overdracht.partnersoort) == Partnersoort.RIEC.value,
        col(Overdracht.status) != Overdrachtstatus.INGETROKKEN,
    )
    figures = select(  # type: ignore[call-overload]  # SQLModel types at most four columns
        Signaal.gemeente_herkomst,
        Signaal.vormen,
        Signaal.status,
        Signaal.sluitcode,
        Signaal.bron,
        Signaal.verzonden_op,
    )
    query = figures.add_columns(at_riec).where(
        countable_by(caller),
        col(Signaal.gemeentecode).in_(gemeenten),
        col(Signaal.verzonden_op) >= van,
        col(Signaal.verzonden_op) < tot,
    )
    return [TelbaarSignaal(*row) for row in session.execute(query).all()]
