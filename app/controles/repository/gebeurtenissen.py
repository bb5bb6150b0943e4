"""Queries on what tablets sent: events, quarantine and the answers document. Intake uses plain statements for speed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, false, insert, or_, update
from sqlmodel import Session, SQLModel, col, select

from app.controles.status import Gebeurtenissoort, Gebeurtenisstatus
from app.controles.tables import Antwoorden, Controlegebeurtenis, Quarantaine
from app.core.caller import Caller
from app.core.clock import parse_moment, plausible
from app.core.columns import SealedText
from app.core.http.paging import Paging
from app.gemeenten.rules.rollen import Rol

# What the intake asks of every request is built once: making a statement costs five times what running it does.
_KNOWN = select(  # type: ignore[call-overload]  # SQLModel types at most four columns
    Controlegebeurtenis.id,
    Controlegebeurtenis.controle_id,
    Controlegebeurtenis.soort,
    Controlegebeurtenis.sha256,
    Controlegebeurtenis.status,
    Controlegebeurtenis.oordeel,
    Controlegebeurtenis.ontvangen_op,
).where(col(Controlegebeurtenis.id).in_(bindparam("ids", expanding=True)))
_WAITING = select(Quarantaine.sha256).where(
    col(Quarantaine.sha256).in_(bindparam("digests", expanding=True)), col(Quarantaine.opgelost_op).is_(None)
)
_ANSWERS = select(  # type: ignore[call-overload]  # SQLModel types at most four columns
    Antwoorden.controle_id,
    Antwoorden.naleving,
    Antwoorden.vertrouwelijk,
    Antwoorden.punten,
    Antwoorden.keuze_geen_signaal,
    Antwoorden.versie,
).where(col(Antwoorden.controle_id).in_(bindparam("ids", expanding=True)))
_EVENT_TABLE = SQLModel.metadata.tables["controlegebeurtenissen"]
_ADD_EVENTS = insert(_EVENT_TABLE)
_ANSWERS_TABLE = SQLModel.metadata.tables["antwoorden"]
_ADD_ANSWERS = insert(_ANSWERS_TABLE)
_CHANGE_ANSWERS = update(_ANSWERS_TABLE).where(_ANSWERS_TABLE.c.controle_id == bindparam("van_controle"))


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
    return {row[0]: Bekend(*row) for row in session.exec(_KNOWN, params={"ids": list(ids)}).all()}


def quarantined(session: Session, digests: Iterable[str]) -> set[str]:
    """Those of the digests that wait in quarantine: sending them again stores nothing twice."""
    return set(session.exec(_WAITING, params={"digests": list(digests)}).all())


def resolve(session: Session, digests: Iterable[str], moment: datetime) -> None:
    """What waited with these digests was applied."""
    waiting = (col(Quarantaine.sha256).in_(list(digests)), col(Quarantaine.opgelost_op).is_(None))
    session.execute(update(Quarantaine).where(*waiting).values(opgelost_op=moment))


def acute_calls(session: Session, controle_id: UUID) -> list[datetime]:
    """When an acute call about this control was made, by the clock of the server; calls that came before it was known."""
    table = Controlegebeurtenis
    query = select(table.apparaat_tijd, table.klok_verschil, table.ontvangen_op).where(
        table.controle_id == controle_id, table.soort == Gebeurtenissoort.ACUUT.value
    )
    found = session.exec(query).all()
    return [plausible(tijd - timedelta(seconds=verschil), ontvangen) for tijd, verschil, ontvangen in found]


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
        session.execute(_ADD_EVENTS, [dict(row) for row in rows])


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
    return {row[0]: Antwoordrij(*row) for row in session.exec(_ANSWERS, params={"ids": list(controles)}).all()}


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
        session.execute(_ADD_ANSWERS, {"controle_id": rij.controle_id, **values})
    else:
        session.execute(_CHANGE_ANSWERS, {"van_controle": rij.controle_id, **values})


def quarantine_readable_by(caller: Caller) -> ColumnElement[bool]:
    """The sender sees what is his; a team leader what belongs to a control of his teams or was sent from his municipality."""
    own = col(Quarantaine.account_id) == caller.account_id
    if caller.has(Rol.TEAMLEIDER):
        return or_(own, col(Quarantaine.gemeentecode) == caller.gemeentecode)
    return own if caller.has(Rol.TOEZICHTHOUDER, Rol.PANDBRIGADE) else false()


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


def late_of(session: Session, caller: Caller, reden: str, limit: int) -> Sequence[Quarantaine]:
    """What the caller entered and waits for one reason, locked; oldest first."""
    conditions = [
        col(Quarantaine.opgelost_op).is_(None),
        col(Quarantaine.reden) == reden,
        col(Quarantaine.account_id) == caller.account_id,
    ]
    query = select(Quarantaine).where(*conditions).order_by(col(Quarantaine.ontvangen_op), col(Quarantaine.id))
    return session.exec(query.limit(limit).with_for_update(skip_locked=True)).all()


def entered_by(session: Session, caller: Caller, controle_id: UUID) -> Sequence[Controlegebeurtenis]:
    """The answers that the caller's own account sent about a control, in the order of each device."""
    table = Controlegebeurtenis
    query = select(table).where(
        table.controle_id == controle_id,
        table.account_id == caller.account_id,
        table.soort == Gebeurtenissoort.ANTWOORDEN.value,
    )
    return session.exec(query.order_by(col(table.apparaat_id), col(table.volgnummer))).all()


def waiting(
    session: Session, redenen: Iterable[str], controles: Iterable[UUID] | None, limit: int
) -> Sequence[Quarantaine]:
    """What waits for one of these reasons, of these controls when given, locked; newest first, so that nothing old holds it up."""
    conditions = [col(Quarantaine.opgelost_op).is_(None), col(Quarantaine.reden).in_(list(redenen))]
    if controles is not None:
        conditions.append(col(Quarantaine.controle_id).in_(list(controles)))
    query = select(Quarantaine).where(*conditions).order_by(col(Quarantaine.ontvangen_op).desc(), col(Quarantaine.id))
    return session.exec(query.limit(limit).with_for_update(skip_locked=True)).all()
