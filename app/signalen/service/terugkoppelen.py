"""Feedback to who submitted or reported a signal: a standard text without content, or why there can be none (RTE-20, section 9)."""

from collections.abc import Sequence
from uuid import UUID

from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.berichten import notify
from app.signalen.adapters.terugkoppelbestand import feedback_texts
from app.signalen.errors import SignaalNotFound
from app.signalen.repository import terugkoppelingen as repository
from app.signalen.rules.terugkoppelteksten import BINNEN, Moment, group_of
from app.signalen.schemas import stappen as s
from app.signalen.schemas.signalen import EigenSignaal, EigenTerugkoppeling
from app.signalen.schemas.terugkoppelingen import RedenRead, TekstkeuzeRead, TerugkoppelingRead
from app.signalen.service.stap import Stapwerk
from app.signalen.service.vastleggen import find_one
from app.signalen.tables import Signaal, Terugkoppeling


def give_feedback(work: Stapwerk) -> str:
    """The step by itself: the first feedback, or that of a signal which was closed before."""
    step = work.asked(s.Terugkoppelen)
    store_feedback(work, step.moment, step)
    return f"Terugkoppeling ({step.moment}): {step.tekstcode or f'niet mogelijk, {step.niet_mogelijk}'}."


def store_feedback(work: Stapwerk, moment: Moment, given: s.Terugkoppeling) -> None:
    """Stores what was told to whom. What is told again takes the place of the old text; the events keep both.

    An account of the submitter gets "nieuw bericht" and reads the text here; an outside reporter was told outside this service.
    """
    uow, signaal = work.uow, work.signaal
    row = repository.of_moment(uow.session, signaal.id, moment)
    if row is None:
        row = Terugkoppeling(signaal_id=signaal.id, moment=moment, gegeven_door=work.door.eerste, gegeven_op=uow.now)
        uow.session.add(row)
    inside = given.tekstcode is not None and group_of(signaal.bron, listed=signaal.bron_code is not None) in BINNEN
    row.aan = signaal.indiener if inside else None
    row.tekstcode, row.niet_mogelijk = given.tekstcode, given.niet_mogelijk
    row.gegeven_door, row.gegeven_op, row.gelezen_op = work.door.eerste, uow.now, None
    if inside:
        notify(uow, signaal.gemeentecode, [signaal.indiener], signaal.id, f"terugkoppeling-{moment}-{signaal.versie}")


def set_feedback_aside(work: Stapwerk) -> None:
    """Keeps the feedback of a closing that did not last, so that the next closing asks for its own; the submitter still reads the old one."""
    row = repository.of_moment(work.uow.session, work.signaal.id, Moment.SLUITEN)
    if row is not None:
        row.moment = f"{Moment.SLUITEN}-{work.signaal.versie}"


def read_own(uow: UnitOfWork, rows: Sequence[Signaal]) -> list[EigenSignaal]:
    """The caller's own signals as he may see them: status, and what he was told; one query for a page."""
    told: dict[UUID, list[EigenTerugkoppeling]] = {row.id: [] for row in rows}
    for one in repository.given_to(uow.session, uow.caller, list(told)):
        told[one.signaal_id].append(_own(one))
    return [_own_signal(row, told[row.id]) for row in rows]


def mark_read(uow: UnitOfWork, signaal_id: UUID) -> EigenSignaal:
    """The submitter read what he was told about an own signal; a repeat changes nothing.

    Raises:
        SignaalNotFound: unknown, or not the caller's own.
    """
    row = repository.own_signal(uow.session, uow.caller, signaal_id)
    if row is None:
        raise SignaalNotFound
    told = repository.given_to(uow.session, uow.caller, [signaal_id])
    for one in told:
        one.gelezen_op = one.gelezen_op or uow.now
    uow.session.flush()
    uow.audit("signaal", signaal_id, row.gemeentecode)
    return _own_signal(row, [_own(one) for one in told])


def list_feedback(uow: UnitOfWork, signaal_id: UUID) -> list[TerugkoppelingRead]:
    """What was told about a signal, and whether it was read.

    Raises:
        SignaalNotFound: unknown or not readable.
    """
    find_one(uow, signaal_id)
    return [
        TerugkoppelingRead.model_validate({**row.model_dump(), "buiten": row.tekstcode is not None and row.aan is None})
        for row in repository.of_signal(uow.session, signaal_id)
    ]


def list_choices(uow: UnitOfWork, signaal_id: UUID) -> tuple[list[TekstkeuzeRead], list[RedenRead]]:
    """The texts that fit a signal, and the reasons for giving none.

    Raises:
        SignaalNotFound: unknown or not readable.
    """
    signaal = find_one(uow, signaal_id)
    texts = feedback_texts()
    group = group_of(signaal.bron, listed=signaal.bron_code is not None)
    fitting = [row for row in texts.teksten if group in row.voor]
    return [TekstkeuzeRead(code=row.code, tekst=row.tekst, momenten=sorted(row.momenten)) for row in fitting], [
        RedenRead(code=row.code, reden=row.reden) for row in texts.redenen
    ]


def _own(row: Terugkoppeling) -> EigenTerugkoppeling:
    text = None if row.tekstcode is None else feedback_texts().text_of(row.tekstcode)
    return EigenTerugkoppeling(
        moment=row.moment,
        tekst=text or "Er is iets over uw signaal.",
        gegeven_op=row.gegeven_op,
        gelezen_op=row.gelezen_op,
    )


def _own_signal(row: Signaal, told: list[EigenTerugkoppeling]) -> EigenSignaal:
    return EigenSignaal(
        id=row.id,
        status=row.status,
        ontstaan_op=row.ontstaan_op,
        terugkoppelingen=told,
        ongelezen=any(one.gelezen_op is None for one in told),
    )
