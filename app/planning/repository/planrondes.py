"""Queries on planning rounds and on what they propose; all start from the rounds that the caller may read."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, func, insert, or_
from sqlmodel import Session, SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.core.caller import Caller
from app.core.errors import InvalidInput
from app.core.http.paging import Paging
from app.planning.repository.zicht import date_of, readable_by
from app.planning.status import Planrondestatus
from app.planning.tables import Planactie, Planregel, Planrest, Planronde, Planrondegebeurtenis

Row = TypeVar("Row", bound=SQLModel)


def find(session: Session, caller: Caller, ronde_id: UUID, *, lock: bool = False) -> Planronde | None:
    """A round that the caller may read; `lock` holds it until the end of the transaction."""
    statement = select(Planronde).where(Planronde.id == ronde_id, readable_by(caller, Planronde.gemeentecode))
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return session.exec(statement).one_or_none()


def stored(session: Session, ronde_id: UUID) -> Planronde | None:
    """The round under a client-made id, of any municipality."""
    return session.get(Planronde, ronde_id)


def page(session: Session, caller: Caller, paging: Paging, status: Planrondestatus | None) -> Sequence[Planronde]:
    """One page of rounds by first date, and one more."""
    statement = select(Planronde).where(readable_by(caller, Planronde.gemeentecode))
    if status is not None:
        statement = statement.where(Planronde.status == status)
    day = date_of(paging)
    if paging.after is not None and day is not None:
        later = and_(col(Planronde.van) == day, col(Planronde.id) > paging.after[1])
        statement = statement.where(or_(col(Planronde.van) > day, later))
    return session.exec(statement.order_by(col(Planronde.van), col(Planronde.id)).limit(paging.limit + 1)).all()


def lock_overlapping(session: Session, ronde: Planronde) -> Sequence[Planronde]:
    """All rounds of the municipality over a part of the same period, locked in one order."""
    statement = (
        select(Planronde)
        .where(
            Planronde.gemeentecode == ronde.gemeentecode,
            col(Planronde.van) <= ronde.tot,
            col(Planronde.tot) >= ronde.van,
        )
        .order_by(col(Planronde.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return session.exec(statement).all()


def events(session: Session, ronde_id: UUID) -> Sequence[Planrondegebeurtenis]:
    """The steps of a round, oldest first."""
    statement = select(Planrondegebeurtenis).where(Planrondegebeurtenis.planronde_id == ronde_id)
    return session.exec(statement.order_by(col(Planrondegebeurtenis.tijdstip), col(Planrondegebeurtenis.id))).all()


def running_since(session: Session, started: str, before: datetime) -> Sequence[UUID]:
    """Running rounds of every municipality whose last step `started` lies before that time."""
    last = (
        select(Planrondegebeurtenis.planronde_id)
        .where(Planrondegebeurtenis.actie == started)
        .group_by(col(Planrondegebeurtenis.planronde_id))
        .having(func.max(Planrondegebeurtenis.tijdstip) < before)
    )
    statement = select(Planronde.id).where(Planronde.status == Planrondestatus.BEZIG, col(Planronde.id).in_(last))
    return session.exec(statement.order_by(col(Planronde.id))).all()


def released_overlapping(session: Session, ronde: Planronde) -> Sequence[Planronde]:
    """The rounds of the municipality over a part of the same period of which something was released, also when the rest was withdrawn."""
    statement = select(Planronde).where(
        Planronde.gemeentecode == ronde.gemeentecode,
        col(Planronde.van) <= ronde.tot,
        col(Planronde.tot) >= ronde.van,
        or_(col(Planronde.status) == Planrondestatus.VRIJGEGEVEN, col(Planronde.vrijgegeven_tot).is_not(None)),
    )
    return session.exec(statement.order_by(col(Planronde.id))).all()


def year_seeds(session: Session, ronde: Planronde) -> dict[int, int]:
    """Per calendar year of a round the seed of the first round that was made over that year; rounds are never deleted in their year."""
    seeds = {}
    for jaar in range(ronde.van.year, ronde.tot.year + 1):
        statement = select(Planronde.seed).where(
            Planronde.gemeentecode == ronde.gemeentecode,
            col(Planronde.van) <= date(jaar, 12, 31),
            col(Planronde.tot) >= date(jaar, 1, 1),
        )
        oldest = statement.order_by(col(Planronde.gemaakt_op), col(Planronde.id)).limit(1)
        seeds[jaar] = session.exec(oldest).first() or ronde.seed
    return seeds


def confirmed_rules(
    session: Session, gemeentecode: str, vandaag: date, zonder: UUID | None = None
) -> Sequence[tuple[Planregel, str, datetime | None]]:
    """Visits from today on that confirmed rounds of a municipality hold and did not release, with the round's name and calculation time.

    Args:
        session: The session.
        gemeentecode: The municipality.
        vandaag: Business date.
        zonder: A round that is left out.
    """
    statement = (
        select(Planregel, Planronde.naam, Planronde.berekend_op)
        .join(Planronde, col(Planronde.id) == col(Planregel.planronde_id))
        .where(_waits(gemeentecode, vandaag), col(Planronde.id).is_distinct_from(zonder))
        .order_by(col(Planregel.datum), col(Planregel.id))
    )
    return session.exec(statement).all()


def confirmed_objects(session: Session, gemeentecode: str, van: date, tot: date) -> set[UUID]:
    """Objects that a confirmed round of a municipality visits on these days and did not release."""
    statement = (
        select(Planregel.object_id)
        .join(Planronde, col(Planronde.id) == col(Planregel.planronde_id))
        .where(_waits(gemeentecode, van), col(Planregel.datum) <= tot)
    )
    return set(session.exec(statement).all())


def confirmed_near(
    session: Session,
    gemeentecode: str,
    vandaag: date,
    of_object: tuple[UUID, date, date],
    of_team: tuple[UUID | None, date, date],
) -> Sequence[tuple[Planregel, str]]:
    """As `confirmed_rules`, of one object or one team, each between two days."""
    object_id, since, until = of_object
    team_id, first, last = of_team
    here = and_(col(Planregel.object_id) == object_id, col(Planregel.datum).between(since, until))
    there = and_(col(Planregel.team_id) == team_id, col(Planregel.datum).between(first, last))
    statement = (
        select(Planregel, Planronde.naam)
        .join(Planronde, col(Planronde.id) == col(Planregel.planronde_id))
        .where(_waits(gemeentecode, vandaag), or_(here, there))
        .order_by(col(Planregel.datum), col(Planregel.aanvang), col(Planregel.id))
    )
    return session.exec(statement).all()


def _waits(gemeentecode: str, van: date) -> ColumnElement[bool]:
    """Visits from a day on that a confirmed round holds and did not release."""
    return and_(
        col(Planronde.gemeentecode) == gemeentecode,
        col(Planronde.status) == Planrondestatus.VASTGESTELD,
        col(Planronde.tot) >= van,
        col(Planregel.datum) >= van,
        or_(col(Planronde.vrijgegeven_tot).is_(None), col(Planregel.datum) > col(Planronde.vrijgegeven_tot)),
    )


def lock_rounds(session: Session, ronde_ids: Collection[UUID]) -> Sequence[Planronde]:
    """Rounds, locked in one order until the end of the transaction."""
    statement = select(Planronde).where(col(Planronde.id).in_(ronde_ids)).order_by(col(Planronde.id))
    return session.exec(statement.with_for_update().execution_options(populate_existing=True)).all()


def rules_with_ids(session: Session, rule_ids: Collection[UUID]) -> Sequence[tuple[Planregel, Planronde]]:
    """Proposed visits with their rounds; those that are gone are left out."""
    if not rule_ids:
        return []
    statement = select(Planregel, Planronde).join(Planronde, col(Planronde.id) == col(Planregel.planronde_id))
    return session.exec(statement.where(col(Planregel.id).in_(rule_ids))).all()


def acties_with_ids(session: Session, actie_ids: Collection[UUID | None]) -> Sequence[Planactie]:
    """Proposed acties."""
    known = [actie_id for actie_id in actie_ids if actie_id is not None]
    return session.exec(select(Planactie).where(col(Planactie.id).in_(known))).all() if known else []


def all_rules(session: Session, ronde_id: UUID) -> Sequence[Planregel]:
    """All proposed visits of a round, in order."""
    order = (col(Planregel.datum), col(Planregel.team_id), col(Planregel.volgorde), col(Planregel.id))
    return session.exec(select(Planregel).where(Planregel.planronde_id == ronde_id).order_by(*order)).all()


def rules_page(session: Session, ronde_id: UUID, paging: Paging, datum: date | None) -> Sequence[Planregel]:
    """One page of proposed visits by date, team and order, and one more."""
    columns = (col(Planregel.datum), col(Planregel.team_id), col(Planregel.volgorde), col(Planregel.id))
    statement = select(Planregel).where(Planregel.planronde_id == ronde_id)
    if datum is not None:
        statement = statement.where(Planregel.datum == datum)
    if paging.after is not None:
        statement = statement.where(_after(columns, (*_rule_key(paging), paging.after[1])))
    return session.exec(statement.order_by(*columns).limit(paging.limit + 1)).all()


def rule_key(datum: date, team_id: UUID, volgorde: int) -> str:
    """The sort key of a proposed visit in a cursor."""
    return f"{datum.isoformat()} {team_id} {volgorde}"


def _rule_key(paging: Paging) -> tuple[date, UUID, int]:
    try:
        day, team, order = (paging.after or ("", None))[0].split(" ")
        return date.fromisoformat(day), UUID(team), int(order[:6])
    except ValueError:
        raise InvalidInput("De cursor klopt niet. Begin zonder cursor.") from None


def _after(columns: tuple[Any, ...], values: tuple[Any, ...]) -> Any:  # noqa: ANN401 - mapped columns and their values
    """Rows that come after the one with these values, on every database."""
    steps = []
    for position, (column, value) in enumerate(zip(columns, values, strict=True)):
        same = [columns[i] == values[i] for i in range(position)]
        steps.append(and_(*same, column > value))
    return or_(*steps)


def find_rule(session: Session, caller: Caller, rule_id: UUID) -> Planregel | None:
    """A proposed visit of a round that the caller may read."""
    statement = (
        select(Planregel)
        .join(Planronde, col(Planronde.id) == col(Planregel.planronde_id))
        .where(Planregel.id == rule_id, readable_by(caller, Planronde.gemeentecode))
    )
    return session.exec(statement).one_or_none()


def fresh_rule(session: Session, rule_id: UUID) -> Planregel | None:
    """A proposed visit as it stands now, read after its round was locked; None when it was dropped meanwhile."""
    return session.get(Planregel, rule_id, populate_existing=True)


def stored_rule(session: Session, rule_id: UUID) -> Planregel | None:
    """The proposed visit under a client-made id, of any municipality."""
    return session.get(Planregel, rule_id)


def find_actie(session: Session, caller: Caller, actie_id: UUID) -> Planactie | None:
    """A proposed actie of a round that the caller may read."""
    statement = (
        select(Planactie)
        .join(Planronde, col(Planronde.id) == col(Planactie.planronde_id))
        .where(Planactie.id == actie_id, readable_by(caller, Planronde.gemeentecode))
    )
    return session.exec(statement).one_or_none()


def fresh_actie(session: Session, actie_id: UUID) -> Planactie | None:
    """A proposed actie as it stands now, read after its round was locked; None when it was dropped meanwhile."""
    return session.get(Planactie, actie_id, populate_existing=True)


def stored_actie(session: Session, actie_id: UUID) -> Planactie | None:
    """The proposed actie under a client-made id, of any municipality."""
    return session.get(Planactie, actie_id)


def leftovers_of(session: Session, ronde_id: UUID, object_id: UUID | None = None) -> Sequence[Planrest]:
    """What did not fit, of one object or of all."""
    statement = select(Planrest).where(Planrest.planronde_id == ronde_id)
    if object_id is not None:
        statement = statement.where(Planrest.object_id == object_id)
    return session.exec(statement.order_by(col(Planrest.id))).all()


def leftover_counts(session: Session, ronde_id: UUID) -> tuple[int, int]:
    """How many visits did not fit, and how many of those a norm asks for."""
    statement = (
        select(Planrest.verplicht, func.count())
        .where(Planrest.planronde_id == ronde_id)
        .group_by(col(Planrest.verplicht))
    )
    counts = dict(session.exec(statement).all())
    return sum(counts.values()), counts.get(True, 0)


def proposal_counts(session: Session, ronde_id: UUID) -> tuple[int, int]:
    """How many visits and acties a proposal holds."""
    rules = select(func.count()).select_from(Planregel).where(Planregel.planronde_id == ronde_id)
    held = select(func.count()).select_from(Planactie).where(Planactie.planronde_id == ronde_id)
    return session.exec(rules).one(), session.exec(held).one()


def _page_by_id(session: Session, statement: SelectOfScalar[Row], row_id: Any, paging: Paging) -> Sequence[Row]:  # noqa: ANN401 - a mapped column
    if paging.after is not None:
        statement = statement.where(row_id > paging.after[1])
    return session.exec(statement.order_by(row_id).limit(paging.limit + 1)).all()


def leftovers_page(session: Session, ronde_id: UUID, paging: Paging) -> Sequence[Planrest]:
    """One page of what did not fit, and one more."""
    statement = select(Planrest).where(Planrest.planronde_id == ronde_id)
    return _page_by_id(session, statement, col(Planrest.id), paging)


def acties(session: Session, ronde_id: UUID) -> Sequence[Planactie]:
    """The proposed acties of a round by date."""
    statement = select(Planactie).where(Planactie.planronde_id == ronde_id)
    return session.exec(statement.order_by(col(Planactie.datum), col(Planactie.id))).all()


def replace_proposal(
    session: Session,
    ronde_id: UUID,
    acties: Sequence[Planactie],
    rules: Sequence[Planregel],
    leftovers: Sequence[Planrest],
) -> None:
    """Stores a proposal in the place of what an earlier run of the same round may have left; what a planner dropped stays."""
    for table in (Planregel, Planactie):
        columns: Any = table
        session.execute(delete(table).where(columns.planronde_id == ronde_id))
    session.execute(
        delete(Planrest).where(col(Planrest.planronde_id) == ronde_id, col(Planrest.door_planner).is_(False))
    )
    batches: tuple[tuple[type[SQLModel], Sequence[SQLModel]], ...] = (
        (Planactie, acties),
        (Planregel, rules),
        (Planrest, leftovers),
    )
    for kind, rows in batches:
        if rows:
            session.execute(insert(kind), [row.model_dump() for row in rows])


def action_sizes(session: Session, ronde_id: UUID) -> dict[UUID, int]:
    """Number of visits in each actie of a round."""
    statement = (
        select(Planregel.actie_id, func.count())
        .where(Planregel.planronde_id == ronde_id, col(Planregel.actie_id).is_not(None))
        .group_by(col(Planregel.actie_id))
    )
    return {actie_id: size for actie_id, size in session.exec(statement).all() if actie_id is not None}
