"""Queries on accounts and designations."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, String, bindparam, cast, or_
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.http.paging import Paging
from app.gemeenten.repository.rijen import page, readable_by
from app.gemeenten.status import Wet
from app.gemeenten.tables import Aanwijzing, Account, Teamlid


def _active_on(day: date) -> ColumnElement[bool]:
    return (col(Account.actief_vanaf) <= day) & or_(col(Account.actief_tot).is_(None), col(Account.actief_tot) >= day)


def _designated_on(day: date) -> ColumnElement[bool]:
    return (col(Aanwijzing.geldig_vanaf) <= day) & or_(
        col(Aanwijzing.geldig_tot).is_(None), col(Aanwijzing.geldig_tot) >= day
    )


# Asked of every control that is taken in, so built once: making a statement costs five times what running it does.
_IS_DESIGNATED = (
    select(Aanwijzing.id)
    .where(
        col(Aanwijzing.account_id) == bindparam("van_account"),
        col(Aanwijzing.gemeentecode) == bindparam("in_gemeente"),
        col(Aanwijzing.wet) == bindparam("onder_wet"),
        col(Aanwijzing.geldig_vanaf) <= bindparam("op_dag"),
        or_(col(Aanwijzing.geldig_tot).is_(None), col(Aanwijzing.geldig_tot) >= bindparam("op_dag")),
    )
    .limit(1)
)


def accounts_page(session: Session, caller: Caller, paging: Paging, gemeentecode: str | None) -> Sequence[Account]:
    """Accounts by function."""
    statement = select(Account).where(readable_by(caller, Account.gemeentecode))
    if gemeentecode is not None:
        statement = statement.where(Account.gemeentecode == gemeentecode)
    return page(session, statement, col(Account.functie), Account.id, paging)


def active_accounts(session: Session, gemeentecode: str, day: date) -> Sequence[Account]:
    """The accounts of a municipality that are active on `day`, by function."""
    statement = select(Account).where(Account.gemeentecode == gemeentecode, _active_on(day))
    return session.exec(statement.order_by(Account.functie, col(Account.id))).all()


def accounts_with_subs(session: Session, subs: Collection[str]) -> Sequence[Account]:
    """Accounts with these subjects, of any municipality: a subject is unique in the installation."""
    return session.exec(select(Account).where(col(Account.sub).in_(subs))).all()


def accounts_of(session: Session, ids: Collection[UUID], gemeentecodes: Collection[str]) -> Sequence[Account]:
    """Accounts with these ids that one of these municipalities employs."""
    statement = select(Account).where(col(Account.id).in_(ids), col(Account.gemeentecode).in_(gemeentecodes))
    return session.exec(statement).all()


def of_teams(session: Session, team_ids: Collection[UUID], day: date) -> Sequence[Account]:
    """The accounts in these teams that are active on `day`, by function."""
    members = select(Teamlid.account_id).where(col(Teamlid.team_id).in_(team_ids))
    statement = select(Account).where(col(Account.id).in_(members), _active_on(day))
    return session.exec(statement.order_by(col(Account.functie), col(Account.id))).all()


def designations_on(session: Session, gemeentecode: str, day: date) -> Sequence[tuple[UUID, Wet]]:
    """Who is designated under which law in a municipality on `day`, active accounts only (REG-17)."""
    statement = (
        select(Aanwijzing.account_id, Aanwijzing.wet)
        .join(Account, col(Account.id) == col(Aanwijzing.account_id))
        .where(Aanwijzing.gemeentecode == gemeentecode, _designated_on(day), _active_on(day))
    )
    return [(account_id, Wet(wet)) for account_id, wet in session.exec(statement.distinct()).all()]


def designations_between(
    session: Session, gemeentecode: str, van: date, tot: date
) -> list[tuple[UUID, Wet, date, date | None]]:
    """Who is designated under which law on some day of a period, with first and last day; the account must be active too."""
    statement = (
        select(  # type: ignore[call-overload]  # SQLModel types at most four columns
            Aanwijzing.account_id,
            Aanwijzing.wet,
            Aanwijzing.geldig_vanaf,
            Aanwijzing.geldig_tot,
            Account.actief_vanaf,
            Account.actief_tot,
        )
        .join(Account, col(Account.id) == col(Aanwijzing.account_id))
        .where(
            Aanwijzing.gemeentecode == gemeentecode,
            col(Aanwijzing.geldig_vanaf) <= tot,
            or_(col(Aanwijzing.geldig_tot).is_(None), col(Aanwijzing.geldig_tot) >= van),
        )
    )
    return [
        (account_id, Wet(wet), max(first, active), min((day for day in (last, ended) if day is not None), default=None))
        for account_id, wet, first, last, active, ended in session.exec(statement).all()
    ]


def is_designated(session: Session, account_id: UUID, gemeentecode: str, wet: Wet, day: date) -> bool:
    """Whether one account holds a designation under this law in this municipality on `day`."""
    given = {"van_account": account_id, "in_gemeente": gemeentecode, "onder_wet": wet, "op_dag": day}
    return session.exec(_IS_DESIGNATED, params=given).first() is not None


def aanwijzingen_page(
    session: Session, caller: Caller, paging: Paging, gemeentecode: str | None, account_id: UUID | None
) -> Sequence[Aanwijzing]:
    """Designations in the caller's municipalities, by law."""
    statement = select(Aanwijzing).where(readable_by(caller, Aanwijzing.gemeentecode))
    if gemeentecode is not None:
        statement = statement.where(Aanwijzing.gemeentecode == gemeentecode)
    if account_id is not None:
        statement = statement.where(Aanwijzing.account_id == account_id)
    return page(session, statement, cast(col(Aanwijzing.wet), String), Aanwijzing.id, paging)
