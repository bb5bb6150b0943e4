"""Queries on the zorgkaart. What is offered to a region or the country is for every municipality in it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, func, or_, true
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.http.paging import Paging
from app.core.upsert import insert_or_skip
from app.gemeenten.repository.rijen import page
from app.gemeenten.status import Bereik
from app.gemeenten.tables import Gemeente, Zorgaanbod, Zorgaanbodgroep


def offered_in(gemeenten: Collection[str]) -> ColumnElement[bool]:
    """Offers for these municipalities: their own, those of their region, and national ones."""
    codes = sorted(gemeenten)
    regions = select(Gemeente.regio_code).where(col(Gemeente.code).in_(codes), col(Gemeente.regio_code).is_not(None))
    neighbours = select(Gemeente.code).where(col(Gemeente.regio_code).in_(regions))
    return or_(
        col(Zorgaanbod.gemeentecode).in_(codes),
        col(Zorgaanbod.bereik) == Bereik.LANDELIJK,
        and_(col(Zorgaanbod.bereik) == Bereik.REGIO, col(Zorgaanbod.gemeentecode).in_(neighbours)),
    )


def readable_by(caller: Caller) -> ColumnElement[bool]:
    """Offers for the municipalities in which the caller works; the service itself reads all."""
    return true() if caller.is_system else offered_in(caller.gemeenten)


def _valid_on(day: date) -> ColumnElement[bool]:
    ends = or_(col(Zorgaanbod.geldig_tot).is_(None), col(Zorgaanbod.geldig_tot) >= day)
    return (col(Zorgaanbod.geldig_vanaf) <= day) & ends


def find_readable(session: Session, caller: Caller, aanbod_id: UUID) -> Zorgaanbod | None:
    """An offer that the caller may read."""
    return session.exec(select(Zorgaanbod).where(readable_by(caller), Zorgaanbod.id == aanbod_id)).one_or_none()


def offers_page(
    session: Session,
    caller: Caller,
    paging: Paging,
    gemeentecode: str | None,
    groep: str | None,
    hulpsoort: str | None,
    day: date | None,
) -> Sequence[Zorgaanbod]:
    """Offers by organisation."""
    statement = select(Zorgaanbod).where(readable_by(caller))
    if gemeentecode is not None:
        statement = statement.where(offered_in([gemeentecode]))
    if hulpsoort is not None:
        statement = statement.where(Zorgaanbod.hulpsoort == hulpsoort)
    if groep is not None:
        of_group = select(Zorgaanbodgroep.zorgaanbod_id).where(Zorgaanbodgroep.groep == groep)
        statement = statement.where(col(Zorgaanbod.id).in_(of_group))
    if day is not None:
        statement = statement.where(_valid_on(day))
    return page(session, statement, col(Zorgaanbod.organisatie), Zorgaanbod.id, paging)


def groups_of(session: Session, aanbod_ids: Collection[UUID]) -> dict[UUID, list[str]]:
    """Per offer its groups."""
    found: dict[UUID, list[str]] = {nr: [] for nr in aanbod_ids}
    query = select(Zorgaanbodgroep).where(col(Zorgaanbodgroep.zorgaanbod_id).in_(aanbod_ids))
    for row in session.exec(query.order_by(Zorgaanbodgroep.groep)).all():
        found[row.zorgaanbod_id].append(row.groep)
    return found


def set_groups(session: Session, aanbod_id: UUID, groepen: Collection[str]) -> None:
    """Makes the groups of an offer equal to these."""
    links = delete(Zorgaanbodgroep).where(col(Zorgaanbodgroep.zorgaanbod_id) == aanbod_id)
    session.execute(links.where(col(Zorgaanbodgroep.groep).not_in(groepen)))
    rows = [{"zorgaanbod_id": aanbod_id, "groep": groep} for groep in dict.fromkeys(groepen)]
    insert_or_skip(session, Zorgaanbodgroep, rows, Zorgaanbodgroep.groep)


def offers_per_group(session: Session, gemeentecode: str, day: date) -> Mapping[str, int]:
    """How many offers hold for each group in a municipality on a day; a group without any is not in it."""
    query = (
        select(Zorgaanbodgroep.groep, func.count())
        .join(Zorgaanbod, col(Zorgaanbod.id) == col(Zorgaanbodgroep.zorgaanbod_id))
        .where(offered_in([gemeentecode]), _valid_on(day))
        .group_by(Zorgaanbodgroep.groep)
    )
    return dict(session.exec(query).all())
