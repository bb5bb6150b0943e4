"""Queries on imports and their rejected rows."""

from uuid import UUID

from sqlalchemy import tuple_
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.http.paging import Paging
from app.objecten.repository.cursor import after_line, after_moment
from app.objecten.repository.zicht import readable_by
from app.objecten.tables import Import, Importafwijzing, Importbestand


def import_by_id(session: Session, caller: Caller, import_id: UUID, *, lock: bool = False) -> Import | None:
    """An import."""
    query = select(Import).where(readable_by(caller, col(Import.gemeentecode)), Import.id == import_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.exec(query).one_or_none()


def list_imports(session: Session, caller: Caller, gemeentecode: str | None, page: Paging) -> list[Import]:
    """One row more than a page, newest first."""
    order = (col(Import.gemaakt_op), col(Import.id))
    query = select(Import).where(readable_by(caller, col(Import.gemeentecode)))
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


def file_of(session: Session, record: Import) -> Importbestand | None:
    """The bytes of an import, as long as it has not been worked through."""
    return session.get(Importbestand, record.id)
