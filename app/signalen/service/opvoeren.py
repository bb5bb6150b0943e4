"""The automatic signal of a control: raised with the finding, in one transaction; one per control (design section 6)."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from app.bevindingen.service.bevindingen import findings_by_ids
from app.core.columns import SealedText
from app.core.identifiers import new_id
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.normsleutels import Normsleutel
from app.gemeenten.service.normen import norm_value
from app.signalen.repository import signalen as repository
from app.signalen.rules.overgangen import Wie
from app.signalen.rules.samen import Oordeel
from app.signalen.rules.urgentie import rank, sent_at_once
from app.signalen.schemas.signalen import SignaalAanleiding, SignaalRef
from app.signalen.service.bijkomen import follow, take_in, told
from app.signalen.service.gebeurtenissen import add_event
from app.signalen.service.verzenden import send, tell_af_of_addition
from app.signalen.status import Actie, JaNeeOnbekend, Signaalstatus, Vorm
from app.signalen.tables import Signaal

REDENEN = "redenen"
ZC_REDEN = "zc_reden"
ELDERS = "Het object ligt in een andere gemeente; de aandachtsfunctionaris daar heeft een eigen signaal."
NA_SLUITEN = "Na het sluiten kwam er iets dringenders bij deze controle; daarvoor is een eigen signaal gemaakt."
NOT_YET = SealedText(b"")  # stands only inside the transaction that makes the row


def raise_signaal(uow: UnitOfWork, aanleiding: SignaalAanleiding) -> SignaalRef:
    """Raises the signal of a control or adds to the one that stands; the same call again changes nothing.

    Two devices at one moment make one signal. Findings are linked, urgency only goes up, reasons are added as an event; what
    was corrected afterwards never retracts it. What was merged goes on in the leading signal; on a closed one something acute or urgent
    is a signal of its own. 'acuut' and 'spoed' are sent at once, 'regulier' when `send` says so (PLN-05).
    It is never refused: without an AF it is stored all the same. An acute call can come in before its control and place are
    known: the place is filled in as soon as it is, and in another municipality the AF there gets a signal of its own (ROL-23).

    Args:
        uow: the transaction in which the findings are stored too.
        aanleiding: what the control found.
    """
    own = repository.automatic_of(uow.session, aanleiding.controle_id)
    signaal = None if own is None else repository.leading_of(uow.session, own)
    origin: UUID | None = None
    if own is not None and _belongs_elsewhere(own, aanleiding):
        _let_go(uow, own, own, ELDERS)
        origin, signaal = own.id, None
    elif own is not None and signaal is not None and _too_late(signaal, aanleiding):
        _let_go(uow, own, signaal, NA_SLUITEN)
        signaal = None
    is_new = False
    if signaal is None:
        is_new = repository.insert(uow.session, {**_values(uow, aanleiding), "komt_van_id": origin})
        signaal = repository.automatic_of(uow.session, aanleiding.controle_id)
    if signaal is None:
        msg = "the automatic signal of a control stands after it was inserted"
        raise RuntimeError(msg)
    if is_new:
        seal_reasons(uow, signaal, aanleiding.redenen)
        repository.link_findings(uow.session, signaal.id, aanleiding.bevinding_ids)
        add_event(uow, signaal, Actie.OPVOEREN, Signaalstatus.CONCEPT)
    else:
        _add_to(uow, signaal, aanleiding)
    if signaal.status is Signaalstatus.CONCEPT and (aanleiding.send or sent_at_once(signaal.urgentie)):
        send(uow, signaal, Wie.SYSTEEM)
    uow.session.flush()
    return SignaalRef(signaal.id, signaal.status, signaal.urgentie, is_new)


def send_automatic(uow: UnitOfWork, controle_id: UUID) -> SignaalRef | None:
    """Sends the automatic signal of a control that is finished, also when its hits were corrected meanwhile; None without one."""
    signaal = repository.automatic_of(uow.session, controle_id)
    if signaal is None:
        return None
    if signaal.status is Signaalstatus.CONCEPT:
        send(uow, signaal, Wie.SYSTEEM)
        uow.session.flush()
    return SignaalRef(signaal.id, signaal.status, signaal.urgentie, is_new=False)


def send_overdue_drafts(uow: UnitOfWork) -> int:
    """Sends the automatic signals of controls that nobody finished: the sweep at the end of a shift (design section 6).

    How long a draft may wait is a dated norm of its municipality, SIGNAAL_VERZENDEN_NA_UREN; without that norm it is sent at once.

    Returns:
        How many were sent.
    """
    sent = 0
    for signaal in repository.unsent(uow.session, uow.now):
        hours = norm_value(uow, signaal.gemeentecode, Normsleutel.SIGNAAL_VERZENDEN_NA_UREN, uow.today) or 0.0
        if signaal.ontstaan_op + timedelta(hours=hours) <= uow.now:
            send(uow, signaal, Wie.SYSTEEM)
            sent += 1
    uow.session.flush()
    return sent


def stands_behind_signal(uow: UnitOfWork, controle_id: UUID, item: str) -> bool:
    """Whether a finding on this item of a control stands behind a signal, which then decides how long it is kept."""
    behind = repository.findings_behind(uow.session, controle_id)
    return any(finding.item == item for finding in findings_by_ids(uow, behind)) if behind else False


def seal_reasons(uow: UnitOfWork, signaal: Signaal, redenen: Sequence[str]) -> None:
    """Stores the reasons, each once, unreadable without the record's key."""
    signaal.redenen = uow.seal(signaal.id, REDENEN, json.dumps(list(dict.fromkeys(redenen)), ensure_ascii=False))


def read_reasons(uow: UnitOfWork, signaal: Signaal) -> list[str]:
    """The reasons of a signal; none when its content was removed."""
    if signaal.inhoud_verwijderd_op is not None:
        return []
    reasons: list[str] = json.loads(uow.unseal(signaal.id, REDENEN, signaal.redenen))
    return reasons


def _values(uow: UnitOfWork, aanleiding: SignaalAanleiding) -> dict[str, Any]:
    return {
        "id": new_id(),
        "gemeentecode": aanleiding.gemeentecode,
        "gemeente_herkomst": aanleiding.gemeentecode,
        "object_id": aanleiding.object_id,
        "controle_id": aanleiding.controle_id,
        "automatisch_voor": aanleiding.controle_id,
        "anoniem_besproken": False,
        "bron": aanleiding.bron,
        "indiener": aanleiding.indiener,
        "status": Signaalstatus.CONCEPT,
        "urgentie": aanleiding.urgentie,
        "vormen": list(dict.fromkeys(aanleiding.vormen)),
        "mogelijk_minderjarig": aanleiding.mogelijk_minderjarig,
        "mogelijk_slachtoffer": JaNeeOnbekend.ONBEKEND,
        "ontstaan_op": uow.now,
        "redenen": NOT_YET,
        "regime": "avg",
        "versie": 0,
    }


def _belongs_elsewhere(signaal: Signaal, aanleiding: SignaalAanleiding) -> bool:
    """Whether the signal was raised without a place, and the control turns out to be in another municipality."""
    other = signaal.gemeentecode != aanleiding.gemeentecode
    return other and signaal.object_id is None and aanleiding.object_id is not None


def _too_late(signaal: Signaal, aanleiding: SignaalAanleiding) -> bool:
    """Whether something acute or urgent came after two people closed what was less: nobody waits for a closed signal."""
    more_urgent = rank(aanleiding.urgentie) < rank(signaal.urgentie)
    return signaal.status is Signaalstatus.GESLOTEN and more_urgent and sent_at_once(aanleiding.urgentie)


def _let_go(uow: UnitOfWork, own: Signaal, signaal: Signaal, why: str) -> None:
    """Leaves a signal with the AF who has it and tells him why; the control gets another one."""
    own.automatisch_voor = None
    add_event(uow, signaal, Actie.AANVULLEN, signaal.status, why)
    uow.session.flush()
    if signaal.status not in {Signaalstatus.CONCEPT, Signaalstatus.VERZONDEN}:
        tell_af_of_addition(uow, signaal)


def _add_to(uow: UnitOfWork, signaal: Signaal, aanleiding: SignaalAanleiding) -> None:
    stands, urgency = read_reasons(uow, signaal), signaal.urgentie
    reasons = [reden for reden in dict.fromkeys(aanleiding.redenen) if reden not in stands]
    linked = repository.link_findings(uow.session, signaal.id, aanleiding.bevinding_ids)
    forms = tuple(map(Vorm, aanleiding.vormen))
    place = aanleiding.object_id if signaal.object_id is None else None
    before = list(signaal.vormen)
    lines = take_in(signaal, Oordeel(forms, aanleiding.urgentie, aanleiding.mogelijk_minderjarig))
    if not (reasons or linked or lines or place or before != signaal.vormen):
        return
    notes = list(reasons)
    if place is not None:
        signaal.object_id, signaal.gemeente_herkomst = place, aanleiding.gemeentecode
        notes.append("Het object is nu bekend.")
    if reasons:
        seal_reasons(uow, signaal, [*stands, *reasons])
    notes += told(signaal, lines)
    add_event(uow, signaal, Actie.AANVULLEN, signaal.status, "\n".join(notes) or None)
    follow(uow, signaal, lines, more_urgent=urgency is not signaal.urgentie)
