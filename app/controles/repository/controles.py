"""Queries on controls, actions and participants; everything a caller asks starts from `readable_by`."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, false, insert, or_
from sqlmodel import Session, col, select

from app.controles.repository.briefing import briefed
from app.controles.repository.gemist import stands
from app.controles.status import Controlestatus
from app.controles.tables import Actie, Antwoorden, Controle, Deelname
from app.core.caller import Caller
from app.core.http.paging import Paging
from app.gemeenten.rules.rollen import Rol

GEMEENTEBREED = (Rol.PLANNER, Rol.HOOFDPLANNER, Rol.AF)
VELD = (Rol.TOEZICHTHOUDER, Rol.TEAMLEIDER)
VOORBEREIDERS = (*GEMEENTEBREED, Rol.TEAMLEIDER)
"""Who prepares an integral action, or must know of it, before its briefing (PLN-18)."""

# What the intake asks of every request is built once: making a statement costs five times what running it does.
_WITH_IDS = select(Controle).where(col(Controle.id).in_(bindparam("ids", expanding=True))).order_by(col(Controle.id))
_WITH_IDS_LOCKED = _WITH_IDS.with_for_update().execution_options(populate_existing=True)
_EARLIER_POINTS = (
    select(  # type: ignore[call-overload]  # SQLModel types at most four columns
        Controle.id, Controle.object_id, Controle.datum, Antwoorden.punten, Antwoorden.keuze_geen_signaal
    )
    .join(Antwoorden, col(Antwoorden.controle_id) == col(Controle.id))
    .where(
        col(Controle.object_id).in_(bindparam("objecten", expanding=True)),
        col(Controle.datum) >= bindparam("sinds"),
        or_(col(Antwoorden.punten) > 0, col(Antwoorden.keuze_geen_signaal)),
    )
)


def readable_by(caller: Caller) -> ColumnElement[bool]:
    """Controls of the caller's municipalities; whoever works in the field sees those of his own teams.

    Those of an integral action an inspector sees from its briefing on (PLN-18); who prepares it sees them always.
    """
    gemeente = col(Controle.gemeentecode).in_(caller.gemeenten)
    if caller.is_system or caller.has(*GEMEENTEBREED):
        return gemeente if not caller.is_system else col(Controle.id).is_not(None)
    if caller.has(*VELD):
        own = and_(gemeente, col(Controle.team_id).in_(caller.teams))
        return own if caller.has(Rol.TEAMLEIDER) else and_(own, briefed())
    return false()


def actions_readable_by(caller: Caller) -> ColumnElement[bool]:
    """Actions of the caller's municipalities; whoever works in the field sees those in which one of his teams takes part (RPT-03)."""
    if caller.is_system:
        return col(Actie.id).is_not(None)
    own = col(Actie.gemeentecode).in_(caller.gemeenten)
    if caller.has(*GEMEENTEBREED):
        return own
    taking_part = select(Controle.actie_id).where(
        col(Controle.team_id).in_(caller.teams),
        Controle.status != Controlestatus.VERVALLEN,
        col(Controle.actie_id).is_not(None),
    )
    return and_(own, col(Actie.id).in_(taking_part))


def find(session: Session, caller: Caller, controle_id: UUID, *, lock: bool = False) -> Controle | None:
    """A control that the caller may see; `lock` keeps others from changing it in between."""
    query = select(Controle).where(readable_by(caller), Controle.id == controle_id)
    return session.exec(query.with_for_update() if lock else query).one_or_none()


@dataclass(frozen=True, slots=True)
class Controlefilter:
    """What a list is narrowed to. There is no filter on the trigger or on an answer (REG-05, REG-20)."""

    van: date | None = None
    tot: date | None = None
    status: Controlestatus | None = None
    object_id: UUID | None = None
    team_id: UUID | None = None
    actie_id: UUID | None = None
    gemeentecode: str | None = None


def conditions(caller: Caller, filters: Controlefilter) -> list[ColumnElement[bool]]:
    """What a list is narrowed to, within what the caller may see."""
    chosen = [readable_by(caller)]
    if filters.van is not None:
        chosen.append(col(Controle.datum) >= filters.van)
    if filters.tot is not None:
        chosen.append(col(Controle.datum) <= filters.tot)
    wanted: tuple[tuple[Any, object], ...] = (
        (col(Controle.status), filters.status),
        (col(Controle.object_id), filters.object_id),
        (col(Controle.team_id), filters.team_id),
        (col(Controle.actie_id), filters.actie_id),
        (col(Controle.gemeentecode), filters.gemeentecode),
    )
    return chosen + [column == value for column, value in wanted if value is not None]


def page(session: Session, caller: Caller, filters: Controlefilter, paging: Paging) -> Sequence[Controle]:
    """One page of controls by date, and one more."""
    chosen = conditions(caller, filters)
    after = paging.after_key(date.fromisoformat)
    if after is not None:
        day, row_id = after
        chosen.append(or_(col(Controle.datum) > day, and_(col(Controle.datum) == day, col(Controle.id) > row_id)))
    query = select(Controle).where(*chosen).order_by(col(Controle.datum), col(Controle.id)).limit(paging.limit + 1)
    return session.exec(query).all()


def of_day(session: Session, caller: Caller, datum: date) -> Sequence[Controle]:
    """The controls of the caller's own teams on a day, in order of the route; a tablet never holds an address before the briefing."""
    query = select(Controle).where(
        readable_by(caller),
        briefed(),
        col(Controle.team_id).in_(caller.teams),
        Controle.datum == datum,
        Controle.status != Controlestatus.VERVALLEN,
    )
    order = (col(Controle.aanvang).asc().nulls_last(), col(Controle.volgorde), col(Controle.id))
    return session.exec(query.order_by(*order)).all()


def of_days(session: Session, caller: Caller, van: date, tot: date, limit: int) -> Sequence[Controle]:
    """The controls of the caller's own teams from a day up to another, both included; newest day first, dropped ones too."""
    query = select(Controle).where(
        readable_by(caller),
        briefed(),
        col(Controle.team_id).in_(caller.teams),
        col(Controle.datum).between(van, tot),
    )
    order = (col(Controle.datum).desc(), col(Controle.aanvang).asc().nulls_last(), col(Controle.id))
    return session.exec(query.order_by(*order).limit(limit)).all()


def with_ids(session: Session, ids: Iterable[UUID], *, lock: bool = False) -> Sequence[Controle]:
    """Controls by id, whoever asks; in one order, so that two batches never wait for each other.

    Only the intake uses this: it decides itself who may write to which (`service.toegang`).
    """
    return session.exec(_WITH_IDS_LOCKED if lock else _WITH_IDS, params={"ids": sorted(ids)}).all()


def compliance_answers(session: Session, controle_id: UUID) -> Mapping[str, Any]:
    """The compliance answers of a control by item; empty when nothing was answered."""
    query = select(Antwoorden.naleving).where(Antwoorden.controle_id == controle_id)
    return session.exec(query).one_or_none() or {}


def released_at(session: Session, objects: Collection[UUID], since: date) -> Sequence[Controle]:
    """The controls at objects from a day on that were released and did not start, locked."""
    query = select(Controle).where(
        col(Controle.object_id).in_(objects),
        col(Controle.datum) >= since,
        Controle.status == Controlestatus.VRIJGEGEVEN,
    )
    return session.exec(query.order_by(col(Controle.id)).with_for_update()).all()


def not_started(session: Session, object_id: UUID, van: date, tot: date) -> Sequence[Controle]:
    """The controls of an object between two dates, both included, that did not start."""
    query = select(Controle).where(
        Controle.object_id == object_id,
        col(Controle.datum).between(van, tot),
        col(Controle.status).in_((Controlestatus.GEPLAND, Controlestatus.VRIJGEGEVEN)),
    )
    return session.exec(query.order_by(col(Controle.id))).all()


def of_round(session: Session, planronde_id: UUID, status: Controlestatus) -> Sequence[Controle]:
    """The controls that a planning round made, in one state, locked."""
    query = select(Controle).where(Controle.planronde_id == planronde_id, Controle.status == status)
    return session.exec(query.order_by(col(Controle.id)).with_for_update()).all()


def of_year(
    session: Session, gemeentecode: str, year: int, vandaag: date, *, with_services: bool = False
) -> Sequence[Controle]:
    """The controls of a municipality in a calendar year that were not dropped or missed; only those of an actie or with a partner."""
    query = select(Controle).where(
        Controle.gemeentecode == gemeentecode,
        col(Controle.datum) >= date(year, 1, 1),
        col(Controle.datum) <= date(year, 12, 31),
        Controle.status != Controlestatus.VERVALLEN,
        stands(vandaag),
    )
    if with_services:
        joined = select(Deelname.controle_id).where(
            col(Deelname.controle_id).is_not(None), col(Deelname.partner_id).is_not(None)
        )
        query = query.where(or_(col(Controle.actie_id).is_not(None), col(Controle.id).in_(joined)))
    return session.exec(query.order_by(col(Controle.datum), col(Controle.id))).all()


def standing_between(session: Session, gemeentecode: str, van: date, tot: date) -> Sequence[Controle]:
    """The controls of a municipality on these dates that are to be done or are being done, whoever asks."""
    query = select(Controle).where(
        Controle.gemeentecode == gemeentecode,
        col(Controle.datum) >= van,
        col(Controle.datum) <= tot,
        col(Controle.status).in_([Controlestatus.GEPLAND, Controlestatus.VRIJGEGEVEN, Controlestatus.BEZIG]),
    )
    order = (col(Controle.datum), col(Controle.aanvang).asc().nulls_last(), col(Controle.id))
    return session.exec(query.order_by(*order)).all()


def add_all(session: Session, rows: Sequence[Controle]) -> None:
    """Stores new controls in one statement."""
    if rows:
        session.execute(insert(Controle), [row.model_dump() for row in rows])


Partnersoorten = dict[UUID, dict[UUID, str]]


def partners_of_year(session: Session, gemeentecode: str, year: int) -> tuple[Partnersoorten, Partnersoorten]:
    """Partner and kind per control and per action of a municipality in a calendar year."""
    per_controle: Partnersoorten = {}
    per_actie: Partnersoorten = {}
    for owner, column, found in (
        (Controle, col(Deelname.controle_id), per_controle),
        (Actie, col(Deelname.actie_id), per_actie),
    ):
        query = (
            select(column, Deelname.partner_id, Deelname.soort)
            .join(owner, col(owner.id) == column)
            .where(
                owner.gemeentecode == gemeentecode,
                col(owner.datum) >= date(year, 1, 1),
                col(owner.datum) <= date(year, 12, 31),
                col(Deelname.partner_id).is_not(None),
            )
        )
        for owner_id, partner_id, soort in session.exec(query).all():
            if owner_id is not None and partner_id is not None:
                found.setdefault(owner_id, {})[partner_id] = soort or ""
    return per_controle, per_actie


def participants(
    session: Session, *, controles: Iterable[UUID] = (), acties: Iterable[UUID] = ()
) -> Sequence[Deelname]:
    """The services that take part in these controls and actions."""
    query = select(Deelname).where(
        or_(col(Deelname.controle_id).in_(list(controles)), col(Deelname.actie_id).in_(list(acties)))
    )
    return session.exec(query.order_by(col(Deelname.dienst), col(Deelname.id))).all()


def find_action(session: Session, caller: Caller, actie_id: UUID, *, lock: bool = False) -> Actie | None:
    """An action that the caller may see."""
    query = select(Actie).where(actions_readable_by(caller), Actie.id == actie_id)
    return session.exec(query.with_for_update() if lock else query).one_or_none()


def of_action(session: Session, actie_id: UUID) -> Sequence[Controle]:
    """The controls of an action in order, dropped ones not; the caller answers for who may know them."""
    query = select(Controle).where(Controle.actie_id == actie_id, Controle.status != Controlestatus.VERVALLEN)
    order = (col(Controle.aanvang).asc().nulls_last(), col(Controle.volgorde), col(Controle.id))
    return session.exec(query.order_by(*order)).all()


def actions_of_day(session: Session, caller: Caller, datum: date) -> Sequence[Actie]:
    """The actions of a day in which a team of the caller takes part, briefed or not."""
    mine = select(Controle.actie_id).where(
        col(Controle.team_id).in_(caller.teams), Controle.datum == datum, Controle.status != Controlestatus.VERVALLEN
    )
    query = select(Actie).where(actions_readable_by(caller), Actie.datum == datum, col(Actie.id).in_(mine))
    return session.exec(query.order_by(col(Actie.id))).all()


def actions_of_partner(
    session: Session, gemeentecode: str, partner_id: UUID, since: date
) -> Sequence[tuple[Actie, bool]]:
    """The actions in which a partner takes part, each with whether anything of it still goes on; for its calendar only."""
    alive = (
        select(Controle.id)
        .where(col(Controle.actie_id) == col(Actie.id), Controle.status != Controlestatus.VERVALLEN)
        .exists()
    )
    dropped = select(Controle.id).where(col(Controle.actie_id) == col(Actie.id)).exists()
    query = (
        select(Actie, or_(alive, ~dropped))
        .join(Deelname, col(Deelname.actie_id) == col(Actie.id))
        .where(Actie.gemeentecode == gemeentecode, Deelname.partner_id == partner_id, col(Actie.datum) >= since)
    )
    return [(actie, bool(on)) for actie, on in session.exec(query.order_by(col(Actie.datum), col(Actie.id))).all()]


def action_page(session: Session, caller: Caller, paging: Paging) -> Sequence[Actie]:
    """One page of actions by date, and one more."""
    conditions = [actions_readable_by(caller)]
    after = paging.after_key(date.fromisoformat)
    if after is not None:
        day, row_id = after
        conditions.append(or_(col(Actie.datum) > day, and_(col(Actie.datum) == day, col(Actie.id) > row_id)))
    query = select(Actie).where(*conditions).order_by(col(Actie.datum), col(Actie.id)).limit(paging.limit + 1)
    return session.exec(query).all()


@dataclass(frozen=True, slots=True)
class EerderePunten:
    """Points and choice of an earlier control of the same object; confidential, for the score only."""

    controle_id: UUID
    object_id: UUID
    datum: date
    punten: int
    keuze_geen_signaal: bool


def earlier_points(session: Session, objecten: Iterable[UUID], since: date) -> list[EerderePunten]:
    """Controls of these objects since a date that scored, or ended in the choice 'geen signaal'."""
    rows = session.exec(_EARLIER_POINTS, params={"objecten": list(objecten), "sinds": since}).all()
    return [EerderePunten(*row) for row in rows]
