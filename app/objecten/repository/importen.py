"""Queries on imports and what they report."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, exists, tuple_, update
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.http.paging import Paging
from app.objecten.repository.cursor import after_line, after_moment
from app.objecten.repository.inlezen import insert_all
from app.objecten.repository.zicht import readable_by
from app.objecten.status import Importstatus
from app.objecten.tables import (
    AfgewezenInvoer,
    Import,
    Importafwijzing,
    Importbestand,
    Importverdwijning,
    Vergunning,
)

ENDED = (Importstatus.KLAAR, Importstatus.MISLUKT)


def import_by_id(session: Session, caller: Caller, import_id: UUID, *, lock: bool = False) -> Import | None:
    """An import."""
    query = select(Import).where(readable_by(caller, col(Import.gemeentecode)), Import.id == import_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.exec(query).one_or_none()


def list_imports(session: Session, caller: Caller, gemeentecode: str | None, page: Paging) -> list[Import]:
    """One row more than a page, newest first; without those whose report was deleted."""
    order = (col(Import.gemaakt_op), col(Import.id))
    query = select(Import).where(readable_by(caller, col(Import.gemeentecode)), col(Import.verwijderd_op).is_(None))
    if gemeentecode is not None:
        query = query.where(Import.gemeentecode == gemeentecode)
    after = after_moment(page)
    if after is not None:
        query = query.where(tuple_(*order) < after)
    return list(session.exec(query.order_by(*(column.desc() for column in order)).limit(page.limit + 1)).all())


def rejections_of(session: Session, caller: Caller, import_id: UUID, page: Paging) -> list[Importafwijzing]:
    """One row more than a page of the rejected rows of an import, in the order of the file."""
    order = (col(Importafwijzing.regel), col(Importafwijzing.veld), col(Importafwijzing.id))
    query = (
        select(Importafwijzing)
        .join(Import, col(Import.id) == col(Importafwijzing.import_id))
        .where(readable_by(caller, col(Import.gemeentecode)), Importafwijzing.import_id == import_id)
    )
    after = after_line(page)
    if after is not None:
        query = query.where(tuple_(*order) > after)
    return list(session.exec(query.order_by(*order).limit(page.limit + 1)).all())


def rejected_input(
    session: Session, caller: Caller, import_id: UUID, after: tuple[int, UUID] | None, limit: int
) -> list[AfgewezenInvoer]:
    """Rejected rows with their sealed values, in the order of the file."""
    order = (col(AfgewezenInvoer.regel), col(AfgewezenInvoer.id))
    query = (
        select(AfgewezenInvoer)
        .join(Import, col(Import.id) == col(AfgewezenInvoer.import_id))
        .where(readable_by(caller, col(Import.gemeentecode)), AfgewezenInvoer.import_id == import_id)
    )
    if after is not None:
        query = query.where(tuple_(*order) > after)
    return list(session.exec(query.order_by(*order).limit(limit)).all())


def faults_on(session: Session, import_id: UUID, lines: Collection[int]) -> list[Importafwijzing]:
    """The faults of rows that did not land, in the order in which they were found."""
    query = select(Importafwijzing).where(
        Importafwijzing.import_id == import_id,
        col(Importafwijzing.regel).in_(sorted(lines)),
        col(Importafwijzing.rij_ingelezen).is_(False),
    )
    return list(session.exec(query.order_by(col(Importafwijzing.regel), col(Importafwijzing.id))).all())


def legacy_file_of(session: Session, import_id: UUID) -> Importbestand | None:
    """The bytes of an import that an older version took in, as long as it has not been worked through."""
    return session.get(Importbestand, import_id)


def earlier_same(session: Session, record: Import) -> Import | None:
    """The last finished import of the same bytes into the same municipality in the same layout."""
    query = select(Import).where(
        Import.gemeentecode == record.gemeentecode,
        Import.sha256 == record.sha256,
        Import.indeling == record.indeling,
        Import.id != record.id,
        Import.status == Importstatus.KLAAR,
        col(Import.proef).is_(False),
    )
    return session.exec(query.order_by(col(Import.klaar_op).desc()).limit(1)).first()


def is_overtaken(session: Session, record: Import) -> bool:
    """Whether a later import of the same source was read; it knows better what the source names."""
    later = exists().where(
        col(Import.gemeentecode) == record.gemeentecode,
        col(Import.bron) == record.bron,
        col(Import.indeling) == record.indeling,
        col(Import.proef).is_(False),
        col(Import.klaar_op) > record.klaar_op,
        col(Import.id) != record.id,
    )
    return bool(session.exec(select(later)).one())


def forget_rows(session: Session, import_id: UUID, *, faults: bool) -> None:
    """Removes the values of rejected rows and what waits to be confirmed; with `faults` also what was wrong with them."""
    tables = (AfgewezenInvoer, Importverdwijning, Importafwijzing) if faults else (AfgewezenInvoer, Importverdwijning)
    for table in tables:
        session.execute(delete(table).where(col(table.import_id) == import_id))


def keep_for_confirmation(session: Session, import_id: UUID, vergunning_ids: Iterable[UUID]) -> None:
    """Notes permits that somebody must confirm to have disappeared."""
    insert_all(session, Importverdwijning, [{"import_id": import_id, "vergunning_id": row} for row in vergunning_ids])


def waiting_for_confirmation(session: Session, import_id: UUID) -> list[UUID]:
    """Permits that were noted so and that stand unmarked still."""
    query = (
        select(Importverdwijning.vergunning_id)
        .join(Vergunning, col(Vergunning.id) == col(Importverdwijning.vergunning_id))
        .where(Importverdwijning.import_id == import_id, col(Vergunning.verdwenen_op).is_(None))
    )
    return list(session.exec(query).all())


def due_for_cleaning(session: Session, now: datetime, limit: int) -> list[Import]:
    """Ended imports whose kept rows and file have had their term; each is locked, what another sweep has is passed over."""
    query = select(Import).where(col(Import.opruimen_op) <= now, col(Import.status).in_(ENDED))
    return list(session.exec(query.order_by(col(Import.id)).limit(limit).with_for_update(skip_locked=True)).all())


def start_over(session: Session, record: Import) -> None:
    """Clears what a trial wrote to the report, so that it can start anew."""
    forget_rows(session, record.id, faults=True)
    zero = dict.fromkeys(("verwerkt", "nieuw", "gewijzigd", "ongewijzigd", "afgewezen", "te_bevestigen"), 0)
    session.execute(update(Import).where(col(Import.id) == record.id).values(**zero))
    session.refresh(record)
