"""Takes answers out of everything that is kept of a control, and gives what stays a new data key.

Without the old key nothing of the removed answers can be read from a backup either, once the backup of the wraps is gone (design
section 7). Ids of events stay, so that sending again stays harmless.
"""

import json
from collections.abc import Callable
from typing import Any

from app.bevindingen.service.bewaren import forget_of_control, read_answers, seal_again
from app.controles.repository import bewaren as repository
from app.controles.repository import gebeurtenissen
from app.controles.rules.samenvoegen import Stand
from app.controles.service.fotoplaats import catalogue_of
from app.controles.service.werkset import VELD
from app.controles.status import Gebeurtenissoort
from app.controles.tables import Controle
from app.core.unit_of_work import UnitOfWork

KEUZE = "keuze"
Weg = Callable[[str], bool]


def forget_confidential_answers(uow: UnitOfWork, controle: Controle) -> None:
    """Removes confidential answers, findings, score and alarm of a locked control; compliance stays (DAT-13)."""
    catalogus = catalogue_of(controle)
    rij = gebeurtenissen.answers_of(uow.session, [controle.id]).get(controle.id)
    in_file = catalogus.in_dossier if catalogus is not None else frozenset({} if rij is None else rij.naleving)
    forget_of_control(uow, controle.id, everything=False)
    _rewrite(uow, controle, lambda code: code not in in_file, {Gebeurtenissoort.ACUUT})


def forget_choice(uow: UnitOfWork, controle: Controle) -> None:
    """Removes that the inspector chose 'geen signaal', and why."""
    _rewrite(uow, controle, lambda _: False, {Gebeurtenissoort.KEUZE})


def forget_all_answers(uow: UnitOfWork, controle: Controle) -> None:
    """Removes all answers and findings of a locked control; the control itself stays for the figures."""
    forget_of_control(uow, controle.id, everything=True)
    _rewrite(uow, controle, lambda _: True, set(Gebeurtenissoort))


def _rewrite(uow: UnitOfWork, controle: Controle, weg: Weg, emptied: set[Gebeurtenissoort]) -> None:
    session = uow.session
    uow.load_data_keys([controle.id])
    rij = gebeurtenissen.answers_of(session, [controle.id]).get(controle.id)
    stored = None if rij is None or rij.vertrouwelijk is None else _load(uow, controle, VELD, rij.vertrouwelijk)
    events = [
        (event, _event_field(event.id), _load(uow, controle, _event_field(event.id), event.inhoud))
        for event in repository.events(session, controle.id)
    ]
    findings = read_answers(uow, controle.id)
    uow.erase_data_key(controle.id)
    session.flush()
    for event, name, content in events:
        kept = {} if Gebeurtenissoort(event.soort) in emptied else _without(content, weg)
        event.inhoud = uow.seal(controle.id, name, json.dumps(kept))
        event.oordeel = [told for told in event.oordeel if not weg(str(told.get("item")))]
    seal_again(uow, findings)
    if rij is not None:
        if stored is not None:
            rij.vertrouwelijk = uow.seal(controle.id, VELD, json.dumps(_cleaned(stored, weg, emptied)))
        rij.naleving = {code: answer for code, answer in rij.naleving.items() if not weg(code)}
        if Gebeurtenissoort.ACUUT in emptied:
            rij.punten = 0
        if Gebeurtenissoort.KEUZE in emptied:
            rij.keuze_geen_signaal = False
        gebeurtenissen.store_answers(session, rij, uow.now)
    session.flush()


def _cleaned(stored: dict[str, Any], weg: Weg, emptied: set[Gebeurtenissoort]) -> dict[str, Any]:
    stand = Stand.load(stored["stand"])
    for code in [code for code in stand.antwoorden if weg(code)]:
        del stand.antwoorden[code]
    if Gebeurtenissoort.KEUZE in emptied:
        stand.momenten.pop(KEUZE, None)
    if Gebeurtenissoort.ACUUT not in emptied:
        return {**stored, "stand": stand.dump()}
    stand.acuut = None
    return {"stand": stand.dump(), "uitkomst": None, "gemeld": False}


def _without(content: dict[str, Any], weg: Weg) -> dict[str, Any]:
    """The content of an event without these answers; what is no group of answers stays."""
    return {
        name: {code: answer for code, answer in part.items() if not weg(code)}
        if isinstance(part, dict) and name in {"antwoorden", "basis"}
        else part
        for name, part in content.items()
    }


def _load(uow: UnitOfWork, controle: Controle, field: str, sealed: Any) -> dict[str, Any]:  # noqa: ANN401 - sealed text
    loaded: dict[str, Any] = json.loads(uow.unseal(controle.id, field, sealed))
    return loaded


def _event_field(event_id: object) -> str:
    return f"gebeurtenis.{event_id}"
