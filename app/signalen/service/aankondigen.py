"""A signal whose content may not be applied yet: announced to the AF at once, and completed when the content may (RTE-24).

A sealed event that arrives after the end of its proof waits until its account signs in. What was announced stands under the id of the
event, so that announcement and content are one signal, whichever comes first and however often.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid5

from app.core.unit_of_work import UnitOfWork
from app.signalen.repository import signalen as repository
from app.signalen.rules.overgangen import OPEN, Wie
from app.signalen.rules.samen import brought
from app.signalen.rules.urgentie import highest
from app.signalen.service.afschermen import go_closed
from app.signalen.service.bijkomen import follow, judgement_of, told
from app.signalen.service.gebeurtenissen import add_event
from app.signalen.service.opvoeren import ELDERS, NOT_YET, read_reasons, seal_reasons
from app.signalen.service.plaats import Plaats, seal_place
from app.signalen.service.termijnen import start
from app.signalen.service.verzenden import send, tell_af_of_addition
from app.signalen.status import Actie, Bronsoort, JaNeeOnbekend, Signaalstatus, Termijnsoort, Urgentie
from app.signalen.tables import Signaal

AANGEKOMEN = "De inhoud van dit signaal is aangekomen."
AFWIJKEND = "Onder hetzelfde kenmerk kwam iets anders binnen. Dat is bewaard in quarantaine."
STAYS = frozenset({"id", "gemeentecode", "status", "ontstaan_op", "redenen", "versie"})
"""Columns of an announced signal that its content leaves alone."""


def announce(
    uow: UnitOfWork, signaal_id: UUID, gemeentecode: str, indiener: UUID, urgentie: Urgentie, reden: str, anders: UUID
) -> None:
    """Tells the AF of a signal whose content has to wait; one that stands under this id is told of what came beside it.

    Args:
        uow: the transaction in which the content is put aside.
        signaal_id: the id that the signal has, or will have.
        gemeentecode: municipality of who entered it; the place is not known yet.
        indiener: who entered it.
        urgentie: as far as it can be read.
        reden: why the content waits.
        anders: the id when somebody else's signal stands under the first one, or one whose content is gone: no two share a fate.
    """
    if _insert(uow, signaal_id, gemeentecode, indiener, urgentie, reden):
        return
    stands = repository.with_id(uow.session, signaal_id)
    if stands is None or stands.indiener != indiener or stands.inhoud_verwijderd_op is not None:
        _insert(uow, anders, gemeentecode, indiener, urgentie, reden)
        return
    add_event(uow, stands, Actie.AANVULLEN, stands.status, AFWIJKEND)
    tell_af_of_addition(uow, stands)
    uow.session.flush()


def is_announced(signaal: Signaal) -> bool:
    """Whether the content of this signal is still to come."""
    return signaal.automatisch_voor == signaal.id and signaal.inhoud_hash is None


def complete(
    uow: UnitOfWork, announced: Signaal, values: dict[str, Any], redenen: Sequence[str], place: Plaats
) -> tuple[Signaal | None, bool]:
    """Gives an announced signal its content; one that ended, or that belongs elsewhere, leaves the content to a signal of its own.

    Args:
        uow: the transaction of whoever submits it.
        announced: locked.
        values: the columns as they are submitted.
        redenen: why it was submitted.
        place: where it is.

    Returns:
        The signal that holds the content, and whether it is a new one.
    """
    own_id = uuid5(announced.id, "inhoud")
    stands = repository.with_id(uow.session, own_id)
    if stands is not None:
        return stands, False
    elsewhere = announced.gemeentecode != values["gemeentecode"]
    if elsewhere or announced.status not in OPEN:
        origin = announced.id if elsewhere else None
        is_new = repository.insert(uow.session, {**values, "id": own_id, "komt_van_id": origin})
        if elsewhere and is_new:
            add_event(uow, announced, Actie.AANVULLEN, announced.status, ELDERS)
            tell_af_of_addition(uow, announced)
        return repository.with_id(uow.session, own_id), is_new
    before = judgement_of(announced)
    _take_over(announced, values)
    lines = brought(before, judgement_of(announced))
    seal_reasons(uow, announced, [*read_reasons(uow, announced), *redenen])
    seal_place(uow, announced, place)
    if announced.gesloten_route:
        go_closed(uow, announced, {})
    notes = [AANGEKOMEN, *told(announced, lines)]
    add_event(uow, announced, Actie.AANVULLEN, announced.status, "\n".join(notes))
    if announced.bron is Bronsoort.BALIE and not announced.gesloten_route:
        start(uow, announced, Termijnsoort.BRP_VRIJGAVE)
    follow(uow, announced, lines, more_urgent=before.urgentie is not announced.urgentie)
    return announced, False


def _take_over(signaal: Signaal, values: dict[str, Any]) -> None:
    """Fills the columns; what the AF judged meanwhile stays."""
    judged = signaal.getrieerd_op is not None
    kept = {
        "vormen": list(dict.fromkeys([*signaal.vormen, *values["vormen"]])),
        "urgentie": highest(signaal.urgentie, values["urgentie"]),
    }
    for name in ("mogelijk_minderjarig", "mogelijk_slachtoffer"):
        if judged and values[name] is not JaNeeOnbekend.JA:
            kept[name] = getattr(signaal, name)
    for name, value in {**values, **kept}.items():
        if name not in STAYS:
            setattr(signaal, name, value)


def _insert(
    uow: UnitOfWork, signaal_id: UUID, gemeentecode: str, indiener: UUID, urgentie: Urgentie, reden: str
) -> bool:
    """Stores and sends an announcement unless something stands under the id; answers whether it was stored."""
    values = {
        "id": signaal_id,
        "gemeentecode": gemeentecode,
        "gemeente_herkomst": gemeentecode,
        "automatisch_voor": signaal_id,
        "anoniem_besproken": False,
        "bron": Bronsoort.TOEZICHT,
        "indiener": indiener,
        "status": Signaalstatus.CONCEPT,
        "urgentie": urgentie,
        "vormen": [],
        "mogelijk_minderjarig": JaNeeOnbekend.ONBEKEND,
        "mogelijk_slachtoffer": JaNeeOnbekend.ONBEKEND,
        "ontstaan_op": uow.now,
        "redenen": NOT_YET,
        "regime": "avg",
        "versie": 0,
    }
    if not repository.insert(uow.session, values):
        return False
    signaal = repository.with_id(uow.session, signaal_id)
    if signaal is None:
        msg = "a signal stands after it was inserted"
        raise RuntimeError(msg)
    seal_reasons(uow, signaal, [reden])
    add_event(uow, signaal, Actie.OPVOEREN, Signaalstatus.CONCEPT)
    send(uow, signaal, Wie.SYSTEEM)
    uow.session.flush()
    return True
