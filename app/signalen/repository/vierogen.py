"""Queries on requests for a second pair of eyes. Who asked sees his own; who may be the second sees those he can decide on."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, not_, or_
from sqlmodel import Session, col, select

from app.core.caller import Caller
from app.core.clock import parse_moment
from app.core.http.paging import Paging
from app.gemeenten.rules.rollen import Rol
from app.signalen.repository.signalen import kept_out
from app.signalen.rules.vier_ogen import Vierogen
from app.signalen.status import Verzoekstatus
from app.signalen.tables import Signaal, Vierogenverzoek


def readable_by(caller: Caller, regio: Collection[str], zelfde_domein: Collection[UUID]) -> ColumnElement[bool]:
    """Requests of the caller, and those that he may decide on as the second.

    The second is an AF of the region, who did not submit the signal, is not kept out of it, and is no colleague of the same domain in
    the municipality of who asked (ROL-02). Whether somebody sees a signal outside his role is decided in its own municipality.

    Args:
        caller: who looks.
        regio: municipalities of his region, his own included.
        zelfde_domein: accounts of his own municipality with his domain.
    """
    asked = col(Vierogenverzoek.gevraagd_door) == caller.account_id
    decides = and_(
        col(Vierogenverzoek.gemeentecode).in_(regio),
        col(Vierogenverzoek.gevraagd_door) != caller.account_id,
        col(Vierogenverzoek.gevraagd_door).not_in(zelfde_domein),
        col(Signaal.indiener) != caller.account_id,
        or_(
            col(Vierogenverzoek.handeling) != Vierogen.INZIEN_BUITEN_ROL,
            col(Vierogenverzoek.gemeentecode) == caller.gemeentecode,
        ),
    )
    may_decide = caller.has(Rol.AF) and not caller.has(Rol.TEAMLEIDER)
    return and_(not_(kept_out(caller)), or_(asked, decides) if may_decide else asked)


def requests_page(
    session: Session, readable: ColumnElement[bool], status: Verzoekstatus, paging: Paging
) -> Sequence[tuple[Vierogenverzoek, int]]:
    """Requests with the present version of their signal, oldest first."""
    query = (
        select(Vierogenverzoek, Signaal.versie)
        .join(Signaal, col(Signaal.id) == col(Vierogenverzoek.signaal_id))
        .where(readable)
    )
    same_version = col(Vierogenverzoek.bij_versie) == col(Signaal.versie)
    view = col(Vierogenverzoek.handeling) == Vierogen.INZIEN_BUITEN_ROL
    is_open = col(Vierogenverzoek.status) == Verzoekstatus.OPEN
    if status is Verzoekstatus.OPEN:
        query = query.where(is_open, or_(same_version, view))
    elif status is Verzoekstatus.ACHTERHAALD:
        stale = and_(is_open, not_(same_version), not_(view))
        query = query.where(or_(stale, col(Vierogenverzoek.status) == status))
    else:
        query = query.where(col(Vierogenverzoek.status) == status)
    after = paging.after_key(parse_moment)
    if after is not None:
        moment, last = after
        same = and_(col(Vierogenverzoek.gevraagd_op) == moment, col(Vierogenverzoek.id) > last)
        query = query.where(or_(col(Vierogenverzoek.gevraagd_op) > moment, same))
    query = query.order_by(col(Vierogenverzoek.gevraagd_op), col(Vierogenverzoek.id)).limit(paging.limit + 1)
    return [(request, version) for request, version in session.exec(query).all()]


def find_request(session: Session, readable: ColumnElement[bool], verzoek_id: UUID) -> Vierogenverzoek | None:
    """A request that the caller may see."""
    query = select(Vierogenverzoek).join(Signaal, col(Signaal.id) == col(Vierogenverzoek.signaal_id))
    return session.exec(query.where(readable, Vierogenverzoek.id == verzoek_id)).one_or_none()


def lock_request(session: Session, verzoek: Vierogenverzoek) -> None:
    """Locks a request and reads it again; the signal is locked before it."""
    session.refresh(verzoek, with_for_update=True)


def open_request(
    session: Session, signaal_id: UUID, handeling: Vierogen, versie: int, gevraagd_door: UUID | None = None
) -> Vierogenverzoek | None:
    """The open request for this act at this version of a locked signal."""
    query = select(Vierogenverzoek).where(
        Vierogenverzoek.signaal_id == signaal_id,
        Vierogenverzoek.handeling == handeling,
        Vierogenverzoek.bij_versie == versie,
        Vierogenverzoek.status == Verzoekstatus.OPEN,
    )
    if gevraagd_door is not None:
        query = query.where(Vierogenverzoek.gevraagd_door == gevraagd_door)
    return session.exec(query.limit(1)).first()


def signaal_in_region(session: Session, caller: Caller, regio: Collection[str], signaal_id: UUID) -> Signaal | None:
    """A sent signal of the caller's region that he is not kept out of: he may ask to see it, and learns nothing of it here."""
    query = select(Signaal).where(
        Signaal.id == signaal_id, col(Signaal.gemeentecode).in_(regio), col(Signaal.verzonden_op).is_not(None)
    )
    return session.exec(query.where(not_(kept_out(caller))).with_for_update()).one_or_none()


def views_page(session: Session, gemeentecode: str, paging: Paging) -> Sequence[Vierogenverzoek]:
    """Requests to see signals of a municipality outside a role, newest first, for review."""
    query = select(Vierogenverzoek).where(
        Vierogenverzoek.gemeentecode == gemeentecode, Vierogenverzoek.handeling == Vierogen.INZIEN_BUITEN_ROL
    )
    after = paging.after_key(parse_moment)
    if after is not None:
        moment, last = after
        same = and_(col(Vierogenverzoek.gevraagd_op) == moment, col(Vierogenverzoek.id) < last)
        query = query.where(or_(col(Vierogenverzoek.gevraagd_op) < moment, same))
    query = query.order_by(col(Vierogenverzoek.gevraagd_op).desc(), col(Vierogenverzoek.id).desc())
    return session.exec(query.limit(paging.limit + 1)).all()


def view_granted(session: Session, account_id: UUID, verzoek_id: UUID, since: datetime) -> Vierogenverzoek | None:
    """A view that was granted to this account after `since`."""
    query = select(Vierogenverzoek).where(
        Vierogenverzoek.id == verzoek_id,
        Vierogenverzoek.gevraagd_door == account_id,
        Vierogenverzoek.handeling == Vierogen.INZIEN_BUITEN_ROL,
        Vierogenverzoek.status == Verzoekstatus.AKKOORD,
        col(Vierogenverzoek.beslist_op) > since,
    )
    return session.exec(query).one_or_none()
