"""Records of their own that a tablet sends beside controls: round, flag, signal, talk. The event id is their id.

They go through the very services of their forms, so that the same rules hold; what a form would refuse is kept, and a gut feeling
reaches the AF all the same (design section 1, principle 4).
"""

from typing import Any

from app.controles.errors import AndereInhoud, TekstGeweigerd
from app.controles.rules.ontvangstbewijs import client_id, substitute_id
from app.controles.rules.signalering import ANDERS_REDEN, LAAT_REDEN
from app.controles.rules.wachtredenen import Wachtreden
from app.controles.schemas.contacten import ExploitantgesprekCreate, RondeCreate
from app.controles.schemas.vlaggen import VlagCreate
from app.controles.service.contacten import add_round, add_talk
from app.controles.service.opnemen import Verwerkt
from app.controles.service.toegang import Indiener
from app.controles.service.vlaggen import TOELICHTING, add_vlag
from app.controles.service.zending import Zending
from app.controles.status import Gebeurtenissoort
from app.core.errors import Forbidden, InvalidInput, NotFound, VeldwachtError
from app.core.http.schemas import ApiInput
from app.core.unit_of_work import UnitOfWork
from app.signalen.errors import SignaalIdInGebruik
from app.signalen.schemas.signalen import SignaalCreate, Signaalvelden
from app.signalen.service.aankondigen import announce
from app.signalen.service.indienen import submit_signaal
from app.signalen.status import Urgentie

_PLAATS = ("object_id", "adres", "punt", "gemeentecode", "anoniem_besproken")
_SAFE = ("urgentie", "tekst", "tijdstip", "gebeld_op", "gebeld_naar")


def take_loose(uow: UnitOfWork, zending: Zending) -> Verwerkt:
    """Stores one record; what cannot be stored waits, with the faults of its form as verdicts."""
    item = Verwerkt(zending)
    try:
        with uow.savepoint():
            _store(uow, item)
    except (AndereInhoud, SignaalIdInGebruik):
        item.wacht = Wachtreden.ANDERE_INHOUD
    except NotFound:
        item.wacht = Wachtreden.ONBEKENDE_PLEK
    except Forbidden:
        item.wacht = Wachtreden.NIET_BEVOEGD
    except InvalidInput as fault:
        item.wacht = Wachtreden.NIET_TOEPASBAAR
        zending.fouten = [*zending.fouten, *fault.fouten]
    return item


def announce_signal(uow: UnitOfWork, zending: Zending, indiener: Indiener, reden: str = LAAT_REDEN) -> None:
    """The AF hears of a signal that nothing of may be applied yet, under the id that it will have: one finding stays one signal."""
    inhoud = zending.inhoud
    announce(
        uow,
        client_id(zending.id),
        indiener.gemeentecode,
        indiener.account_id,
        inhoud.urgentie if isinstance(inhoud, Signaalvelden) else Urgentie.REGULIER,
        reden,
        anders=client_id(substitute_id(zending.sha256)),
    )


def raise_at_least(uow: UnitOfWork, zending: Zending, indiener: Indiener) -> None:
    """A signal that cannot be stored as it was entered goes on as a gut feeling, with whatever of it can be used.

    The place when it can be found, else the sender's own municipality; the event itself waits, so that nothing is lost.
    """
    inhoud = zending.inhoud
    given = {} if inhoud is None else {name: getattr(inhoud, name) for name in inhoud.model_fields_set}
    safe = {name: given[name] for name in _SAFE if name in given}
    places = [{name: given[name]} for name in _PLAATS if given.get(name)]
    for place in (*places, {"gemeentecode": uow.caller.gemeentecode}):
        try:
            with uow.savepoint():
                submit_signaal(uow, SignaalCreate(id=client_id(zending.id), **place, **safe))
        except SignaalIdInGebruik:  # something else stands under this id: the AF is told, so that neither is lost
            announce_signal(uow, zending, indiener, ANDERS_REDEN)
            return
        except VeldwachtError:
            continue
        else:
            return


def _store(uow: UnitOfWork, item: Verwerkt) -> None:
    zending = item.zending
    given = _given(zending)
    match zending.readable.soort:
        case Gebeurtenissoort.RONDE:
            add_round(uow, RondeCreate(id=zending.id, **given))
        case Gebeurtenissoort.EXPLOITANTGESPREK:
            add_talk(uow, ExploitantgesprekCreate(id=zending.id, **given))
        case Gebeurtenissoort.VLAG:
            _store_flag(uow, item, given)
        case Gebeurtenissoort.SIGNAAL:
            stored = submit_signaal(uow, SignaalCreate(id=zending.id, **given))
            for melding in stored.meldingen:
                item.tell("tekst", "fout", melding.melding, fout=True)
        case soort:
            msg = f"{soort} is no record of its own"
            raise TypeError(msg)


def _store_flag(uow: UnitOfWork, item: Verwerkt, given: dict[str, Any]) -> None:
    """A text that may not be kept never holds the flag itself back."""
    try:
        add_vlag(uow, VlagCreate(id=item.zending.id, **given))
    except TekstGeweigerd as refusal:
        add_vlag(uow, VlagCreate(id=item.zending.id, **{**given, TOELICHTING: None}))
        for fout in refusal.fouten:
            item.tell(TOELICHTING, "fout", fout.melding, fout=True)


def _given(zending: Zending) -> dict[str, Any]:
    inhoud = zending.inhoud
    if not isinstance(inhoud, ApiInput):
        msg = "an unreadable event has no content"
        raise TypeError(msg)
    return {name: getattr(inhoud, name) for name in inhoud.model_fields_set}
