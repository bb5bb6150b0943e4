"""Queries for retention; asked by the service itself, shown to nobody."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, or_, update
from sqlmodel import Session, col, select

from app.core.columns import SealedText
from app.signalen.status import Signaalstatus
from app.signalen.tables import (
    Adresonderzoek,
    Agendapunt,
    Overdracht,
    Signaal,
    SignaalBevinding,
    Signaalgebeurtenis,
    Vierogenverzoek,
)

BATCH = 50
GONE = SealedText(b"")
_ENDED = (Signaalstatus.GESLOTEN, Signaalstatus.SAMENGEVOEGD)


def without_term(session: Session) -> Sequence[Signaal]:
    """Ended signals whose term was not known at closing, locked."""
    query = select(Signaal).where(
        col(Signaal.status).in_(_ENDED),
        col(Signaal.inhoud_weg_op).is_(None),
        col(Signaal.inhoud_verwijderd_op).is_(None),
        col(Signaal.gesloten_op).is_not(None),
    )
    return session.exec(query.with_for_update(skip_locked=True)).all()


def due(session: Session, day: date) -> Sequence[Signaal]:
    """Ended signals whose term has passed and that nobody holds, oldest first, locked."""
    query = select(Signaal).where(
        col(Signaal.status).in_(_ENDED),
        col(Signaal.inhoud_weg_op) <= day,
        col(Signaal.inhoud_verwijderd_op).is_(None),
        col(Signaal.bewaren_hold).is_(False),
    )
    query = query.order_by(col(Signaal.inhoud_weg_op), col(Signaal.id)).limit(BATCH)
    return session.exec(query.with_for_update(skip_locked=True)).all()


def clear_texts(session: Session, signaal_id: UUID) -> list[UUID]:
    """Empties every sealed text around a signal; answers the ids of agenda items, whose texts may have a key of their own."""
    of_signal = {"signaal_id": signaal_id}
    session.execute(update(Signaalgebeurtenis).filter_by(**of_signal).values(toelichting=None))
    session.execute(update(Vierogenverzoek).filter_by(**of_signal).values(stap=GONE, toelichting=None))
    session.execute(update(Agendapunt).filter_by(**of_signal).values(toelichting=None))
    return list(session.exec(select(Agendapunt.id).where(Agendapunt.signaal_id == signaal_id)).all())


def clear_addresses(session: Session, signaal_id: UUID) -> list[UUID]:
    """Empties the addresses that the desk looked into for a signal; answers the ids of these rows, which have keys of their own."""
    session.execute(update(Adresonderzoek).filter_by(signaal_id=signaal_id).values(adres=None))
    return list(session.exec(select(Adresonderzoek.id).where(Adresonderzoek.signaal_id == signaal_id)).all())


def removed_among(session: Session, ids: Collection[UUID]) -> set[UUID]:
    """Those of the signals whose content was removed."""
    query = select(Signaal.id).where(col(Signaal.id).in_(ids), col(Signaal.inhoud_verwijderd_op).is_not(None))
    return set(session.exec(query).all())


def unlink_findings(session: Session, signaal_id: UUID) -> set[UUID]:
    """Takes the findings from a signal; answers those that stand behind no other signal any more."""
    found = set(session.exec(select(SignaalBevinding.bevinding_id).where(SignaalBevinding.signaal_id == signaal_id)))
    session.execute(delete(SignaalBevinding).where(col(SignaalBevinding.signaal_id) == signaal_id))
    still = select(SignaalBevinding.bevinding_id).where(col(SignaalBevinding.bevinding_id).in_(found))
    return found - set(session.exec(still).all())


def controls_to_clean(session: Session, after: UUID | None, limit: int) -> Sequence[Signaal]:
    """Signals whose content went and whose control was not cleaned yet, by id, locked."""
    query = select(Signaal).where(col(Signaal.inhoud_verwijderd_op).is_not(None), col(Signaal.controle_id).is_not(None))
    if after is not None:
        query = query.where(col(Signaal.id) > after)
    return session.exec(query.order_by(col(Signaal.id)).limit(limit).with_for_update(skip_locked=True)).all()


def controls_behind(session: Session, controles: Collection[UUID]) -> set[UUID]:
    """Those of the controls about which a signal with content stands."""
    query = select(Signaal.controle_id).where(
        col(Signaal.controle_id).in_(controles), col(Signaal.inhoud_verwijderd_op).is_(None)
    )
    return {nr for nr in session.exec(query).all() if nr is not None}


def linked(session: Session, ids: Collection[UUID]) -> set[UUID]:
    """Those of the findings that stand behind some signal."""
    query = select(SignaalBevinding.bevinding_id).where(col(SignaalBevinding.bevinding_id).in_(ids))
    return set(session.exec(query).all())


def shares_due(session: Session, gemeentecode: str, before: datetime) -> Sequence[Overdracht]:
    """Hand-overs of signals whose content went before a moment, locked."""
    query = (
        select(Overdracht)
        .join(Signaal, col(Signaal.id) == col(Overdracht.signaal_id))
        .where(
            Signaal.gemeentecode == gemeentecode,
            col(Signaal.inhoud_verwijderd_op) < before,
            col(Signaal.bewaren_hold).is_(False),
        )
    )
    return session.exec(query.limit(BATCH).with_for_update(skip_locked=True, of=Overdracht)).all()


def shares_of(session: Session, signaal_id: UUID) -> Sequence[Overdracht]:
    """The hand-overs of a locked signal, locked."""
    return session.exec(select(Overdracht).where(Overdracht.signaal_id == signaal_id).with_for_update()).all()


def remove_shares(session: Session, ids: Collection[UUID]) -> None:
    """Removes hand-overs for good."""
    session.execute(delete(Overdracht).where(col(Overdracht.id).in_(ids)))


def municipalities_with_shares(session: Session) -> Sequence[str]:
    """Municipalities with hand-overs of signals whose content went."""
    query = (
        select(Signaal.gemeentecode)
        .join(Overdracht, col(Overdracht.signaal_id) == col(Signaal.id))
        .where(col(Signaal.inhoud_verwijderd_op).is_not(None))
    )
    return session.exec(query.distinct()).all()


def accounted(session: Session, ids: Collection[UUID], since: datetime | None) -> set[UUID]:
    """Those of the ids that are a signal with content, or one whose content went after `since`, or a hand-over that stands."""
    signals = select(Signaal.id).where(col(Signaal.id).in_(ids))
    if since is not None:
        signals = signals.where(
            or_(col(Signaal.inhoud_verwijderd_op).is_(None), col(Signaal.inhoud_verwijderd_op) >= since)
        )
    shares = select(Overdracht.id).where(col(Overdracht.id).in_(ids))
    return {*session.exec(signals), *session.exec(shares)}


def packages_ended(session: Session, now: datetime) -> Sequence[Overdracht]:
    """Hand-overs whose sealed document may not be fetched any more, locked."""
    query = select(Overdracht).where(col(Overdracht.pakket_id).is_not(None), col(Overdracht.pakket_verloopt_op) <= now)
    return session.exec(query.limit(BATCH).with_for_update(skip_locked=True)).all()


def by_secret(session: Session, sleutelhash: str) -> Overdracht | None:
    """The hand-over whose document this secret opens, locked."""
    query = select(Overdracht).where(Overdracht.pakket_sleutelhash == sleutelhash)
    return session.exec(query.with_for_update()).one_or_none()
