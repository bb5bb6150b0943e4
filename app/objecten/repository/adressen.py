"""Queries on addresses."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.objecten.repository.zicht import readable_by
from app.objecten.tables import Adres, Object

Sleutel = tuple[str, int, str, str]


def address_by_id(session: Session, caller: Caller, adres_id: UUID) -> Adres | None:
    """An address."""
    query = select(Adres).where(readable_by(caller, col(Adres.gemeentecode)), Adres.id == adres_id)
    return session.exec(query).one_or_none()


def address_with_key(session: Session, caller: Caller, gemeentecode: str, key: Sleutel) -> Adres | None:
    """The address with this postcode, number, letter and addition."""
    postcode, huisnummer, huisletter, toevoeging = key
    query = select(Adres).where(
        readable_by(caller, col(Adres.gemeentecode)),
        Adres.gemeentecode == gemeentecode,
        Adres.postcode == postcode,
        Adres.huisnummer == huisnummer,
        Adres.huisletter == huisletter,
        Adres.toevoeging == toevoeging,
    )
    return session.exec(query).one_or_none()


def addresses_and_objects(session: Session, caller: Caller, key: Sleutel) -> Sequence[tuple[Adres, UUID | None]]:
    """The addresses with this key in the caller's municipalities, each with the objects that stand at it."""
    postcode, huisnummer, huisletter, toevoeging = key
    query = (
        select(Adres, Object.id)
        .join(Object, col(Object.adres_id) == col(Adres.id), isouter=True)
        .where(
            readable_by(caller, col(Adres.gemeentecode)),
            Adres.postcode == postcode,
            Adres.huisnummer == huisnummer,
            Adres.huisletter == huisletter,
            Adres.toevoeging == toevoeging,
        )
    )
    return [(adres, object_id) for adres, object_id in session.exec(query.order_by(col(Adres.id))).all()]


def add_address(session: Session, adres: Adres) -> None:
    """Stores an address unless it is there already: two requests may bring the same one at once."""
    values = adres.model_dump()
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    session.connection().execute(insert(Adres.__table__).values(**values).on_conflict_do_nothing())  # type: ignore[attr-defined]  # SQLModel does not declare it
