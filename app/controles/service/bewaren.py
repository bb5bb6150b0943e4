"""Removes what may be kept for a time only: at a dwelling, whether a third party earns from the place (REG-05, meldroute section 12)."""

import json
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID

from app.bevindingen.service.bevindingen import forget_finding
from app.controles.repository import bewaren as repository
from app.controles.repository import gebeurtenissen
from app.controles.rules.samenvoegen import Stand
from app.controles.service.werkset import VELD
from app.controles.tables import Controle
from app.core.clock import AMSTERDAM, add_months
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.normsleutels import Normsleutel
from app.gemeenten.rules.verwerkingen import Recordsoort
from app.gemeenten.service.normen import norm_value
from app.gemeenten.service.vernietiging import report_removal
from app.objecten.service.objecten import objects_by_ids
from app.objecten.status import Objecttype
from app.signalen.service.opvoeren import stands_behind_signal

ITEM = "HUI-21"


def forget_exploitation(uow: UnitOfWork) -> int:
    """Removes the answer from the answers, the events and the findings of dwelling controls whose term has passed.

    The term is a dated norm of the municipality; without it nothing is removed. An answer that stands behind a signal follows the
    term of that signal. The digest of what was sent stays.

    Returns:
        How many controls lost the answer.
    """
    removed = 0
    for gemeentecode in repository.municipalities(uow.session):
        months = norm_value(uow, gemeentecode, Normsleutel.EXPLOITATIE_DERDE_BEWAREN_MAANDEN, uow.today)
        if months is None:
            continue
        limit = datetime.combine(add_months(uow.today, -int(months)), time(), tzinfo=AMSTERDAM)
        term = f"{Normsleutel.EXPLOITATIE_DERDE_BEWAREN_MAANDEN}: {months:g} maanden"
        gone = _clean(uow, repository.closed_before(uow.session, gemeentecode, limit))
        report_removal(uow, gemeentecode, Recordsoort.EXPLOITATIE_DERDE, term, gone, uow.today)
        removed += len(gone)
    return removed


def _clean(uow: UnitOfWork, controles: Sequence[Controle]) -> list[UUID]:
    places = objects_by_ids(uow, {controle.object_id for controle in controles})
    uow.load_data_keys([controle.id for controle in controles])
    removed = []
    for controle in controles:
        if places[controle.object_id].type is Objecttype.WON:
            if stands_behind_signal(uow, controle.id, ITEM):
                continue
            if _forget(uow, controle):
                removed.append(controle.id)
        controle.opgeschoond_op = uow.today
    uow.session.flush()
    return removed


def _forget(uow: UnitOfWork, controle: Controle) -> bool:
    found = forget_finding(uow, controle.id, ITEM)
    rij = gebeurtenissen.answers_of(uow.session, [controle.id]).get(controle.id)
    if rij is not None and rij.vertrouwelijk is not None:
        stored = json.loads(uow.unseal(controle.id, VELD, rij.vertrouwelijk))
        stand = Stand.load(stored["stand"])
        if stand.antwoorden.pop(ITEM, None) is not None:
            found = True
            text = json.dumps({**stored, "stand": stand.dump()})
            rij.vertrouwelijk = uow.seal(controle.id, VELD, text)
            gebeurtenissen.store_answers(uow.session, rij, uow.now)
    for event in repository.answer_events(uow.session, controle.id):
        name = f"gebeurtenis.{event.id}"
        content: dict[str, Any] = json.loads(uow.unseal(controle.id, name, event.inhoud))
        parts = [part for part in content.values() if isinstance(part, dict) and ITEM in part]
        for part in parts:
            del part[ITEM]
        if parts:
            found = True
            event.inhoud = uow.seal(controle.id, name, json.dumps(content))
        event.oordeel = [told for told in event.oordeel if told.get("item") != ITEM]
    return found
