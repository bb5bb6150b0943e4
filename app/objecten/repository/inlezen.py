"""What stands already of the rows of one batch of an import: one query per table, locked in a fixed order."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, insert, or_, update
from sqlmodel import Session, SQLModel, col, select

from app.core.caller import Caller
from app.objecten.repository.zicht import readable_by
from app.objecten.status import Risicostatus, Vergunningsoort
from app.objecten.tables import Adres, Bedrijfsplan, BibobToets, Import, Object, Risicoadres, Vergunning

_PART = 5000  # bound parameters of one statement


def insert_all(session: Session, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
    """Inserts many rows at once; making a record of each first takes three times as long. Every column is named in every row."""
    if rows:
        session.execute(insert(table), rows)


def addresses(
    session: Session, caller: Caller, gemeentecode: str, places: Collection[tuple[str, int]]
) -> dict[tuple[str, int, str, str], Adres]:
    """The addresses in these postcodes with one of these house numbers, by key."""
    query = select(Adres).where(
        readable_by(caller, col(Adres.gemeentecode)),
        Adres.gemeentecode == gemeentecode,
        col(Adres.postcode).in_(sorted({postcode for postcode, _ in places})),
        col(Adres.huisnummer).in_(sorted({number for _, number in places})),
    )
    rows = session.exec(query.order_by(col(Adres.id)).with_for_update()).all()
    return {(row.postcode, row.huisnummer, row.huisletter, row.toevoeging): row for row in rows}


def addresses_by_id(session: Session, caller: Caller, adres_ids: Collection[UUID]) -> list[Adres]:
    """The addresses with these ids."""
    query = select(Adres).where(readable_by(caller, col(Adres.gemeentecode)), col(Adres.id).in_(sorted(adres_ids)))
    return list(session.exec(query.order_by(col(Adres.id))).all()) if adres_ids else []


def place_objects(session: Session, places: Sequence[Adres], import_id: UUID) -> set[UUID]:
    """Gives objects without a point that of their address, which has just got one; answers which objects."""
    moved: set[UUID] = set()
    for place in places:
        names = ("x", "y", "wijkcode", "buurtcode", "buiten_gemeente", "gebied_jaar")
        values = {name: getattr(place, name) for name in names}
        change = (
            update(Object)
            .where(col(Object.adres_id) == place.id, col(Object.x).is_(None))
            .values(**values, import_id=import_id, versie=Object.versie + 1)
            .returning(col(Object.id))
        )
        moved |= set(session.execute(change, execution_options={"synchronize_session": False}).scalars())
    return moved


def objects(
    session: Session,
    caller: Caller,
    gemeentecode: str,
    nummers: Collection[str],
    adres_ids: Collection[UUID],
    object_ids: Collection[UUID],
) -> list[Object]:
    """The objects with these numbers, at these addresses, or with these ids, in the order of number."""
    query = select(Object).where(
        readable_by(caller, col(Object.gemeentecode)),
        Object.gemeentecode == gemeentecode,
        or_(
            col(Object.nummer).in_(sorted(nummers)),
            col(Object.adres_id).in_(sorted(adres_ids)),
            col(Object.id).in_(sorted(object_ids)),
        ),
    )
    return list(session.exec(query.order_by(col(Object.nummer)).with_for_update()).all())


def permits(
    session: Session, caller: Caller, gemeentecode: str, nummers: Collection[str]
) -> dict[tuple[Vergunningsoort, str], Vergunning]:
    """The permits with these numbers, by kind and number."""
    query = select(Vergunning).where(
        readable_by(caller, col(Vergunning.gemeentecode)),
        Vergunning.gemeentecode == gemeentecode,
        col(Vergunning.nummer).in_(sorted(nummers)),
    )
    rows = session.exec(query.order_by(col(Vergunning.id)).with_for_update()).all()
    return {(row.soort, row.nummer): row for row in rows}


def plans(session: Session, object_ids: Collection[UUID]) -> dict[tuple[UUID, str], Bedrijfsplan]:
    """The business plans of these objects, by object and version."""
    rows = session.exec(select(Bedrijfsplan).where(col(Bedrijfsplan.object_id).in_(sorted(object_ids)))).all()
    return {(row.object_id, row.versienaam): row for row in rows}


def test_days(session: Session, vergunning_ids: Collection[UUID]) -> set[tuple[UUID, date]]:
    """The days on which these permits were tested."""
    query = select(col(BibobToets.vergunning_id), col(BibobToets.getoetst_op))
    return set(session.exec(query.where(col(BibobToets.vergunning_id).in_(sorted(vergunning_ids)))).all())


def open_risks(session: Session, object_ids: Collection[UUID]) -> dict[UUID, Risicoadres]:
    """The open risk addresses of these objects, expired or not."""
    query = select(Risicoadres).where(
        col(Risicoadres.object_id).in_(sorted(object_ids)), Risicoadres.status == Risicostatus.OPEN
    )
    return {row.object_id: row for row in session.exec(query.with_for_update()).all()}


def closed_risks(session: Session, object_ids: Collection[UUID]) -> dict[UUID, date]:
    """Per object with a risk address that was visited or went out of view: the last day up to which that dealt with it."""
    query = select(col(Risicoadres.object_id), col(Risicoadres.in_beeld_op), col(Risicoadres.bezocht_op)).where(
        col(Risicoadres.object_id).in_(sorted(object_ids)), Risicoadres.status != Risicostatus.OPEN
    )
    dealt: dict[UUID, date] = {}
    for object_id, in_view, visited in session.exec(query).all():
        dealt[object_id] = max(dealt.get(object_id, date.min), visited or in_view)
    return dealt


def numbers_of_source(session: Session, record: Import) -> list[tuple[UUID, Vergunningsoort, str, bool]]:
    """The permits that the source of this import named and that have not disappeared; the last tells whether this import added it."""
    added = and_(
        col(Vergunning.import_id).is_not(None), col(Vergunning.import_id) == record.id, col(Vergunning.versie) == 1
    )
    query = select(Vergunning.id, Vergunning.soort, Vergunning.nummer, added).where(
        Vergunning.gemeentecode == record.gemeentecode,
        Vergunning.bron == record.bron,
        col(Vergunning.verdwenen_op).is_(None),
    )
    return [
        (row_id, Vergunningsoort(soort), nummer, bool(is_added))
        for row_id, soort, nummer, is_added in session.exec(query).all()
    ]


def mark_disappeared(session: Session, vergunning_ids: Collection[UUID], day: date) -> None:
    """Marks permits that their source no longer names; they are never deleted."""
    ids = sorted(vergunning_ids)
    for start in range(0, len(ids), _PART):
        wanted = col(Vergunning.id).in_(ids[start : start + _PART])
        session.execute(
            update(Vergunning).where(wanted).values(verdwenen_op=day, versie=Vergunning.versie + 1),
            execution_options={"synchronize_session": False},
        )


def portrait(
    session: Session, gemeentecode: str, object_id: UUID, permit: tuple[Vergunningsoort, str] | None
) -> dict[str, Any]:
    """An object, its address and open risk, and one permit with its last test, under the names of the layouts; empty when it is not there."""
    found = session.exec(
        select(Object, Adres).join(Adres, col(Adres.id) == col(Object.adres_id)).where(Object.id == object_id)
    ).one_or_none()
    if found is None:
        return {}
    place, adres = found
    told: dict[str, Any] = {
        "nummer": place.nummer,
        "type": place.type.value,
        "naam": place.naam,
        "adres": f"{adres.straat} {adres.huisnummer}{adres.huisletter} {adres.toevoeging}".strip(),
        "postcode": adres.postcode,
        "woonplaats": adres.woonplaats,
        "x": place.x,
        "y": place.y,
        "kvkNummer": place.kvk_nummer,
        "sector": place.sector,
        "capaciteit": place.capaciteit,
        "openingstijden": place.openingstijden,
    }
    query = select(Bedrijfsplan).where(Bedrijfsplan.object_id == object_id)
    plan = session.exec(query.order_by(col(Bedrijfsplan.goedgekeurd_op).desc())).first()
    if plan is not None:
        told |= {"bedrijfsplanVersie": plan.versienaam, "bedrijfsplanGoedgekeurdOp": plan.goedgekeurd_op}
    risk = open_risks(session, [object_id]).get(object_id)
    if risk is not None:
        told |= {"reden": risk.reden, "bron": risk.bron, "inBeeldOp": risk.in_beeld_op, "herzienOp": risk.herzien_op}
    return told | ({} if permit is None else _permit_portrait(session, gemeentecode, permit))


def _permit_portrait(session: Session, gemeentecode: str, key: tuple[Vergunningsoort, str]) -> dict[str, Any]:
    soort, nummer = key
    query = select(Vergunning).where(
        Vergunning.gemeentecode == gemeentecode, Vergunning.soort == soort, Vergunning.nummer == nummer
    )
    permit = session.exec(query).one_or_none()
    if permit is None:
        return {}
    return {
        "vergunningsoort": permit.soort.value,
        "vergunningnummer": permit.nummer,
        "vergunningstatus": permit.status.value,
        "vergunningVanaf": permit.geldig_vanaf,
        "vergunningTot": permit.geldig_tot,
        "verdwenenOp": permit.verdwenen_op,
        "laatsteBibobToets": max((day for _, day in test_days(session, [permit.id])), default=None),
    }
