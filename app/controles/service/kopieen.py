"""Two tablets with one id: a profile that was copied, or put back from a backup (design section 5).

Both count on from the same number, so that a later correction of the one would replace what the other entered, and nobody would know. Under a
number that was used twice every answer stands apart, as if of a tablet of its own: nothing replaces it silently, and a difference goes to the
team leader. The answers of the device at those controls are taken over anew from the events, so that the order of arrival decides nothing.
"""

import json
import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from app.checklists.rules.library import ChecklistversieNotFoundError
from app.controles.repository import apparaten
from app.controles.repository import kopieen as repository
from app.controles.rules.samenvoegen import Stempel
from app.controles.rules.sfeerovergang import closed_items
from app.controles.service import beoordeling, verwerking, werkset
from app.controles.service.toegang import sender
from app.controles.service.werkset import Geval, Werkset
from app.controles.service.zending import Zending
from app.controles.tables import Controlegebeurtenis
from app.core.caller import system_caller
from app.core.clock import plausible
from app.core.crypto import UnreadableText
from app.core.errors import Unavailable, VeldwachtError
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.schemas.accounts import TaakCreate
from app.gemeenten.service.taken import add_taak

log = logging.getLogger("veldwacht")
SOORT = "tablet-gekopieerd"
TEKST = (
    "Twee tablets gebruiken hetzelfde kenmerk: een is gekopieerd of teruggezet. Er is niets verloren. "
    "Laat beide aanmelden en versturen, en bekijk de verschillen."
)


def note_copies(uow: UnitOfWork, stored: Iterable[Zending], gemeentecode: str) -> set[UUID]:
    """Looks whether a device used a number for a second time, now that these events were stored; answers the controls that were merged anew.

    Args:
        uow: the transaction in which they were stored.
        stored: events that were applied.
        gemeentecode: the municipality of who entered them, whose team leader is told.
    """
    used: dict[UUID, set[int]] = {}
    for zending in stored:
        used.setdefault(zending.readable.apparaat_id, set()).add(zending.readable.volgnummer)
    uow.session.flush()
    return separate(uow, repository.doubled(uow.session, used), gemeentecode)


def separate(uow: UnitOfWork, doubled: Mapping[UUID, Collection[int]], gemeentecode: str) -> set[UUID]:
    """Tells of the copies of these devices and lets what stands under these numbers stand apart; answers the controls.

    Args:
        uow: the transaction.
        doubled: per device the numbers that were used twice.
        gemeentecode: the municipality whose team leader is told.
    """
    found: set[UUID] = set()
    for apparaat_id, numbers in doubled.items():
        _tell(uow, apparaat_id, gemeentecode)
        controles = repository.answered_with(uow.session, apparaat_id, numbers)
        own = replace(uow, caller=system_caller())  # the other copy may work for another team
        werk = werkset.load(own, sender(own), controles)
        for controle_id in controles:
            if controle_id in werk.gevallen:
                _merge_anew(werk, werk.gevallen[controle_id], apparaat_id)
                found.add(controle_id)
    return found


def _tell(uow: UnitOfWork, apparaat_id: UUID, gemeentecode: str) -> None:
    """The team leader hears it once; the tablet hears it at each report, until it took an id of its own."""
    row = apparaten.with_id(uow.session, apparaat_id)
    if row is not None and row.kopie_op is None:
        row.kopie_op, row.versie = uow.now, row.versie + 1
    add_taak(
        uow,
        TaakCreate(
            gemeentecode=gemeentecode,
            soort=SOORT,
            omschrijving=TEKST,
            voor_rol=Rol.TEAMLEIDER,
            onderwerp_soort="apparaat",
            onderwerp_id=apparaat_id,
            voor_datum=uow.today,
        ),
    )


def _merge_anew(werk: Werkset, geval: Geval, apparaat_id: UUID) -> None:
    """Takes the answers of a device over anew; what cannot be read any more, or judged, leaves its control as it stands."""
    try:
        with werk.uow.savepoint():
            _take_over(werk, geval, apparaat_id)
    except Unavailable:
        raise
    except (VeldwachtError, UnreadableText, ChecklistversieNotFoundError) as fault:
        log.warning("answers of two tablets with one id were not merged anew: %s", type(fault).__name__)


def _take_over(werk: Werkset, geval: Geval, apparaat_id: UUID) -> None:
    uow, stand = werk.uow, geval.stand
    events = repository.answers_by(uow.session, geval.controle.id, apparaat_id)
    twice = repository.doubled(uow.session, {apparaat_id: {event.volgnummer for event in events}}).get(
        apparaat_id, set()
    )
    open_items = beoordeling.catalogue_of(werk, geval).rekenregel.blijft_open
    stand.forget_device(str(apparaat_id))
    for event in events:
        stempel = _stamp(event)
        stempel = stempel.apart(event.id) if event.volgnummer in twice else stempel
        given = json.loads(uow.unseal(geval.controle.id, f"gebeurtenis.{event.id}", event.inhoud)).get("antwoorden", {})
        for code in closed_items(stand, stempel, given, open_items):
            del given[code]
        stand.answer(stempel, given)
    verwerking.settle_again(werk, geval)


def _stamp(event: Controlegebeurtenis) -> Stempel:
    """The stamp with which the event came in."""
    moment = plausible(event.apparaat_tijd - timedelta(seconds=event.klok_verschil), event.ontvangen_op)
    return Stempel(str(event.apparaat_id), event.volgnummer, moment.isoformat(timespec="milliseconds"))
