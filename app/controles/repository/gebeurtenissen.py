"""Queries on what tablets sent: events, quarantine and the answers document. Intake uses plain statements for speed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, insert, or_, update
from sqlmodel import Session, col, select

from app.controles.status import Gebeurtenissoort, Gebeurtenisstatus
from app.controles.tables import Antwoorden, Controlegebeurtenis, Quarantaine
from app.core.caller import Caller
from app.core.clock import parse_moment
from app.core.columns import SealedText
from app.core.http.paging import Paging
from app.gemeenten.rules.rollen import Rol


@dataclass(frozen=True, slots=True)
class Bekend:
    """An event that is stored already."""

    id: UUID
    controle_id: UUID
    soort: str
    sha256: str
    status: Gebeurtenisstatus
    oordeel: list[dict[str, str]]
    ontvangen_op: datetime


def known_events(session: Session, ids: Iterable[UUID]) -> dict[UUID, Bekend]:
    """The stored events among these ids."""
    table = Controlegebeurtenis
    query = select(  # type: ignore[call-overload]  # SQLModel types at most four columns
        table.id, table.controle_id, table.soort, table.sha256, table.status, table.oordeel, table.ontvangen_op
    ).where(col(table.id).in_(list(ids)))
    return {row[0]: Bekend(*row) for row in session.exec(query).all()}


def quarantined(session: Session, digests: Iterable[str]) -> dict[str, Quarantaine]:
    """What waits in quarantine, by digest: sending it again stores nothing twice."""
    query = select(Quarantaine).where(
        col(Quarantaine.sha256).in_(list(digests)), col(Quarantaine.opgelost_op).is_(None)
    )
    return {row.sha256: row for row in session.exec(query).all()}


def acute_calls(session: Session, controle_id: UUID) -> list[datetime]:
    """When an acute call about this control was made, by the clock of the server; calls that came before it was known."""
    table = Controlegebeurtenis
    query = select(table.apparaat_tijd, table.klok_verschil).where(
        table.controle_id == controle_id, table.soort == Gebeurtenissoort.ACUUT.value
    )
    return [tijd - timedelta(seconds=verschil) for tijd, verschil in session.exec(query).all()]


def finished_by(session: Session, controles: Iterable[UUID]) -> dict[UUID, UUID]:
    """Per control the account whose event finished it first; nobody for one that was finished at a desk only."""
    table = Controlegebeurtenis
    query = (
        select(table.controle_id, table.account_id)
        .where(col(table.controle_id).in_(list(controles)), table.soort == Gebeurtenissoort.CONTROLE_AFGEROND.value)
        .order_by(col(table.ontvangen_op).desc(), col(table.volgnummer).desc())
    )
    return {row[0]: row[1] for row in session.exec(query).all()}


def add_events(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Stores events in one statement."""
    if rows:
        session.execute(insert(Controlegebeurtenis), [dict(row) for row in rows])


@dataclass(slots=True)
class Antwoordrij:
    """The stored answers of a control, outside the session."""

    controle_id: UUID
    naleving: dict[str, Any]
    vertrouwelijk: SealedText | None
    punten: int
    keuze_geen_signaal: bool
    versie: int


def answers_of(session: Session, controles: Iterable[UUID]) -> dict[UUID, Antwoordrij]:
    """The answers documents of these controls; their rows are locked through the control."""
    table = Antwoorden
    query = select(  # type: ignore[call-overload]  # SQLModel types at most four columns
        table.controle_id, table.naleving, table.vertrouwelijk, table.punten, table.keuze_geen_signaal, table.versie
    ).where(col(table.controle_id).in_(list(controles)))
    return {row[0]: Antwoordrij(*row) for row in session.exec(query).all()}


def store_answers(session: Session, rij: Antwoordrij, moment: datetime) -> None:
    """Writes the answers document of a control; `versie` 0 means that there was none."""
    values = {
        "naleving": rij.naleving,
        "vertrouwelijk": rij.vertrouwelijk,
        "punten": rij.punten,
        "keuze_geen_signaal": rij.keuze_geen_signaal,
        "bijgewerkt_op": moment,
        "versie": rij.versie + 1,
    }
    if rij.versie == 0:
        session.execute(insert(Antwoorden).values(controle_id=rij.controle_id, **values))
    else:
        session.execute(update(Antwoorden).where(col(Antwoorden.controle_id) == rij.controle_id).values(**values))


def quarantine_readable_by(caller: Caller) -> ColumnElement[bool]:
    """The sender sees what is his; a team leader what belongs to a control of his teams or was sent from his municipality."""
    own = col(Quarantaine.account_id) == caller.account_id
    if caller.has(Rol.TEAMLEIDER):
        return or_(own, col(Quarantaine.gemeentecode) == caller.gemeentecode)
    return own if caller.has(Rol.TOEZICHTHOUDER) else false()


def quarantine_page(session: Session, caller: Caller, paging: Paging) -> Sequence[Quarantaine]:
    """One page of what waits, oldest first, and one more."""
    conditions = [quarantine_readable_by(caller), col(Quarantaine.opgelost_op).is_(None)]
    after = paging.after_key(parse_moment)
    if after is not None:
        moment, row_id = after
        later = col(Quarantaine.ontvangen_op) > moment
        conditions.append(or_(later, and_(col(Quarantaine.ontvangen_op) == moment, col(Quarantaine.id) > row_id)))
    query = select(Quarantaine).where(*conditions).order_by(col(Quarantaine.ontvangen_op), col(Quarantaine.id))
    return session.exec(query.limit(paging.limit + 1)).all()


def waiting(
    session: Session, redenen: Iterable[str], controles: Iterable[UUID] | None, limit: int
) -> Sequence[Quarantaine]:
    """What waits for one of these reasons, of these controls when given, locked; newest first, so that nothing old holds it up."""
    conditions = [col(Quarantaine.opgelost_op).is_(None), col(Quarantaine.reden).in_(list(redenen))]
    if controles is not None:
        conditions.append(col(Quarantaine.controle_id).in_(list(controles)))
    query = select(Quarantaine).where(*conditions).order_by(col(Quarantaine.ontvangen_op).desc(), col(Quarantaine.id))
    return session.exec(query.limit(limit).with_for_update(skip_locked=True)).all()
