"""Queries on addresses on their way to a point."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, not_, or_, tuple_
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.errors import InvalidInput
from app.core.http.paging import WRONG_CURSOR, Paging
from app.objecten.repository.zicht import readable_by
from app.objecten.status import Geocodestatus
from app.objecten.tables import Adres, Object


def due_addresses(session: Session, caller: Caller, now: datetime, limit: int) -> list[Adres]:
    """Addresses without a point whose time has come, locked; those that another worker holds are passed over."""
    query = (
        select(Adres)
        .where(
            readable_by(caller, col(Adres.gemeentecode)),
            Adres.geocode_status == Geocodestatus.WACHT,
            col(Adres.x).is_(None),
            or_(col(Adres.geocode_na).is_(None), col(Adres.geocode_na) <= now),
        )
        .order_by(col(Adres.geocode_na).asc().nulls_first())
        .limit(limit)
    )
    return list(session.exec(query.with_for_update(skip_locked=True)).all())


def locked_address(session: Session, caller: Caller, adres_id: UUID) -> Adres | None:
    """An address, locked."""
    query = select(Adres).where(readable_by(caller, col(Adres.gemeentecode)), Adres.id == adres_id)
    return session.exec(query.with_for_update().execution_options(populate_existing=True)).one_or_none()


def registered_at(session: Session, row: Adres) -> list[Adres]:
    """The other addresses of the municipality with this postcode and house number that are known from the BAG."""
    query = select(Adres).where(
        Adres.gemeentecode == row.gemeentecode,
        Adres.postcode == row.postcode,
        Adres.huisnummer == row.huisnummer,
        Adres.id != row.id,
        col(Adres.bag_id).is_not(None),
        col(Adres.x).is_not(None),
    )
    return list(session.exec(query.order_by(col(Adres.huisletter), col(Adres.toevoeging)).limit(100)).all())


def objects_to_place(session: Session, adres_id: UUID, old: tuple[float, float] | None) -> list[Object]:
    """The objects at an address that have no point, or that of the address before it moved; locked."""
    at_old = [] if old is None else [and_(col(Object.x) == old[0], col(Object.y) == old[1])]
    query = select(Object).where(Object.adres_id == adres_id, or_(col(Object.x).is_(None), *at_old))
    return list(session.exec(query.order_by(col(Object.nummer)).with_for_update()).all())


def list_addresses(
    session: Session, caller: Caller, gemeentecode: str | None, status: Geocodestatus | None, page: Paging
) -> list[Adres]:
    """One address more than a page, in the order of municipality, postcode and number."""
    query = select(Adres).where(readable_by(caller, col(Adres.gemeentecode)))
    if gemeentecode is not None:
        query = query.where(Adres.gemeentecode == gemeentecode)
    if status is not None:
        query = query.where(_has_status(status))
    order = (col(Adres.gemeentecode), col(Adres.postcode), col(Adres.huisnummer), col(Adres.id))
    if page.after is not None:
        query = query.where(tuple_(*order) > _place_in_order(page.after))
    return list(session.exec(query.order_by(*order).limit(page.limit + 1)).all())


def find_addresses(
    session: Session,
    caller: Caller,
    gemeentecode: str | None,
    *,
    postcode: str | None,
    straat: str | None,
    huisnummer: int | None,
    limit: int,
) -> Sequence[Adres]:
    """Addresses in a postcode or whose street holds these words, with a number when it is given."""
    query = select(Adres).where(readable_by(caller, col(Adres.gemeentecode)))
    if gemeentecode is not None:
        query = query.where(Adres.gemeentecode == gemeentecode)
    if postcode is not None:
        query = query.where(Adres.postcode == postcode)
    if straat is not None:
        query = query.where(col(Adres.straat).icontains(straat, autoescape=True))
    if huisnummer is not None:
        query = query.where(Adres.huisnummer == huisnummer)
    order = (
        col(Adres.gemeentecode),
        col(Adres.postcode),
        col(Adres.huisnummer),
        col(Adres.huisletter),
        col(Adres.toevoeging),
    )
    return session.exec(query.order_by(*order).limit(limit)).all()


def _has_status(status: Geocodestatus) -> ColumnElement[bool]:
    """The rule of `rules.geocodering.geocode_status` as a condition."""
    stored, placed = col(Adres.geocode_status), col(Adres.x).is_not(None)
    by_hand, outside = stored == Geocodestatus.MET_DE_HAND, col(Adres.buiten_gemeente).is_(True)
    unknown = stored.in_([Geocodestatus.NIET_GEVONDEN, Geocodestatus.MEERDERE])
    return {
        Geocodestatus.GEVONDEN: and_(placed, not_(by_hand), not_(outside)),
        Geocodestatus.BUITEN_GEMEENTE: and_(placed, not_(by_hand), outside),
        Geocodestatus.MET_DE_HAND: and_(placed, by_hand),
        Geocodestatus.WACHT: and_(not_(placed), not_(unknown)),
        Geocodestatus.NIET_GEVONDEN: and_(not_(placed), stored == Geocodestatus.NIET_GEVONDEN),
        Geocodestatus.MEERDERE: and_(not_(placed), stored == Geocodestatus.MEERDERE),
    }[status]


def _place_in_order(after: tuple[str, UUID]) -> tuple[str, str, int, UUID]:
    parts = after[0].split("|")
    if len(parts) != 3 or not parts[2].isascii() or not parts[2].isdigit() or len(parts[2]) > 6:
        raise InvalidInput(WRONG_CURSOR)
    return parts[0], parts[1], int(parts[2]), after[1]
